import { ChainError } from "../errors.ts";
import type { BlobRules } from "../rules/blob-rules.ts";
import type { Rules } from "../rules/rules.ts";
import type { Hash } from "../types.ts";
import type { Execution } from "./executor.ts";

/** What of a transaction its validity depends on, whatever the state and the block. */
export type StaticParts = Pick<
  Execution,
  | "to"
  | "data"
  | "gasLimit"
  | "maxFeePerGas"
  | "maxPriorityFeePerGas"
  | "accessList"
  | "nonce"
  | "maxFeePerBlobGas"
  | "blobHashes"
  | "authorizationList"
  | "ignoresGasCap"
  | "chargesFees"
>;

/** A nonce that cannot be used: the account's could not grow any more (EIP-2681). */
export const MAX_NONCE = 2n ** 64n - 1n;
const MAX_UINT256 = 2n ** 256n - 1n;

/**
 * The checks that need neither state nor block: what a transaction may be at all under the rules.
 * @throws ChainError `TX_INITCODE_TOO_LARGE`, `TX_GAS_BELOW_INTRINSIC`, `TX_GAS_ABOVE_CAP`, `TX_NONCE_MAX`, `TX_TIP_ABOVE_FEE_CAP`,
 * `TX_FEE_OVERFLOW`, `TX_TYPE_UNSUPPORTED`, `TX_BLOB_CREATION`, `TX_BLOB_COUNT`, `TX_BLOB_HASH_VERSION`, `TX_AUTHORIZATIONS_EMPTY`,
 * `TX_AUTHORIZATIONS_CREATION`
 */
export function checkStatic(transaction: StaticParts, rules: Rules): void {
  const { to, data, gasLimit, nonce, maxFeePerGas, maxPriorityFeePerGas, blobHashes, authorizationList } = transaction;
  if (to === undefined && data.length > rules.maxInitCodeSize) {
    throw new ChainError(
      "TX_INITCODE_TOO_LARGE",
      `The init code is ${data.length} bytes long; the limit is ${rules.maxInitCodeSize} (EIP-3860)`,
      { size: data.length, limit: rules.maxInitCodeSize },
    );
  }
  const intrinsicGas = leastGas(transaction, rules);
  if (gasLimit < intrinsicGas) {
    throw new ChainError(
      "TX_GAS_BELOW_INTRINSIC",
      `The gas limit ${gasLimit} is below the ${intrinsicGas} gas that the transaction costs before it runs`,
      { gasLimit, intrinsicGas },
    );
  }
  const cap = rules.maxTransactionGas;
  if (cap !== undefined && gasLimit > cap && transaction.ignoresGasCap !== true) {
    throw new ChainError(
      "TX_GAS_ABOVE_CAP",
      `The gas limit ${gasLimit} exceeds the ${cap} gas that one transaction may have (EIP-7825)`,
      { gasLimit, cap },
    );
  }
  if (nonce !== undefined && nonce >= MAX_NONCE) {
    throw new ChainError("TX_NONCE_MAX", `The nonce ${nonce} is too high to be counted up (EIP-2681)`, { nonce });
  }
  if (blobHashes !== undefined) checkBlobs(blobHashes, to === undefined, rules.blobs);
  if (authorizationList !== undefined) checkAuthorizations(authorizationList.length, to === undefined, rules);
  if (!transaction.chargesFees) return;
  if (maxPriorityFeePerGas > maxFeePerGas) {
    throw new ChainError(
      "TX_TIP_ABOVE_FEE_CAP",
      `The tip cap ${maxPriorityFeePerGas} exceeds the fee cap ${maxFeePerGas} (EIP-1559)`,
      { maxFeePerGas, maxPriorityFeePerGas },
    );
  }
  if (gasLimit * maxFeePerGas > MAX_UINT256) {
    throw new ChainError(
      "TX_FEE_OVERFLOW",
      `The gas limit ${gasLimit} at up to ${maxFeePerGas} wei per gas costs more than 2^256 wei`,
      { gasLimit, maxFeePerGas },
    );
  }
}

/** Gas limit below which a transaction cannot be: its intrinsic cost, or its floor if that is higher (EIP-7623). */
export function leastGas(
  transaction: Pick<StaticParts, "to" | "data" | "accessList" | "authorizationList">,
  rules: Rules,
): bigint {
  const intrinsicGas = rules.intrinsicGas(transaction);
  const floor = rules.floorGas(transaction);
  return floor > intrinsicGas ? floor : intrinsicGas;
}

function checkAuthorizations(count: number, creates: boolean, { transactionTypes }: Rules): void {
  if (!transactionTypes.includes(4)) {
    throw new ChainError("TX_TYPE_UNSUPPORTED", "The fork knows no transactions that set code (EIP-7702)", { type: 4 });
  }
  if (creates) {
    throw new ChainError(
      "TX_AUTHORIZATIONS_CREATION",
      "A transaction that sets the code of accounts cannot create a contract (EIP-7702)",
    );
  }
  if (count === 0) {
    throw new ChainError(
      "TX_AUTHORIZATIONS_EMPTY",
      "The transaction has an authorization list without an authorization (EIP-7702)",
    );
  }
}

function checkBlobs(hashes: readonly Hash[], creates: boolean, rules: BlobRules | undefined): void {
  if (rules === undefined) {
    throw new ChainError("TX_TYPE_UNSUPPORTED", "The fork knows no transactions with blobs (EIP-4844)", { type: 3 });
  }
  if (creates) throw new ChainError("TX_BLOB_CREATION", "A transaction with blobs cannot create a contract (EIP-4844)");
  const limit = rules.maxPerTransaction;
  if (hashes.length === 0 || hashes.length > limit) {
    throw new ChainError(
      "TX_BLOB_COUNT",
      `The transaction names ${hashes.length} blobs; it must be 1 to ${limit} (EIP-4844)`,
      { count: hashes.length, limit },
    );
  }
  const version = `0x${rules.hashVersion.toString(16).padStart(2, "0")}`;
  const wrong = hashes.find((hash) => !hash.startsWith(version));
  if (wrong !== undefined) {
    throw new ChainError(
      "TX_BLOB_HASH_VERSION",
      `The blob hash ${wrong} is of another version than ${version} (EIP-4844)`,
      { hash: wrong, version },
    );
  }
}
