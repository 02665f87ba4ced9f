import { RpcError, rpcErrorCodes } from "./rpc-error.ts";

/** What one client may ask of the request layer. */
export interface RpcLimits {
  /** Filters that are open at a time. */
  readonly filters: number;
  /** Milliseconds after which a filter that nobody asked is removed. */
  readonly filterIdle: number;
  /** Subscriptions of one connection. */
  readonly subscriptions: number;
  /** Logs in one answer. */
  readonly logs: number;
  /** Highest block gas limit that can be set by request: it bounds how long one transaction or call can run. */
  readonly blockGas: bigint;
  /** Requests in one batch. */
  readonly batch: number;
  /** Characters of one answer, a whole batch included. */
  readonly response: number;
}

/** Limits within a process: only what would exhaust its memory. */
export const PROCESS_LIMITS: RpcLimits = {
  filters: 10_000,
  filterIdle: 300_000,
  subscriptions: 10_000,
  logs: 1_000_000,
  blockGas: 2n ** 63n - 1n,
  batch: 100_000,
  response: 256 * 1024 * 1024,
};

/** Limits of a node that others can reach. */
export const NODE_LIMITS: RpcLimits = {
  ...PROCESS_LIMITS,
  filters: 1_000,
  subscriptions: 1_000,
  logs: 100_000,
  blockGas: 10_000_000_000n,
  batch: 10_000,
  response: 64 * 1024 * 1024,
};

/**
 * The refusal of a request that passes a limit: -32005.
 * @param limit which one, by its name
 * @param most what it allows
 * @param message what happened, and the cure
 */
export function limitExceeded(limit: string, most: number | bigint, message: string): RpcError {
  return new RpcError(rpcErrorCodes.limitExceeded, `Limit exceeded: ${message}`, {
    data: { reason: "LIMIT_EXCEEDED", limit, most: Number(most) },
  });
}
