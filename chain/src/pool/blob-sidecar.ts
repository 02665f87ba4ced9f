import { hash as digest } from "node:crypto";
import { toHex } from "../codec/hex.ts";
import { encodeList, type RlpItem } from "../codec/rlp.ts";
import { BLOB_SIZE, CELLS_PER_BLOB, loadKzg } from "../crypto/kzg.ts";
import { ChainError } from "../errors.ts";
import type { BlobRules } from "../rules/blob-rules.ts";
import type { Hash } from "../types.ts";
import { decodeFields } from "./transaction-fields.ts";

/** What comes with a transaction with blobs and does not enter the block. */
export interface BlobSidecar {
  /** 0: a proof for each blob (EIP-4844); 1: one for each of its cells (EIP-7594). */
  readonly version: 0 | 1;
  readonly blobs: readonly Uint8Array[];
  readonly commitments: readonly Uint8Array[];
  readonly proofs: readonly Uint8Array[];
}

/** A transaction with blobs as clients send it, taken apart. */
export interface WrappedTransaction {
  /** The form that blocks hold and hashes are made of. */
  readonly raw: Uint8Array;
  readonly sidecar: BlobSidecar;
}

const BLOB_TYPE = 3;
const POINT_SIZE = 48;

/**
 * Takes a transaction with blobs out of its wrapper. Proves nothing yet.
 * @param raw type byte and RLP of [transaction, blobs, commitments, proofs], or with the wrapper's version behind the transaction
 * @throws ChainError `TX_BLOB_SIDECAR_MISSING`, `TX_BLOB_SIDECAR_INVALID`, `TX_MALFORMED`
 */
export function unwrapTransaction(raw: Uint8Array, rules: BlobRules): WrappedTransaction {
  const items = decodeFields(raw.subarray(1));
  const [transaction, ...rest] = items;
  if (!Array.isArray(transaction)) {
    throw new ChainError(
      "TX_BLOB_SIDECAR_MISSING",
      "The transaction names blobs and comes without them: send it with blobs, commitments and proofs (EIP-4844)",
    );
  }
  const version = rest.length === 4 ? versionOf(rest.shift()) : 0;
  if (rest.length !== 3) throw invalid(`its wrapper has ${items.length} parts`);
  if (version === 1 && !rules.hasCellProofs) throw invalid("proofs of cells came with Osaka (EIP-7594)");
  const [blobs, commitments, proofs] = rest;
  return {
    raw: encodeList(transaction.map(asInput), BLOB_TYPE),
    sidecar: {
      version,
      blobs: bytesOf(blobs, "blob", BLOB_SIZE),
      commitments: bytesOf(commitments, "commitment", POINT_SIZE),
      proofs: bytesOf(proofs, "proof", POINT_SIZE),
    },
  };
}

/**
 * Whether blobs are those that a transaction names: one commitment and the right number of proofs for each, the commitments' hashes those of the
 * transaction, and the proofs good.
 * @throws ChainError `TX_BLOB_SIDECAR_INVALID`
 */
export async function verifySidecar(sidecar: BlobSidecar, hashes: readonly Hash[], rules: BlobRules): Promise<void> {
  const { version, blobs, commitments, proofs } = sidecar;
  const wanted = blobs.length * (version === 1 ? CELLS_PER_BLOB : 1);
  if (blobs.length !== hashes.length) throw invalid(`it has ${blobs.length} blobs for ${hashes.length} hashes`);
  if (commitments.length !== blobs.length)
    throw invalid(`it has ${commitments.length} commitments instead of ${blobs.length}`);
  if (proofs.length !== wanted) throw invalid(`it has ${proofs.length} proofs instead of ${wanted}`);
  commitments.forEach((commitment, index) => {
    const hash = versionedHash(commitment, rules);
    if (hash !== hashes[index]) throw invalid(`the hash of commitment ${index} is ${hash}, not ${hashes[index]}`);
  });
  const kzg = await loadKzg();
  const verify = version === 1 ? kzg.verifyCells : kzg.verifyBlobs;
  if (!verify(blobs, commitments, proofs))
    throw invalid("the proofs do not show that the blobs are those committed to");
}

/** What a transaction names a blob by: the hash of its commitment behind a version byte. */
export function versionedHash(commitment: Uint8Array, { hashVersion }: BlobRules): Hash {
  const hash = new Uint8Array(digest("sha256", commitment, "buffer"));
  hash[0] = hashVersion;
  return toHex(hash);
}

function versionOf(item: RlpItem | undefined): 1 {
  if (item instanceof Uint8Array && item.length === 1 && item[0] === 1) return 1;
  throw invalid("its wrapper is of an unknown version");
}

function bytesOf(item: RlpItem | undefined, name: string, size: number): readonly Uint8Array[] {
  if (!Array.isArray(item)) throw invalid(`its ${name}s are not a list`);
  return item.map((one) => {
    if (!(one instanceof Uint8Array) || one.length !== size) throw invalid(`a ${name} is not ${size} bytes long`);
    return one;
  });
}

/** A decoded item as the encoder takes it. */
function asInput(item: RlpItem): Uint8Array | { readonly encoded: Uint8Array } {
  return item instanceof Uint8Array ? item : { encoded: encodeList(item.map(asInput)) };
}

function invalid(why: string): ChainError {
  return new ChainError("TX_BLOB_SIDECAR_INVALID", `The blobs of the transaction do not fit it: ${why}`, { why });
}
