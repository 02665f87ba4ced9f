import { readFileSync } from "node:fs";
import { trackedFiles } from "./tracked-files.ts";
import type { CheckResult } from "./types.ts";

/** Folders that exist on one machine only. The slash after the name keeps ordinary words out. */
const MACHINE_PATH = /(?<![\w.@~:-]|\w\/)\/(?:home|Users|root|work|mnt|tmp|private|var\/folders)\/[\w.-]+/;
/** A package taken from somewhere else than the public registry works on one machine only. */
const REGISTRY = /"resolved": "(?!https:\/\/registry\.npmjs\.org\/)[a-z+]+:/;

/** No file names a folder of somebody's machine or a private package registry. */
export async function checkMachinePaths(): Promise<CheckResult> {
  const problems: string[] = [];
  const paths = trackedFiles().filter((path) => !/\.(?:png|jpg|ico|woff2?|wasm)$/.test(path));
  for (const path of paths) {
    for (const [index, line] of readFileSync(path, "utf8").split("\n").entries()) {
      const found = MACHINE_PATH.exec(line) ?? (path === "package-lock.json" ? REGISTRY.exec(line) : null);
      if (found !== null) problems.push(`${path}:${index + 1} names ${found[0]}, which only one machine has`);
    }
  }
  return { title: "no path of one machine", problems, summary: `${paths.length} files` };
}
