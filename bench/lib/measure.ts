import { spread } from "./stats.ts";

/** How a repeated step is measured. */
export interface MeasureOptions {
  /** Steps before the measurement, so that the compiler has settled. */
  readonly warmUp: number;
  /** Steps measured. */
  readonly steps: number;
}

/**
 * Measures a repeated asynchronous step.
 *
 * @returns the median time of a step in milliseconds
 */
export async function measure(
  step: (index: number) => Promise<unknown>,
  { warmUp, steps }: MeasureOptions,
): Promise<number> {
  for (let index = 0; index < warmUp; index++) await step(index);
  const times: number[] = [];
  for (let index = 0; index < steps; index++) {
    const started = performance.now();
    await step(warmUp + index);
    times.push(performance.now() - started);
  }
  return spread(times).median;
}
