// npm run build:engine [-- --check]: compiles the engine's AssemblyScript sources to the WebAssembly module that the chain loads.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ASSEMBLY_FOLDER, AssemblyError, compileAssembly } from "./engine/compile-assembly.ts";

const TARGET = "chain/src/engine/machine/machine.wasm";

const HELP = `Compiles ${ASSEMBLY_FOLDER}/index.ts to ${TARGET}.

  npm run build:engine              compile and write
  npm run build:engine -- --check   compile in memory; fail if ${TARGET} differs

Commit the module together with the sources: who installs Banyan does not compile it.`;

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof AssemblyError)) throw error;
  console.error(`The engine does not compile:\n${error.message}`);
  process.exitCode = 1;
}

async function run(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, help: { type: "boolean", short: "h" } } });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const path = fileURLToPath(new URL(`../${TARGET}`, import.meta.url));
  const built = await compileAssembly("index.ts");
  if (values.check === true) {
    const committed = await readFile(path).catch(() => undefined);
    if (committed !== undefined && Buffer.compare(committed, built) === 0) {
      console.log(`${TARGET} is what the sources give (${built.length} bytes)`);
      return 0;
    }
    console.error(
      committed === undefined
        ? `${TARGET} is missing. Run "npm run build:engine" and commit it.`
        : `${TARGET} (${committed.length} bytes) is not what the sources give (${built.length} bytes). Run "npm run build:engine" and commit the result.`,
    );
    return 1;
  }
  await writeFile(path, built);
  console.log(`${TARGET}: ${built.length} bytes`);
  return 0;
}
