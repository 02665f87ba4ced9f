import { allocate } from "./heap";
import { copyWord } from "./words";

/**
 * Nodes of the state's Merkle-Patricia tries (Yellow Paper, appendix D) in linear memory. A node that any root of the past may reach is never
 * changed, so all roots live side by side; one made since {@link beginBatch} still may be. Where a node's part of the path begins is known from
 * the way to it and not kept, so a leaf or an extension can hang deeper or higher in another trie. Nodes stand in the order in which they were
 * made, so all that came after a mark go at once.
 */

/** u8. */
export const N_KIND: u32 = 0;
/** u8: depth for which {@link N_HASH} holds; {@link UNHASHED} if none. */
export const N_DEPTH: u32 = 1;
/** 32 bytes: keccak256 of the node's RLP, if that is 32 bytes long or more. */
export const N_HASH: u32 = 4;
/** In a leaf or an extension, 32 bytes: a key whose beginning is the way here. */
export const N_KEY: u32 = 36;

export const BRANCH: u32 = 1;
export const EXTENSION: u32 = 2;
export const SLOT_LEAF: u32 = 3;
export const ACCOUNT_LEAF: u32 = 4;

export const UNHASHED: u32 = 255;

/** Of a branch, u16: which of the sixteen children there are, a bit each. */
export const B_PRESENT: u32 = 2;
/** Of a branch: those children (u32), in order. */
export const B_CHILDREN: u32 = 36;

/** Of an extension, u8: the nibble at which its part of the path ends. */
export const X_END: u32 = 2;
export const X_CHILD: u32 = 68;
const X_SIZE: u32 = 72;

/** Of a slot's leaf, u8: bytes of its value. */
export const L_SIZE: u32 = 2;
/** Of a slot's leaf: its value, big-endian without leading zeros. */
export const L_VALUE: u32 = 68;

/** Of an account's leaf, u8: 1 if its storage trie is all the storage it has, 0 if more may lie below. */
export const L_WHOLE: u32 = 2;
/** Of an account's leaf: root of its storage trie, 0 for none. */
export const L_STORAGE: u32 = 68;
/** Of an account's leaf, u64. */
export const L_NONCE: u32 = 72;
/** Of an account's leaf, words. */
export const L_BALANCE: u32 = 80;
export const L_CODE_HASH: u32 = 112;
const ACCOUNT_LEAF_SIZE: u32 = 144;

const CHUNK: u32 = 1 << 16;
const C_PREVIOUS: u32 = 0;
const C_FOLLOWING: u32 = 4;
const HEAD: u32 = 16;

let first: usize = 0;
let chunk: usize = 0;
let at: usize = 0;
let end: usize = 0;
let batch: usize = 0;

function nextChunk(): void {
  let following: usize = chunk == 0 ? first : load<u32>(chunk, C_FOLLOWING);
  if (following == 0) {
    following = allocate(CHUNK);
    store<u32>(following, <u32>chunk, C_PREVIOUS);
    if (chunk == 0) first = following;
    else store<u32>(chunk, <u32>following, C_FOLLOWING);
  }
  chunk = following;
  at = chunk + HEAD;
  end = chunk + CHUNK;
}

function make(kind: u32, size: u32): usize {
  if (at + size > end) nextChunk();
  const node = at;
  at += size;
  store<u32>(node, kind | (UNHASHED << 8));
  return node;
}

/** Branches of this batch that were replaced, by their number of children. */
const replaced: usize = memory.data(17 * 4, 16);

function makeBranch(present: u32): usize {
  const count = popcnt(present);
  const list = replaced + (count << 2);
  let node: usize = load<u32>(list);
  if (node != 0) {
    store<u32>(list, load<u32>(node, N_HASH));
    store<u32>(node, BRANCH | (UNHASHED << 8));
  } else {
    node = make(BRANCH, B_CHILDREN + (count << 2));
  }
  store<u16>(node, present, B_PRESENT);
  return node;
}

function replace(node: usize): void {
  if (node < batch) return;
  const list = replaced + (popcnt(<u32>load<u16>(node, B_PRESENT)) << 2);
  store<u32>(node, load<u32>(list), N_HASH);
  store<u32>(list, <u32>node);
}

/** Takes back the node that was made last. */
export function takeBack(node: usize): void {
  at = node;
}

/** From now on, nodes made before are kept as they are. */
export function beginBatch(): void {
  batch = at;
  memory.fill(replaced, 0, 17 * 4);
}

/** Marks the present, for {@link dropNodes}. */
export function nodeMark(): usize {
  return at;
}

/** Forgets all nodes made since the mark. */
export function dropNodes(mark: usize): void {
  while (chunk != 0 && (mark < chunk + HEAD || mark > chunk + CHUNK)) {
    const previous: usize = load<u32>(chunk, C_PREVIOUS);
    chunk = previous;
  }
  at = mark;
  end = chunk == 0 ? 0 : chunk + CHUNK;
  beginBatch();
}

/** A slot's leaf with room for `size` bytes of value. */
export function slotLeaf(key: usize, size: u32): usize {
  const leaf = make(SLOT_LEAF, (L_VALUE + size + 3) & ~3);
  store<u8>(leaf, size, L_SIZE);
  copyWord(leaf + N_KEY, key);
  return leaf;
}

/** An account's leaf, its fields not yet written. */
export function accountLeaf(key: usize): usize {
  const leaf = make(ACCOUNT_LEAF, ACCOUNT_LEAF_SIZE);
  copyWord(leaf + N_KEY, key);
  return leaf;
}

/** An extension up to nibble `until` of a key. */
export function extension(key: usize, until: u32, child: usize): usize {
  const node = make(EXTENSION, X_SIZE);
  store<u8>(node, until, X_END);
  copyWord(node + N_KEY, key);
  store<u32>(node, <u32>child, X_CHILD);
  return node;
}

/** A branch with two children. */
export function branch(i: u32, one: usize, j: u32, other: usize): usize {
  const node = makeBranch((1 << i) | (1 << j));
  store<u32>(node, <u32>(i < j ? one : other), B_CHILDREN);
  store<u32>(node, <u32>(i < j ? other : one), B_CHILDREN + 4);
  return node;
}

/** A child of a branch; 0 if there is none. */
@inline
export function childAt(node: usize, i: u32): usize {
  const present = <u32>load<u16>(node, B_PRESENT);
  const bit: u32 = 1 << i;
  return (present & bit) == 0 ? 0 : <usize>load<u32>(node + (popcnt(present & (bit - 1)) << 2), B_CHILDREN);
}

/** The branch with another child, or with none where `child` is 0: itself where that is allowed, else a copy. */
export function withChild(node: usize, i: u32, child: usize): usize {
  if (childAt(node, i) == child) return node;
  const present = <u32>load<u16>(node, B_PRESENT);
  const bit: u32 = 1 << i;
  const before = popcnt(present & (bit - 1)) << 2;
  const all = popcnt(present) << 2;
  if (child != 0 && (present & bit) != 0) {
    let changed = node;
    if (node < batch) {
      changed = makeBranch(present);
      memory.copy(changed + B_CHILDREN, node + B_CHILDREN, all);
    } else {
      store<u8>(node, UNHASHED, N_DEPTH);
    }
    store<u32>(changed + before, <u32>child, B_CHILDREN);
    return changed;
  }
  const changed = makeBranch(present ^ bit);
  memory.copy(changed + B_CHILDREN, node + B_CHILDREN, before);
  if (child != 0) {
    store<u32>(changed + before, <u32>child, B_CHILDREN);
    memory.copy(changed + B_CHILDREN + before + 4, node + B_CHILDREN + before, all - before);
  } else {
    memory.copy(changed + B_CHILDREN + before, node + B_CHILDREN + before + 4, all - before - 4);
  }
  replace(node);
  return changed;
}

/** The extension with another child: itself where that is allowed, else a copy. */
export function withExtended(node: usize, child: usize): usize {
  if (<usize>load<u32>(node, X_CHILD) == child) return node;
  if (node < batch) return extension(node + N_KEY, load<u8>(node, X_END), child);
  store<u32>(node, <u32>child, X_CHILD);
  store<u8>(node, UNHASHED, N_DEPTH);
  return node;
}
