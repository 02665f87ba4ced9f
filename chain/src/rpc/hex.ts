import type { Hex, Word } from "../types.ts";

/**
 * Writes a number as a JSON-RPC QUANTITY: hexadecimal without leading zeros.
 * @param value a whole number, not negative
 */
export function quantity(value: bigint | number): Hex {
  return `0x${value.toString(16)}`;
}

/**
 * Widens hexadecimal digits to a 32-byte word.
 * @param hex `0x` and at most 64 digits
 */
export function wordOf(hex: string): Word {
  return `0x${hex.slice(2).toLowerCase().padStart(64, "0")}`;
}
