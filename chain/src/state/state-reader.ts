import { bytesToWord, EMPTY_BYTES, toHex } from "../codec/hex.ts";
import { encodeBytes } from "../codec/rlp.ts";
import type { AccountProof, Address, Hash, Word } from "../types.ts";
import { type AccountTrie, EMPTY_CODE_HASH, encodeAccount, storageRoot, trieKey } from "./account-leaf.ts";
import { trieGet, trieProof } from "./trie.ts";

/** The fields of an account that are not storage. */
export interface AccountFields {
  readonly nonce: bigint;
  readonly balance: bigint;
  readonly codeHash: Hash;
  /** Whether any slot holds a value (EIP-7610). */
  readonly hasStorage: boolean;
}

/** Reads one fixed state. May throw {@link MissingPage}: then it is asked again once the page is loaded. */
export interface StateReader {
  /** `undefined` if the account does not exist. */
  account(address: Address): AccountFields | undefined;
  /** Value without leading zeros; empty is zero. */
  storage(address: Address, slot: Word): Uint8Array;
  /** Code by its hash. */
  code(codeHash: Hash): Uint8Array;
}

/** Code by hash. Only grows: code may be shared, and old blocks still need it. */
export type CodeTable = Map<Hash, Uint8Array>;

/** Reads the state that a root stands for: any block of the past whose root is kept. */
export function createTrieReader(root: AccountTrie | undefined, codes: CodeTable): StateReader {
  return {
    account(address) {
      const leaf = trieGet(root, trieKey(address));
      return leaf === undefined ? undefined : { ...leaf, hasStorage: leaf.storage !== undefined };
    },
    storage: (address, slot) => trieGet(trieGet(root, trieKey(address))?.storage, trieKey(slot)) ?? EMPTY_BYTES,
    code: (codeHash) => codes.get(codeHash) ?? EMPTY_BYTES,
  };
}

/** EIP-1186 proof of an account and some of its slots. Works for absent ones too. */
export function proveAccount(root: AccountTrie | undefined, address: Address, slots: readonly Word[]): AccountProof {
  const key = trieKey(address);
  const account = trieGet(root, key);
  return {
    address,
    balance: account?.balance ?? 0n,
    nonce: account?.nonce ?? 0n,
    codeHash: account?.codeHash ?? EMPTY_CODE_HASH,
    storageHash: toHex(storageRoot(account?.storage)),
    accountProof: trieProof(root, key, encodeAccount),
    storageProof: slots.map((slot) => ({
      key: slot,
      value: bytesToWord(trieGet(account?.storage, trieKey(slot)) ?? EMPTY_BYTES),
      proof: trieProof(account?.storage, trieKey(slot), encodeBytes),
    })),
  };
}
