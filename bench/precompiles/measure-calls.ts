import { spread } from "../lib/stats.ts";
import { samples } from "./inputs.ts";

/** Microseconds a call takes: the first one of the process, and the median of later ones. */
export interface CallTimes {
  readonly cold: number;
  readonly warm: number;
}

const BUDGET = 120;

/**
 * Measures one call of each contract and prints the figures as JSON.
 * @param callOf the call of a contract, or `undefined` if there is none
 */
export async function measureCalls(
  callOf: (number: number) => ((input: Uint8Array) => unknown) | undefined,
): Promise<void> {
  const figures: Record<string, CallTimes> = {};
  for (const { name, number, input } of samples()) {
    const call = callOf(number);
    if (call === undefined) continue;
    const time = async (): Promise<number> => {
      const started = performance.now();
      await call(input);
      return (performance.now() - started) * 1_000;
    };
    const cold = await time();
    for (const until = performance.now() + BUDGET; performance.now() < until; ) await time();
    const times: number[] = [];
    for (const until = performance.now() + BUDGET; times.length < 5 || performance.now() < until; )
      times.push(await time());
    figures[name] = { cold, warm: spread(times).median };
  }
  console.log(JSON.stringify(figures));
}
