import type { Address, BlockHeader, CallRequest, Transaction } from "../types.ts";

/** What an intrinsic cost is computed from. */
export type CostBasis =
  | Pick<Transaction, "to" | "data" | "accessList">
  | Pick<CallRequest, "to" | "data" | "accessList">;

/** A rule profile: everything that may differ between chains and is not the EVM itself. */
export interface Rules {
  /** Name of the profile. */
  readonly name: "ethereum";
  /** Fork whose instructions and costs apply. */
  readonly hardfork: string;
  /** Largest init code, bytes (EIP-3860). */
  readonly maxInitCodeSize: number;
  /** A refund is at most the gas used divided by this (EIP-3529). */
  readonly maxRefundQuotient: bigint;
  /** Addresses of the precompiled contracts, warm from the start (EIP-2929). */
  readonly precompiles: readonly Address[];
  /** Contracts that exist from genesis on. */
  readonly predeploys: ReadonlyMap<Address, Uint8Array>;
  /** Gas a transaction costs before its first instruction. */
  intrinsicGas(request: CostBasis): bigint;
  /** Base fee of the block after `parent`, wei per gas (EIP-1559). */
  nextBaseFee(parent: Pick<BlockHeader, "baseFeePerGas" | "gasLimit" | "gasUsed">): bigint;
}
