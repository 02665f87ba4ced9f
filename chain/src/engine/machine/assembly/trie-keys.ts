import { A_ADDRESS } from "./accounts";
import { keccak256 } from "./keccak";
import { S_KEY } from "./slots";
import { toBytes } from "./words";

/** Keys of the state tries: hashes of what the records are about, 32 bytes as they come. */

const bytes: usize = memory.data(32, 16);

/** Writes the key of an account in the trie of accounts. */
export function hashAddress(account: usize, out: usize): void {
  toBytes(bytes, account + A_ADDRESS);
  keccak256(out, bytes + 12, 20);
}

/** Writes the key of a slot in its account's storage trie. */
export function hashSlot(slot: usize, out: usize): void {
  toBytes(bytes, slot + S_KEY);
  keccak256(out, bytes, 32);
}
