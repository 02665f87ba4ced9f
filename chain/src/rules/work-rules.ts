import type { BlockHeader } from "../types.ts";
import { type Fork, isAtLeast } from "./fork.ts";

/** What proof of work brings with it, before Paris. Nothing is mined here: the figures are those that miners would have met. */
export interface WorkRules {
  /** Wei that the beneficiary of a block gets for it. */
  readonly reward: bigint;
  /** Difficulty of the block at a timestamp after `parent`. */
  difficultyAfter(parent: Pick<BlockHeader, "difficulty" | "number" | "timestamp">, timestamp: bigint): bigint;
}

const ETHER = 10n ** 18n;
const MIN_DIFFICULTY = 131_072n;
const BOUND_DIVISOR = 2_048n;
const LEAST_STEP = -99n;
const BOMB_PERIOD = 100_000n;

/** Proof of work at a fork; `undefined` since Paris. */
export function workRulesOf(fork: Fork): WorkRules | undefined {
  if (isAtLeast(fork, "paris")) return undefined;
  const delay = bombDelayOf(fork);
  return {
    reward: rewardOf(fork) * ETHER,
    difficultyAfter(parent, timestamp) {
      const step = stepOf(fork, timestamp - parent.timestamp);
      let difficulty = parent.difficulty + (parent.difficulty / BOUND_DIVISOR) * step;
      if (difficulty < MIN_DIFFICULTY) difficulty = MIN_DIFFICULTY;
      const bombNumber = parent.number + 1n - delay;
      const period = bombNumber > 0n ? bombNumber / BOMB_PERIOD : 0n;
      return period > 1n ? difficulty + 2n ** (period - 2n) : difficulty;
    },
  };
}

/** How far difficulty moves: Frontier's rule, EIP-2, or EIP-100 without ommers. */
function stepOf(fork: Fork, seconds: bigint): bigint {
  if (!isAtLeast(fork, "homestead")) return seconds < 13n ? 1n : -1n;
  const step = 1n - seconds / (isAtLeast(fork, "byzantium") ? 9n : 10n);
  return step < LEAST_STEP ? LEAST_STEP : step;
}

/** Ether a block is worth: EIP-649, EIP-1234. */
function rewardOf(fork: Fork): bigint {
  if (isAtLeast(fork, "constantinople")) return 2n;
  return isAtLeast(fork, "byzantium") ? 3n : 5n;
}

/** By how many blocks the difficulty bomb is put off: EIP-649, EIP-1234, EIP-2384, EIP-3554. */
function bombDelayOf(fork: Fork): bigint {
  if (isAtLeast(fork, "london")) return 9_700_000n;
  if (isAtLeast(fork, "berlin")) return 9_000_000n;
  if (isAtLeast(fork, "constantinople")) return 5_000_000n;
  return isAtLeast(fork, "byzantium") ? 3_000_000n : 0n;
}
