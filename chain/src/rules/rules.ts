import type { Address, BlockHeader, CallRequest, Transaction, TransactionType } from "../types.ts";
import type { BlobRules } from "./blob-rules.ts";
import type { Fork } from "./fork.ts";
import type { Predeploy } from "./system-contracts.ts";
import type { WorkRules } from "./work-rules.ts";

/** What an intrinsic cost is computed from. */
export type CostBasis =
  | Pick<Transaction, "to" | "data" | "accessList" | "authorizationList">
  | Pick<CallRequest, "to" | "data" | "accessList" | "authorizationList">;

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
  /** Proof of work; `undefined` since Paris. */
  readonly work: WorkRules | undefined;
  /** Whether blocks have a base fee (EIP-1559). */
  readonly hasBaseFee: boolean;
  /** Largest gas limit of one transaction (EIP-7825); `undefined`: only the block's. */
  readonly maxTransactionGas: bigint | undefined;
  /** Most bytes of a block's RLP (EIP-7934); `undefined`: no limit. */
  readonly maxBlockSize: number | undefined;
  /** Largest init code, bytes (EIP-3860). */
  readonly maxInitCodeSize: number;
  /** A refund is at most the gas used divided by this (EIP-3529). */
  readonly maxRefundQuotient: bigint;
  /** Whether the beneficiary of the block is warm from the start (EIP-3651). */
  readonly warmsBeneficiary: boolean;
  /** Addresses of the precompiled contracts, warm from the start (EIP-2929). */
  readonly precompiles: readonly Address[];
  /** Contracts that exist from genesis on. */
  readonly predeploys: ReadonlyMap<Address, Predeploy>;
  /** Gas a transaction costs before its first instruction. */
  intrinsicGas(request: CostBasis): bigint;
  /** Least gas a transaction pays for, whatever it runs (EIP-7623); 0 before Prague. */
  floorGas(request: CostBasis): bigint;
  /** Base fee of the block after `parent`, wei per gas (EIP-1559); 0 before London. */
  nextBaseFee(parent: Pick<BlockHeader, "baseFeePerGas" | "gasLimit" | "gasUsed">): bigint;
}
