import { EMPTY_BYTES, equalBytes } from "../codec/hex.ts";
import { keccak256Hex } from "../crypto/keccak.ts";
import type { Address, Hash, Word } from "../types.ts";
import { type AccountTrie, EMPTY_CODE_HASH, trieKey } from "./account-leaf.ts";
import type { CodeTable, StateReader } from "./state-reader.ts";
import { trieGet, triePut, trieRemove } from "./trie.ts";

/** A place in the undo journal. */
export type Mark = number;

/** A state to return to, across blocks. */
export interface StateSnapshot {
  readonly mark: Mark;
  readonly root: AccountTrie | undefined;
}

/**
 * Accounts, code and storage in flat tables with one undo journal. Addresses and slots are full-width lower-case hex; storage values are bytes
 * without leading zeros (empty is zero). An empty account (EIP-161) and an absent one are the same.
 */
export interface State {
  /** Starts a transaction: everything is cold, transient storage is empty, original values are the present ones. */
  beginTransaction(): void;
  /** Marks the present, for {@link revert}. Keeping the changes needs no call. May not reach across {@link root}. */
  checkpoint(): Mark;
  /** Undoes everything since the mark, warmth and transient storage included. */
  revert(mark: Mark): void;

  /** False for an account that is empty as EIP-161 says: no nonce, no balance, no code. */
  exists(address: Address): boolean;
  getBalance(address: Address): bigint;
  setBalance(address: Address, balance: bigint): void;
  getNonce(address: Address): bigint;
  setNonce(address: Address, nonce: bigint): void;
  getCode(address: Address): Uint8Array;
  getCodeHash(address: Address): Hash;
  setCode(address: Address, code: Uint8Array): void;
  getStorage(address: Address, slot: Word): Uint8Array;
  /** Value at the start of the transaction (EIP-2200). */
  getOriginalStorage(address: Address, slot: Word): Uint8Array;
  setStorage(address: Address, slot: Word, value: Uint8Array): void;
  /** Forgets all storage of an account. */
  clearStorage(address: Address): void;
  /** Forgets an account with its code and storage. */
  deleteAccount(address: Address): void;
  /** EIP-1153. */
  getTransient(address: Address, slot: Word): Uint8Array;
  setTransient(address: Address, slot: Word, value: Uint8Array): void;

  /** EIP-2929. */
  isWarm(address: Address): boolean;
  warm(address: Address): void;
  isWarmSlot(address: Address, slot: Word): boolean;
  warmSlot(address: Address, slot: Word): void;

  /** Brings the trie up to date with the tables and returns its root. Costs what changed since the last time. */
  root(): AccountTrie | undefined;
  /** A block is complete: its changes need no undoing unless a snapshot does. */
  seal(): AccountTrie | undefined;
  /** Marks the present, to return to even after blocks were sealed. Constant cost apart from what {@link root} has to do. */
  snapshot(): StateSnapshot;
  /** Returns to a snapshot, which stays valid; later ones do not. */
  restore(snapshot: StateSnapshot): void;
  /** Ends a snapshot without returning to it, so that the journal need not grow further. */
  release(snapshot: StateSnapshot): void;
  /** All code ever set. */
  readonly codes: CodeTable;
}

interface SlotRecord {
  value: Uint8Array;
  original: Uint8Array;
  /** Transaction for which `original` holds. */
  originalStamp: number;
  warmStamp: number;
}

interface AccountRecord {
  readonly address: Address;
  nonce: bigint;
  balance: bigint;
  codeHash: Hash;
  slots: Map<Word, SlotRecord>;
  /** False once storage was cleared: slots not in the map are zero, whatever lies below. */
  throughToBase: boolean;
  /** True if the storage trie has to start anew. */
  storageReset: boolean;
  warmStamp: number;
  isDirty: boolean;
  dirtySlots: Set<Word> | undefined;
}

/** What a state lies on. */
export interface StateOptions {
  /** State below: what the tables do not hold is read there. A state with a base has no root of its own. */
  readonly base?: StateReader;
  /** Code table to share. */
  readonly codes?: CodeTable;
}

/** Makes an empty state, or one that lies over another and leaves it as it is. */
export function createState(options: StateOptions = {}): State {
  const { base } = options;
  const codes: CodeTable = options.codes ?? new Map([[EMPTY_CODE_HASH, EMPTY_BYTES]]);
  const accounts = new Map<Address, AccountRecord>();
  const journal: (() => void)[] = [];
  const live = new Set<StateSnapshot>();
  let transient = new Map<string, Uint8Array>();
  let dirty: AccountRecord[] = [];
  let trie: AccountTrie | undefined;
  let stamp = 1;

  /** The record of an account, if there is anything to know about it. */
  function find(address: Address): AccountRecord | undefined {
    const known = accounts.get(address);
    if (known !== undefined || base === undefined) return known;
    return base.account(address) === undefined ? undefined : open(address);
  }

  /** The record of an account, made if need be. */
  function open(address: Address): AccountRecord {
    const known = accounts.get(address);
    if (known !== undefined) return known;
    const below = base?.account(address);
    const record: AccountRecord = {
      address,
      nonce: below?.nonce ?? 0n,
      balance: below?.balance ?? 0n,
      codeHash: below?.codeHash ?? EMPTY_CODE_HASH,
      slots: new Map(),
      throughToBase: below !== undefined,
      storageReset: false,
      warmStamp: 0,
      isDirty: false,
      dirtySlots: undefined,
    };
    accounts.set(address, record);
    journal.push(() => accounts.delete(address));
    return record;
  }

  function openSlot(account: AccountRecord, slot: Word): SlotRecord {
    const known = account.slots.get(slot);
    if (known !== undefined) return known;
    const { slots } = account;
    const value = account.throughToBase && base !== undefined ? base.storage(account.address, slot) : EMPTY_BYTES;
    const record: SlotRecord = { value, original: value, originalStamp: 0, warmStamp: 0 };
    slots.set(slot, record);
    journal.push(() => slots.delete(slot));
    return record;
  }

  function touch(account: AccountRecord): void {
    if (account.isDirty) return;
    account.isDirty = true;
    dirty.push(account);
  }

  function clean(account: AccountRecord): void {
    account.isDirty = false;
    account.dirtySlots = undefined;
  }

  function forgetStorage(account: AccountRecord): void {
    if (account.slots.size === 0 && !account.throughToBase) return;
    const { slots, throughToBase, storageReset } = account;
    journal.push(() => {
      account.slots = slots;
      account.throughToBase = throughToBase;
      account.storageReset = storageReset;
    });
    account.slots = new Map();
    account.throughToBase = false;
    account.storageReset = true;
    // An access list may have warmed slots of a contract that is only now created: warmth survives.
    for (const [slot, { warmStamp }] of slots) {
      if (warmStamp === stamp) {
        account.slots.set(slot, { value: EMPTY_BYTES, original: EMPTY_BYTES, originalStamp: stamp, warmStamp });
      }
    }
    touch(account);
  }

  function setCodeHash(account: AccountRecord, codeHash: Hash): void {
    const previous = account.codeHash;
    if (previous === codeHash) return;
    journal.push(() => {
      account.codeHash = previous;
    });
    account.codeHash = codeHash;
    touch(account);
  }

  function undo(mark: Mark): void {
    while (journal.length > mark) journal.pop()?.();
  }

  function root(): AccountTrie | undefined {
    for (const account of dirty) {
      trie = updateTrie(trie, account);
      clean(account);
      account.storageReset = false;
    }
    dirty = [];
    return trie;
  }

  const state: State = {
    codes,
    beginTransaction() {
      stamp++;
      if (transient.size > 0) transient = new Map();
    },
    checkpoint: () => journal.length,
    revert: undo,

    exists(address) {
      const account = find(address);
      return account !== undefined && !isEmpty(account);
    },
    getBalance: (address) => find(address)?.balance ?? 0n,
    setBalance(address, balance) {
      const account = open(address);
      const previous = account.balance;
      if (previous === balance) return;
      journal.push(() => {
        account.balance = previous;
      });
      account.balance = balance;
      touch(account);
    },
    getNonce: (address) => find(address)?.nonce ?? 0n,
    setNonce(address, nonce) {
      const account = open(address);
      const previous = account.nonce;
      if (previous === nonce) return;
      journal.push(() => {
        account.nonce = previous;
      });
      account.nonce = nonce;
      touch(account);
    },
    getCode(address) {
      const codeHash = find(address)?.codeHash;
      return codeHash === undefined || codeHash === EMPTY_CODE_HASH
        ? EMPTY_BYTES
        : (codes.get(codeHash) ?? base?.code(codeHash) ?? EMPTY_BYTES);
    },
    getCodeHash: (address) => find(address)?.codeHash ?? EMPTY_CODE_HASH,
    setCode(address, code) {
      const codeHash = code.length === 0 ? EMPTY_CODE_HASH : keccak256Hex(code);
      if (!codes.has(codeHash)) codes.set(codeHash, code.slice());
      setCodeHash(open(address), codeHash);
    },
    getStorage(address, slot) {
      const account = find(address);
      if (account === undefined) return EMPTY_BYTES;
      const known = account.slots.get(slot);
      if (known !== undefined) return known.value;
      return account.throughToBase && base !== undefined ? openSlot(account, slot).value : EMPTY_BYTES;
    },
    getOriginalStorage(address, slot) {
      const known = find(address)?.slots.get(slot);
      if (known === undefined) return state.getStorage(address, slot);
      return known.originalStamp === stamp ? known.original : known.value;
    },
    setStorage(address, slot, value) {
      const account = open(address);
      const record = openSlot(account, slot);
      const previous = record.value;
      if (record.originalStamp !== stamp) {
        record.original = previous;
        record.originalStamp = stamp;
      }
      if (equalBytes(previous, value)) return;
      journal.push(() => {
        record.value = previous;
      });
      record.value = value;
      account.dirtySlots ??= new Set();
      account.dirtySlots.add(slot);
      touch(account);
    },
    clearStorage(address) {
      const account = find(address);
      if (account !== undefined) forgetStorage(account);
    },
    deleteAccount(address) {
      const account = find(address);
      if (account === undefined) return;
      state.setBalance(address, 0n);
      state.setNonce(address, 0n);
      setCodeHash(account, EMPTY_CODE_HASH);
      forgetStorage(account);
    },
    getTransient: (address, slot) => transient.get(address + slot) ?? EMPTY_BYTES,
    setTransient(address, slot, value) {
      const key = address + slot;
      const table = transient;
      const previous = table.get(key) ?? EMPTY_BYTES;
      journal.push(() => table.set(key, previous));
      table.set(key, value);
    },

    isWarm: (address) => accounts.get(address)?.warmStamp === stamp,
    warm(address) {
      const account = open(address);
      const previous = account.warmStamp;
      if (previous === stamp) return;
      journal.push(() => {
        account.warmStamp = previous;
      });
      account.warmStamp = stamp;
    },
    isWarmSlot: (address, slot) => accounts.get(address)?.slots.get(slot)?.warmStamp === stamp,
    warmSlot(address, slot) {
      const record = openSlot(open(address), slot);
      const previous = record.warmStamp;
      if (previous === stamp) return;
      journal.push(() => {
        record.warmStamp = previous;
      });
      record.warmStamp = stamp;
    },

    root,
    seal() {
      root();
      if (live.size === 0) journal.length = 0;
      return trie;
    },
    snapshot() {
      const snapshot: StateSnapshot = { mark: journal.length, root: root() };
      live.add(snapshot);
      return snapshot;
    },
    restore(snapshot) {
      undo(snapshot.mark);
      for (const account of dirty) clean(account);
      dirty = [];
      trie = snapshot.root;
      for (const other of live) if (other.mark > snapshot.mark) live.delete(other);
    },
    release(snapshot) {
      live.delete(snapshot);
      if (live.size === 0) journal.length = 0;
    },
  };
  return state;
}

function isEmpty(account: AccountRecord): boolean {
  return account.nonce === 0n && account.balance === 0n && account.codeHash === EMPTY_CODE_HASH;
}

/** Carries what changed in an account over into the trie. */
function updateTrie(trie: AccountTrie | undefined, account: AccountRecord): AccountTrie | undefined {
  const key = trieKey(account.address);
  let storage = account.storageReset ? undefined : trieGet(trie, key)?.storage;
  if (account.dirtySlots !== undefined) {
    for (const slot of account.dirtySlots) {
      const value = account.slots.get(slot)?.value ?? EMPTY_BYTES;
      storage = value.length === 0 ? trieRemove(storage, trieKey(slot)) : triePut(storage, trieKey(slot), value);
    }
  }
  if (storage === undefined && isEmpty(account)) return trieRemove(trie, key);
  return triePut(trie, key, { nonce: account.nonce, balance: account.balance, codeHash: account.codeHash, storage });
}
