import { fromHex } from "../codec/hex.ts";
import { keccak256Hex } from "../crypto/keccak.ts";
import type { Hash } from "../types.ts";

/** A repeatable sequence of words: each is the hash of the one before. Stands in for the randomness that validators provide. */
export interface HashSequence {
  peek(): Hash;
  take(): Hash;
  /** The next value only; the sequence goes on from it. */
  setNext(value: Hash): void;
}

/** Makes the sequence that starts with the hash of a seed. */
export function createHashSequence(seed: string): HashSequence {
  let next = keccak256Hex(new TextEncoder().encode(seed));
  return {
    peek: () => next,
    take() {
      const value = next;
      next = keccak256Hex(fromHex(value));
      return value;
    },
    setNext(value) {
      next = value;
    },
  };
}
