import { createKeccak } from "hash-wasm";
import { toHex } from "../codec/hex.ts";
import type { Hash } from "../types.ts";

// One instance for the whole process: hashing is synchronous and leaves no state behind.
const hasher = await createKeccak(256);

/** Keccak-256, as Ethereum uses it. */
export function keccak256(data: Uint8Array): Uint8Array {
  return hasher.init().update(data).digest("binary");
}

/** Keccak-256 as a hash string. */
export function keccak256Hex(data: Uint8Array): Hash {
  return toHex(keccak256(data));
}
