import type { Chain } from "../chain.ts";
import type { ConsoleTracer } from "../trace/console-tracer.ts";
import type { ErrorNamer } from "../trace/failure.ts";
import type { StackTracerLoader } from "../trace/solidity/load-stack-tracer.ts";
import type { Hex } from "../types.ts";
import type { FilterRegistry } from "./filters.ts";
import type { RpcLimits } from "./limits.ts";

/** Where the notifications of a session's subscriptions go. */
export type Notify = (subscription: Hex, result: unknown) => void;

/** What the handlers of the method table work with: one per session. */
export interface RpcContext {
  readonly chain: Chain;
  /** Filters are the chain's; subscriptions end with their session. */
  readonly filters: FilterRegistry;
  /** Absent where notifications cannot be delivered (HTTP). */
  readonly notify: Notify | undefined;
  readonly console: ConsoleTracer;
  readonly nameError: ErrorNamer | undefined;
  /** Explains failures by the sources of contracts. */
  readonly stackTracer: StackTracerLoader | undefined;
  /** What `net_version` answers; the chain's id if it is left open. */
  readonly networkId: bigint | undefined;
  /** Which failed executions are errors; the others are answered as if they had not failed. */
  readonly throwOn: { readonly calls: boolean; readonly transactions: boolean };
  /** 32 random bytes that tell this chain from others, for `hardhat_metadata`. */
  readonly instanceId: Hex;
  readonly limits: RpcLimits;
  /** Whether requests are logged; `hardhat_setLoggingEnabled` sets it. */
  readonly logging: { enabled: boolean };
}
