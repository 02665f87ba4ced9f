/** What a chain's clock counts in, and how often in a second. */
export interface ChainClock {
  readonly unit: "seconds" | "milliseconds";
  readonly perSecond: bigint;
}

/** The clock of a chain that counts seconds, as most do. */
export const SECONDS: ChainClock = { unit: "seconds", perSecond: 1n };

/** The clock of a chain that counts milliseconds. */
export const MILLISECONDS: ChainClock = { unit: "milliseconds", perSecond: 1_000n };

/**
 * Describes tests of time twice: on a chain that counts seconds, and on one that counts milliseconds.
 *
 * @param body - Describes the tests, with the clock that the chain shall have.
 */
export function byEachClock(body: (clock: ChainClock) => void): void {
  for (const clock of [SECONDS, MILLISECONDS]) {
    describe(`on a chain that counts ${clock.unit}`, () => {
      body(clock);
    });
  }
}
