import { EMPTY_BYTES } from "../codec/hex.ts";
import { encodeBytes, encodedLength, headLength, writeBytes, writeHead } from "../codec/rlp.ts";
import { keccak256 } from "../crypto/keccak.ts";

/**
 * A node of a Merkle-Patricia trie (Yellow Paper, appendix D). Nodes are never changed once made, so any number of tries share them: a root
 * kept aside is a snapshot for nothing. Only the cached `link` of a node is filled in later.
 *
 * A key may be the beginning of another: its leaf then ends at a branch.
 */
export type TrieNode<V> = TrieLeaf<V> | TrieExtension<V> | TrieBranch<V>;

/** The end of a path: the whole key, and at which nibble this leaf's part of it starts. */
export interface TrieLeaf<V> {
  readonly kind: "leaf";
  readonly key: Uint8Array;
  readonly depth: number;
  readonly value: V;
  link: Uint8Array | undefined;
}

/** A run of nibbles that all keys below share: those of `key` from `depth` to `end`. */
export interface TrieExtension<V> {
  readonly kind: "extension";
  readonly key: Uint8Array;
  readonly depth: number;
  readonly end: number;
  readonly child: TrieBranch<V>;
  link: Uint8Array | undefined;
}

/** A fork into sixteen, with the leaf of the key that ends here, if there is one. */
export interface TrieBranch<V> {
  readonly kind: "branch";
  readonly children: readonly (TrieNode<V> | undefined)[];
  readonly terminal: TrieLeaf<V> | undefined;
  link: Uint8Array | undefined;
}

/** Encodes a leaf's value; called when a hash is wanted, not before. */
export type ValueEncoder<V> = (value: V) => Uint8Array;

/** Root hash of the trie without keys. */
export const EMPTY_TRIE_ROOT: Uint8Array = keccak256(encodeBytes(EMPTY_BYTES));

/** Value under a key, or `undefined`. */
export function trieGet<V>(root: TrieNode<V> | undefined, key: Uint8Array): V | undefined {
  let node = root;
  let depth = 0;
  while (node !== undefined) {
    if (node.kind === "branch") {
      if (depth === 2 * key.length) return node.terminal?.value;
      node = node.children[nibble(key, depth++)];
    } else if (node.kind === "leaf") {
      return isLeafOf(node, key, depth) ? node.value : undefined;
    } else {
      if (!isOnPath(node, key, depth)) return undefined;
      depth = node.end;
      node = node.child;
    }
  }
  return undefined;
}

/** The trie with `value` under `key`. The old trie stays as it was. */
export function triePut<V>(root: TrieNode<V> | undefined, key: Uint8Array, value: V): TrieNode<V> {
  return put(root, key, 0, value);
}

/** The trie without `key`; `undefined` if nothing is left. The old trie stays as it was. */
export function trieRemove<V>(root: TrieNode<V> | undefined, key: Uint8Array): TrieNode<V> | undefined {
  return root === undefined ? undefined : remove(root, key, 0);
}

/** Keys in ascending order of their bytes. */
export function* trieKeys<V>(root: TrieNode<V> | undefined): Generator<Uint8Array> {
  if (root === undefined) return;
  if (root.kind === "leaf") {
    yield root.key;
  } else if (root.kind === "extension") {
    yield* trieKeys(root.child);
  } else {
    if (root.terminal !== undefined) yield root.terminal.key;
    for (const child of root.children) yield* trieKeys(child);
  }
}

/** Root hash, 32 bytes. Hashes only what was not hashed before. */
export function trieHash<V>(root: TrieNode<V> | undefined, encode: ValueEncoder<V>): Uint8Array {
  if (root === undefined) return EMPTY_TRIE_ROOT;
  const link = linkOf(root, encode);
  return link.length === 33 ? link.subarray(1) : keccak256(link);
}

/**
 * Nodes on the way to a key, root first, as EIP-1186 wants them: each node that is referred to by hash, in RLP. Proves absence too.
 */
export function trieProof<V>(root: TrieNode<V> | undefined, key: Uint8Array, encode: ValueEncoder<V>): Uint8Array[] {
  const proof: Uint8Array[] = [];
  let node = root;
  let depth = 0;
  while (node !== undefined) {
    const encoded = encodeNode(node, encode);
    if (encoded.length >= 32 || proof.length === 0) proof.push(encoded);
    if (node.kind === "leaf") break;
    if (node.kind === "branch") {
      if (depth === 2 * key.length) break;
      node = node.children[nibble(key, depth++)];
    } else {
      if (!isOnPath(node, key, depth)) break;
      depth = node.end;
      node = node.child;
    }
  }
  return proof;
}

/** Root of the trie that maps RLP(0), RLP(1), … to `values`: transactions and receipts of a block. */
export function orderedRoot(values: readonly Uint8Array[]): Uint8Array {
  let root: TrieNode<Uint8Array> | undefined;
  for (let i = 0; i < values.length; i++) {
    const index =
      i === 0
        ? EMPTY_BYTES
        : i < 256
          ? Uint8Array.of(i)
          : i < 65_536
            ? Uint8Array.of(i >>> 8, i & 255)
            : Uint8Array.of(i >>> 16, (i >>> 8) & 255, i & 255);
    root = triePut(root, encodeBytes(index), values[i] ?? EMPTY_BYTES);
  }
  return trieHash(root, asIs);
}

const asIs: ValueEncoder<Uint8Array> = (value) => value;

function put<V>(node: TrieNode<V> | undefined, key: Uint8Array, depth: number, value: V): TrieNode<V> {
  if (node === undefined) return leaf(key, depth, value);
  const length = 2 * key.length;
  if (node.kind === "branch") {
    if (depth === length) return branch(node.children, leaf(key, depth, value));
    const at = nibble(key, depth);
    return withChild(node, at, put(node.children[at], key, depth + 1, value));
  }
  const end = node.kind === "leaf" ? 2 * node.key.length : node.end;
  const fork = commonEnd(node.key, key, depth, Math.min(end, length));
  if (node.kind === "extension" && fork === end)
    return extension(key, depth, end, put(node.child, key, end, value) as TrieBranch<V>);
  if (node.kind === "leaf" && fork === end && fork === length) return leaf(key, depth, value);
  const children = new Array<TrieNode<V> | undefined>(16).fill(undefined);
  let terminal: TrieLeaf<V> | undefined;
  if (node.kind === "leaf" && fork === end) terminal = leaf(node.key, fork, node.value);
  else children[nibble(node.key, fork)] = shortened(node, fork + 1);
  if (fork === length) terminal = leaf(key, fork, value);
  else children[nibble(key, fork)] = leaf(key, fork + 1, value);
  const made = branch(children, terminal);
  return fork === depth ? made : extension(key, depth, fork, made);
}

/** A leaf or extension moved down so that it starts at `depth`. */
function shortened<V>(node: TrieLeaf<V> | TrieExtension<V>, depth: number): TrieNode<V> {
  if (node.kind === "leaf") return leaf(node.key, depth, node.value);
  return depth === node.end ? node.child : extension(node.key, depth, node.end, node.child);
}

function remove<V>(node: TrieNode<V>, key: Uint8Array, depth: number): TrieNode<V> | undefined {
  if (node.kind === "leaf") return isLeafOf(node, key, depth) ? undefined : node;
  if (node.kind === "extension") {
    if (!isOnPath(node, key, depth)) return node;
    const child = remove(node.child, key, node.end);
    if (child === node.child) return node;
    return child === undefined ? undefined : prefixed(child, node.key, depth, node.end);
  }
  if (depth === 2 * key.length) {
    return node.terminal === undefined ? node : collapse(branch(node.children, undefined), key, depth);
  }
  const at = nibble(key, depth);
  const old = node.children[at];
  if (old === undefined) return node;
  const child = remove(old, key, depth + 1);
  if (child === old) return node;
  const rest = withChild(node, at, child);
  return child === undefined ? collapse(rest, key, depth) : rest;
}

/** A branch at `depth` on the way to `key`, or the only thing left in it, moved up. */
function collapse<V>(node: TrieBranch<V>, key: Uint8Array, depth: number): TrieNode<V> | undefined {
  let only = -1;
  for (let i = 0; i < 16; i++) {
    if (node.children[i] === undefined) continue;
    if (only >= 0) return node;
    only = i;
  }
  const { terminal } = node;
  const rest = node.children[only];
  if (rest === undefined) return terminal === undefined ? undefined : leaf(terminal.key, depth, terminal.value);
  return terminal === undefined ? prefixed(rest, pathTo(rest, key, depth, only), depth, depth + 1) : node;
}

/** A key whose nibbles before `depth` are those of `key` and whose nibble at `depth` is `at`. */
function pathTo<V>(node: TrieNode<V>, key: Uint8Array, depth: number, at: number): Uint8Array {
  if (node.kind !== "branch") return node.key;
  const index = depth >> 1;
  const path = new Uint8Array(Math.max(key.length, index + 1));
  path.set(key);
  const byte = path[index] ?? 0;
  path[index] = depth & 1 ? (byte & 0xf0) | at : (byte & 0x0f) | (at << 4);
  return path;
}

/** `child` (which starts at `end`) moved up so that it starts at `depth`, the nibbles between being those of `key`. */
function prefixed<V>(child: TrieNode<V>, key: Uint8Array, depth: number, end: number): TrieNode<V> {
  if (child.kind === "leaf") return leaf(child.key, depth, child.value);
  if (child.kind === "extension") return extension(child.key, depth, child.end, child.child);
  return extension(key, depth, end, child);
}

function leaf<V>(key: Uint8Array, depth: number, value: V): TrieLeaf<V> {
  return { kind: "leaf", key, depth, value, link: undefined };
}

function extension<V>(key: Uint8Array, depth: number, end: number, child: TrieBranch<V>): TrieExtension<V> {
  return { kind: "extension", key, depth, end, child, link: undefined };
}

function withChild<V>(node: TrieBranch<V>, at: number, child: TrieNode<V> | undefined): TrieBranch<V> {
  const children = node.children.slice();
  children[at] = child;
  return branch(children, node.terminal);
}

function branch<V>(children: readonly (TrieNode<V> | undefined)[], terminal: TrieLeaf<V> | undefined): TrieBranch<V> {
  return { kind: "branch", children, terminal, link: undefined };
}

function nibble(key: Uint8Array, index: number): number {
  const byte = key[index >> 1] ?? 0;
  return index & 1 ? byte & 15 : byte >> 4;
}

function commonEnd(a: Uint8Array, b: Uint8Array, from: number, to: number): number {
  let index = from;
  while (index < to && nibble(a, index) === nibble(b, index)) index++;
  return index;
}

/** Whether a leaf that starts at `depth` on the way to `key` is that of `key`. */
function isLeafOf<V>(node: TrieLeaf<V>, key: Uint8Array, depth: number): boolean {
  const length = 2 * key.length;
  return node.key.length === key.length && commonEnd(node.key, key, depth, length) === length;
}

/** Whether an extension that starts at `depth` on the way to `key` leads on to it. */
function isOnPath<V>(node: TrieExtension<V>, key: Uint8Array, depth: number): boolean {
  return node.end <= 2 * key.length && commonEnd(node.key, key, depth, node.end) === node.end;
}

/** What a parent holds for this node: its RLP if shorter than 32 bytes, else the RLP of its hash (33 bytes). */
function linkOf<V>(node: TrieNode<V>, encode: ValueEncoder<V>): Uint8Array {
  if (node.link !== undefined) return node.link;
  const encoded = encodeNode(node, encode);
  if (encoded.length < 32) {
    node.link = encoded;
    return encoded;
  }
  const link = new Uint8Array(33);
  link[0] = 0xa0;
  link.set(keccak256(encoded), 1);
  node.link = link;
  return link;
}

function encodeNode<V>(node: TrieNode<V>, encode: ValueEncoder<V>): Uint8Array {
  if (node.kind === "branch") {
    const value = node.terminal === undefined ? undefined : encode(node.terminal.value);
    let payload = value === undefined ? 1 : encodedLength(value);
    for (let i = 0; i < 16; i++) {
      const child = node.children[i];
      payload += child === undefined ? 1 : linkOf(child, encode).length;
    }
    const out = new Uint8Array(headLength(payload) + payload);
    let offset = writeHead(out, 0, 0xc0, payload);
    for (let i = 0; i < 16; i++) {
      const child = node.children[i];
      if (child === undefined) {
        out[offset++] = 0x80;
      } else {
        const link = linkOf(child, encode);
        out.set(link, offset);
        offset += link.length;
      }
    }
    if (value === undefined) out[offset] = 0x80;
    else writeBytes(out, offset, value);
    return out;
  }
  const isLeaf = node.kind === "leaf";
  const path = compactPath(node.key, node.depth, isLeaf ? 2 * node.key.length : node.end, isLeaf);
  const rest = isLeaf ? encode(node.value) : linkOf(node.child, encode);
  const payload = encodedLength(path) + (isLeaf ? encodedLength(rest) : rest.length);
  const out = new Uint8Array(headLength(payload) + payload);
  const offset = writeBytes(out, writeHead(out, 0, 0xc0, payload), path);
  if (isLeaf) writeBytes(out, offset, rest);
  else out.set(rest, offset);
  return out;
}

/** Hex-prefix encoding of a run of nibbles (Yellow Paper, appendix C). */
function compactPath(key: Uint8Array, from: number, to: number, isLeaf: boolean): Uint8Array {
  const length = to - from;
  const out = new Uint8Array((length >> 1) + 1);
  const flag = isLeaf ? 0x20 : 0;
  let index = from;
  out[0] = length & 1 ? flag | 0x10 | nibble(key, index++) : flag;
  for (let i = 1; index < to; i++, index += 2) out[i] = (nibble(key, index) << 4) | nibble(key, index + 1);
  return out;
}
