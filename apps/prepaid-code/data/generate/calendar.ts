/** First second of the month, 1 March 2030 in China. */
const MONTH_START = Date.UTC(2030, 2, 1) / 1000 - 8 * 3600;

/** A line of a story before it is written: its moment and its fields. */
export interface Line {
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * A moment of the month.
 *
 * @param day - 1 to 31; later days go on into April
 * @param hour - 0 to 23
 * @param minute - 0 to 59
 */
export function moment(day: number, hour: number, minute = 0, second = 0): number {
  return MONTH_START + (day - 1) * 86_400 + hour * 3600 + minute * 60 + second;
}

/** A moment as the story writes it. */
function isoInstant(at: number): string {
  return `${new Date((at + 8 * 3600) * 1000).toISOString().slice(0, 19)}+08:00`;
}

/** The day of the month, counted from 1, that a moment falls on in China. */
export function dayOf(at: number): number {
  return Math.floor((at - MONTH_START) / 86_400) + 1;
}

/** Writes lines in the order of their moments; lines of one moment keep the order in which they were made. */
export function writeLines(lines: readonly Line[]): string {
  const sorted = lines.map((line, index) => ({ line, index })).sort((a, b) => a.line.at - b.line.at || a.index - b.index);
  return sorted.map(({ line }) => `${JSON.stringify({ date: isoInstant(line.at), ...line.fields })}\n`).join("");
}

/** An amount as the story writes it. */
export function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
}
