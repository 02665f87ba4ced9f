import { executionOf } from "../executor/executor.ts";
import { checkStatic } from "../executor/validity.ts";
import type { Rules } from "../rules/rules.ts";
import type { Transaction } from "../types.ts";
import type { BlobSidecar } from "./blob-sidecar.ts";
import { decodeTransaction } from "./transaction-codec.ts";

/** A transaction from a client, with its blobs if it has any. */
export interface OpenedTransaction {
  readonly transaction: Transaction;
  readonly sidecar: BlobSidecar | undefined;
}

const BLOB_TYPE = 3;

/** Whether raw bytes are a transaction with blobs, to be opened with {@link openTransaction}. */
export function hasBlobs(raw: Uint8Array, { blobs }: Rules): boolean {
  return raw[0] === BLOB_TYPE && blobs !== undefined;
}

/**
 * Decodes a transaction of any type. One with blobs is taken out of its wrapper, and its blobs are proved after everything that is cheaper to
 * judge.
 * @throws ChainError `TX_BLOB_SIDECAR_MISSING`, `TX_BLOB_SIDECAR_INVALID`, and those of `decodeTransaction` and `checkStatic`
 */
export async function openTransaction(raw: Uint8Array, rules: Rules, chainId: bigint): Promise<OpenedTransaction> {
  const { hardfork: fork, transactionTypes: types, blobs } = rules;
  if (blobs === undefined || !hasBlobs(raw, rules))
    return { transaction: decodeTransaction(raw, { chainId, fork, types }), sidecar: undefined };
  const { unwrapTransaction, verifySidecar } = await import("./blob-sidecar.ts");
  const wrapped = unwrapTransaction(raw, blobs);
  const transaction = decodeTransaction(wrapped.raw, { chainId, fork, types });
  checkStatic(executionOf(transaction), rules);
  await verifySidecar(wrapped.sidecar, transaction.blobHashes ?? [], blobs);
  return { transaction, sidecar: wrapped.sidecar };
}
