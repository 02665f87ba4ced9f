/** First second of 18 March 2030 in China, a Monday: the first day of picking. */
const FIRST_DAY = Date.UTC(2030, 2, 18) / 1000 - 8 * 3600;

/**
 * A moment of the season, in seconds since 1970.
 *
 * @param day - counted from 1 on 18 March; days before it are 0 and below
 * @param hour - 0 to 23
 * @param minute - 0 to 59
 */
export function moment(day: number, hour: number, minute = 0, second = 0): number {
  return FIRST_DAY + (day - 1) * 86_400 + hour * 3600 + minute * 60 + second;
}

/** A day of the season as it stands in lot numbers, such as `0318`. */
export function dayCode(day: number): string {
  return isoDay(day).slice(5).replace("-", "");
}

/** A day of the season, such as `2030-03-18`. */
export function isoDay(day: number): string {
  return new Date((moment(day, 12) + 8 * 3600) * 1000).toISOString().slice(0, 10);
}

/** Weeks of picking. */
export const WEEKS = 3;
export const DAYS_OF_WEEK = 7;
