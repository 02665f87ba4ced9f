import { beginAccounts, cleanAll, pruneAccount, undoAccount, wipeAccounts } from "./accounts";
import { allocate } from "./heap";
import { beginTransients, pruneSlot, undoSlot, wipeSlots } from "./slots";

/**
 * The one undo journal. An entry is what was there before (0, 32 or 64 bytes) and, behind it so that it can be read backwards, 16 bytes: kind
 * (u16), flags (u16), record (u32), a number (u64). Entries stand in chunks that are linked and kept; none is ever copied.
 */

/** Number of the present transaction. What carries another number is cold, or not an original value. */
export let stamp: u32 = 1;

// Kinds of entries. Those from SLOT_KINDS on are about slots.
export const ACCOUNT_MADE: u32 = 1;
export const BALANCE_SET: u32 = 2;
export const NONCE_SET: u32 = 3;
export const CODE_SET: u32 = 4;
export const ACCOUNT_WARMED: u32 = 5;
export const ACCOUNT_CREATED: u32 = 6;
export const ACCOUNT_DESTROYED: u32 = 7;
export const STORAGE_CLEARED: u32 = 8;
const SLOT_KINDS: u32 = 9;
export const SLOT_MADE: u32 = 9;
export const SLOT_SET: u32 = 10;
export const SLOT_WARMED: u32 = 11;
export const SLOT_RENEWED: u32 = 12;
export const TRANSIENT_SET: u32 = 13;

/** Flag: the account was clean before. */
export const DIRTIED_ACCOUNT: u32 = 1;
/** Flag: the slot was clean before. */
export const DIRTIED_SLOT: u32 = 2;
/** Flag while undoing: the trie has the change already, so undoing it is a change. */
export const IN_TRIE: u32 = 4;

/** Entries up to here are in the trie. */
let rootMark: u32 = 0;

/** The trie has taken all changes over. */
export function noteRoot(): void {
  rootMark = checkpoint();
}

const CHUNK: u32 = 1 << 16;
const C_PREVIOUS: u32 = 0;
const C_FOLLOWING: u32 = 4;
const C_INDEX: u32 = 8;
const C_TOP: u32 = 12;
const HEAD: u32 = 16;

const first: usize = newChunk(0, 0);
let chunk: usize = first;
let top: usize = first + HEAD;
let end: usize = first + CHUNK;

function newChunk(previous: usize, index: u32): usize {
  const made = allocate(CHUNK);
  store<u32>(made, <u32>previous, C_PREVIOUS);
  store<u32>(made, index, C_INDEX);
  if (previous != 0) store<u32>(previous, <u32>made, C_FOLLOWING);
  return made;
}

function nextChunk(): void {
  store<u32>(chunk, <u32>top, C_TOP);
  const following: usize = load<u32>(chunk, C_FOLLOWING);
  chunk = following != 0 ? following : newChunk(chunk, load<u32>(chunk, C_INDEX) + 1);
  top = chunk + HEAD;
  end = chunk + CHUNK;
}

function previousChunk(): void {
  chunk = load<u32>(chunk, C_PREVIOUS);
  top = load<u32>(chunk, C_TOP);
  end = chunk + CHUNK;
}

/** Adds an entry. Returns where its `payload` bytes (a multiple of 16) are to be written. */
export function enter(kind: u32, flags: u32, record: usize, number: u64, payload: u32): usize {
  if (top + payload + 16 > end) nextChunk();
  const at = top;
  const tail = at + payload;
  store<u32>(tail, kind | (flags << 16));
  store<u32>(tail, <u32>record, 4);
  store<u64>(tail, number, 8);
  top = tail + 16;
  return at;
}

@inline
function payloadOf(kind: u32): u32 {
  if (kind == SLOT_RENEWED) return 64;
  return kind == BALANCE_SET || kind == CODE_SET || kind == SLOT_SET || kind == TRANSIENT_SET ? 32 : 0;
}

/** Marks the present, for {@link revertTo}. */
export function checkpoint(): u32 {
  return (load<u32>(chunk, C_INDEX) << 12) + (<u32>(top - chunk) >> 4);
}

/** Undoes everything since the mark, for who also takes the trie of that moment back. */
export function restoreTo(mark: u32): void {
  rootMark = 0;
  revertTo(mark);
  cleanAll();
  rootMark = mark;
}

/** Undoes everything since the mark. */
export function revertTo(mark: u32): void {
  for (let here = checkpoint(); here > mark; here = checkpoint()) {
    if (top == chunk + HEAD) {
      if (chunk == first) return;
      previousChunk();
      continue;
    }
    const tail = top - 16;
    const kind = load<u16>(tail);
    const flags = here <= rootMark ? IN_TRIE : <u32>load<u16>(tail, 2);
    top = tail - payloadOf(kind);
    if (kind < SLOT_KINDS) undoAccount(kind, flags, load<u32>(tail, 4), load<u64>(tail, 8), top);
    else undoSlot(kind, flags, load<u32>(tail, 4), load<u64>(tail, 8), top);
  }
}

/** Starts a transaction: everything is cold, transient storage is empty, original values are the present ones. */
export function beginTransaction(): void {
  stamp++;
  beginTransients();
  beginAccounts();
}

/** Ends what can be undone, and the transaction with it. Records that hold nothing any more are freed. */
export function truncateJournal(): void {
  beginTransaction();
  rootMark = 0;
  for (;;) {
    if (top == chunk + HEAD) {
      if (chunk == first) return;
      previousChunk();
      continue;
    }
    const tail = top - 16;
    const kind = load<u16>(tail);
    top = tail - payloadOf(kind);
    if (kind == ACCOUNT_MADE) pruneAccount(load<u32>(tail, 4));
    else if (kind == SLOT_MADE || kind == SLOT_SET || kind == SLOT_RENEWED) pruneSlot(load<u32>(tail, 4));
  }
}

/** Forgets everything: the tables are as new, but for the memory they have. */
export function wipe(): void {
  wipeAccounts();
  wipeSlots();
  chunk = first;
  top = first + HEAD;
  end = first + CHUNK;
  rootMark = 0;
  beginTransaction();
}
