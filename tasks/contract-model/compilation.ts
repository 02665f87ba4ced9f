import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Abi, Hex } from "viem";
import { BanyanError } from "../../apps/common/src/errors.ts";
import { type Ast, type AstNode, createAst } from "./ast.ts";

/** A contract as Hardhat stores it. */
export interface ArtifactFile {
  readonly contractName: string;
  readonly sourceName: string;
  readonly abi: Abi;
  readonly bytecode: Hex;
  readonly linkReferences: Readonly<Record<string, Readonly<Record<string, readonly { readonly start: number }[]>>>>;
  readonly inputSourceName?: string;
  readonly buildInfoId?: string;
}

/** What solc said of the sources that were compiled together. */
export interface Compilation {
  readonly ast: Ast;
  /** The syntax trees by source name. */
  readonly roots: ReadonlyMap<string, AstNode>;
}

interface BuildInfo {
  readonly input: { readonly sources: Readonly<Record<string, { readonly content: string }>> };
}

interface BuildInfoOutput {
  readonly output: { readonly sources: Readonly<Record<string, { readonly id: number; readonly ast: AstNode }>> };
}

/** Reads the artifact at a path. */
export function readArtifactFile(file: string): ArtifactFile {
  return JSON.parse(readFileSync(file, "utf8"));
}

/**
 * Loads compilations by the id that artifacts carry, each once.
 *
 * @param artifactsDir - Hardhat's `artifacts` folder
 */
export function createCompilationLoader(artifactsDir: string): (artifact: ArtifactFile) => Compilation {
  const loaded = new Map<string, Compilation>();
  return (artifact) => {
    const id = artifact.buildInfoId ?? "";
    let compilation = loaded.get(id);
    if (compilation === undefined) {
      compilation = load(path.join(artifactsDir, "build-info", id), artifact);
      loaded.set(id, compilation);
    }
    return compilation;
  };
}

function load(base: string, artifact: ArtifactFile): Compilation {
  if (!existsSync(`${base}.json`) || !existsSync(`${base}.output.json`)) {
    throw new BanyanError(
      "BUILD_INFO_MISSING",
      `the build info of ${artifact.contractName} is missing (${base}.json)`,
      {
        cure: "Run `npx hardhat clean` and compile again.",
      },
    );
  }
  const { input }: BuildInfo = JSON.parse(readFileSync(`${base}.json`, "utf8"));
  const { output }: BuildInfoOutput = JSON.parse(readFileSync(`${base}.output.json`, "utf8"));
  const sources = Object.entries(output.sources);
  return {
    ast: createAst(sources.map(([name, { id, ast }]) => ({ id, ast, content: input.sources[name]?.content ?? "" }))),
    roots: new Map(sources.map(([name, { ast }]) => [name, ast])),
  };
}

/** The `artifacts` folder that an artifact's path lies in. */
export function artifactsDirOf(artifactPath: string): string {
  let dir = path.dirname(artifactPath);
  while (!existsSync(path.join(dir, "build-info"))) {
    const parent = path.dirname(dir);
    if (parent === dir) {
      throw new BanyanError("BUILD_INFO_MISSING", `no build-info folder above ${artifactPath}`, {
        cure: "Compile with Hardhat first.",
      });
    }
    dir = parent;
  }
  return dir;
}
