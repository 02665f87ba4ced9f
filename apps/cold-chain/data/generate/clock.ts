/** First second of 3 June 2030 in China, a Monday. */
const FIRST_DAY = Date.UTC(2030, 5, 3) / 1000 - 8 * 3600;

/**
 * A moment of the story, in seconds since 1970.
 *
 * @param day - counted from 1 on 3 June; days before it are 0 and below
 * @param hour - 0 to 23
 * @param minute - minutes; 60 and more go on into the next hours
 */
export function moment(day: number, hour: number, minute = 0, second = 0): number {
  return FIRST_DAY + (day - 1) * 86_400 + hour * 3600 + minute * 60 + second;
}

/** A day, such as `2030-06-03`. */
export function isoDay(day: number): string {
  return new Date((moment(day, 12) + 8 * 3600) * 1000).toISOString().slice(0, 10);
}
