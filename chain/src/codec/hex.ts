import type { Hex } from "../types.ts";

/** Bytes as lower-case hexadecimal with `0x`. */
export function toHex(bytes: Uint8Array): Hex {
  return `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`;
}

/** The bytes of an even-length hexadecimal string with `0x`. Trusts its input: only for strings the core made or checked. */
export function fromHex(hex: Hex): Uint8Array {
  const buffer = Buffer.from(hex.slice(2), "hex");
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** Value of each hexadecimal digit by its character code. */
const digits = new Uint8Array(128);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  digits[digit.charCodeAt(0)] = value;
  digits[digit.toUpperCase().charCodeAt(0)] = value;
}

/** The byte that two digits of a text stand for, from a place on. Trusts its input, like {@link fromHex}. */
export function byteAt(hex: string, place: number): number {
  return ((digits[hex.charCodeAt(place)] as number) << 4) | (digits[hex.charCodeAt(place + 1)] as number);
}

/** An unsigned integer as big-endian bytes without leading zeros; zero is empty (the form RLP asks for). */
export function bigIntToBytes(value: bigint): Uint8Array {
  if (value === 0n) return EMPTY_BYTES;
  if (value <= 0xffffffffn) {
    const small = Number(value);
    if (small < 0x100) return Uint8Array.of(small);
    if (small < 0x10000) return Uint8Array.of(small >>> 8, small & 255);
    if (small < 0x1000000) return Uint8Array.of(small >>> 16, (small >>> 8) & 255, small & 255);
    return Uint8Array.of(small >>> 24, (small >>> 16) & 255, (small >>> 8) & 255, small & 255);
  }
  const digits = value.toString(16);
  return fromHex(`0x${digits.length & 1 ? `0${digits}` : digits}`);
}

/** Big-endian bytes as an unsigned integer; empty is zero. */
export function bytesToBigInt(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  if (bytes.length <= 6) {
    let small = 0;
    for (const byte of bytes) small = small * 256 + byte;
    return BigInt(small);
  }
  return BigInt(toHex(bytes));
}

/** An unsigned integer as a 32-byte word. */
export function bigIntToWord(value: bigint): Hex {
  return `0x${value.toString(16).padStart(64, "0")}`;
}

/** Bytes (at most 32) as a 32-byte word, padded on the left. */
export function bytesToWord(bytes: Uint8Array): Hex {
  return `0x${toHex(bytes).slice(2).padStart(64, "0")}`;
}

/** The bytes without leading zeros; shares the buffer. */
export function trimZeros(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length && bytes[start] === 0) start++;
  return start === 0 ? bytes : bytes.subarray(start);
}

/** True if both hold the same bytes. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** No bytes. Shared: never write to it (it has no room to). */
export const EMPTY_BYTES: Uint8Array = new Uint8Array(0);
