// npm run build:engine [-- --check]: compiles the engine's AssemblyScript sources to the WebAssembly module that the chain loads.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ASSEMBLY_FOLDER, AssemblyError, compileAssembly } from "./engine/compile-assembly.ts";
import { readArguments } from "./lib/read-arguments.ts";

/** Entries in the folder of the sources, and the module each becomes. */
const MODULES = [
  ["index.ts", "chain/src/engine/machine/machine.wasm"],
  ["blake2b.ts", "chain/src/engine/precompiles/blake2b.wasm"],
  ["keccak-hasher.ts", "chain/src/crypto/keccak.wasm"],
] as const;

const HELP = `Compiles the sources in ${ASSEMBLY_FOLDER}:
${MODULES.map(([entry, target]) => `  ${entry} to ${target}`).join("\n")}

  npm run build:engine              compile and write
  npm run build:engine -- --check   compile in memory; fail if a committed module differs

Commit the modules together with the sources: who installs Banyan does not compile them.`;

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof AssemblyError)) throw error;
  console.error(`The engine does not compile:\n${error.message}`);
  process.exitCode = 1;
}

async function run(): Promise<number> {
  const values = readArguments({ script: "build:engine", help: HELP, options: { check: { type: "boolean" } } });
  let code = 0;
  for (const [entry, target] of MODULES) {
    const built = await compileAssembly(entry);
    if (values.check === true) code ||= await compare(target, built);
    else await write(target, built);
  }
  return code;
}

async function write(target: string, built: Uint8Array): Promise<void> {
  await writeFile(pathOf(target), built);
  console.log(`${target}: ${built.length} bytes`);
}

async function compare(target: string, built: Uint8Array): Promise<number> {
  const committed = await readFile(pathOf(target)).catch(() => undefined);
  if (committed !== undefined && Buffer.compare(committed, built) === 0) {
    console.log(`${target} is what the sources give (${built.length} bytes)`);
    return 0;
  }
  console.error(
    committed === undefined
      ? `${target} is missing. Run "npm run build:engine" and commit it.`
      : `${target} (${committed.length} bytes) is not what the sources give (${built.length} bytes). Run "npm run build:engine" and commit the result.`,
  );
  return 1;
}

function pathOf(target: string): string {
  return fileURLToPath(new URL(`../${target}`, import.meta.url));
}
