import { A_ADDRESS, A_INCARNATION, A_RECORDS, A_SLOTS, clean, readsThrough, touch } from "./accounts";
import { allocate } from "./heap";
import { loadSlot } from "./host-state";
import {
  DIRTIED_ACCOUNT,
  DIRTIED_SLOT,
  enter,
  IN_TRIE,
  SLOT_MADE,
  SLOT_RENEWED,
  SLOT_SET,
  SLOT_WARMED,
  stamp,
  TRANSIENT_SET,
} from "./journal";
import { bucketCount, countOf, createTable, firstOf, hashOf, headOf, insert, R_HASH, R_NEXT, remove, TABLE_SIZE, takeBucket } from "./table";
import { copyWord, eq, isZero, setZero } from "./words";

/** Storage slots, and transient ones in the same table. A record never moves while its slot is known. */

/** Word. */
export const S_KEY: u32 = 0;
/** Word. Holds for {@link S_INCARNATION} only; {@link openSlot} sees to that. */
export const S_VALUE: u32 = 32;
/** Word: value at the start of transaction {@link S_ORIGINAL_STAMP}. Ask {@link originalOf}. */
const S_ORIGINAL: u32 = 64;
/** Pointer to the account; the lowest bit is set for a transient slot. 0 once freed. */
export const S_ACCOUNT: u32 = 96;
/** Transaction for which the slot is warm. */
export const S_WARM: u32 = 100;
const S_ORIGINAL_STAMP: u32 = 104;
export const S_INCARNATION: u32 = 108;
// 112 R_NEXT, 116 R_HASH
/** Ring of the account's dirty slots; 0 if clean. In a transient slot: list of those of the transaction. */
const S_LEFT: u32 = 120;
export const S_RIGHT: u32 = 124;
const S_SIZE: u32 = 128;

const TRANSIENT: u32 = 1;

const table: usize = memory.data(TABLE_SIZE, 16);
/** What the host writes a value from below into. */
const below: usize = memory.data(32, 16);
const nothing: usize = memory.data(32, 16);
let free: usize = 0;
let transients: usize = 0;

createTable(table);

@inline
function find(owner: u32, key: usize, hash: u32): usize {
  let record: usize = load<u32>(headOf(table, hash));
  while (record != 0) {
    if (load<u32>(record, R_HASH) == hash && load<u32>(record, S_ACCOUNT) == owner && eq(record + S_KEY, key)) break;
    record = load<u32>(record, R_NEXT);
  }
  return record;
}

function make(owner: u32, key: usize, hash: u32): usize {
  let record = free;
  if (record != 0) {
    free = load<u32>(record, R_NEXT);
    setZero(record + S_VALUE);
    store<u64>(record, 0, S_ACCOUNT);
    store<u64>(record, 0, S_ORIGINAL_STAMP);
    store<u64>(record, 0, S_LEFT);
  } else {
    record = allocate(S_SIZE);
  }
  copyWord(record + S_KEY, key);
  store<u32>(record, owner, S_ACCOUNT);
  insert(table, record, hash);
  return record;
}

function drop(slot: usize): void {
  remove(table, slot);
  store<u32>(slot, 0, S_ACCOUNT);
  store<u32>(slot, <u32>free, R_NEXT);
  free = slot;
}

/** The slot's record if the tables hold it, else 0. Its value may be one of an earlier incarnation. */
export function lookUpSlot(account: usize, key: usize): usize {
  return find(<u32>account, key, hashOf(key, <u32>account));
}

/** The slot's record, made if need be, with the value that holds now. */
export function openSlot(account: usize, key: usize): usize {
  return open(account, key, readsThrough(account));
}

/** The same for who will not look at the value: what lies below is not asked for. */
export function openSlotUnread(account: usize, key: usize): usize {
  return open(account, key, false);
}

@inline
function open(account: usize, key: usize, isBelow: bool): usize {
  const hash = hashOf(key, <u32>account);
  const known = find(<u32>account, key, hash);
  if (known != 0) {
    if (load<u32>(known, S_INCARNATION) != load<u32>(account, A_INCARNATION)) renew(known, account);
    return known;
  }
  if (isBelow) loadSlot(account + A_ADDRESS, key, below);
  const made = make(<u32>account, key, hash);
  if (isBelow) copyWord(made + S_VALUE, below);
  store<u32>(made, load<u32>(account, A_INCARNATION), S_INCARNATION);
  store<u32>(account, load<u32>(account, A_RECORDS) + 1, A_RECORDS);
  enter(SLOT_MADE, 0, made, 0, 0);
  return made;
}

/** Brings a record over into the account's present incarnation, in which the slot is zero. */
function renew(slot: usize, account: usize): void {
  const payload = enter(SLOT_RENEWED, 0, slot, load<u64>(slot, S_ORIGINAL_STAMP), 64);
  copyWord(payload, slot + S_VALUE);
  copyWord(payload + 32, slot + S_ORIGINAL);
  setZero(slot + S_VALUE);
  store<u32>(slot, 0, S_ORIGINAL_STAMP);
  store<u32>(slot, load<u32>(account, A_INCARNATION), S_INCARNATION);
}

/** Value at the start of the transaction (EIP-2200): pointer to a word that is valid until the slot changes. */
@inline
export function originalOf(slot: usize): usize {
  return load<u32>(slot, S_ORIGINAL_STAMP) == stamp ? slot + S_ORIGINAL : slot + S_VALUE;
}

/** Writes a slot that was just opened. */
export function setSlot(slot: usize, value: usize): void {
  const present = slot + S_VALUE;
  if (eq(present, value)) return;
  if (load<u32>(slot, S_ORIGINAL_STAMP) != stamp) {
    copyWord(slot + S_ORIGINAL, present);
    store<u32>(slot, stamp, S_ORIGINAL_STAMP);
  }
  const account: usize = load<u32>(slot, S_ACCOUNT);
  copyWord(enter(SLOT_SET, touch(account) | touchSlot(slot, account), slot, 0, 32), present);
  count(account, present, value);
  copyWord(present, value);
}

@inline
function count(account: usize, present: usize, value: usize): void {
  const change = <i32>isZero(present) - <i32>isZero(value);
  if (change != 0) store<i32>(account, load<i32>(account, A_SLOTS) + change, A_SLOTS);
}

function touchSlot(slot: usize, account: usize): u32 {
  if (load<u32>(slot, S_RIGHT) != 0) return 0;
  const last: usize = load<u32>(account, S_LEFT);
  store<u32>(slot, <u32>last, S_LEFT);
  store<u32>(slot, <u32>account, S_RIGHT);
  store<u32>(last, <u32>slot, S_RIGHT);
  store<u32>(account, <u32>slot, S_LEFT);
  return DIRTIED_SLOT;
}

function cleanSlot(slot: usize): void {
  const right: usize = load<u32>(slot, S_RIGHT);
  if (right == 0) return;
  const left: usize = load<u32>(slot, S_LEFT);
  store<u32>(left, <u32>right, S_RIGHT);
  store<u32>(right, <u32>left, S_LEFT);
  store<u64>(slot, 0, S_LEFT);
}

/** EIP-2929. */
@inline
export function isWarmSlot(slot: usize): bool {
  return load<u32>(slot, S_WARM) == stamp;
}

export function warmSlot(slot: usize): void {
  const previous = load<u32>(slot, S_WARM);
  if (previous == stamp) return;
  enter(SLOT_WARMED, 0, slot, previous, 0);
  store<u32>(slot, stamp, S_WARM);
}

/** The record of a transient slot (EIP-1153), made if need be. It lives as long as the transaction. */
export function openTransient(account: usize, key: usize): usize {
  const owner = <u32>account | TRANSIENT;
  const hash = hashOf(key, owner);
  const known = find(owner, key, hash);
  if (known != 0) return known;
  const made = make(owner, key, hash);
  store<u32>(made, <u32>transients, S_LEFT);
  transients = made;
  return made;
}

/** Pointer to the value of a transient slot, a word. */
@inline
export function transientOf(slot: usize): usize {
  return slot + S_VALUE;
}

/** Value of a transient slot that need not have a record: pointer to a word. */
export function peekTransient(account: usize, key: usize): usize {
  const owner = <u32>account | TRANSIENT;
  const known = find(owner, key, hashOf(key, owner));
  return known == 0 ? nothing : known + S_VALUE;
}

export function setTransient(slot: usize, value: usize): void {
  copyWord(enter(TRANSIENT_SET, 0, slot, stamp, 32), slot + S_VALUE);
  copyWord(slot + S_VALUE, value);
}

/** A transaction begins: the transient slots of the last one are freed. */
export function beginTransients(): void {
  let slot = transients;
  while (slot != 0) {
    const next: usize = load<u32>(slot, S_LEFT);
    drop(slot);
    slot = next;
  }
  transients = 0;
}

/** Undoes one entry of the journal. */
export function undoSlot(kind: u32, flags: u32, slot: usize, number: u64, payload: usize): void {
  if (kind == SLOT_SET) {
    const account: usize = load<u32>(slot, S_ACCOUNT);
    count(account, slot + S_VALUE, payload);
    copyWord(slot + S_VALUE, payload);
    if (flags & IN_TRIE) {
      touch(account);
      touchSlot(slot, account);
    }
    if (flags & DIRTIED_SLOT) cleanSlot(slot);
    if (flags & DIRTIED_ACCOUNT) clean(account);
  } else if (kind == SLOT_WARMED) {
    store<u32>(slot, <u32>number, S_WARM);
  } else if (kind == SLOT_MADE) {
    if ((flags & IN_TRIE) != 0 && load<u32>(slot, S_RIGHT) != 0) return;
    const account: usize = load<u32>(slot, S_ACCOUNT);
    store<u32>(account, load<u32>(account, A_RECORDS) - 1, A_RECORDS);
    cleanSlot(slot);
    drop(slot);
  } else if (kind == SLOT_RENEWED) {
    copyWord(slot + S_VALUE, payload);
    copyWord(slot + S_ORIGINAL, payload + 32);
    // Stamp and incarnation stand side by side.
    store<u64>(slot, number, S_ORIGINAL_STAMP);
  } else if (<u32>number == stamp) {
    // A transient slot of an earlier transaction is gone.
    copyWord(slot + S_VALUE, payload);
  }
}

/** Frees a slot that can no longer be undone and holds nothing. */
export function pruneSlot(slot: usize): void {
  const account: usize = load<u32>(slot, S_ACCOUNT);
  if (account == 0 || load<u32>(slot, S_RIGHT) != 0 || readsThrough(account)) return;
  if (!isZero(slot + S_VALUE) && load<u32>(slot, S_INCARNATION) == load<u32>(account, A_INCARNATION)) return;
  store<u32>(account, load<u32>(account, A_RECORDS) - 1, A_RECORDS);
  drop(slot);
}

/** Forgets every slot. */
export function wipeSlots(): void {
  transients = 0;
  for (let i: u32 = 0, buckets = bucketCount(table); i < buckets; i++) {
    let slot = takeBucket(table, i);
    while (slot != 0) {
      const next: usize = load<u32>(slot, R_NEXT);
      store<u32>(slot, 0, S_ACCOUNT);
      store<u32>(slot, <u32>free, R_NEXT);
      free = slot;
      slot = next;
    }
  }
}

/** Number of buckets of the table, to go through them all. */
export function slotBuckets(): u32 {
  return bucketCount(table);
}

/** First slot of a bucket; the others hang on it. */
export function firstSlotOf(index: u32): usize {
  return firstOf(table, index);
}

/** Number of slots in the tables. */
export function slotCount(): u32 {
  return countOf(table);
}
