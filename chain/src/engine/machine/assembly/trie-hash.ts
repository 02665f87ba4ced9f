import { keccak256 } from "./keccak";
import { nibble } from "./trie-edit";
import {
  B_CHILDREN,
  B_PRESENT,
  BRANCH,
  EXTENSION,
  L_BALANCE,
  L_CODE_HASH,
  L_NONCE,
  L_SIZE,
  L_STORAGE,
  L_VALUE,
  N_DEPTH,
  N_HASH,
  N_KEY,
  N_KIND,
  SLOT_LEAF,
  X_CHILD,
  X_END,
} from "./trie-nodes";
import { byteLength, copyWord, toBytes } from "./words";

/** RLP and hashes of trie nodes. A hash is kept in its node, so only what is new is hashed. */

const NIBBLES: u32 = 64;
/** Room for the RLP of one node: a full branch is 532 bytes long. */
const ROOM: usize = 640;
/** One for each depth. */
const ROOMS: i32 = 640 * 66;

const accountRooms: usize = memory.data(ROOMS, 16);
const storageRooms: usize = memory.data(ROOMS, 16);
let rooms: usize = accountRooms;

/** keccak256 of RLP of no bytes: the root of the trie without keys. */
const emptyRoot: usize = memory.data<u8>([
  0x56, 0xe8, 0x1f, 0x17, 0x1b, 0xcc, 0x55, 0xa6, 0xff, 0x83, 0x45, 0xe6, 0x92, 0xc0, 0xf8, 0x6e, 0x5b, 0x48, 0xe0, 0x1b,
  0x99, 0x6c, 0xad, 0xc0, 0x01, 0x62, 0x2f, 0xb5, 0xe3, 0x63, 0xb4, 0x21,
]);

/** Where the RLP of the last {@link encodeNode} begins. */
export let encodedAt: usize = 0;

/** Writes a root's hash, 32 bytes. */
export function trieHash(root: usize, out: usize): void {
  if (root == 0) {
    copyWord(out, emptyRoot);
    return;
  }
  if (load<u8>(root, N_DEPTH) != 0) {
    const size = encodeNode(root, 0);
    // A root is hashed whatever its length. With keys of 32 bytes it is never short.
    keccak256(root + N_HASH, encodedAt, size);
    store<u8>(root, 0, N_DEPTH);
  }
  copyWord(out, root + N_HASH);
}

/** Writes what a parent holds for a node, and returns the size: its RLP if shorter than 32 bytes, else the RLP of its hash. */
function link(node: usize, depth: u32, out: usize): u32 {
  if (load<u8>(node, N_DEPTH) != depth) {
    const size = encodeNode(node, depth);
    if (size < 32) {
      memory.copy(out, encodedAt, size);
      return size;
    }
    keccak256(node + N_HASH, encodedAt, size);
    store<u8>(node, depth, N_DEPTH);
  }
  store<u8>(out, 0xa0);
  copyWord(out + 1, node + N_HASH);
  return 33;
}

/** Makes the RLP of a node that hangs at a depth; {@link encodedAt} says where. Returns its size. */
export function encodeNode(node: usize, depth: u32): u32 {
  const kind = load<u8>(node, N_KIND);
  const start = rooms + <usize>depth * ROOM + 4;
  let at = start;
  if (kind == BRANCH) {
    let place = node;
    for (let present = <u32>load<u16>(node, B_PRESENT) | (1 << 16); present != 1; present >>= 1) {
      if (present & 1) {
        at += link(load<u32>(place, B_CHILDREN), depth + 1, at);
        place += 4;
      } else {
        store<u8>(at++, 0x80);
      }
    }
    store<u8>(at++, 0x80);
  } else if (kind == EXTENSION) {
    const end = <u32>load<u8>(node, X_END);
    at = writePath(at, node + N_KEY, depth, end, 0);
    at += link(load<u32>(node, X_CHILD), end, at);
  } else if (kind == SLOT_LEAF) {
    at = writePath(at, node + N_KEY, depth, NIBBLES, 0x20);
    const size = <u32>load<u8>(node, L_SIZE);
    if (size != 1 || load<u8>(node, L_VALUE) >= 0x80) {
      store<u8>(at++, 0x81 + size);
      store<u8>(at++, 0x80 + size);
    }
    memory.copy(at, node + L_VALUE, size);
    at += size;
  } else {
    writeStorageRoot(node);
    at = writePath(at, node + N_KEY, depth, NIBBLES, 0x20);
    at = writeAccount(at, node);
  }
  const payload = <u32>(at - start);
  encodedAt = listHead(start, payload);
  return <u32>(at - encodedAt);
}

/** Writes the prefix of a list in front of its payload. Returns where it begins. */
function listHead(start: usize, payload: u32): usize {
  if (payload < 56) {
    store<u8>(start - 1, 0xc0 + payload);
    return start - 1;
  }
  if (payload < 256) {
    store<u8>(start - 2, 0xf8);
    store<u8>(start - 1, payload);
    return start - 2;
  }
  store<u8>(start - 3, 0xf9);
  store<u8>(start - 2, payload >> 8);
  store<u8>(start - 1, payload);
  return start - 3;
}

/** Hex-prefix encoding of a run of nibbles (Yellow Paper, appendix C) as an RLP string. Returns where it ends. */
function writePath(start: usize, key: usize, from: u32, to: u32, flag: u32): usize {
  const length = to - from;
  const size = (length >> 1) + 1;
  let at = start;
  if (size > 1) store<u8>(at++, 0x80 + size);
  let index = from;
  store<u8>(at++, length & 1 ? flag | 0x10 | nibble(key, index++) : flag);
  for (; index < to; index += 2) store<u8>(at++, (nibble(key, index) << 4) | nibble(key, index + 1));
  return at;
}

const storageHash: usize = memory.data(32, 16);
const bytes: usize = memory.data(32, 16);

/** In rooms of its own: those of the accounts' trie are in use. */
function writeStorageRoot(leaf: usize): void {
  rooms = storageRooms;
  trieHash(load<u32>(leaf, L_STORAGE), storageHash);
  rooms = accountRooms;
}

/** RLP of an account (nonce, balance, storage root, code hash) as an RLP string. Returns where it ends. */
function writeAccount(start: usize, leaf: usize): usize {
  // Two prefixes of two bytes: the payload is 68 to 108 bytes long.
  let at = start + 4;
  const nonce = load<u64>(leaf, L_NONCE);
  store<u64>(bytes, bswap(nonce), 24);
  at = writeNumber(at, (<u32>(64 - clz(nonce)) + 7) >> 3);
  toBytes(bytes, leaf + L_BALANCE);
  at = writeNumber(at, <u32>byteLength(leaf + L_BALANCE));
  store<u8>(at++, 0xa0);
  copyWord(at, storageHash);
  at += 32;
  store<u8>(at++, 0xa0);
  toBytes(at, leaf + L_CODE_HASH);
  at += 32;
  const payload = <u32>(at - start) - 4;
  store<u8>(start, 0xb8);
  store<u8>(start, payload + 2, 1);
  store<u8>(start, 0xf8, 2);
  store<u8>(start, payload, 3);
  return at;
}

/** RLP of the number in the last `size` bytes of `bytes`. Returns where it ends. */
function writeNumber(start: usize, size: u32): usize {
  const from = bytes + 32 - size;
  if (size == 1 && load<u8>(from) < 0x80) {
    store<u8>(start, load<u8>(from));
    return start + 1;
  }
  store<u8>(start, 0x80 + size);
  memory.copy(start + 1, from, size);
  return start + 1 + size;
}
