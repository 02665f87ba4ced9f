import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { methodsOf } from "./judge.ts";
import type { LoggedLine } from "./log.ts";
import type { Outcome } from "./play.ts";

/** Answers of one kind of request that differ. */
export interface DifferenceGroup {
  readonly method: string;
  /** Fields that differ; empty if the whole answer does. */
  readonly fields: string;
  count: number;
  /** The first of them. */
  readonly index: number;
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Fields that hang on the second in which a block was made, or that the networks write differently on purpose: hashes of blocks, the length of a
 * block's encoding (Hardhat's network leaves out the header of the list) and the parity beside `v`.
 */
const OUT_OF_COMPARISON: ReadonlySet<string> = new Set([
  "hash",
  "parentHash",
  "blockHash",
  "timestamp",
  "blockTimestamp",
  "parentBeaconBlockRoot",
  "stateRoot",
  "size",
  "v",
  "yParity",
]);

/** Compares the answers that two workers have written, and gathers those that differ by method and fields. */
export async function findDifferences(
  lines: readonly LoggedLine[],
  ours: string,
  theirs: string,
): Promise<readonly DifferenceGroup[]> {
  const groups = new Map<string, DifferenceGroup>();
  const left = createInterface({ input: createReadStream(ours) })[Symbol.asyncIterator]();
  const right = createInterface({ input: createReadStream(theirs) })[Symbol.asyncIterator]();
  for (const [index, line] of lines.entries()) {
    const [a, b] = await Promise.all([left.next(), right.next()]);
    if (a.done || b.done) break;
    if (a.value === b.value) continue;
    const fields = differingFields(JSON.parse(a.value) as Outcome[], JSON.parse(b.value) as Outcome[]);
    if (fields === undefined) continue;
    const method = methodsOf(line);
    const known = groups.get(`${method} ${fields}`);
    if (known === undefined) {
      groups.set(`${method} ${fields}`, { method, fields, count: 1, index, ours: a.value, theirs: b.value });
    } else known.count++;
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

/** Names of the fields in which outcomes differ, `""` for whole answers, `undefined` if they agree. Words and codes of errors may differ. */
function differingFields(ours: readonly Outcome[], theirs: readonly Outcome[]): string | undefined {
  const found = new Set<string>();
  if (ours.length !== theirs.length) found.add("");
  for (const [at, outcome] of ours.entries()) {
    const other = theirs[at];
    if (other === undefined) continue;
    if ("error" in outcome !== "error" in other) found.add("error");
    if ("result" in outcome && "result" in other) collect(outcome.result, other.result, "", found);
  }
  return found.size === 0 ? undefined : [...found].sort().join(",");
}

function collect(a: unknown, b: unknown, at: string, found: Set<string>): void {
  if (Object.is(a, b)) return;
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    for (const [i, item] of a.entries()) collect(item, b[i], at, found);
    return;
  }
  if (!isRecord(a) || !isRecord(b)) {
    found.add(at);
    return;
  }
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (!OUT_OF_COMPARISON.has(name)) collect(a[name], b[name], at === "" ? name : `${at}.${name}`, found);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
