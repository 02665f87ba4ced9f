import { type ChainClock, SECONDS } from "./by-each-clock.ts";
import type { Connection } from "./fixture.ts";

/** The time of a chain in seconds, whatever its clock counts. */
export interface ClockedTime {
  /** The time of the latest block. */
  latest(): Promise<number>;
  /** Lets seconds pass and mines a block. */
  increase(seconds: bigint | number): Promise<void>;
  /** Mines a block at a moment. */
  increaseTo(moment: bigint | number): Promise<void>;
  /** Lets the next block stand at a moment. */
  setNextBlockTimestamp(moment: bigint | number): Promise<void>;
  /** Lets the chain's clock count in a unit from now on. A chain never goes back to seconds but by a snapshot. */
  keep(clock: ChainClock): Promise<void>;
}

/** The time of a chain, which counts seconds as long as nothing else is said. */
export function createClockedTime({ networkHelpers: { time } }: Connection): ClockedTime {
  let perSecond = 1n;
  return {
    latest: async () => Number(BigInt(await time.latest()) / perSecond),
    async increase(seconds) {
      await time.increase(BigInt(seconds) * perSecond);
    },
    increaseTo: (moment) => time.increaseTo(BigInt(moment) * perSecond),
    setNextBlockTimestamp: (moment) => time.setNextBlockTimestamp(BigInt(moment) * perSecond),
    async keep(clock) {
      perSecond = clock.perSecond;
      if (perSecond !== 1n) await time.increaseTo(BigInt((await time.latest()) + 1) * perSecond);
    },
  };
}

/**
 * Lets a fixture be loaded on a chain of either clock.
 *
 * @param load - The fixture, on a chain that counts seconds.
 */
export function onEitherClock<T extends { readonly time: ClockedTime }>(load: () => Promise<T>) {
  return async (clock: ChainClock = SECONDS): Promise<T> => {
    const loaded = await load();
    await loaded.time.keep(clock);
    return loaded;
  };
}
