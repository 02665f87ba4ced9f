import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * Makes a folder of generated files hold exactly the given ones: writes those that differ, deletes the others.
 *
 * @param folder - holds nothing but generated files
 * @param files - contents by path relative to the folder
 * @param options - with `check` nothing is written
 * @returns the paths that differed, sorted
 */
export async function syncFolder(
  folder: string,
  files: ReadonlyMap<string, string>,
  { check }: { readonly check: boolean },
): Promise<string[]> {
  const present = existsSync(folder) ? await filesBelow(folder) : [];
  const superfluous = present.filter((name) => !files.has(name));
  const changed: string[] = [];
  for (const [name, contents] of files) {
    const file = path.join(folder, name);
    if (existsSync(file) && (await readFile(file, "utf8")) === contents) continue;
    changed.push(name);
    if (check) continue;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, contents);
  }
  if (!check) {
    for (const name of superfluous) {
      await rm(path.join(folder, name));
      await removeIfEmpty(path.dirname(path.join(folder, name)), folder);
    }
  }
  return [...changed, ...superfluous].sort();
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

async function removeIfEmpty(dir: string, stop: string): Promise<void> {
  if (dir !== stop && (await readdir(dir)).length === 0) await rmdir(dir);
}
