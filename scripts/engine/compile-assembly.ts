import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const COMPILER = createRequire(import.meta.url).resolve("assemblyscript/bin/asc.js");

/** Folder of the AssemblyScript sources, from the root of the repository. */
export const ASSEMBLY_FOLDER = "chain/src/engine/machine/assembly";

/** What every build of the engine is compiled with. The same sources always give the same bytes: nothing of the place goes in. */
const OPTIONS = ["-O3", "--runtime", "stub", "--noAssert", "--enable", "simd"];

/** The sources do not compile. The message holds what the compiler says, with file and line. */
export class AssemblyError extends Error {}

/**
 * Compiles one entry of the engine's AssemblyScript sources to WebAssembly.
 * @param entry File name in the folder of the sources, such as `index.ts`.
 * @throws {AssemblyError} if the sources do not compile.
 */
export async function compileAssembly(entry: string): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await mkdtemp(join(tmpdir(), "banyan-engine-"));
  try {
    const target = join(folder, "engine.wasm");
    const words = [COMPILER, join(ASSEMBLY_FOLDER, entry), "--outFile", relative(ROOT, target), ...OPTIONS];
    await promisify(execFile)(process.execPath, words, { cwd: ROOT }).catch((error: { stderr?: string }) => {
      throw new AssemblyError(error.stderr ?? String(error));
    });
    return new Uint8Array(await readFile(target));
  } finally {
    await rm(folder, { recursive: true });
  }
}
