import type { Fork } from "../../rules/fork.ts";
import type { Hash } from "../../types.ts";
import type { Machine } from "./machine.ts";

/** Decoded code kept for all chains of the process, at most; the oldest goes first. */
const CACHE_BYTES = 64 * 2 ** 20;

interface Cache {
  readonly blobs: Map<Hash, Uint8Array>;
  bytes: number;
}

const caches = new Map<Fork, Cache>();

/**
 * What a machine asks for the code of a hash: decoded once per process, copied into each machine once.
 * @returns the pointer of the decoded code in the machine
 */
export function createCodeLoader(machine: Machine, fork: Fork): (codeHash: number) => number {
  const here = new Map<Hash, number>();
  const cache: Cache = caches.get(fork) ?? { blobs: new Map(), bytes: 0 };
  caches.set(fork, cache);
  return (pointer) => {
    const hash = machine.readHash(pointer);
    const present = here.get(hash);
    if (present !== undefined) return present;
    const known = cache.blobs.get(hash);
    const made = known === undefined ? decode(machine, cache, hash) : place(machine, known);
    here.set(hash, made);
    return made;
  };
}

function place(machine: Machine, blob: Uint8Array): number {
  const at = machine.exports.allocateBlock(blob.length);
  machine.set(at, blob);
  return at;
}

function decode(machine: Machine, cache: Cache, hash: Hash): number {
  const code = machine.code(hash);
  const source = place(machine, code.length === 0 ? new Uint8Array(1) : code);
  const made = machine.exports.decode(source, code.length, 0);
  machine.exports.freeBlock(source, Math.max(code.length, 1));
  const total = machine.readU32(made + 12);
  // Taken before a careful stream, which holds for this machine only, can hang on it.
  const blob = machine.slice(made, total);
  cache.blobs.set(hash, blob);
  cache.bytes += total;
  for (const [oldest, { length }] of cache.blobs) {
    if (cache.bytes <= CACHE_BYTES) break;
    cache.blobs.delete(oldest);
    cache.bytes -= length;
  }
  return made;
}
