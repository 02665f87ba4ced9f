import type { Address, BlockHeader, CallRequest, Transaction, TransactionType } from "../types.ts";
import type { Fork } from "./fork.ts";

/** What an intrinsic cost is computed from. */
export type CostBasis =
  | Pick<Transaction, "to" | "data" | "accessList">
  | Pick<CallRequest, "to" | "data" | "accessList">;

/** What holds for transactions with blobs (EIP-4844). */
export interface BlobRules {
  readonly gasPerBlob: bigint;
  /** Most blobs of one transaction. */
  readonly maxPerTransaction: number;
  /** First byte of a versioned hash: what the blob is committed to with. 1 is KZG. */
  readonly hashVersion: number;
  /** Price of blob gas, wei, at the excess of blob gas that a header states. */
  baseFee(excessBlobGas: bigint): bigint;
}

/** A rule profile: everything that may differ between chains and is not the EVM itself. */
export interface Rules {
  /** Name of the profile. */
  readonly name: "ethereum";
  /** Fork whose instructions and costs apply. */
  readonly hardfork: Fork;
  /** Envelopes that a block may hold (EIP-2718). */
  readonly transactionTypes: readonly TransactionType[];
  /** `undefined` before EIP-4844. */
  readonly blobs: BlobRules | undefined;
  /** Largest gas limit of one transaction (EIP-7825); `undefined`: only the block's. */
  readonly maxTransactionGas: bigint | undefined;
  /** Largest init code, bytes (EIP-3860). */
  readonly maxInitCodeSize: number;
  /** A refund is at most the gas used divided by this (EIP-3529). */
  readonly maxRefundQuotient: bigint;
  /** Whether the beneficiary of the block is warm from the start (EIP-3651). */
  readonly warmsBeneficiary: boolean;
  /** Addresses of the precompiled contracts, warm from the start (EIP-2929). */
  readonly precompiles: readonly Address[];
  /** Contracts that exist from genesis on. */
  readonly predeploys: ReadonlyMap<Address, Uint8Array>;
  /** Gas a transaction costs before its first instruction. */
  intrinsicGas(request: CostBasis): bigint;
  /** Least gas a transaction pays for, whatever it runs (EIP-7623); 0 before Prague. */
  floorGas(request: CostBasis): bigint;
  /** Base fee of the block after `parent`, wei per gas (EIP-1559); 0 before London. */
  nextBaseFee(parent: Pick<BlockHeader, "baseFeePerGas" | "gasLimit" | "gasUsed">): bigint;
}
