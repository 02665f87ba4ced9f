import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Spread, spread } from "../../bench/lib/stats.ts";
import { type DifferenceGroup, findDifferences } from "./differences.ts";
import { readExpected } from "./expected.ts";
import { judge, type Surprise } from "./judge.ts";
import { readLog } from "./log.ts";
import type { Failure, Played } from "./play.ts";
import { runWorker } from "./run-worker.ts";
import { nearestFork, plainFork } from "./sides/forks.ts";
import type { SideName } from "./sides/side.ts";

/** How a log is replayed. */
export interface ReplayOptions {
  readonly log: string;
  readonly expected: string | undefined;
  /** Genesis time, milliseconds; absent: as recorded, else now. */
  readonly start: number | undefined;
  readonly rounds: number;
  readonly alone: boolean;
  readonly results: boolean;
  /** Told of every step: the round, the network, and how many of its lines are done. */
  onProgress(round: number, side: SideName, done: number, of: number): void;
}

/** What came of a log. */
export interface LogReport {
  readonly name: string;
  readonly requests: number;
  /** Where the expectation comes from. */
  readonly expectedFrom: "file" | "edr" | "none";
  readonly expected: number;
  /** What ours did otherwise than expected, of all rounds. */
  readonly surprises: readonly Surprise[];
  /** What Hardhat's network did otherwise than the file expects. */
  readonly peerSurprises: readonly Surprise[];
  /** Set if the chain has not the fork that was recorded. */
  readonly fork: { readonly asked: string; readonly taken: string } | undefined;
  /** Milliseconds. */
  readonly ours: Spread;
  readonly edr: Spread | undefined;
  /** The same in processor time, which hardly depends on what else the machine does. */
  readonly oursCpu: Spread;
  readonly edrCpu: Spread | undefined;
  /** Ours to theirs. */
  readonly ratio: number | undefined;
  /** Absent unless asked for. */
  readonly differences: readonly DifferenceGroup[] | undefined;
}

/**
 * Replays a log on our chain and on Hardhat's network, in turn, each time in a fresh process, so that a machine that gets slower gets slower for
 * both.
 * @throws ReplayError
 */
export async function replayLog(options: ReplayOptions): Promise<LogReport> {
  const { log: path, rounds, alone, results } = options;
  const { name, config, lines } = readLog(path);
  const fromFile = readExpected(path, name, options.expected);
  const start = options.start ?? config.genesisTime;
  const sides: readonly SideName[] = alone ? ["banyan"] : ["banyan", "edr"];
  const folder = results ? mkdtempSync(join(tmpdir(), "banyan-replay-")) : undefined;
  const played: Record<SideName, Played[]> = { banyan: [], edr: [] };
  try {
    for (let round = 1; round <= rounds; round++) {
      for (const side of sides) {
        options.onProgress(round, side, 0, lines.length);
        const keep = folder !== undefined && round === 1 ? { results: join(folder, side) } : {};
        const task = { log: path, side, ...(start === undefined ? {} : { start }), ...keep };
        played[side].push(await runWorker(task, (done) => options.onProgress(round, side, done, lines.length)));
      }
    }
    const peerFailures = played.edr[0]?.failures ?? [];
    const expected = fromFile ?? (alone ? undefined : new Set(peerFailures.map(({ index }) => index)));
    const timed = (side: SideName) => spread(played[side].map(({ milliseconds }) => milliseconds));
    const ours = timed("banyan");
    const edr = alone ? undefined : timed("edr");
    const asked = plainFork(config.hardfork) ?? config.hardfork;
    const taken = nearestFork(config.hardfork);
    return {
      name,
      requests: lines.length,
      expectedFrom: fromFile !== undefined ? "file" : alone ? "none" : "edr",
      expected: expected?.size ?? 0,
      surprises:
        expected === undefined
          ? []
          : distinct(played.banyan.map(({ failures }) => judge(lines, failures, expected, peerFailures))),
      peerSurprises:
        fromFile === undefined
          ? []
          : distinct(
              played.edr.map(({ failures }: { failures: readonly Failure[] }) => judge(lines, failures, fromFile)),
            ),
      fork: asked === taken.toLowerCase() || SAME_RULES[asked] === taken ? undefined : { asked, taken },
      ours,
      edr,
      oursCpu: spread(played.banyan.map(({ cpuMilliseconds }) => cpuMilliseconds)),
      edrCpu: alone ? undefined : spread(played.edr.map(({ cpuMilliseconds }) => cpuMilliseconds)),
      ratio: edr === undefined ? undefined : ours.median / edr.median,
      differences:
        folder === undefined ? undefined : await findDifferences(lines, join(folder, "banyan"), join(folder, "edr")),
    };
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** Forks that only put off the difficulty bomb. */
const SAME_RULES: Readonly<Record<string, string>> = { arrowglacier: "london", grayglacier: "london" };

/** Surprises of several rounds, each once. */
function distinct(rounds: readonly (readonly Surprise[])[]): readonly Surprise[] {
  const found = new Map<string, Surprise>();
  for (const surprise of rounds.flat()) found.set(`${surprise.index} ${surprise.kind}`, surprise);
  return [...found.values()].sort((a, b) => a.index - b.index);
}
