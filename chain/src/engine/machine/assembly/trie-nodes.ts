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

/** Of a branch: sixteen nodes (u32), 0 for none. */
export const B_CHILDREN: u32 = 36;
const B_SIZE: u32 = 100;

/** Of an extension, u8: the nibble at which its part of the path ends. */
export const X_END: u32 = 2;
export const X_CHILD: u32 = 68;
const X_SIZE: u32 = 72;

/** Of a slot's leaf, u8: bytes of its value. */
export const L_SIZE: u32 = 2;
/** Of a slot's leaf: its value, big-endian without leading zeros. */
export const L_VALUE: u32 = 68;

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

/** Takes back the node that was made last. */
export function takeBack(node: usize): void {
  at = node;
}

/** From now on, nodes made before are kept as they are. */
export function beginBatch(): void {
  batch = at;
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
  batch = at;
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
  const node = make(BRANCH, B_SIZE);
  memory.fill(node + B_CHILDREN, 0, 64);
  store<u32>(node + (i << 2), <u32>one, B_CHILDREN);
  store<u32>(node + (j << 2), <u32>other, B_CHILDREN);
  return node;
}

/** The branch with another child: itself where that is allowed, else a copy. */
export function withChild(node: usize, i: u32, child: usize): usize {
  const place = i << 2;
  if (<usize>load<u32>(node + place, B_CHILDREN) == child) return node;
  let changed = node;
  if (node < batch) {
    changed = make(BRANCH, B_SIZE);
    memory.copy(changed + B_CHILDREN, node + B_CHILDREN, 64);
  } else {
    store<u8>(node, UNHASHED, N_DEPTH);
  }
  store<u32>(changed + place, <u32>child, B_CHILDREN);
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
