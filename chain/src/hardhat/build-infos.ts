import { readFileSync } from "node:fs";
import type { ArtifactManager } from "hardhat/types/artifacts";
import type { BuildInfo } from "../trace/solidity/build-info.ts";
import { type StackTracerLoader, stackTracerOf } from "../trace/solidity/load-stack-tracer.ts";

/** The files of one build. */
interface BuildPaths {
  readonly input: string;
  readonly output: string;
}

/** One per project: connections come and go, the contracts stay. */
const loaders = new WeakMap<ArtifactManager, StackTracerLoader>();

async function listBuilds(artifacts: ArtifactManager): Promise<readonly BuildPaths[]> {
  const builds: BuildPaths[] = [];
  for (const id of await artifacts.getAllBuildInfoIds()) {
    const [input, output] = [await artifacts.getBuildInfoPath(id), await artifacts.getBuildInfoOutputPath(id)];
    if (input !== undefined && output !== undefined) builds.push({ input, output });
  }
  return builds;
}

function* readBuilds(builds: readonly BuildPaths[]): Iterable<BuildInfo> {
  for (const paths of builds) {
    const { solcVersion, input }: Omit<BuildInfo, "output"> = JSON.parse(readFileSync(paths.input, "utf8"));
    const { output }: Pick<BuildInfo, "output"> = JSON.parse(readFileSync(paths.output, "utf8"));
    yield { solcVersion, input, output };
  }
}

/**
 * The stack tracer of a project: its builds are listed at the first failure and read when somebody asks for a stack trace, once per process.
 * @param artifacts the project's artifacts
 */
export function stackTracerOfProject(artifacts: ArtifactManager): StackTracerLoader {
  let loader = loaders.get(artifacts);
  if (loader === undefined) {
    loader = stackTracerOf(async () => readBuilds(await listBuilds(artifacts)));
    loaders.set(artifacts, loader);
  }
  return loader;
}
