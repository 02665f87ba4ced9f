/** What policy demands; temperatures in 0.01 degC, times in seconds. */
export interface Limits {
  readonly lower: number;
  readonly upper: number;
  readonly logEvery: number;
  readonly alarmEvery: number;
}

/** An interval of a log. */
export interface Interval {
  readonly from: number;
  readonly to: number;
  readonly min: number;
  readonly max: number;
}

/** What a log comes to, by looking at all of it at once (C-44). */
export function figuresOf(intervals: readonly Interval[], { lower, upper, logEvery, alarmEvery }: Limits) {
  const isOutside = ({ min, max }: Interval) => min < lower || max > upper;
  const pauses = intervals.slice(1).map(({ from }, index) => from - (intervals[index]?.to ?? 0));
  const gaps = pauses.filter((pause) => pause > logEvery);
  // Runs: rows of intervals outside with no gap between them.
  const runs: Interval[][] = [];
  let open: Interval[] | undefined;
  for (const [index, interval] of intervals.entries()) {
    const isBroken = index > 0 && (pauses[index - 1] ?? 0) > logEvery;
    if (isBroken) open = undefined;
    if (!isOutside(interval)) open = undefined;
    else if (open === undefined) {
      open = [interval];
      runs.push(open);
    } else open.push(interval);
  }
  const lengths = runs.map((run) => run.reduce((sum, { from, to }) => sum + to - from, 0));
  const outside = intervals.filter(isOutside);
  return {
    intervals: intervals.length,
    min: Math.min(...intervals.map(({ min }) => min)),
    max: Math.max(...intervals.map(({ max }) => max)),
    lastMax: intervals.at(-1)?.max,
    outside: lengths.reduce((a, b) => a + b, 0),
    longestRun: Math.max(0, ...lengths),
    excursions: runs.length,
    gaps: gaps.length,
    longestGap: Math.max(0, ...gaps),
    coarse: outside.filter(({ from, to }) => to - from > alarmEvery).length,
    from: intervals[0]?.from,
    to: intervals.at(-1)?.to,
  };
}
