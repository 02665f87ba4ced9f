const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;
const MS = 1000;

/**
 * The moment of an `xsd:dateTimeStamp`, in milliseconds since 1970; more decimals are rounded, half up (CBV 2.0 section 8.9).
 *
 * @param text - such as `2026-11-21T09:00:00.000+08:00`
 * @returns nothing for a text that is none
 */
export function parseTime(text: string): number | undefined {
  const found = TIME.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = "", sign, offsetHour = "0", offsetMinute = "0"] = found;
  const [y, mo, d] = [Number(year), Number(month), Number(day)];
  const leap = y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);
  const days = mo === 2 && leap ? 29 : (DAYS[mo - 1] ?? 0);
  if (d < 1 || d > days || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, "0")) + ((fraction[3] ?? "0") >= "5" ? 1 : 0);
  const offset = (sign === "-" ? -1 : 1) * (Number(offsetHour) * 60 + Number(offsetMinute));
  const date = new Date(0);
  date.setUTCFullYear(y, mo - 1, d);
  date.setUTCHours(Number(hour), Number(minute) - offset, Number(second), 0);
  return date.getTime() + milliseconds;
}

/** A moment as the pre-hash string writes it: UTC, milliseconds. */
export function formatTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/**
 * A moment in local time with its offset.
 *
 * @param milliseconds - since 1970
 * @param offset - minutes from UTC
 */
export function formatLocalTime(milliseconds: number, offset: number): string {
  return new Date(milliseconds + offset * 60 * MS).toISOString().replace("Z", formatOffset(offset));
}

/** An offset from UTC in minutes as EPCIS writes it. */
export function formatOffset(minutes: number): string {
  const [hour, minute] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** The minutes of an offset (C-01), or nothing for a text that is none. */
export function parseOffset(text: string): number | undefined {
  const [, sign, hour, minute] = /^([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(text) ?? [];
  if (sign === undefined || hour === undefined || minute === undefined) return undefined;
  const minutes = Number(hour) * 60 + Number(minute);
  return minutes > 14 * 60 ? undefined : sign === "-" ? -minutes : minutes;
}

const PART = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})";
const HOST = "(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*";
const USER = "(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?";
const ADDRESS = "\\[[0-9A-Fa-f:.]+\\]";
const AUTHORITY = `//${USER}(?:${ADDRESS}|${HOST})(?::\\d*)?(?:/${PART}*)*`;
const ROOTED = `/(?:${PART}+(?:/${PART}*)*)?`;
const OPAQUE = `${PART}+(?:/${PART}*)*`;
const REST = `(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*`;
const URI = new RegExp(`^[A-Za-z][A-Za-z0-9+.-]*:(?:${AUTHORITY}|${ROOTED}|${OPAQUE})(?:\\?${REST})?(?:#${REST})?$`);

/** Whether a text is an absolute URI (RFC 3986), a compact one included. */
export function isUri(text: string): boolean {
  return URI.test(text);
}
