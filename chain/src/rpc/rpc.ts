import { randomBytes } from "node:crypto";
import type { Chain } from "../chain.ts";
import { toHex } from "../codec/hex.ts";
import { createConsoleTracer } from "../trace/console-tracer.ts";
import type { ErrorNamer } from "../trace/failure.ts";
import type { StackTracerLoader } from "../trace/solidity/load-stack-tracer.ts";
import type { Hex } from "../types.ts";
import type { Notify, RpcContext } from "./context.ts";
import { toRpcError } from "./failure.ts";
import { createFilterRegistry } from "./filters.ts";
import { PROCESS_LIMITS, type RpcLimits } from "./limits.ts";
import { methodTable } from "./method-table.ts";
import { RpcError, rpcErrorCodes } from "./rpc-error.ts";

const INSTANCE_ID_BYTES = 32;

/** What the request layer is given from outside. */
export interface RpcOptions {
  /** Receives the lines that contracts print through `hardhat/console.sol`. Default: `console.log`. */
  readonly print?: (line: string) => void;
  /** Names custom errors in messages. Default: they are shown as bytes. */
  readonly nameError?: ErrorNamer;
  /** Explains failed executions by the sources of their contracts: `stackTracerOf(builds)`. Default: failures have no Solidity stack trace. */
  readonly stackTracer?: StackTracerLoader;
  /** Whether an `eth_call` that fails is an error, or answered with what it returned. Default true. */
  readonly throwOnCallFailures?: boolean;
  /** Whether a mined transaction that failed is an error, or answered with its hash. Default true. */
  readonly throwOnTransactionFailures?: boolean;
  /** What `net_version` answers. Default: the chain id. */
  readonly networkId?: bigint;
  /** What differs from {@link PROCESS_LIMITS}. */
  readonly limits?: Partial<RpcLimits>;
  /** 32 bytes that tell this chain from others. Default: random. */
  readonly instanceId?: Hex;
}

/** One client's view of a chain: its requests, and where its subscriptions report. */
export interface RpcSession {
  /**
   * Answers a request.
   * @param method name of the method
   * @param params its parameters; an object is refused, as by Ethereum nodes
   * @returns a plain JSON value that the caller may keep and change
   * @throws RpcError always, never anything else
   */
  request(method: string, params: unknown): Promise<unknown>;
  /** Waits until what was answered is safe: an answer leaves the process after that. Batches share one wait. */
  settle(): Promise<void> | undefined;
  /** Ends the session's subscriptions. */
  close(): void;
}

/** The request layer of a chain. */
export interface Rpc {
  /**
   * Opens a session.
   * @param notify where its subscriptions report; without it, `eth_subscribe` is refused
   */
  openSession(notify?: Notify): RpcSession;
  /** The chain that it answers for. */
  readonly chain: Chain;
  /** Within which limits it answers. */
  readonly limits: RpcLimits;
  /** Whether requests are to be logged, as `hardhat_setLoggingEnabled` last said. */
  loggingEnabled(): boolean;
  /** Ends all filters and subscriptions. The chain stays open. */
  close(): void;
}

/**
 * Makes the request layer of a chain. Handlers are thin: the chain does the work.
 * @param chain the chain to serve
 * @param options what comes from outside
 */
export function createRpc(chain: Chain, options: RpcOptions = {}): Rpc {
  const consoleTracer = createConsoleTracer(options.print ?? console.log);
  chain.setTracer(consoleTracer.tracer);
  if (options.stackTracer !== undefined) chain.recordFailures(true);
  const limits: RpcLimits = { ...PROCESS_LIMITS, ...options.limits };
  const filters = createFilterRegistry(chain, { limits, now: () => performance.now() });
  const shared = {
    chain,
    filters,
    console: consoleTracer,
    nameError: options.nameError,
    stackTracer: options.stackTracer,
    networkId: options.networkId,
    throwOn: { calls: options.throwOnCallFailures ?? true, transactions: options.throwOnTransactionFailures ?? true },
    instanceId: options.instanceId ?? toHex(randomBytes(INSTANCE_ID_BYTES)),
    logging: { enabled: true },
    limits,
  };

  async function answer(context: RpcContext, name: string, params: unknown): Promise<unknown> {
    try {
      const method = Object.hasOwn(methodTable, name) ? methodTable[name] : undefined;
      if (method === undefined)
        throw new RpcError(rpcErrorCodes.methodNotFound, `The method ${name} does not exist`, {
          data: { method: name },
        });
      const list = params ?? [];
      if (!Array.isArray(list))
        throw new RpcError(rpcErrorCodes.invalidParams, `Invalid params: ${name} takes a list of parameters`);
      return await method.run(context, list);
    } catch (error) {
      throw toRpcError(error);
    } finally {
      await consoleTracer.flush();
    }
  }

  /** Nobody is told of a block that could still be lost. */
  function settledNotify(notify: Notify): Notify {
    return (subscription, result) => {
      const settled = chain.settle();
      if (settled === undefined) notify(subscription, result);
      else settled.then(() => notify(subscription, result)).catch(() => {});
    };
  }

  return {
    chain,
    limits,
    openSession(notify) {
      const context: RpcContext = { ...shared, notify: notify === undefined ? undefined : settledNotify(notify) };
      const settle = (): Promise<void> | undefined =>
        chain.settle()?.catch((error: unknown) => {
          throw toRpcError(error);
        });
      return {
        request: (method, params) => answer(context, method, params),
        settle,
        close() {
          if (context.notify !== undefined) filters.endSession(context.notify);
        },
      };
    },
    loggingEnabled: () => shared.logging.enabled,
    close() {
      filters.close();
      chain.setTracer(undefined);
    },
  };
}
