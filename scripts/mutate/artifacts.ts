import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What solc was given in one build of Hardhat, as `artifacts/build-info/<id>.json` keeps it. */
export interface BuildInput {
  readonly language: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly sources: Readonly<Record<string, { readonly content: string }>>;
}

/** The part of Hardhat's artifact that a fault in the code changes. */
export interface ArtifactCode {
  readonly bytecode: string;
  readonly deployedBytecode: string;
  readonly linkReferences: unknown;
  readonly deployedLinkReferences: unknown;
  readonly immutableReferences: unknown;
}

/** A contract compiled anew. */
export interface Recompiled {
  /** Path of its source, such as `contracts/prepaid/Refunds.sol`. */
  readonly source: string;
  readonly name: string;
  readonly code: ArtifactCode;
}

/**
 * What solc was given for the contracts that are compiled in a folder. Several builds, each of the files that had changed, become one; the
 * project's own sources are as they are now.
 */
export function readBuild(folder: string): BuildInput {
  const infos = path.join(folder, "artifacts/build-info");
  const inputs = readdirSync(infos)
    .filter((name) => name.endsWith(".json") && !name.endsWith(".output.json"))
    .map((name): { readonly input: BuildInput } => JSON.parse(readFileSync(path.join(infos, name), "utf8")))
    .map(({ input }) => input);
  const [first] = inputs;
  if (first === undefined) throw new Error("no contract is compiled");
  const remappings = inputs.flatMap(({ settings }) => (Array.isArray(settings.remappings) ? settings.remappings : []));
  const sources = Object.assign({}, ...inputs.map((input) => input.sources));
  for (const name of Object.keys(sources)) {
    const file = path.join(folder, name.replace(/^project\//, ""));
    if (name.startsWith("project/") && existsSync(file)) sources[name] = { content: readFileSync(file, "utf8") };
  }
  return { ...first, settings: { ...first.settings, remappings: [...new Set(remappings)] }, sources };
}

/** Puts code into the artifact of a contract. An interface has no code, a contract that nobody deploys no artifact. */
export function writeCode(folder: string, { source, name, code }: Recompiled): void {
  const file = path.join(folder, "artifacts", source, `${name}.json`);
  if (code.bytecode === "0x" || !existsSync(file)) return;
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), ...code }, undefined, 2));
}
