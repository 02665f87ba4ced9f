import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";

/** Answers of a remote node that stay true, by request. */
export interface RequestLog {
  /** The answer to a request, `undefined` if it is not there or damaged. */
  get(key: string): unknown;
  /** Keeps answers. A full or read-only disk loses them, and nothing else. */
  put(entries: readonly (readonly [key: string, answer: unknown])[]): void;
}

/** A folder takes at most this much; the logs that were not used for the longest time go first. */
const MOST_FOLDER_BYTES = 1024 ** 3;
/** One log takes at most this much: what comes later is not kept. */
const MOST_LOG_BYTES = 256 * 1024 ** 2;
const NEWLINE = 10;
const TAB = 9;
const SUM_LENGTH = 8;
const SUFFIX = ".log";

/**
 * Opens a log: a file to which lines are only ever added, so several processes may share it. A line is a checksum, the request and the answer,
 * with tabs between them; one that was cut off, mixed up or damaged is passed over, and its request asked again.
 * @param folder made if need be
 * @param name of the log, without an ending
 */
export function openRequestLog(folder: string, name: string): RequestLog {
  const path = join(folder, `${name}${SUFFIX}`);
  let content = readIfThere(path);
  let size = content.length;
  const places = new Map<string, { readonly start: number; readonly end: number }>();
  const added = new Map<string, unknown>();
  for (let start = 0; start < content.length; ) {
    let end = content.indexOf(NEWLINE, start);
    if (end < 0) end = content.length;
    const keyStart = start + SUM_LENGTH + 1;
    const keyEnd = content.indexOf(TAB, keyStart);
    if (keyEnd > 0 && keyEnd < end) places.set(content.toString("utf8", keyStart, keyEnd), { start, end });
    start = end + 1;
  }
  if (size > 0) markUsed(path);

  return {
    get(key) {
      const known = added.get(key);
      if (known !== undefined) return known;
      const place = places.get(key);
      if (place === undefined) return undefined;
      places.delete(key);
      const answer = readEntry(content.subarray(place.start, place.end), key);
      if (answer !== undefined) added.set(key, answer);
      if (places.size === 0) content = Buffer.alloc(0);
      return answer;
    },
    put(entries) {
      for (const [key, answer] of entries) added.set(key, answer);
      const lines = entries.map(([key, answer]) => `\n${lineOf(key, JSON.stringify(answer))}`).join("");
      if (lines === "" || size + lines.length > MOST_LOG_BYTES) return;
      try {
        if (size === 0) {
          mkdirSync(folder, { recursive: true });
          makeRoom(folder, path);
        }
        // One write, at the end of the file: lines of two processes do not mix. The line break comes first, so that a line that was cut off
        // spoils itself only.
        appendFileSync(path, `${lines}\n`);
        size += lines.length + 1;
      } catch {
        size = MOST_LOG_BYTES;
      }
    },
  };
}

function lineOf(key: string, answer: string): string {
  const rest = `${key}\t${answer}`;
  return `${sumOf(rest)}\t${rest}`;
}

function sumOf(text: string | Uint8Array): string {
  return crc32(text).toString(16).padStart(SUM_LENGTH, "0");
}

function readEntry(line: Buffer, key: string): unknown {
  if (line.toString("latin1", 0, SUM_LENGTH) !== sumOf(line.subarray(SUM_LENGTH + 1))) return undefined;
  try {
    return JSON.parse(line.toString("utf8", SUM_LENGTH + 2 + Buffer.byteLength(key)));
  } catch {
    return undefined;
  }
}

function readIfThere(path: string): Buffer {
  try {
    return existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  } catch {
    return Buffer.alloc(0);
  }
}

function markUsed(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // A cache that cannot be written to can still be read.
  }
}

/** Removes logs that have not been used for long until the folder has room. */
function makeRoom(folder: string, current: string): void {
  const logs = readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => join(folder, name))
    .filter((path) => path !== current)
    .map((path) => ({ path, ...sizeAndTime(path) }))
    .sort((a, b) => a.time - b.time);
  let total = logs.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of logs) {
    if (total <= MOST_FOLDER_BYTES - MOST_LOG_BYTES) return;
    rmSync(path, { force: true });
    total -= size;
  }
}

function sizeAndTime(path: string): { readonly size: number; readonly time: number } {
  try {
    const { size, mtimeMs } = statSync(path);
    return { size, time: mtimeMs };
  } catch {
    return { size: 0, time: 0 };
  }
}
