import { BanyanError } from "../errors.ts";

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Chains count from here. */
const FIRST_YEAR = 1970;
const CHINA = 8 * 3600;

/**
 * Reads an instant.
 *
 * @param text - ISO 8601 with seconds and an offset, such as `"2026-03-01T08:00:00+08:00"`
 * @returns seconds since 1970-01-01T00:00:00Z
 * @throws BanyanError `INSTANT_INVALID` for anything else, and for a moment before 1970
 */
export function parseInstant(text: string): bigint {
  const milliseconds = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse lets 31 April through as 1 May, so the day is looked at again.
  if (!(milliseconds >= 0) || !isDay(text.slice(0, 10))) {
    throw new BanyanError(
      "INSTANT_INVALID",
      { en: `"${text}" is not a moment`, zh: `"${text}" 不是有效的时刻` },
      {
        cure: {
          en: 'Write date, time and offset, such as "2026-03-01T08:00:00+08:00".',
          zh: '请写明日期、时间和时区，例如 "2026-03-01T08:00:00+08:00"。',
        },
      },
    );
  }
  return BigInt(milliseconds / 1000);
}

/**
 * Reads a day and gives its first second in China (UTC+8).
 *
 * @param text - ISO 8601, such as `"2026-03-01"`
 * @returns seconds since 1970-01-01T00:00:00Z
 * @throws BanyanError `DAY_INVALID` for anything else, and for a day before 1970
 */
export function parseDay(text: string): bigint {
  if (!isDay(text)) {
    throw new BanyanError(
      "DAY_INVALID",
      { en: `"${text}" is not a day`, zh: `"${text}" 不是有效的日期` },
      {
        cure: {
          en: 'Write year, month and day, such as "2026-03-01".',
          zh: '请写明年、月、日，例如 "2026-03-01"。',
        },
      },
    );
  }
  return BigInt(Date.parse(`${text}T00:00:00Z`) / 1000 - CHINA);
}

/**
 * Writes an instant in China's time.
 *
 * @param seconds - seconds since 1970-01-01T00:00:00Z
 * @returns ISO 8601 with the offset +08:00
 */
export function formatInstant(seconds: bigint): string {
  return `${new Date((Number(seconds) + CHINA) * 1000).toISOString().slice(0, 19)}+08:00`;
}

function isDay(text: string): boolean {
  const match = DAY.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return (
    year >= FIRST_YEAR &&
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day
  );
}
