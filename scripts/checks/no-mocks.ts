import { readFileSync } from "node:fs";
import { trackedFiles } from "./tracked-files.ts";
import type { CheckResult } from "./types.ts";

/** Apps and domain contracts use no mock: mocks are for tests alone. */
export async function checkNoMocksInApps(): Promise<CheckResult> {
  const paths = trackedFiles("apps/**/*.ts", "apps/**/*.json", "contracts/**/*.sol").filter(
    (path) => !path.startsWith("contracts/mocks/"),
  );
  const problems = paths
    .filter((path) => /contracts\/mocks\/|\.\.\/mocks\//.test(readFileSync(path, "utf8")))
    .map((path) => `${path} refers to contracts/mocks: use the real contract`);
  return { title: "no mocks outside tests", problems, summary: `${paths.length} files` };
}
