import { bytesToWord, EMPTY_BYTES, toHex } from "../codec/hex.ts";
import { ChainError } from "../errors.ts";
import type { AccountProof, Address, Hash, Word } from "../types.ts";
import {
  type AccountTrie,
  accountProof,
  EMPTY_CODE_HASH,
  readAccount,
  readSlot,
  slotProof,
  storageRoot,
} from "./account-leaf.ts";
import type { PastState } from "./past-state.ts";
import { EMPTY_TRIE_ROOT } from "./trie.ts";

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
  /** EIP-1186 proof of an account, where whoever holds the state has one. */
  prove?(address: Address, slots: readonly Word[]): AccountProof;
}

/** Code by hash. Only grows: code may be shared, and old blocks still need it. */
export type CodeTable = Map<Hash, Uint8Array>;

/** Reads a state of the past. */
export function createTrieReader(root: AccountTrie | PastState | undefined, codes: CodeTable): StateReader {
  if (root !== undefined && "reader" in root) return root.reader();
  return {
    account(address) {
      const leaf = root === undefined ? undefined : readAccount(root, address);
      return leaf === undefined ? root?.below?.account(address) : { ...leaf, hasStorage: leaf.storage !== 0 };
    },
    storage(address, slot) {
      const leaf = root === undefined ? undefined : readAccount(root, address);
      const value = root === undefined || leaf === undefined ? undefined : readSlot(root, leaf, slot);
      if (value !== undefined) return value;
      return leaf?.isWhole === true ? EMPTY_BYTES : (root?.below?.storage(address, slot) ?? EMPTY_BYTES);
    },
    code: (codeHash) => codes.get(codeHash) ?? root?.below?.code(codeHash) ?? EMPTY_BYTES,
  };
}

/**
 * EIP-1186 proof of an account and some of its slots. Works for absent ones too.
 * @throws ChainError `PROOF_UNAVAILABLE` for a root that covers only what differs from a state below
 */
export function proveAccount(root: AccountTrie | undefined, address: Address, slots: readonly Word[]): AccountProof {
  if (root?.below !== undefined) return proveBelow(root, address, slots);
  const account = root === undefined ? undefined : readAccount(root, address);
  if (root === undefined || account === undefined) {
    return {
      address,
      balance: 0n,
      nonce: 0n,
      codeHash: EMPTY_CODE_HASH,
      storageHash: toHex(EMPTY_TRIE_ROOT),
      accountProof: root === undefined ? [] : accountProof(root, address),
      storageProof: slots.map((key) => ({ key, value: bytesToWord(EMPTY_BYTES), proof: [] })),
    };
  }
  return {
    address,
    balance: account.balance,
    nonce: account.nonce,
    codeHash: account.codeHash,
    storageHash: toHex(storageRoot(root, account)),
    accountProof: accountProof(root, address),
    storageProof: slots.map((key) => ({
      key,
      value: bytesToWord(readSlot(root, account, key) ?? EMPTY_BYTES),
      proof: slotProof(root, account, key),
    })),
  };
}

/** A state below knows proofs of its own accounts, if whoever holds it does; what lies above it is under no root that covers both. */
function proveBelow({ node, below }: AccountTrie, address: Address, slots: readonly Word[]): AccountProof {
  if (node === 0 && below?.prove !== undefined) return below.prove(address, slots);
  throw new ChainError(
    "PROOF_UNAVAILABLE",
    "A fork's own blocks have no Merkle proofs: their state root covers only what has changed since the fork. Ask for a block from before it",
    { address },
  );
}
