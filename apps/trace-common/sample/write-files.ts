import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SampleFiles } from "./story-writer.ts";

/**
 * Writes the files of a story into its data folder; EPCIS documents of an earlier writing are taken away.
 *
 * @param folder - the data folder
 * @param files - by their path below it
 */
export function writeFiles(folder: string, files: SampleFiles): void {
  rmSync(join(folder, "epcis"), { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
