import { EMPTY_BYTES } from "../codec/hex.ts";
import { keccak256Hex } from "../crypto/keccak.ts";
import { NO_SENDER } from "../executor/call-views.ts";
import { encodeSigned, type UnsignedTransaction } from "../pool/transaction-codec.ts";
import type { Transaction, TransactionType } from "../types.ts";
import type { SimulatedCall } from "./simulation.ts";

/** What a call leaves open. */
export interface CallDefaults {
  readonly nonce: bigint;
  readonly gasLimit: bigint;
  readonly chainId: bigint;
}

/** The transaction that a call would be, with a signature of zeros. */
export function unsignedTransaction(call: SimulatedCall, { nonce, gasLimit, chainId }: CallDefaults): Transaction {
  const { gasPrice, authorizationList, accessList = [] } = call;
  const unsigned: UnsignedTransaction = {
    type: typeOf(call),
    nonce: call.nonce ?? nonce,
    gasLimit,
    maxFeePerGas: gasPrice ?? call.maxFeePerGas ?? 0n,
    maxPriorityFeePerGas: gasPrice ?? call.maxPriorityFeePerGas ?? 0n,
    to: call.to,
    value: call.value ?? 0n,
    data: call.data ?? EMPTY_BYTES,
    chainId,
    accessList,
    ...(authorizationList === undefined ? {} : { authorizationList }),
  };
  const raw = encodeSigned(unsigned, 0n, 0n, 0n);
  return {
    ...unsigned,
    from: call.from ?? NO_SENDER,
    v: 0n,
    r: 0n,
    s: 0n,
    raw,
    hash: keccak256Hex(raw),
    impersonated: true,
  };
}

function typeOf({ authorizationList, gasPrice, accessList }: SimulatedCall): TransactionType {
  if (authorizationList !== undefined) return 4;
  if (gasPrice === undefined) return 2;
  return accessList === undefined ? 0 : 1;
}
