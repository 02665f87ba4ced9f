import { A_ADDRESS, A_BALANCE, A_CODE_HASH, A_NONCE, emptyCodeHash } from "./accounts";
import { allocateBlock, freeBlock } from "./blocks";
import { S_KEY } from "./slots";
import { L_BALANCE, L_CODE_HASH, L_NONCE, L_SIZE, L_STORAGE, L_VALUE } from "./trie-nodes";
import { eq, toBytes } from "./words";

/**
 * What commits changed, in order, for who keeps the state elsewhere too: nothing is written down unless that is asked for. `state-change.ts`
 * of the store reads it; integers and hashes stand there as they come, big-endian.
 */

const ACCOUNT: u32 = 1;
const SLOT: u32 = 2;
const RESET: u32 = 3;

// Offsets in an entry. The address takes 20 bytes, each field 32.
const E_OLD_FLAG: u32 = 4;
const E_NEW_FLAG: u32 = 5;
const E_OLD_NONCE: u32 = 8;
const E_NEW_NONCE: u32 = 16;
const E_ADDRESS: u32 = 24;
const E_FIELDS: u32 = 48;
const ACCOUNT_SIZE: u32 = 176;
const SLOT_SIZE: u32 = 144;
const RESET_SIZE: u32 = 48;

/** Whether changes are written down. */
export let isRecording: bool = false;
/** Where they stand. */
export let changesAt: usize = 0;
/** Bytes of them. */
export let changesSize: u32 = 0;
let capacity: u32 = 0;

const bytes: usize = memory.data(32, 16);
const empty: usize = memory.data(32, 16);

/** Begins to write changes down. */
export function recordChanges(): void {
  isRecording = true;
}

/** Makes the first `size` bytes usable, keeping what is there, and ends behind them. */
export function resizeChanges(size: u32): void {
  if (size > capacity) {
    let wanted: u32 = 1 << 12;
    while (wanted < size) wanted <<= 1;
    const area = allocateBlock(wanted);
    if (changesSize > 0) memory.copy(area, changesAt, changesSize);
    if (capacity > 0) freeBlock(changesAt, capacity);
    changesAt = area;
    capacity = wanted;
  }
  changesSize = size;
}

function enter(kind: u32, size: u32, account: usize): usize {
  const offset = changesSize;
  resizeChanges(offset + size);
  const entry = changesAt + offset;
  memory.fill(entry, 0, size);
  store<u32>(entry, kind);
  toBytes(bytes, account + A_ADDRESS);
  memory.copy(entry + E_ADDRESS, bytes + 12, 20);
  return entry;
}

/** An account's fields are other than in its old leaf, or than none where that is 0. */
export function noteAccount(account: usize, old: usize, storage: usize): void {
  const oldStorage: u32 = old == 0 ? 0 : load<u32>(old, L_STORAGE);
  const oldNonce: u64 = old == 0 ? 0 : load<u64>(old, L_NONCE);
  const oldBalance = old == 0 ? empty : old + L_BALANCE;
  const oldCodeHash = old == 0 ? emptyCodeHash : old + L_CODE_HASH;
  if (
    (oldStorage == 0) == (storage == 0) &&
    oldNonce == load<u64>(account, A_NONCE) &&
    eq(oldBalance, account + A_BALANCE) &&
    eq(oldCodeHash, account + A_CODE_HASH)
  ) {
    return;
  }
  const entry = enter(ACCOUNT, ACCOUNT_SIZE, account);
  store<u8>(entry, oldStorage == 0 ? 0 : 1, E_OLD_FLAG);
  store<u8>(entry, storage == 0 ? 0 : 1, E_NEW_FLAG);
  store<u64>(entry, oldNonce, E_OLD_NONCE);
  store<u64>(entry, load<u64>(account, A_NONCE), E_NEW_NONCE);
  toBytes(entry + E_FIELDS, oldBalance);
  toBytes(entry + E_FIELDS + 32, account + A_BALANCE);
  toBytes(entry + E_FIELDS + 64, oldCodeHash);
  toBytes(entry + E_FIELDS + 96, account + A_CODE_HASH);
}

/** An account's storage was forgotten. */
export function noteReset(account: usize): void {
  enter(RESET, RESET_SIZE, account);
}

/** A slot has another value than in its old leaf, or than zero where that is 0. The new one stands big-endian at `value`. */
export function noteSlot(account: usize, slot: usize, old: usize, value: usize, size: u32): void {
  const entry = enter(SLOT, SLOT_SIZE, account);
  toBytes(entry + E_FIELDS, slot + S_KEY);
  if (old != 0) {
    const oldSize: u32 = load<u8>(old, L_SIZE);
    store<u8>(entry, oldSize, E_OLD_FLAG);
    memory.copy(entry + E_FIELDS + 32, old + L_VALUE, oldSize);
  }
  store<u8>(entry, size, E_NEW_FLAG);
  memory.copy(entry + E_FIELDS + 64, value, size);
}
