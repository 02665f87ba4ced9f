import { bytesToBigInt, fromHex } from "../codec/hex.ts";
import { ChainError } from "../errors.ts";
import type { Scheduler } from "../options.ts";
import type { HashSequence } from "./hash-sequence.ts";

/** Milliseconds between blocks; two numbers: a pause drawn between them each time; 0: no timer. */
export type Interval = number | readonly [number, number];

/** Makes a block again and again. */
export interface IntervalTimer {
  readonly interval: Interval;
  set(interval: Interval): void;
}

function passOver(error: unknown): void {
  if (!(error instanceof ChainError)) throw error;
}

/**
 * Makes a stopped timer.
 * @param tick makes one block; the next pause starts when it is done. A refusal (`ChainError`: another chain that does not answer, a time beyond
 * what a header holds) means no block this time; it may be one next time.
 * @param random where random pauses come from
 */
export function createIntervalTimer(
  schedule: Scheduler,
  tick: () => Promise<unknown>,
  random: HashSequence,
): IntervalTimer {
  let interval: Interval = 0;
  let cancel: (() => void) | undefined;

  function pause(): number {
    if (typeof interval === "number") return interval;
    const [least, most] = interval;
    return least + Number(bytesToBigInt(fromHex(random.take()).subarray(0, 6)) % BigInt(most - least + 1));
  }

  function arm(): void {
    const milliseconds = pause();
    if (milliseconds <= 0) return;
    cancel = schedule(() => {
      void tick()
        .catch(passOver)
        .finally(() => {
          if (cancel !== undefined) arm();
        });
    }, milliseconds);
  }

  return {
    get interval() {
      return interval;
    },
    set(next) {
      cancel?.();
      cancel = undefined;
      interval = next;
      arm();
    },
  };
}
