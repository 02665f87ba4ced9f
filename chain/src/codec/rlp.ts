import { RLP } from "@nomicfoundation/ethereumjs-rlp";
import { bigIntToBytes } from "./hex.ts";

/** What RLP decoding yields: bytes, or a list of such. */
export type RlpItem = Uint8Array | RlpItem[];

/** What {@link encodeList} takes: bytes, an unsigned integer, or a part that is already encoded. */
export type RlpInput = Uint8Array | bigint | Encoded;

/** A part that is RLP already and is copied as it stands. */
export interface Encoded {
  readonly encoded: Uint8Array;
}

/**
 * Decodes one canonical item and nothing behind it.
 * @throws Error if the bytes are not canonical RLP
 */
export function decodeRlp(bytes: Uint8Array): RlpItem {
  return RLP.decode(bytes) as RlpItem;
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
