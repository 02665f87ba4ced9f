import { EMPTY_BYTES } from "../../codec/hex.ts";
import type { Address } from "../../types.ts";
import type { Precompile, PrecompileResult } from "./precompile.ts";

/** What a call that takes all its gas answers. */
export const FAILURE: PrecompileResult = { kind: "failure" };

/** An answer of no bytes. */
export const NOTHING: PrecompileResult = { kind: "return", data: EMPTY_BYTES };

/** An answer. */
export function answer(data: Uint8Array): PrecompileResult {
  return { kind: "return", data };
}

/** The address of a precompiled contract by its number. */
export function precompileAddress(number: number): Address {
  return `0x${number.toString(16).padStart(40, "0")}`;
}

/** Gas by the number of begun 32-byte words, as the hash functions and the copy have it. */
export function gasByWords(base: number, perWord: number): Precompile["gas"] {
  return (input) => BigInt(base + perWord * Math.ceil(input.length / 32));
}

/**
 * `length` bytes from `offset` on, as if zeros without end followed the input.
 * @returns a view of the input where it reaches that far, a copy where it does not
 */
export function slicePadded(input: Uint8Array, offset: number, length: number): Uint8Array {
  if (offset + length <= input.length) return input.subarray(offset, offset + length);
  const padded = new Uint8Array(length);
  if (offset < input.length) padded.set(input.subarray(offset));
  return padded;
}
