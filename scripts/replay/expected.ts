import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { ReplayError } from "./replay-error.ts";

const indices = z.array(z.number().int().nonnegative());
const file = z.union([indices, z.record(indices)]);

/** Name of the file that is looked for beside a log. */
export const EXPECTED_FILE = "expected-failures.json";

/**
 * Which requests of a log must fail.
 * @param logPath the log
 * @param name its name, under which the file has its list
 * @param given the file that was named; without it, the one beside the log is taken if there is one
 * @returns indices of lines, 0 being the one after the configuration; `undefined` if no file knows the log
 * @throws ReplayError `EXPECTED_NOT_FOUND`, `EXPECTED_MALFORMED`
 */
export function readExpected(
  logPath: string,
  name: string,
  given: string | undefined,
): ReadonlySet<number> | undefined {
  const path = given ?? join(dirname(logPath), EXPECTED_FILE);
  if (!existsSync(path)) {
    if (given === undefined) return undefined;
    throw new ReplayError("EXPECTED_NOT_FOUND", `There is no file ${path}`, "Name a file with --expected FILE.json.");
  }
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw malformed(path, error instanceof Error ? error.message : String(error));
  }
  const read = file.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw malformed(path, `${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
  }
  const list = Array.isArray(read.data) ? read.data : read.data[name];
  return list === undefined ? undefined : new Set(list);
}

function malformed(path: string, why: string): ReplayError {
  return new ReplayError(
    "EXPECTED_MALFORMED",
    `${path} is no list of expected failures: ${why.trim()}`,
    'Write {"name-of-the-log": [index, …]}, index 0 being the line after the configuration.',
  );
}
