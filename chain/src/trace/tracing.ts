import type { CallOptions } from "../chain.ts";
import type { BlockSelector, CallRequest, Hash } from "../types.ts";
import type { TraceOptions } from "./trace-spec.ts";

/** What a tracer answers for one transaction of a block. */
export interface BlockTraceEntry {
  readonly transactionHash: Hash;
  readonly result: unknown;
}

/** Options of tracing a call that is not in the chain. */
export interface TraceCallOptions extends Omit<CallOptions, "tracer">, TraceOptions {
  /** Run it before this transaction of the block instead of after its last one. */
  readonly transactionIndex?: number;
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
}
