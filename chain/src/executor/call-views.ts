import type { Miner } from "../builder/miner.ts";
import type { CallOptions } from "../chain.ts";
import { EMPTY_BYTES } from "../codec/hex.ts";
import type { BlockContext } from "../engine/engine.ts";
import type { Tracer } from "../engine/tracer.ts";
import type { Ledger } from "../ledger.ts";
import type { State } from "../state/state.ts";
import type { Views } from "../store/views.ts";
import type { Address, CallRequest } from "../types.ts";
import type { Execution, ExecutionResult } from "./executor.ts";
import { overrideBlock, overrideState } from "./overrides.ts";

/** Where calls run: on the state and in the block that their options name. */
export type CallView = Pick<CallOptions, "block" | "stateOverrides" | "blockOverrides">;

/** Lends states to calls. */
export interface CallViews {
  /** Lends the state of a block with the overrides in it, and undoes them. `work` leaves the state as it was. */
  within<T>(view: CallView, work: (state: State, context: BlockContext) => Promise<T>): Promise<T>;
  /** The same on a state and a context at hand. */
  overridden<T>(
    state: State,
    context: BlockContext,
    view: Omit<CallView, "block">,
    work: (state: State, context: BlockContext) => Promise<T>,
  ): Promise<T>;
}

const MAX_BALANCE = 2n ** 256n - 1n;

/** The sender of a call that names none. */
export const NO_SENDER: Address = "0x0000000000000000000000000000000000000000";

/** Makes the views for calls of a ledger. */
export function createCallViews({ rules }: Ledger, views: Views, miner: Miner): CallViews {
  const overridden: CallViews["overridden"] = async (state, context, { stateOverrides, blockOverrides }, work) => {
    const block = overrideBlock(context, blockOverrides);
    if (stateOverrides === undefined || stateOverrides.size === 0) return work(state, block);
    const before = state.snapshot();
    try {
      const precompileMoves = overrideState(state, stateOverrides, rules);
      return await work(state, precompileMoves === undefined ? block : { ...block, precompileMoves });
    } finally {
      state.restore(before);
      state.release(before);
    }
  };
  return {
    overridden,
    within: ({ block, ...view }, work) =>
      views.execute(block ?? "latest", miner, (state, context) => overridden(state, context, view, work)),
  };
}

/** The gas limit of a call: what it asks for, or what one transaction may have; at most the block's. */
export function gasCeiling({ gasLimit }: CallRequest, context: BlockContext, { rules, knobs }: Ledger): bigint {
  const wanted = gasLimit ?? knobs.defaultGasLimit ?? rules.maxTransactionGas ?? context.gasLimit;
  return wanted > context.gasLimit ? context.gasLimit : wanted;
}

/** A call as the executor takes it. */
export function executionOfCall(
  request: CallRequest,
  gasLimit: bigint,
  chainId: bigint,
  { blobBaseFee }: Pick<BlockContext, "blobBaseFee">,
): Execution {
  const maxFeePerGas = request.maxFeePerGas ?? request.gasPrice ?? request.maxPriorityFeePerGas ?? 0n;
  return {
    from: request.from ?? NO_SENDER,
    to: request.to,
    value: request.value ?? 0n,
    data: request.data ?? EMPTY_BYTES,
    gasLimit,
    maxFeePerGas,
    maxPriorityFeePerGas: request.maxPriorityFeePerGas ?? request.gasPrice ?? 0n,
    accessList: request.accessList ?? [],
    ...(request.authorizationList === undefined ? {} : { authorizationList: request.authorizationList, chainId }),
    ...(request.blobHashes === undefined
      ? {}
      : { blobHashes: request.blobHashes, maxFeePerBlobGas: request.maxFeePerBlobGas ?? blobBaseFee }),
    nonce: undefined,
    hash: undefined,
    mayHaveCode: true,
    chargesFees: maxFeePerGas > 0n,
  };
}

/** The block that a call sees: without a price, or with one that no block would take, nothing is burnt and BASEFEE reads 0. */
export function contextOfCall({ maxFeePerGas }: Execution, context: BlockContext): BlockContext {
  return maxFeePerGas >= context.baseFeePerGas ? context : { ...context, baseFeePerGas: 0n };
}

/** As on Hardhat's network, a call may spend what its sender has not. */
export function fundCall(state: State, { from, value, gasLimit, maxFeePerGas, chargesFees }: Execution): void {
  const cost = value + (chargesFees ? gasLimit * maxFeePerGas : 0n);
  if (cost > 0n && cost <= MAX_BALANCE && state.getBalance(from) < cost) state.setBalance(from, cost);
}

/** Runs a call on a state and undoes it. */
export async function runCall(
  { executor, chainId }: Ledger,
  state: State,
  context: BlockContext,
  request: CallRequest,
  gasLimit: bigint,
  tracer: Tracer | undefined,
): Promise<ExecutionResult> {
  const before = state.snapshot();
  try {
    const execution = executionOfCall(request, gasLimit, chainId, context);
    fundCall(state, execution);
    return await executor.execute(state, execution, contextOfCall(execution, context), tracer);
  } finally {
    state.restore(before);
    state.release(before);
  }
}
