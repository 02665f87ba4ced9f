import { spawnSync } from "node:child_process";
import type { CheckResult } from "./types.ts";

/** Each generator, run so that it compares instead of writing. */
const GENERATORS: readonly (readonly string[])[] = [
  ["hardhat", "bindings", "--check"],
  ["hardhat", "report", "--check"],
  ["node", "scripts/generate/chain-methods.ts", "--check"],
  ["node", "scripts/generate/systems.ts", "--check"],
];

/** Generated files that are committed are what their generators write today. */
export async function checkFreshness(): Promise<CheckResult> {
  const problems = GENERATORS.flatMap(([command = "", ...args]) => {
    const run = spawnSync(command, args, { encoding: "utf8" });
    if (run.status === 0) return [];
    const said = `${run.stdout}${run.stderr}`.trim().split("\n").slice(-12).join("\n      ");
    return [`${command} ${args.join(" ")} ended with ${run.status ?? run.error?.message}:\n      ${said}`];
  });
  return { title: "generated files are fresh", problems, summary: `${GENERATORS.length} generators` };
}
