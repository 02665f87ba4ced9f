import { ChainError } from "../errors.ts";
import type { Rules } from "../rules/rules.ts";
import type { Hash, TransactionRequest } from "../types.ts";
import type { BlobStore } from "./blob-store.ts";

/**
 * Names the blobs that a request brings along by the hashes of their commitments, and keeps them.
 * @returns the request with `blobHashes`, or as it is if it has no blobs
 * @throws ChainError `TX_TYPE_UNSUPPORTED` before Cancun, `TX_BLOB_SIDECAR_INVALID` if the hashes given are of other blobs
 */
export async function nameBlobs(
  request: TransactionRequest,
  rules: Rules,
  store: BlobStore,
): Promise<TransactionRequest> {
  const { blobs, blobHashes } = request;
  if (blobs === undefined) return request;
  if (rules.blobs === undefined) {
    throw new ChainError("TX_TYPE_UNSUPPORTED", "The fork knows no transactions with blobs (EIP-4844)", { type: 3 });
  }
  const [{ loadKzg }, { versionedHash }] = await Promise.all([import("../crypto/kzg.ts"), import("./blob-sidecar.ts")]);
  const kzg = await loadKzg();
  const found: Hash[] = [];
  for (const blob of blobs) found.push(versionedHash(kzg.commit(blob), rules.blobs));
  if (blobHashes !== undefined && blobHashes.join() !== found.join()) {
    throw new ChainError(
      "TX_BLOB_SIDECAR_INVALID",
      `The hashes of the blobs are ${found.join(", ")}, not ${blobHashes.join(", ")}`,
      { expected: found, blobHashes },
    );
  }
  store.keep(found, blobs);
  return { ...request, blobHashes: found };
}
