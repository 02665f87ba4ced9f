// Keccak-256 for TypeScript: a module of its own, for hashing must not wait for a machine.

import { keccak256 } from "./keccak";

/** Where the digest comes to lie. */
export const digest = memory.data(32, 16);

/** Where the input is put: behind everything else, as far as the memory grows. */
export const input: usize = (__heap_base + 15) & ~15;

/** Hashes the first `length` bytes of the input. */
export function hash(length: u32): void {
  keccak256(digest, input, length);
}
