import { readFileSync } from "node:fs";
import { trackedFiles } from "./tracked-files.ts";
import type { CheckResult } from "./types.ts";

const ERROR = /^\s*error\s+(\w+)\s*\(/;
const COMMENT = /^\s*(?:\/\/\/|\/\*\*|\*)/;

/** Every custom error says what it means and what to do: both go into the error catalogue and the typed clients. */
export async function checkErrorNatspec(): Promise<CheckResult> {
  const problems: string[] = [];
  let errors = 0;
  for (const path of trackedFiles("contracts/**/*.sol")) {
    const lines = readFileSync(path, "utf8").split("\n");
    for (const [index, line] of lines.entries()) {
      const name = ERROR.exec(line)?.[1];
      if (name === undefined) continue;
      errors += 1;
      const doc = commentAbove(lines, index);
      for (const tag of ["@notice", "@custom:cure"]) {
        if (!doc.includes(tag)) problems.push(`${path}:${index + 1} ${name} has no ${tag}: write it above the error`);
      }
    }
  }
  return { title: "errors say meaning and cure", problems, summary: `${errors} errors` };
}

function commentAbove(lines: readonly string[], index: number): string {
  let first = index;
  while (first > 0 && COMMENT.test(lines[first - 1] ?? "")) first -= 1;
  return lines.slice(first, index).join("\n");
}
