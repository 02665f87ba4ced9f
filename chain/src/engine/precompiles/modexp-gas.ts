import { bytesToBigInt } from "../../codec/hex.ts";
import { slicePadded } from "./input.ts";

/** The three lengths at the front of the input of `modexp`. Any word is possible; nothing is allocated for them. */
export interface ModexpLengths {
  readonly base: bigint;
  readonly exponent: bigint;
  readonly modulus: bigint;
}

/** What one call of `modexp` costs. */
export type ModexpPrice = (lengths: ModexpLengths, head: bigint) => bigint | undefined;

const LONGEST_INPUT = 1_024n;

/** Reads the lengths; words the input does not reach are zero. */
export function modexpLengths(input: Uint8Array): ModexpLengths {
  return {
    base: bytesToBigInt(slicePadded(input, 0, 32)),
    exponent: bytesToBigInt(slicePadded(input, 32, 32)),
    modulus: bytesToBigInt(slicePadded(input, 64, 32)),
  };
}

/** The first 32 bytes of the exponent (all of it if it is shorter), which alone decide its price. */
export function exponentHead(input: Uint8Array, { base, exponent }: ModexpLengths): bigint {
  const start = 96n + base;
  if (start >= BigInt(input.length)) return 0n;
  return bytesToBigInt(slicePadded(input, Number(start), exponent < 32n ? Number(exponent) : 32));
}

/** EIP-198. */
export const priceOfByzantium: ModexpPrice = ({ base, exponent, modulus }, head) => {
  const x = max(base, modulus);
  const complexity =
    x <= 64n ? x * x : x <= 1_024n ? (x * x) / 4n + 96n * x - 3_072n : (x * x) / 16n + 480n * x - 199_680n;
  return (complexity * max(iterations(exponent, head, 8n), 1n)) / 20n;
};

/** EIP-2565. */
export const priceOfBerlin: ModexpPrice = ({ base, exponent, modulus }, head) => {
  const words = (max(base, modulus) + 7n) / 8n;
  return max(200n, (words * words * max(iterations(exponent, head, 8n), 1n)) / 3n);
};

/** EIP-7883, within the bounds of EIP-7823. */
export const priceOfOsaka: ModexpPrice = ({ base, exponent, modulus }, head) => {
  if (base > LONGEST_INPUT || exponent > LONGEST_INPUT || modulus > LONGEST_INPUT) return undefined;
  const longest = max(base, modulus);
  const words = (longest + 7n) / 8n;
  const complexity = longest > 32n ? 2n * words * words : 16n;
  return max(500n, complexity * max(iterations(exponent, head, 16n), 1n));
};

function iterations(length: bigint, head: bigint, perFurtherByte: bigint): bigint {
  const inHead = head === 0n ? 0n : BigInt(head.toString(2).length - 1);
  return length <= 32n ? inHead : perFurtherByte * (length - 32n) + inHead;
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
