import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

const require = createRequire(import.meta.url);
const run = promisify(execFile);

/**
 * Formats the files of a folder outside the repository as Biome formats the repository's.
 *
 * @param root - the repository, whose biome.json is followed
 * @param folder - formatted in place
 */
export async function formatFolder(root: string, folder: string): Promise<void> {
  const config = path.join(folder, "biome.json");
  await writeFile(config, JSON.stringify(await formatterSettings(root)));
  try {
    await run(process.execPath, [require.resolve("@biomejs/biome/bin/biome"), "format", "--write", folder], {
      cwd: folder,
    });
  } finally {
    await rm(config);
  }
}

/** The formatter's part of the repository's settings: which files these are meant for does not matter here. */
async function formatterSettings(root: string): Promise<object> {
  const file = path.join(root, "biome.json");
  const settings = existsSync(file) ? JSON.parse(await readFile(file, "utf8")) : {};
  const { includes: _, ...formatter } = settings.formatter ?? { indentStyle: "space", lineWidth: 120 };
  return {
    root: true,
    formatter: { ...formatter, enabled: true },
    javascript: { formatter: settings.javascript?.formatter ?? {} },
    linter: { enabled: false },
    assist: { enabled: false },
    files: { maxSize: 16_777_216 },
  };
}
