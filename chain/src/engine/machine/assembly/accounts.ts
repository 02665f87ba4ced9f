import { allocate } from "./heap";
import { loadAccount } from "./host-state";
import {
  ACCOUNT_CREATED,
  ACCOUNT_DESTROYED,
  ACCOUNT_MADE,
  ACCOUNT_WARMED,
  BALANCE_SET,
  CODE_SET,
  DIRTIED_ACCOUNT,
  enter,
  IN_TRIE,
  NONCE_SET,
  STORAGE_CLEARED,
  stamp,
} from "./journal";
import { bucketCount, countOf, createTable, firstOf, hashOf, headOf, insert, R_HASH, R_NEXT, remove, TABLE_SIZE, takeBucket } from "./table";
import { copyWord, eq, isZero } from "./words";

/** Accounts. A record never moves while its account is known. */

/** Word. */
export const A_ADDRESS: u32 = 0;
/** Word, wei. */
export const A_BALANCE: u32 = 32;
/** Word; {@link emptyCodeHash} where there is no code. */
export const A_CODE_HASH: u32 = 64;
/** u64. */
export const A_NONCE: u32 = 96;
/** Pointer to decoded code; 0 if not loaded. Kept by the engine, cleared here when the code changes. */
export const A_CODE: u32 = 104;
/** Transaction for which the account is warm. */
export const A_WARM: u32 = 108;
// 112 R_NEXT, 116 R_HASH
/** Ring of the account's dirty slots, of which the account itself is the knot. Same offsets as in a slot. */
export const A_SLOTS_LEFT: u32 = 120;
export const A_SLOTS_RIGHT: u32 = 124;
/** Ring of the dirty accounts; 0 if clean. */
const A_DIRTY_LEFT: u32 = 128;
export const A_DIRTY_RIGHT: u32 = 132;
/** Transaction that made the contract. */
export const A_CREATED: u32 = 136;
/** Transaction that destroyed the contract. */
export const A_DESTROYED: u32 = 140;
/** Next in the list of what the transaction destroyed. */
const A_NEXT_DESTROYED: u32 = 144;
/** Number of slots that are not zero (i32; counts changes only where storage lies below). */
export const A_SLOTS: u32 = 148;
/** Slots of another incarnation are forgotten. */
export const A_INCARNATION: u32 = 152;
export const A_FLAGS: u32 = 156;
/** Number of slot records. */
export const A_RECORDS: u32 = 160;
const A_SIZE: u32 = 176;

/** Flag: storage was cleared since the last root, so its trie starts anew. */
export const STORAGE_RESET: u32 = 1;
/** Flag: the account exists below. */
const IS_BELOW: u32 = 2;
/** Flag: it has storage there. */
const HAS_STORAGE_BELOW: u32 = 4;

/** keccak256 of no bytes, a word. */
export const emptyCodeHash: usize = memory.data<u64>([
  0x7bfad8045d85a470, 0xe500b653ca82273b, 0x927e7db2dcc703c0, 0xc5d2460186f7233c,
]);

const table: usize = memory.data(TABLE_SIZE, 16);
/** Knot of the ring of dirty accounts. */
const dirty: usize = memory.data(176, 16);
/** What the host writes an account from below into. */
const below: usize = memory.data(176, 16);
let free: usize = 0;
let destroyed: usize = 0;
let hasBase: bool = false;

createTable(table);
store<u32>(dirty, <u32>dirty, A_DIRTY_LEFT);
store<u32>(dirty, <u32>dirty, A_DIRTY_RIGHT);

/** Whether the host is asked for what the tables do not hold. Only while they are empty. */
export function setBase(present: bool): void {
  hasBase = present;
}

/** The account's record if the tables hold it, else 0. */
export function lookUpAccount(address: usize): usize {
  const hash = hashOf(address, 0);
  let record: usize = load<u32>(headOf(table, hash));
  while (record != 0) {
    if (load<u32>(record, R_HASH) == hash && eq(record + A_ADDRESS, address)) return record;
    record = load<u32>(record, R_NEXT);
  }
  return 0;
}

/** The account's record if there is anything to know about it, in the tables or below, else 0. */
export function findAccount(address: usize): usize {
  const known = lookUpAccount(address);
  if (known != 0 || !hasBase) return known;
  const found = loadAccount(address, below);
  return found == 0 ? 0 : make(address, found);
}

/** The account's record, made if need be. */
export function openAccount(address: usize): usize {
  const known = lookUpAccount(address);
  if (known != 0) return known;
  return make(address, hasBase ? loadAccount(address, below) : 0);
}

function make(address: usize, found: u32): usize {
  let record = free;
  if (record != 0) {
    free = load<u32>(record, R_NEXT);
    memory.fill(record, 0, A_SIZE);
  } else {
    record = allocate(A_SIZE);
  }
  copyWord(record + A_ADDRESS, address);
  if (found != 0) {
    copyWord(record + A_BALANCE, below + A_BALANCE);
    copyWord(record + A_CODE_HASH, below + A_CODE_HASH);
    store<u64>(record, load<u64>(below, A_NONCE), A_NONCE);
    store<u32>(record, (found & 2) != 0 ? IS_BELOW | HAS_STORAGE_BELOW : IS_BELOW, A_FLAGS);
  } else {
    copyWord(record + A_CODE_HASH, emptyCodeHash);
  }
  store<u32>(record, <u32>record, A_SLOTS_LEFT);
  store<u32>(record, <u32>record, A_SLOTS_RIGHT);
  insert(table, record, hashOf(address, 0));
  enter(ACCOUNT_MADE, 0, record, 0, 0);
  return record;
}

function drop(account: usize): void {
  clean(account);
  remove(table, account);
  store<u32>(account, <u32>free, R_NEXT);
  free = account;
}

/** Empty as EIP-161 says: no nonce, no balance, no code. */
export function isEmptyAccount(account: usize): bool {
  return (
    load<u64>(account, A_NONCE) == 0 && isZero(account + A_BALANCE) && eq(account + A_CODE_HASH, emptyCodeHash)
  );
}

/** Whether the account has any code. */
export function hasCode(account: usize): bool {
  return !eq(account + A_CODE_HASH, emptyCodeHash);
}

/** True if slots that the tables do not hold are to be looked for below. */
@inline
export function readsThrough(account: usize): bool {
  return (load<u32>(account, A_FLAGS) & IS_BELOW) != 0 && load<u32>(account, A_INCARNATION) == 0;
}

/** True if the account has storage (EIP-7610). */
export function hasStorage(account: usize): bool {
  return (
    load<i32>(account, A_SLOTS) != 0 || (readsThrough(account) && (load<u32>(account, A_FLAGS) & HAS_STORAGE_BELOW) != 0)
  );
}

/** Puts a clean account into the ring of dirty ones. Returns the flag for the journal. */
export function touch(account: usize): u32 {
  if (load<u32>(account, A_DIRTY_RIGHT) != 0) return 0;
  const last: usize = load<u32>(dirty, A_DIRTY_LEFT);
  store<u32>(account, <u32>last, A_DIRTY_LEFT);
  store<u32>(account, <u32>dirty, A_DIRTY_RIGHT);
  store<u32>(last, <u32>account, A_DIRTY_RIGHT);
  store<u32>(dirty, <u32>account, A_DIRTY_LEFT);
  return DIRTIED_ACCOUNT;
}

/** Takes an account out of the ring of dirty ones. */
export function clean(account: usize): void {
  const right: usize = load<u32>(account, A_DIRTY_RIGHT);
  if (right == 0) return;
  const left: usize = load<u32>(account, A_DIRTY_LEFT);
  store<u32>(left, <u32>right, A_DIRTY_RIGHT);
  store<u32>(right, <u32>left, A_DIRTY_LEFT);
  store<u32>(account, 0, A_DIRTY_LEFT);
  store<u32>(account, 0, A_DIRTY_RIGHT);
}

/** First dirty account, in the order in which they became so; 0 if none is. */
export function firstDirty(): usize {
  const first: usize = load<u32>(dirty, A_DIRTY_RIGHT);
  return first == dirty ? 0 : first;
}

/** The trie has what is in the account: it is clean again, with all its slots. */
export function settle(account: usize): void {
  clean(account);
  store<u32>(account, load<u32>(account, A_FLAGS) & ~STORAGE_RESET, A_FLAGS);
  let slot: usize = load<u32>(account, A_SLOTS_RIGHT);
  while (slot != account) {
    const next: usize = load<u32>(slot, A_SLOTS_RIGHT);
    store<u32>(slot, 0, A_SLOTS_LEFT);
    store<u32>(slot, 0, A_SLOTS_RIGHT);
    slot = next;
  }
  store<u32>(account, <u32>account, A_SLOTS_LEFT);
  store<u32>(account, <u32>account, A_SLOTS_RIGHT);
}

/** All accounts are clean again, with all their slots. */
export function cleanAll(): void {
  for (let account = firstDirty(); account != 0; account = firstDirty()) settle(account);
}

export function setBalance(account: usize, balance: usize): void {
  if (eq(account + A_BALANCE, balance)) return;
  copyWord(enter(BALANCE_SET, touch(account), account, 0, 32), account + A_BALANCE);
  copyWord(account + A_BALANCE, balance);
}

export function setNonce(account: usize, nonce: u64): void {
  const previous = load<u64>(account, A_NONCE);
  if (previous == nonce) return;
  enter(NONCE_SET, touch(account), account, previous, 0);
  store<u64>(account, nonce, A_NONCE);
}

export function setCodeHash(account: usize, codeHash: usize): void {
  if (eq(account + A_CODE_HASH, codeHash)) return;
  copyWord(enter(CODE_SET, touch(account), account, 0, 32), account + A_CODE_HASH);
  copyWord(account + A_CODE_HASH, codeHash);
  store<u32>(account, 0, A_CODE);
}

/** EIP-2929. */
@inline
export function isWarmAccount(account: usize): bool {
  return load<u32>(account, A_WARM) == stamp;
}

export function warmAccount(account: usize): void {
  const previous = load<u32>(account, A_WARM);
  if (previous == stamp) return;
  enter(ACCOUNT_WARMED, 0, account, previous, 0);
  store<u32>(account, stamp, A_WARM);
}

const lowAddress: usize = memory.data(32, 16);

/** Warms the accounts at the addresses from 1 up to a number below 2^64. */
export function warmFirst(last: u32): void {
  for (let address: u32 = 1; address <= last; address++) {
    store<u64>(lowAddress, address);
    warmAccount(openAccount(lowAddress));
  }
}

/** The contract was made in this transaction (EIP-6780). */
export function markCreated(account: usize): void {
  const previous = load<u32>(account, A_CREATED);
  if (previous == stamp) return;
  enter(ACCOUNT_CREATED, 0, account, previous, 0);
  store<u32>(account, stamp, A_CREATED);
}

@inline
export function isCreated(account: usize): bool {
  return load<u32>(account, A_CREATED) == stamp;
}

/** The contract destroyed itself in this transaction. False if it had before. */
export function markDestroyed(account: usize): bool {
  const previous = load<u32>(account, A_DESTROYED);
  if (previous == stamp) return false;
  enter(ACCOUNT_DESTROYED, 0, account, previous, 0);
  store<u32>(account, stamp, A_DESTROYED);
  store<u32>(account, <u32>destroyed, A_NEXT_DESTROYED);
  destroyed = account;
  return true;
}

/** What the transaction destroyed, the last first; 0 if nothing. */
export function firstDestroyed(): usize {
  return destroyed;
}

/** The one destroyed before; 0 if there is none. */
export function nextDestroyed(account: usize): usize {
  return load<u32>(account, A_NEXT_DESTROYED);
}

/** Forgets all storage, original values too. What is warm stays warm. */
export function clearStorage(account: usize): void {
  if (load<u32>(account, A_RECORDS) == 0 && !readsThrough(account)) return;
  const slots = load<u32>(account, A_SLOTS);
  const flags = load<u32>(account, A_FLAGS);
  enter(STORAGE_CLEARED, touch(account), account, (<u64>slots << 32) | flags, 0);
  store<u32>(account, 0, A_SLOTS);
  store<u32>(account, load<u32>(account, A_INCARNATION) + 1, A_INCARNATION);
  store<u32>(account, flags | STORAGE_RESET, A_FLAGS);
}

/** Forgets an account with its code and storage. */
export function deleteAccount(account: usize): void {
  setBalance(account, nothing);
  setNonce(account, 0);
  setCodeHash(account, emptyCodeHash);
  clearStorage(account);
}

const nothing: usize = memory.data(32, 16);

/** A transaction begins. */
export function beginAccounts(): void {
  destroyed = 0;
}

/** Undoes one entry of the journal. */
export function undoAccount(kind: u32, flags: u32, account: usize, number: u64, payload: usize): void {
  if (kind == ACCOUNT_WARMED) {
    store<u32>(account, <u32>number, A_WARM);
    return;
  }
  if (kind == BALANCE_SET) {
    copyWord(account + A_BALANCE, payload);
  } else if (kind == NONCE_SET) {
    store<u64>(account, number, A_NONCE);
  } else if (kind == CODE_SET) {
    copyWord(account + A_CODE_HASH, payload);
    store<u32>(account, 0, A_CODE);
  } else if (kind == STORAGE_CLEARED) {
    store<u32>(account, <u32>(number >> 32), A_SLOTS);
    store<u32>(account, <u32>number, A_FLAGS);
    store<u32>(account, load<u32>(account, A_INCARNATION) - 1, A_INCARNATION);
  } else if (kind == ACCOUNT_CREATED) {
    store<u32>(account, <u32>number, A_CREATED);
    return;
  } else if (kind == ACCOUNT_DESTROYED) {
    if (load<u32>(account, A_DESTROYED) == stamp) destroyed = load<u32>(account, A_NEXT_DESTROYED);
    store<u32>(account, <u32>number, A_DESTROYED);
    return;
  } else if (kind == ACCOUNT_MADE) {
    // What the trie still has stays until it is told.
    if ((flags & IN_TRIE) == 0 || load<u32>(account, A_DIRTY_RIGHT) == 0) drop(account);
    return;
  }
  if (flags & IN_TRIE) touch(account);
  else if (flags & DIRTIED_ACCOUNT) clean(account);
}

/** Frees an account that can no longer be undone and of which nothing is known. */
export function pruneAccount(account: usize): void {
  if (
    !hasBase &&
    load<u32>(account, A_RECORDS) == 0 &&
    load<u32>(account, A_DIRTY_RIGHT) == 0 &&
    isEmptyAccount(account)
  ) {
    drop(account);
  }
}

/** Forgets every account. */
export function wipeAccounts(): void {
  cleanAll();
  for (let i: u32 = 0, buckets = bucketCount(table); i < buckets; i++) {
    let account = takeBucket(table, i);
    while (account != 0) {
      const next: usize = load<u32>(account, R_NEXT);
      store<u32>(account, <u32>free, R_NEXT);
      free = account;
      account = next;
    }
  }
}

/** Forgets which decoded code the accounts have: another fork decodes otherwise. */
export function forgetDecoded(): void {
  for (let i: u32 = 0, buckets = bucketCount(table); i < buckets; i++) {
    for (let account = firstOf(table, i); account != 0; account = load<u32>(account, R_NEXT)) store<u32>(account, 0, A_CODE);
  }
}

/** Number of buckets of the table, to go through them all. */
export function accountBuckets(): u32 {
  return bucketCount(table);
}

/** First account of a bucket; the others hang on it. */
export function firstAccountOf(index: u32): usize {
  return firstOf(table, index);
}

/** Number of accounts in the tables. */
export function accountCount(): u32 {
  return countOf(table);
}
