import { bigIntToBytes, fromHex } from "../codec/hex.ts";
import { encodeBytes, encodeList } from "../codec/rlp.ts";
import { keccak256 } from "../crypto/keccak.ts";
import type { Hash } from "../types.ts";
import { type TrieNode, trieHash } from "./trie.ts";

/** Storage of one account: hashed slot to value without leading zeros. */
export type StorageTrie = TrieNode<Uint8Array>;

/** State of the world: hashed address to account. */
export type AccountTrie = TrieNode<AccountLeaf>;

/** An account as the state trie holds it. The storage hangs below it, so one root reaches everything. */
export interface AccountLeaf {
  readonly nonce: bigint;
  readonly balance: bigint;
  readonly codeHash: Hash;
  readonly storage: StorageTrie | undefined;
}

/** keccak256 of no bytes: the code hash of an account without code. */
export const EMPTY_CODE_HASH: Hash = "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";

const emptyCodeHashBytes = fromHex(EMPTY_CODE_HASH);

/** RLP of an account: nonce, balance, storage root, code hash. */
export function encodeAccount(account: AccountLeaf): Uint8Array {
  const codeHash = account.codeHash === EMPTY_CODE_HASH ? emptyCodeHashBytes : fromHex(account.codeHash);
  return encodeList([bigIntToBytes(account.nonce), account.balance, storageRoot(account.storage), codeHash]);
}

/** Root hash of an account's storage, 32 bytes. */
export function storageRoot(storage: StorageTrie | undefined): Uint8Array {
  return trieHash(storage, encodeBytes);
}

/** Root hash of the state, 32 bytes. */
export function accountsRoot(accounts: AccountTrie | undefined): Uint8Array {
  return trieHash(accounts, encodeAccount);
}

// The keys of the tries are hashes of addresses and slots; the same few come again and again. Bounded, and only a cache: it holds no state.
const CACHE_LIMIT = 65_536;
const cache = new Map<string, Uint8Array>();

/** Trie key of an address or of a storage slot: keccak256 of its bytes. */
export function trieKey(addressOrSlot: `0x${string}`): Uint8Array {
  const known = cache.get(addressOrSlot);
  if (known !== undefined) return known;
  const key = keccak256(fromHex(addressOrSlot));
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(addressOrSlot, key);
  return key;
}
