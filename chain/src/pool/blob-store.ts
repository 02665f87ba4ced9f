import type { Hash } from "../types.ts";

/** The blobs that came with transactions, by their versioned hashes. */
export interface BlobStore {
  keep(hashes: readonly Hash[], blobs: readonly Uint8Array[]): void;
  get(hash: Hash): Uint8Array | undefined;
}

/** 64 MiB; the oldest goes first, as a node forgets blobs after some weeks. */
const MOST_BLOBS = 512;

/** Makes an empty store. */
export function createBlobStore(): BlobStore {
  const kept = new Map<Hash, Uint8Array>();
  return {
    keep(hashes, blobs) {
      hashes.forEach((hash, index) => {
        const blob = blobs[index];
        // A copy: the blob shares the memory of the whole request.
        if (blob !== undefined && !kept.has(hash)) kept.set(hash, blob.slice());
      });
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_BLOBS) break;
        kept.delete(oldest);
      }
    },
    get: (hash) => kept.get(hash),
  };
}
