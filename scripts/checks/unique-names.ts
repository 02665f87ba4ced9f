import { readFileSync } from "node:fs";
import { trackedFiles } from "./tracked-files.ts";
import type { CheckResult } from "./types.ts";

const DEFINITION = /^\s*(?:abstract\s+)?(?:contract|library|interface)\s+([A-Za-z0-9_$]+)/gm;

/** Contract, library and interface names are unique over the repository: Hardhat types a name used twice as `never`. */
export async function checkUniqueNames(): Promise<CheckResult> {
  const places = new Map<string, string[]>();
  for (const path of trackedFiles("contracts/**/*.sol", "test/**/*.sol", "bench/**/*.sol")) {
    const code = readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
    for (const [, name] of code.matchAll(DEFINITION)) {
      if (name === undefined) continue;
      places.set(name, [...(places.get(name) ?? []), path]);
    }
  }
  const problems = [...places]
    .filter(([, paths]) => paths.length > 1)
    .map(([name, paths]) => `${name} is defined in ${paths.join(" and ")}: rename one`);
  return { title: "contract names are unique", problems, summary: `${places.size} names` };
}
