import type { CallOptions } from "../chain.ts";
import type { BlockSelector, CallRequest, Hash } from "../types.ts";
import type { TraceOptions } from "./trace-spec.ts";

/** What a tracer answers for one transaction of a block. */
export interface BlockTraceEntry {
  readonly transactionHash: Hash;
  readonly result: unknown;
}

/** What a tracer answers for a transaction that is in no block. */
export interface TracedTransaction {
  readonly transactionHash: Hash;
  readonly result: unknown;
}

/** Options of tracing a call that is not in the chain. */
export interface TraceCallOptions extends Omit<CallOptions, "tracer">, TraceOptions {
  /** Run it before this transaction of the block instead of after its last one. */
  readonly transactionIndex?: number;
}

/** A call among others, and what it is watched for. */
export interface TracedCall extends TraceOptions {
  readonly request: CallRequest;
}

/** Executes again what is in the chain, or for the first time what is not, and says what happened. Leaves no trace. */
export interface ChainTracing {
  /**
   * Executes a mined transaction again, after those before it in its block.
   * @returns what the tracer answers, as plain JSON
   * @throws ChainError `TRANSACTION_NOT_FOUND`, `TRACE_TOO_LARGE`, `TRACE_TIMEOUT`
   */
  transaction(hash: Hash, options?: TraceOptions): Promise<unknown>;
  /**
   * Executes all transactions of a block again.
   * @throws ChainError `BLOCK_NOT_FOUND`, `TRACE_GENESIS` (nothing was executed to make it), `TRACE_TOO_LARGE`, `TRACE_TIMEOUT`
   */
  block(selector: BlockSelector, options?: TraceOptions): Promise<readonly BlockTraceEntry[]>;
  /**
   * Executes a call on the state of a block.
   * @throws ChainError as `Chain.call`, `TRANSACTION_NOT_FOUND` for an index that the block has not, `TRACE_TOO_LARGE`, `TRACE_TIMEOUT`
   */
  call(request: CallRequest, options?: TraceCallOptions): Promise<unknown>;
  /**
   * Executes calls one after the other on the state of a block, each on what those before it changed. All share one budget.
   * @throws ChainError as {@link call}
   */
  calls(calls: readonly TracedCall[], block?: BlockSelector): Promise<readonly unknown[]>;
  /**
   * Executes a signed transaction that is not submitted, on the block that would be mined now.
   * @throws ChainError every `TX_*` code, `TRACE_TOO_LARGE`, `TRACE_TIMEOUT`
   */
  rawTransaction(raw: Uint8Array, options?: TraceOptions): Promise<TracedTransaction>;
}
