import { createRequire } from "node:module";
import type { BuildInput, Recompiled } from "./artifacts.ts";

interface Bytecode {
  readonly object: string;
  readonly linkReferences?: unknown;
  readonly immutableReferences?: unknown;
}

interface CompileOutput {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts?: Readonly<
    Record<string, Record<string, { readonly evm: { bytecode: Bytecode; deployedBytecode: Bytecode } }>>
  >;
}

type Import = (name: string) => { readonly contents: string } | { readonly error: string };

const solc: { compile(input: string, callbacks: { import: Import }): string } = createRequire(import.meta.url)("solc");

/** How Hardhat names the project's own sources for solc. */
const PROJECT = "project/";

/**
 * The sources whose code a file is part of: those that import it, directly or not, and the file itself.
 *
 * @param file - Path of a source, such as `contracts/prepaid/libraries/RefundMath.sol`.
 * @param sources - All sources of a build by solc's names.
 */
export function importersOf(file: string, sources: BuildInput["sources"]): string[] {
  const importers = new Map<string, string[]>();
  for (const [name, { content }] of Object.entries(sources)) {
    for (const [, imported = ""] of content.matchAll(/^import\s[^;]*?"(\.[^"]+)";/gms)) {
      const target = new URL(imported, `file:///${name}`).pathname.slice(1);
      importers.set(target, [...(importers.get(target) ?? []), name]);
    }
  }
  const found = new Set([PROJECT + file]);
  for (const one of found) for (const importer of importers.get(one) ?? []) found.add(importer);
  return [...found].filter((name) => name.startsWith(PROJECT) && name in sources);
}

/**
 * Compiles the contracts that have a file's code in them, and nothing else of the build.
 *
 * @param file - Path of the file with the fault.
 * @param content - What the file holds.
 * @param build - What solc was given when everything was sound.
 * @param within - Only contracts of these sources; every one when empty.
 * @throws {Error} with solc's message when the fault does not compile
 */
export function recompile(
  file: string,
  content: string,
  build: BuildInput,
  within: readonly string[] = [],
): Recompiled[] {
  const sources: BuildInput["sources"] = { ...build.sources, [PROJECT + file]: { content } };
  const roots = importersOf(file, build.sources).filter(
    (root) => within.length === 0 || within.includes(root.slice(PROJECT.length)),
  );
  const wanted = ["evm.bytecode", "evm.deployedBytecode"].flatMap((code) => [
    `${code}.object`,
    `${code}.linkReferences`,
  ]);
  const input = {
    language: build.language,
    settings: {
      ...build.settings,
      outputSelection: Object.fromEntries(
        roots.map((root) => [root, { "*": [...wanted, "evm.deployedBytecode.immutableReferences"] }]),
      ),
    },
    sources: Object.fromEntries(roots.map((root) => [root, sources[root]])),
  };
  // Only what the roots import is read: the rest of the build is not looked at again.
  const read: Import = (name) => {
    const source = sources[name];
    return source === undefined ? { error: `the build has no ${name}` } : { contents: source.content };
  };
  const output: CompileOutput = JSON.parse(solc.compile(JSON.stringify(input), { import: read }));
  const error = output.errors?.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new Error(error.formattedMessage);
  return Object.entries(output.contracts ?? {}).flatMap(([source, contracts]) =>
    Object.entries(contracts).map(([name, { evm }]) => ({
      source: source.slice(PROJECT.length),
      name,
      code: {
        bytecode: `0x${evm.bytecode.object}`,
        deployedBytecode: `0x${evm.deployedBytecode.object}`,
        linkReferences: evm.bytecode.linkReferences ?? {},
        deployedLinkReferences: evm.deployedBytecode.linkReferences ?? {},
        immutableReferences: evm.deployedBytecode.immutableReferences ?? {},
      },
    })),
  );
}
