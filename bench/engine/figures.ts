import { spread } from "../lib/stats.ts";

/** What one process of a peer measured of one item. */
export interface Figures {
  /** Within one call: microseconds and gas per item, the difference between few and many. */
  readonly inside?: { readonly microseconds: number; readonly gas: number };
  /** Message by message, for a peer that takes messages. */
  readonly messages?: {
    /** Milliseconds from nothing to an engine that holds the state. */
    readonly start: number;
    /** Microseconds per message over the first 100 of the process. */
    readonly cold: number;
    /** Microseconds per message once compilers have settled. */
    readonly warm: number;
    /** Gas per message of the first 100, without what a transaction costs before its first instruction. */
    readonly coldGas: number;
    /** The same of a warm message. */
    readonly warmGas: number;
  };
}

/** How the slope between a small and a large count is measured. */
export interface InsideOptions {
  /** The small count; the large one is five times as much. */
  readonly count: number;
  /** Pairs measured. */
  readonly pairs: number;
  /** Does the item `count` times and returns the gas that the probe counted. */
  run(count: number): Promise<number>;
}

/**
 * Measures an item within one call: the slope of the time between a count and five times as much, which leaves out everything around the EVM.
 *
 * @returns microseconds and gas per item
 */
export async function measureInside({
  count,
  pairs,
  run,
}: InsideOptions): Promise<{ microseconds: number; gas: number }> {
  const many = 5 * count;
  await run(count);
  await run(many);
  const few: number[] = [];
  const more: number[] = [];
  let gas = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const started = performance.now();
    const gasOfFew = await run(count);
    const between = performance.now();
    const gasOfMany = await run(many);
    more.push(performance.now() - between);
    few.push(between - started);
    gas = (gasOfMany - gasOfFew) / (many - count);
  }
  return { microseconds: ((spread(more).median - spread(few).median) * 1000) / (many - count), gas };
}

/** The first word of what the probe returned: the gas of the repetitions. */
export function probedGas(returned: string): number {
  if (returned.length < 66) throw new Error(`The probe returned ${returned}`);
  return Number(BigInt(returned.slice(0, 66)));
}
