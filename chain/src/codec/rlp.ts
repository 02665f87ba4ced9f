import { bigIntToBytes } from "./hex.ts";

/** What RLP decoding yields: bytes, or a list of such. */
export type RlpItem = Uint8Array | RlpItem[];

/** What {@link encodeList} takes: bytes, an unsigned integer, or a part that is already encoded. */
export type RlpInput = Uint8Array | bigint | Encoded;

/** A part that is RLP already and is copied as it stands. */
export interface Encoded {
  readonly encoded: Uint8Array;
}

/** Why bytes are not canonical RLP, and at which byte. */
export class RlpError extends Error {
  /** Which rule of the Yellow Paper's appendix B is broken. */
  readonly code: "RLP_TOO_SHORT" | "RLP_NOT_CANONICAL" | "RLP_TRAILING_BYTES" | "RLP_TOO_DEEP";
  /** Offset of the item in question. */
  readonly offset: number;

  constructor(code: RlpError["code"], offset: number, message: string) {
    super(`${message} (byte ${offset})`);
    this.name = "RlpError";
    this.code = code;
    this.offset = offset;
  }
}

/** Lists may nest this deep: far beyond what any structure needs, far below what the stack bears. */
const MAX_DEPTH = 1_024;

/**
 * Decodes one canonical item and nothing behind it: shortest prefixes only, no byte missing, none left over. The byte strings of the result
 * share the input's memory.
 * @throws RlpError if the bytes are not that
 */
export function decodeRlp(bytes: Uint8Array): RlpItem {
  const end = itemEnd(bytes, 0, bytes.length);
  if (end !== bytes.length) {
    throw new RlpError("RLP_TRAILING_BYTES", end, `${bytes.length - end} bytes follow the item`);
  }
  return decodeItem(bytes, 0, end, 0);
}

/** Decodes the item from `start` to `end`, whose prefix {@link itemEnd} has checked. */
function decodeItem(bytes: Uint8Array, start: number, end: number, depth: number): RlpItem {
  const prefix = bytes[start] ?? 0;
  if (prefix < 0x80) return bytes.subarray(start, end);
  if (prefix < 0xc0) return bytes.subarray(prefix < 0xb8 ? start + 1 : start + prefix - 0xb6, end);
  if (depth === MAX_DEPTH) throw new RlpError("RLP_TOO_DEEP", start, `lists nest deeper than ${MAX_DEPTH}`);
  const items: RlpItem[] = [];
  let offset = prefix < 0xf8 ? start + 1 : start + prefix - 0xf6;
  while (offset < end) {
    const next = itemEnd(bytes, offset, end);
    items.push(decodeItem(bytes, offset, next, depth + 1));
    offset = next;
  }
  return items;
}

/** Where the item at `start` ends; no further than `limit`. */
function itemEnd(bytes: Uint8Array, start: number, limit: number): number {
  if (start >= limit) throw new RlpError("RLP_TOO_SHORT", start, "an item is missing");
  const prefix = bytes[start] ?? 0;
  if (prefix < 0x80) return start + 1;
  const isList = prefix >= 0xc0;
  const short = prefix - (isList ? 0xc0 : 0x80);
  if (short <= 55) {
    const end = start + 1 + short;
    if (end > limit) throw tooShort(start, short);
    if (!isList && short === 1 && (bytes[start + 1] ?? 0) < 0x80) {
      throw new RlpError("RLP_NOT_CANONICAL", start, "a single byte below 0x80 has a prefix");
    }
    return end;
  }
  const width = short - 55;
  const payload = start + 1 + width;
  if (payload > limit) throw new RlpError("RLP_TOO_SHORT", start, "the length of an item is cut off");
  if (bytes[start + 1] === 0) throw new RlpError("RLP_NOT_CANONICAL", start, "a length has leading zeros");
  let length = 0;
  // Grows past 2^53 only when it is far too long anyway, so the lost digits do not matter.
  for (let i = 1; i <= width; i++) length = length * 256 + (bytes[start + i] ?? 0);
  if (length <= 55) throw new RlpError("RLP_NOT_CANONICAL", start, `the length ${length} is not in its short form`);
  if (length > limit - payload) throw tooShort(start, length);
  return payload + length;
}

function tooShort(start: number, length: number): RlpError {
  return new RlpError("RLP_TOO_SHORT", start, `an item is cut off: ${length} bytes are announced`);
}

/** Length of the RLP of a byte string. */
export function encodedLength(bytes: Uint8Array): number {
  const length = bytes.length;
  if (length === 1 && (bytes[0] ?? 0) < 0x80) return 1;
  return length + headLength(length);
}

/** Length of the prefix in front of `length` bytes of payload. */
export function headLength(length: number): number {
  if (length < 56) return 1;
  if (length < 0x100) return 2;
  if (length < 0x10000) return 3;
  if (length < 0x1000000) return 4;
  return 5;
}

/** Writes a prefix for `length` bytes of payload and returns the offset behind it. `base` is 0x80 for bytes, 0xc0 for a list. */
export function writeHead(target: Uint8Array, offset: number, base: number, length: number): number {
  if (length < 56) {
    target[offset] = base + length;
    return offset + 1;
  }
  const width = headLength(length) - 1;
  target[offset] = base + 55 + width;
  for (let i = width - 1, rest = length; i >= 0; i--, rest >>>= 8) target[offset + 1 + i] = rest & 255;
  return offset + 1 + width;
}

/** Writes a byte string and returns the offset behind it. */
export function writeBytes(target: Uint8Array, offset: number, bytes: Uint8Array): number {
  if (bytes.length === 1 && (bytes[0] ?? 0) < 0x80) {
    target[offset] = bytes[0] ?? 0;
    return offset + 1;
  }
  const start = writeHead(target, offset, 0x80, bytes.length);
  target.set(bytes, start);
  return start + bytes.length;
}

/** RLP of a byte string. */
export function encodeBytes(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(encodedLength(bytes));
  writeBytes(out, 0, bytes);
  return out;
}

/**
 * RLP of a list.
 * @param items its members
 * @param prefix bytes put in front of the list (an EIP-2718 type byte)
 */
export function encodeList(items: readonly RlpInput[], prefix?: number): Uint8Array {
  let payload = 0;
  const parts: (Uint8Array | Encoded)[] = new Array(items.length);
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as RlpInput;
    const part = typeof item === "bigint" ? bigIntToBytes(item) : item;
    parts[i] = part;
    payload += part instanceof Uint8Array ? encodedLength(part) : part.encoded.length;
  }
  const shift = prefix === undefined ? 0 : 1;
  const out = new Uint8Array(shift + headLength(payload) + payload);
  if (prefix !== undefined) out[0] = prefix;
  let offset = writeHead(out, shift, 0xc0, payload);
  for (const part of parts) {
    if (part instanceof Uint8Array) {
      offset = writeBytes(out, offset, part);
    } else {
      out.set(part.encoded, offset);
      offset += part.encoded.length;
    }
  }
  return out;
}
