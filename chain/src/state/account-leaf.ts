import { fromHex } from "../codec/hex.ts";
import { keccak256 } from "../crypto/keccak.ts";
import type { Machine } from "../engine/machine/machine.ts";
import { ACCOUNT_LEAF, type Pointer, SLOT_LEAF } from "../engine/machine/state-exports.ts";
import type { Address, Hash, Word } from "../types.ts";
import type { StateReader } from "./state-reader.ts";
import { EMPTY_TRIE_ROOT } from "./trie.ts";

/**
 * State of the world at one moment: hashed address to account, with the hashed slots below each. `undefined` is the state without accounts. It
 * lies in the machine of the state that made it, and holds until that state is restored to a snapshot from before.
 */
export interface AccountTrie {
  readonly machine: Machine;
  /** Root node. */
  readonly node: Pointer;
  /** Set if the trie holds only what differs from a state below: the rest is read there, and the root covers only the difference. */
  readonly below?: StateReader;
}

/** An account as the state trie holds it. The storage hangs below it, so one root reaches everything. */
export interface AccountLeaf {
  readonly nonce: bigint;
  readonly balance: bigint;
  readonly codeHash: Hash;
  /** Root node of its storage; 0 is none. */
  readonly storage: Pointer;
  /** Of a trie over a state below: no storage of the account lies there. */
  readonly isWhole: boolean;
}

/** keccak256 of no bytes: the code hash of an account without code. */
export const EMPTY_CODE_HASH: Hash = "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";

/** Root hash of the state, 32 bytes. */
export function accountsRoot(trie: AccountTrie | undefined): Uint8Array {
  return trie === undefined ? EMPTY_TRIE_ROOT : rootHash(trie.machine, trie.node);
}

/** Root hash of an account's storage, 32 bytes. */
export function storageRoot(trie: AccountTrie, account: AccountLeaf): Uint8Array {
  return rootHash(trie.machine, account.storage);
}

/** The account at an address, `undefined` if there is none. */
export function readAccount(trie: AccountTrie, address: Address): AccountLeaf | undefined {
  const { machine, node } = trie;
  const leaf = machine.exports.trieGet(node, placeKey(machine, address));
  if (leaf === 0) return undefined;
  return {
    nonce: machine.readU64(leaf + ACCOUNT_LEAF.nonce),
    balance: machine.readWord(leaf + ACCOUNT_LEAF.balance),
    codeHash: machine.readHash(leaf + ACCOUNT_LEAF.codeHash),
    storage: machine.readU32(leaf + ACCOUNT_LEAF.storage),
    isWhole: machine.bytes()[(leaf >>> 0) + ACCOUNT_LEAF.isWhole] === 1,
  };
}

/** The value of an account's slot without leading zeros, `undefined` if it is zero. */
export function readSlot({ machine }: AccountTrie, account: AccountLeaf, slot: Word): Uint8Array | undefined {
  const leaf = machine.exports.trieGet(account.storage, placeKey(machine, slot)) >>> 0;
  if (leaf === 0) return undefined;
  const bytes = machine.bytes();
  const value = leaf + SLOT_LEAF.value;
  return bytes.slice(value, value + (bytes[leaf + SLOT_LEAF.size] as number));
}

/** Nodes on the way to an address, root first, as EIP-1186 wants them. Proves absence too. */
export function accountProof({ machine, node }: AccountTrie, address: Address): Uint8Array[] {
  return proof(machine, node, placeKey(machine, address));
}

/** Nodes on the way to a slot of an account. */
export function slotProof({ machine }: AccountTrie, account: AccountLeaf, slot: Word): Uint8Array[] {
  return proof(machine, account.storage, placeKey(machine, slot));
}

function proof({ exports, bytes }: Machine, root: Pointer, key: Pointer): Uint8Array[] {
  const nodes: Uint8Array[] = [];
  let depth = 0;
  for (let node = root; node !== 0; node = exports.trieNext(node, key, depth), depth = exports.nextDepth.value) {
    const size = exports.encodeNode(node, depth);
    const at = exports.encodedAt.value;
    if (size >= 32 || node === root) nodes.push(bytes().slice(at, at + size));
  }
  return nodes;
}

function rootHash(machine: Machine, root: Pointer): Uint8Array {
  const at = machine.exports.scratch.value + SCRATCH;
  machine.exports.trieHash(root, at);
  return machine.bytes().slice(at, at + 32);
}

/** Puts a trie key where the machine finds it. */
function placeKey(machine: Machine, addressOrSlot: `0x${string}`): Pointer {
  const at = machine.exports.scratch.value + SCRATCH;
  machine.bytes().set(trieKey(addressOrSlot), at);
  return at;
}

/** Words of the scratch room that the state itself does not use. */
const SCRATCH = 128;

// The keys of the tries are hashes of addresses and slots; the same few come again and again. Bounded, and only a cache: it holds no state.
const CACHE_LIMIT = 65_536;
const cache = new Map<string, Uint8Array>();

/** Trie key of an address or of a storage slot: keccak256 of its bytes. */
function trieKey(addressOrSlot: `0x${string}`): Uint8Array {
  const known = cache.get(addressOrSlot);
  if (known !== undefined) return known;
  const key = keccak256(fromHex(addressOrSlot));
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(addressOrSlot, key);
  return key;
}
