import { fromHex } from "../codec/hex.ts";
import { keccak256 } from "../crypto/keccak.ts";
import type { Hex, Log } from "../types.ts";

/** Length of a bloom filter, bytes (Yellow Paper, section 4.3.1). */
const BLOOM_LENGTH = 256;

/** Bloom of no logs. Shared: never write to it. */
const EMPTY_BLOOM: Uint8Array = new Uint8Array(BLOOM_LENGTH);

/** Bloom of the addresses and topics of some logs. */
export function bloomOf(logs: readonly Log[]): Uint8Array {
  if (logs.length === 0) return EMPTY_BLOOM;
  const bloom = new Uint8Array(BLOOM_LENGTH);
  for (const log of logs) {
    addToBloom(bloom, log.address);
    for (const topic of log.topics) addToBloom(bloom, topic);
  }
  return bloom;
}

/** The union of blooms. */
export function mergeBlooms(blooms: readonly Uint8Array[]): Uint8Array {
  const [only] = blooms;
  if (only === undefined) return EMPTY_BLOOM;
  if (blooms.length === 1) return only;
  const union = new Uint8Array(BLOOM_LENGTH);
  for (const bloom of blooms) {
    if (bloom === EMPTY_BLOOM) continue;
    for (let i = 0; i < BLOOM_LENGTH; i++) union[i] = (union[i] ?? 0) | (bloom[i] ?? 0);
  }
  return union;
}

/** False if the filter certainly holds no such address or topic. */
export function bloomMayContain(bloom: Uint8Array, item: Hex): boolean {
  const hash = bloomHash(item);
  for (let i = 0; i < 6; i += 2) {
    const bit = bitAt(hash, i);
    if (((bloom[BLOOM_LENGTH - 1 - (bit >> 3)] ?? 0) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

function addToBloom(bloom: Uint8Array, item: Hex): void {
  const hash = bloomHash(item);
  for (let i = 0; i < 6; i += 2) {
    const bit = bitAt(hash, i);
    const at = BLOOM_LENGTH - 1 - (bit >> 3);
    bloom[at] = (bloom[at] ?? 0) | (1 << (bit & 7));
  }
}

function bitAt(hash: Uint8Array, index: number): number {
  return (((hash[index] ?? 0) << 8) | (hash[index + 1] ?? 0)) & 2047;
}

// Emitters and event signatures come again and again. Bounded, and only a cache.
const CACHE_LIMIT = 16_384;
const cache = new Map<Hex, Uint8Array>();

function bloomHash(item: Hex): Uint8Array {
  const known = cache.get(item);
  if (known !== undefined) return known;
  const hash = keccak256(fromHex(item)).slice(0, 6);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(item, hash);
  return hash;
}
