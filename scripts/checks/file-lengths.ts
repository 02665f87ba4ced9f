import { readFileSync } from "node:fs";
import { trackedFiles } from "./tracked-files.ts";
import type { CheckResult } from "./types.ts";

const LONGEST = 420;

/** A hand-written source file fits one thought: under about 400 lines. */
export async function checkFileLengths(): Promise<CheckResult> {
  const paths = trackedFiles("*.ts", "*.mjs", "contracts/**/*.sol").filter((path) => !path.includes("/client/"));
  const problems = paths.flatMap((path) => {
    const lines = readFileSync(path, "utf8").split("\n").length - 1;
    return lines > LONGEST ? [`${path} has ${lines} lines (at most ${LONGEST}): split it by idea`] : [];
  });
  return { title: "file lengths", problems, summary: `${paths.length} files` };
}
