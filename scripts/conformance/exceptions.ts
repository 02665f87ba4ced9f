import type { ChainErrorCode } from "../../chain/src/errors.ts";

/** Which of our refusals may answer an exception of the public suites, by the name after `TransactionException.`. */
const codes: Readonly<Record<string, readonly ChainErrorCode[]>> = {
  ADDRESS_TOO_LONG: ["TX_MALFORMED"],
  ADDRESS_TOO_SHORT: ["TX_MALFORMED"],
  EC_RECOVERY_FAIL: ["TX_SIGNATURE"],
  GAS_ALLOWANCE_EXCEEDED: ["TX_GAS_ABOVE_BLOCK_LIMIT"],
  GAS_LIMIT_EXCEEDS_MAXIMUM: ["TX_GAS_ABOVE_CAP"],
  GASLIMIT_OVERFLOW: ["TX_MALFORMED"],
  GASLIMIT_PRICE_PRODUCT_OVERFLOW: ["TX_FEE_OVERFLOW"],
  GASPRICE_OVERFLOW: ["TX_MALFORMED"],
  INITCODE_SIZE_EXCEEDED: ["TX_INITCODE_TOO_LARGE"],
  INSUFFICIENT_ACCOUNT_FUNDS: ["TX_INSUFFICIENT_FUNDS"],
  INSUFFICIENT_MAX_FEE_PER_BLOB_GAS: ["TX_BLOB_FEE_CAP_BELOW_BASE_FEE"],
  INSUFFICIENT_MAX_FEE_PER_GAS: ["TX_FEE_CAP_BELOW_BASE_FEE"],
  INTRINSIC_GAS_BELOW_FLOOR_GAS_COST: ["TX_GAS_BELOW_INTRINSIC"],
  INTRINSIC_GAS_TOO_LOW: ["TX_GAS_BELOW_INTRINSIC"],
  // The suites call every v that is neither 27, 28 nor of this chain a wrong chain id; below 35 it names none.
  INVALID_CHAINID: ["TX_CHAIN_ID", "TX_SIGNATURE"],
  // An r, s or v of more than 32 bytes is not decoded at all.
  INVALID_SIGNATURE_VRS: ["TX_SIGNATURE", "TX_MALFORMED"],
  NONCE_IS_MAX: ["TX_NONCE_MAX"],
  NONCE_OVERFLOW: ["TX_MALFORMED"],
  NONCE_TOO_BIG: ["TX_NONCE_MAX"],
  PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS: ["TX_TIP_ABOVE_FEE_CAP"],
  PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS_2: ["TX_TIP_ABOVE_FEE_CAP"],
  PRIORITY_OVERFLOW: ["TX_MALFORMED"],
  SENDER_NOT_EOA: ["TX_SENDER_NOT_EOA"],
  TYPE_1_TX_PRE_FORK: ["TX_TYPE_UNSUPPORTED"],
  TYPE_2_TX_PRE_FORK: ["TX_TYPE_UNSUPPORTED"],
  TYPE_3_TX_BLOB_COUNT_EXCEEDED: ["TX_BLOB_COUNT"],
  TYPE_3_TX_CONTRACT_CREATION: ["TX_BLOB_CREATION"],
  TYPE_3_TX_INVALID_BLOB_VERSIONED_HASH: ["TX_BLOB_HASH_VERSION"],
  TYPE_3_TX_MAX_BLOB_GAS_ALLOWANCE_EXCEEDED: ["TX_BLOB_COUNT"],
  TYPE_3_TX_PRE_FORK: ["TX_TYPE_UNSUPPORTED"],
  TYPE_3_TX_ZERO_BLOBS: ["TX_BLOB_COUNT"],
  TYPE_4_EMPTY_AUTHORIZATION_LIST: ["TX_AUTHORIZATIONS_EMPTY"],
  TYPE_4_TX_CONTRACT_CREATION: ["TX_AUTHORIZATIONS_CREATION"],
  TYPE_4_TX_PRE_FORK: ["TX_TYPE_UNSUPPORTED"],
  TYPE_NOT_SUPPORTED: ["TX_TYPE_UNSUPPORTED"],
  VALUE_OVERFLOW: ["TX_MALFORMED"],
};

/**
 * Whether a refusal answers an expected exception; `|` separates alternatives, and every fault of the encoding (`RLP_…`) is a malformed
 * transaction to us, or one of an unknown type: the first byte, if it is no list, is read as the type before anything else.
 */
export function answersException(code: ChainErrorCode, expected: string): boolean {
  return expected.split("|").some((alternative) => {
    const name = alternative.replace("TransactionException.", "");
    if (name.startsWith("RLP_")) return code === "TX_MALFORMED" || code === "TX_TYPE_UNSUPPORTED";
    return codes[name]?.includes(code) ?? false;
  });
}
