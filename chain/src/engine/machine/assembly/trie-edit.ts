import {
  ACCOUNT_LEAF,
  B_PRESENT,
  BRANCH,
  branch,
  childAt,
  EXTENSION,
  extension,
  L_SIZE,
  L_VALUE,
  N_KEY,
  N_KIND,
  SLOT_LEAF,
  withChild,
  withExtended,
  X_CHILD,
  X_END,
} from "./trie-nodes";
import { copyWord, eq } from "./words";

/** Reading and changing tries of 32-byte keys. A root is its node; 0 is the trie without keys. */

const NIBBLES: u32 = 64;

/** Whether the last {@link triePut} found the trie to hold the same slot value already. */
export let foundSame: bool = false;

@inline
export function nibble(key: usize, index: u32): u32 {
  const byte = <u32>load<u8>(key + (index >> 1));
  return index & 1 ? byte & 15 : byte >> 4;
}

/** Where two keys that agree before `from` first differ, at most `to`. */
export function commonEnd(a: usize, b: usize, from: u32, to: u32): u32 {
  let index = from;
  while (index < to && nibble(a, index) == nibble(b, index)) index++;
  return index;
}

/** The leaf under a key; 0 if there is none. */
export function trieGet(root: usize, key: usize): usize {
  let node = root;
  let depth: u32 = 0;
  while (node != 0) {
    const kind = load<u8>(node, N_KIND);
    if (kind == BRANCH) {
      node = childAt(node, nibble(key, depth++));
    } else if (kind == EXTENSION) {
      const end = load<u8>(node, X_END);
      if (commonEnd(node + N_KEY, key, depth, end) != end) return 0;
      depth = end;
      node = load<u32>(node, X_CHILD);
    } else {
      return eq(node + N_KEY, key) ? node : 0;
    }
  }
  return 0;
}

/** The trie with a leaf put in, in place of the one under the same key if there is one. */
export function triePut(root: usize, leaf: usize): usize {
  foundSame = false;
  return put(root, leaf, 0);
}

function put(node: usize, leaf: usize, depth: u32): usize {
  if (node == 0) return leaf;
  const key = leaf + N_KEY;
  const kind = load<u8>(node, N_KIND);
  if (kind == BRANCH) {
    const i = nibble(key, depth);
    return withChild(node, i, put(childAt(node, i), leaf, depth + 1));
  }
  if (kind == EXTENSION) {
    const end = load<u8>(node, X_END);
    const fork = commonEnd(node + N_KEY, key, depth, end);
    if (fork == end) return withExtended(node, put(load<u32>(node, X_CHILD), leaf, end));
    return forkAt(node, fork + 1 == end ? <usize>load<u32>(node, X_CHILD) : node, leaf, depth, fork);
  }
  const fork = commonEnd(node + N_KEY, key, depth, NIBBLES);
  if (fork < NIBBLES) return forkAt(node, node, leaf, depth, fork);
  if (kind == SLOT_LEAF && sameValue(node, leaf)) {
    foundSame = true;
    return node;
  }
  return leaf;
}

function sameValue(a: usize, b: usize): bool {
  const size = <u32>load<u8>(a, L_SIZE);
  return size == <u32>load<u8>(b, L_SIZE) && memory.compare(a + L_VALUE, b + L_VALUE, size) == 0;
}

/** A branch at nibble `fork` of the way, between what was there (`below`, with the way of `node`) and a leaf. */
function forkAt(node: usize, below: usize, leaf: usize, depth: u32, fork: u32): usize {
  const key = leaf + N_KEY;
  const made = branch(nibble(node + N_KEY, fork), below, nibble(key, fork), leaf);
  return fork == depth ? made : extension(key, fork, made);
}

/** The trie without a key. */
export function trieRemove(root: usize, key: usize): usize {
  return root == 0 ? 0 : remove(root, key, 0);
}

function remove(node: usize, key: usize, depth: u32): usize {
  const kind = load<u8>(node, N_KIND);
  if (kind == SLOT_LEAF || kind == ACCOUNT_LEAF) return eq(node + N_KEY, key) ? 0 : node;
  if (kind == EXTENSION) {
    const end = load<u8>(node, X_END);
    if (commonEnd(node + N_KEY, key, depth, end) != end) return node;
    const child = remove(load<u32>(node, X_CHILD), key, end);
    if (child == 0) return 0;
    return load<u8>(child, N_KIND) == BRANCH ? withExtended(node, child) : child;
  }
  const i = nibble(key, depth);
  const old = childAt(node, i);
  if (old == 0) return node;
  const child = remove(old, key, depth + 1);
  if (child != 0) return withChild(node, i, child);
  const others = <u32>load<u16>(node, B_PRESENT) & ~(1 << i);
  if (others == 0) return 0;
  if ((others & (others - 1)) != 0) return withChild(node, i, 0);
  const only = ctz(others);
  const rest = childAt(node, only);
  if (load<u8>(rest, N_KIND) != BRANCH) return rest;
  copyWord(way, key);
  const byte = way + (depth >> 1);
  const present = <u32>load<u8>(byte);
  store<u8>(byte, depth & 1 ? (present & 0xf0) | only : (present & 0x0f) | (only << 4));
  return extension(way, depth + 1, rest);
}

/** A key that leads to the only child left of a branch. */
const way: usize = memory.data(32, 16);

/** Nibble that {@link trieNext} has come to. */
export let nextDepth: u32 = 0;

/** The next node on the way to a key; 0 if it ends here. */
export function trieNext(node: usize, key: usize, depth: u32): usize {
  const kind = load<u8>(node, N_KIND);
  if (kind == BRANCH) {
    nextDepth = depth + 1;
    return childAt(node, nibble(key, depth));
  }
  if (kind != EXTENSION) return 0;
  nextDepth = load<u8>(node, X_END);
  return commonEnd(node + N_KEY, key, depth, nextDepth) == nextDepth ? load<u32>(node, X_CHILD) : 0;
}
