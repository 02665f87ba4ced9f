import { EMPTY_BYTES } from "../codec/hex.ts";
import { keccak256Hex } from "../crypto/keccak.ts";
import type { Machine } from "../engine/machine/machine.ts";
import { ACCOUNT, type Pointer, SLOT } from "../engine/machine/state-exports.ts";
import type { Address, Hash, Word } from "../types.ts";
import { type AccountTrie, EMPTY_CODE_HASH } from "./account-leaf.ts";
import { leaseMachine } from "./machine-pool.ts";
import type { CodeTable, StateReader } from "./state-reader.ts";

/** A place in the undo journal. */
export type Mark = number;

/** A state to return to, across blocks. */
export interface StateSnapshot {
  readonly mark: Mark;
  readonly root: AccountTrie | undefined;
  /** Trie nodes made later are forgotten with it. */
  readonly nodeMark: number;
  /** What {@link State.changes} gave then. */
  readonly changes: Uint8Array;
}

/**
 * Accounts, code and storage in flat tables with one undo journal, held by a machine on which an engine can run. Addresses and slots are full-width lower-case hex; storage values are bytes
 * without leading zeros (empty is zero). An empty account (EIP-161) and an absent one are the same.
 */
export interface State {
  /** Starts a transaction: everything is cold, transient storage is empty, original values are the present ones. */
  beginTransaction(): void;
  /** Marks the present, for {@link revert}. Keeping the changes needs no call. */
  checkpoint(): Mark;
  /**
   * Undoes everything since the mark, warmth and transient storage included. May reach across {@link root}, unless storage was cleared in
   * between: that takes a {@link snapshot}.
   */
  revert(mark: Mark): void;

  /** False for an account that is empty as EIP-161 says: no nonce, no balance, no code. */
  exists(address: Address): boolean;
  getBalance(address: Address): bigint;
  setBalance(address: Address, balance: bigint): void;
  getNonce(address: Address): bigint;
  setNonce(address: Address, nonce: bigint): void;
  getCode(address: Address): Uint8Array;
  getCodeHash(address: Address): Hash;
  /** Whether the account has any code: the same as to ask for its hash, but cheaper. */
  hasCode(address: Address): boolean;
  setCode(address: Address, code: Uint8Array): void;
  getStorage(address: Address, slot: Word): Uint8Array;
  /** Value at the start of the transaction (EIP-2200). */
  getOriginalStorage(address: Address, slot: Word): Uint8Array;
  setStorage(address: Address, slot: Word, value: Uint8Array): void;
  /** The same between transactions, for a value that is not zero: what a base has in the slot is not asked for. */
  overwriteStorage(address: Address, slot: Word, value: Uint8Array): void;
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
  /** Warms the addresses from 1 up to a number: precompiled contracts. */
  warmFirst(last: number): void;
  isWarmSlot(address: Address, slot: Word): boolean;
  warmSlot(address: Address, slot: Word): void;

  /** Brings the trie up to date with the tables and returns its root. Costs what changed since the last time. `undefined` over a base. */
  root(): AccountTrie | undefined;
  /**
   * A block is complete, and with it the transaction: its changes need no undoing unless a snapshot does. What holds nothing any more leaves
   * the tables.
   */
  seal(): AccountTrie | undefined;
  /** Marks the present, to return to even after blocks were sealed. Constant cost apart from what {@link root} has to do. */
  snapshot(): StateSnapshot;
  /** Returns to a snapshot, which stays valid; later ones do not, nor do later roots. */
  restore(snapshot: StateSnapshot): void;
  /** Ends a snapshot without returning to it, so that the next {@link seal} can cut the journal off. */
  release(snapshot: StateSnapshot): void;
  /** The end of a state over a base: its machine serves the next one, so nobody may ask it any more. Without a base, nothing happens. */
  close(): void;
  /** From now on {@link changes} tells what changed. Off by default: then it is always empty. */
  recordChanges(): void;
  /** What roots taken since the last {@link seal} changed, as `store/durable/state-change.ts` reads it. */
  changes(): Uint8Array;
  /** All code ever set. */
  readonly codes: CodeTable;
  /** What holds the tables. Who changes them there does it through the same journal. */
  readonly machine: Machine;
}

/** What a state lies on. */
export interface StateOptions {
  /**
   * State below: what the tables do not hold is read there. A state with a base has no root of its own. Where the base throws `MissingPage`,
   * so does the question, and the state is as before it.
   */
  readonly base?: StateReader;
  /**
   * With a base: the state has roots all the same, of tries that hold what differs from the base. Such a root is kept like any other, and read
   * together with the base, but it does not cover what lies below.
   */
  readonly isLayer?: boolean;
  /** Code table to share. */
  readonly codes?: CodeTable;
}

/** Makes an empty state, or one that lies over another and leaves it as it is. */
export function createState(options: StateOptions = {}): State {
  const { base, isLayer = false } = options;
  const codes: CodeTable = options.codes ?? new Map([[EMPTY_CODE_HASH, EMPTY_BYTES]]);
  const lease = leaseMachine(codes, base, isLayer);
  const { machine } = lease;
  const { exports } = machine;
  const live = new Set<StateSnapshot>();
  const below = isLayer && base !== undefined ? { below: base } : undefined;
  let trie: AccountTrie | undefined = below === undefined ? undefined : { machine, node: 0, ...below };

  // Words that are passed by pointer.
  const atAddress: Pointer = exports.scratch.value;
  const atKey: Pointer = atAddress + 32;
  const atValue: Pointer = atAddress + 64;

  /** The record of an account if the tables hold it. */
  function lookUp(address: Address): Pointer {
    machine.writeAddress(atAddress, address);
    return exports.lookUpAccount(atAddress);
  }

  /** The record of an account if there is anything to know about it. */
  function find(address: Address): Pointer {
    machine.writeAddress(atAddress, address);
    return exports.findAccount(atAddress);
  }

  /** The record of an account, made if need be. */
  function open(address: Address): Pointer {
    machine.writeAddress(atAddress, address);
    return exports.openAccount(atAddress);
  }

  /** The record of a slot as it is now, if there is anything to know about it. */
  function findSlot(address: Address, slot: Word): Pointer {
    const account = find(address);
    if (account === 0) return 0;
    machine.writeHash(atKey, slot);
    if (base !== undefined) return exports.openSlot(account, atKey);
    const record = exports.lookUpSlot(account, atKey);
    if (record === 0) return 0;
    const isForgotten = machine.readU32(record + SLOT.incarnation) !== machine.readU32(account + ACCOUNT.incarnation);
    return isForgotten ? 0 : record;
  }

  function isStamped(stamp: Pointer): boolean {
    return machine.readU32(stamp) === exports.stamp.value;
  }

  function root(): AccountTrie | undefined {
    if (base !== undefined && !isLayer) return undefined;
    const before = trie?.node ?? 0;
    const node = exports.commitState(before);
    if (node !== before) trie = node === 0 && below === undefined ? undefined : { machine, node, ...below };
    return trie;
  }

  function changes(): Uint8Array {
    const size = exports.changesSize.value;
    return size === 0 ? EMPTY_BYTES : machine.slice(exports.changesAt.value, size);
  }

  return {
    codes,
    machine,
    recordChanges: () => exports.recordChanges(),
    changes,
    beginTransaction: () => exports.beginTransaction(),
    checkpoint: () => exports.checkpoint(),
    revert: (mark) => exports.revertTo(mark),

    exists(address) {
      const account = find(address);
      return account !== 0 && exports.isEmptyAccount(account) === 0;
    },
    getBalance(address) {
      const account = find(address);
      return account === 0 ? 0n : machine.readWord(account + ACCOUNT.balance);
    },
    setBalance(address, balance) {
      const account = open(address);
      machine.writeWord(atValue, balance);
      exports.setBalance(account, atValue);
    },
    getNonce(address) {
      const account = find(address);
      return account === 0 ? 0n : machine.readU64(account + ACCOUNT.nonce);
    },
    setNonce: (address, nonce) => exports.setNonce(open(address), nonce),
    getCode(address) {
      const account = find(address);
      return account === 0 ? EMPTY_BYTES : machine.code(machine.readHash(account + ACCOUNT.codeHash));
    },
    getCodeHash(address) {
      const account = find(address);
      return account === 0 ? EMPTY_CODE_HASH : machine.readHash(account + ACCOUNT.codeHash);
    },
    hasCode(address) {
      const account = find(address);
      return account !== 0 && exports.hasCode(account) !== 0;
    },
    setCode(address, code) {
      const codeHash = code.length === 0 ? EMPTY_CODE_HASH : keccak256Hex(code);
      if (!codes.has(codeHash)) codes.set(codeHash, code.slice());
      const account = open(address);
      machine.writeHash(atValue, codeHash);
      exports.setCodeHash(account, atValue);
    },
    getStorage(address, slot) {
      const record = findSlot(address, slot);
      return record === 0 ? EMPTY_BYTES : machine.readTrimmed(record + SLOT.value);
    },
    getOriginalStorage(address, slot) {
      const record = findSlot(address, slot);
      return record === 0 ? EMPTY_BYTES : machine.readTrimmed(exports.originalOf(record));
    },
    setStorage(address, slot, value) {
      const account = open(address);
      machine.writeHash(atKey, slot);
      const record = exports.openSlot(account, atKey);
      machine.writeTrimmed(atValue, value);
      exports.setSlot(record, atValue);
    },
    overwriteStorage(address, slot, value) {
      const account = open(address);
      machine.writeHash(atKey, slot);
      const record = exports.openSlotUnread(account, atKey);
      machine.writeTrimmed(atValue, value);
      exports.setSlot(record, atValue);
    },
    clearStorage(address) {
      const account = find(address);
      if (account !== 0) exports.clearStorage(account);
    },
    deleteAccount(address) {
      const account = find(address);
      if (account !== 0) exports.deleteAccount(account);
    },
    getTransient(address, slot) {
      const account = lookUp(address);
      if (account === 0) return EMPTY_BYTES;
      machine.writeHash(atKey, slot);
      return machine.readTrimmed(exports.peekTransient(account, atKey));
    },
    setTransient(address, slot, value) {
      const account = open(address);
      machine.writeHash(atKey, slot);
      const record = exports.openTransient(account, atKey);
      machine.writeTrimmed(atValue, value);
      exports.setTransient(record, atValue);
    },

    isWarm(address) {
      const account = lookUp(address);
      return account !== 0 && isStamped(account + ACCOUNT.warm);
    },
    warm: (address) => exports.warmAccount(open(address)),
    warmFirst: (last) => exports.warmFirst(last),
    isWarmSlot(address, slot) {
      const account = lookUp(address);
      if (account === 0) return false;
      machine.writeHash(atKey, slot);
      const record = exports.lookUpSlot(account, atKey);
      return record !== 0 && isStamped(record + SLOT.warm);
    },
    warmSlot(address, slot) {
      const account = open(address);
      machine.writeHash(atKey, slot);
      exports.warmSlot(exports.openSlot(account, atKey));
    },

    root,
    seal() {
      root();
      if (exports.changesSize.value > 0) exports.resizeChanges(0);
      if (live.size === 0) exports.truncateJournal();
      return trie;
    },
    snapshot() {
      const snapshot: StateSnapshot = {
        mark: exports.checkpoint(),
        root: root(),
        nodeMark: exports.nodeMark(),
        changes: changes(),
      };
      live.add(snapshot);
      return snapshot;
    },
    restore(snapshot) {
      exports.restoreTo(snapshot.mark);
      exports.dropNodes(snapshot.nodeMark);
      trie = snapshot.root;
      if (exports.changesSize.value > 0 || snapshot.changes.length > 0) {
        exports.resizeChanges(snapshot.changes.length);
        machine.set(exports.changesAt.value, snapshot.changes);
      }
      for (const other of live) if (other.mark > snapshot.mark) live.delete(other);
    },
    release(snapshot) {
      live.delete(snapshot);
    },
    close: lease.giveBack,
  };
}
