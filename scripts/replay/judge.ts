import type { LoggedLine, LoggedRequest } from "./log.ts";
import type { Failure } from "./play.ts";

/** A line whose outcome is not the expected one. */
export interface Surprise {
  readonly index: number;
  readonly kind: "unexpected-failure" | "unexpected-success";
  readonly method: string;
  /** What the network said, or would have had to say. */
  readonly message: string;
}

/**
 * Compares what failed with what had to fail.
 * @param failures of the network that is judged
 * @param expected indices of the lines that must fail
 * @param peer failures of Hardhat's network, whose message is shown where ours does not fail
 */
export function judge(
  lines: readonly LoggedLine[],
  failures: readonly Failure[],
  expected: ReadonlySet<number>,
  peer: readonly Failure[] = [],
): readonly Surprise[] {
  const failed = new Set(failures.map(({ index }) => index));
  const said = new Map(peer.map(({ index, message }) => [index, message]));
  const surprises: Surprise[] = [];
  for (const { index, method, message } of failures)
    if (!expected.has(index)) surprises.push({ index, kind: "unexpected-failure", method, message });
  for (const index of expected) {
    if (failed.has(index)) continue;
    const line = lines[index];
    surprises.push({
      index,
      kind: "unexpected-success",
      method: line === undefined ? "" : methodsOf(line),
      message: line === undefined ? "the log has no such line" : (said.get(index) ?? ""),
    });
  }
  return surprises.sort((a, b) => a.index - b.index);
}

/** Names of a line's methods. */
export function methodsOf(line: LoggedLine): string {
  const requests: readonly LoggedRequest[] = "method" in line ? [line] : line;
  return requests.map(({ method }) => method).join(", ");
}
