import {
  A_BALANCE,
  A_CODE_HASH,
  A_FLAGS,
  A_INCARNATION,
  A_NONCE,
  A_SLOTS_RIGHT,
  firstDirty,
  isEmptyAccount,
  readsThrough,
  settle,
  STORAGE_RESET,
} from "./accounts";
import { isRecording, noteAccount, noteReset, noteSlot } from "./changes";
import { noteRoot } from "./journal";
import { S_INCARNATION, S_RIGHT, S_VALUE } from "./slots";
import { foundSame, trieGet, triePut, trieRemove } from "./trie-edit";
import { hashAddress, hashSlot } from "./trie-keys";
import { accountLeaf, beginBatch, L_BALANCE, L_CODE_HASH, L_NONCE, L_STORAGE, L_VALUE, L_WHOLE, slotLeaf, takeBack } from "./trie-nodes";
import { byteLength, copyWord, eq, toBytes } from "./words";

const accountKey: usize = memory.data(32, 16);
const slotKey: usize = memory.data(32, 16);
const bytes: usize = memory.data(32, 16);

let isLayer: bool = false;

/**
 * Whether the trie holds only what differs from a state below: then it says of an account that it is gone, and of a slot that it is zero, instead of
 * leaving them out.
 */
export function setLayer(value: bool): void {
  isLayer = value;
}

/** Carries all that is dirty over into the trie of accounts, of which `root` is the root. Returns the new one. */
export function commitState(root: usize): usize {
  beginBatch();
  for (let account = firstDirty(); account != 0; account = firstDirty()) {
    root = commitAccount(root, account);
    settle(account);
  }
  beginBatch();
  noteRoot();
  return root;
}

function commitAccount(root: usize, account: usize): usize {
  hashAddress(account, accountKey);
  const old = trieGet(root, accountKey);
  const isReset = (load<u32>(account, A_FLAGS) & STORAGE_RESET) != 0;
  const before: usize = old == 0 || isReset ? 0 : load<u32>(old, L_STORAGE);
  if (isRecording && isReset && old != 0 && load<u32>(old, L_STORAGE) != 0) noteReset(account);
  const storage = commitSlots(before, account);
  if (isRecording) noteAccount(account, old, storage);
  const isWhole: u32 = isLayer && !readsThrough(account) ? 1 : 0;
  if (storage == 0 && !isLayer && isEmptyAccount(account)) return trieRemove(root, accountKey);
  if (
    old != 0 &&
    load<u32>(old, L_STORAGE) == storage &&
    storage == before &&
    <u32>load<u8>(old, L_WHOLE) == isWhole &&
    load<u64>(old, L_NONCE) == load<u64>(account, A_NONCE) &&
    eq(old + L_BALANCE, account + A_BALANCE) &&
    eq(old + L_CODE_HASH, account + A_CODE_HASH)
  ) {
    return root;
  }
  const leaf = accountLeaf(accountKey);
  store<u8>(leaf, isWhole, L_WHOLE);
  store<u32>(leaf, <u32>storage, L_STORAGE);
  store<u64>(leaf, load<u64>(account, A_NONCE), L_NONCE);
  copyWord(leaf + L_BALANCE, account + A_BALANCE);
  copyWord(leaf + L_CODE_HASH, account + A_CODE_HASH);
  return triePut(root, leaf);
}

function commitSlots(storage: usize, account: usize): usize {
  const incarnation = load<u32>(account, A_INCARNATION);
  for (let slot: usize = load<u32>(account, A_SLOTS_RIGHT); slot != account; slot = load<u32>(slot, S_RIGHT)) {
    hashSlot(slot, slotKey);
    const size = load<u32>(slot, S_INCARNATION) == incarnation ? byteLength(slot + S_VALUE) : 0;
    if (size == 0 && (!isLayer || !readsThrough(account))) {
      if (isRecording) noteRemoved(account, slot, trieGet(storage, slotKey));
      storage = trieRemove(storage, slotKey);
      continue;
    }
    toBytes(bytes, slot + S_VALUE);
    const old: usize = isRecording ? trieGet(storage, slotKey) : 0;
    const leaf = slotLeaf(slotKey, size);
    memory.copy(leaf + L_VALUE, bytes + 32 - size, size);
    storage = triePut(storage, leaf);
    if (foundSame) takeBack(leaf);
    else if (isRecording) noteSlot(account, slot, old, bytes + 32 - size, size);
  }
  return storage;
}

function noteRemoved(account: usize, slot: usize, old: usize): void {
  if (old != 0) noteSlot(account, slot, old, bytes, 0);
}
