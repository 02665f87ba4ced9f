import type { Chain } from "./chain.ts";
import type { CoreOptions } from "./core.ts";
import { ChainError } from "./errors.ts";
import type { OpenedFork } from "./fork/open-fork.ts";
import type { ChainOptions, ForkingOptions, Scheduler } from "./options.ts";
import { createResettableCore } from "./resettable-core.ts";
import { type ChainProvider, createProvider } from "./rpc/provider.ts";
import { createRpc, type Rpc, type RpcOptions } from "./rpc/rpc.ts";
import type { Awaitable } from "./types.ts";

/** A chain inside this process. */
export interface EmbeddedChain {
  /** The chain itself, without JSON in between. */
  readonly core: Chain;
  /** Its request layer: open sessions on it, or give it to `startServer`. */
  readonly rpc: Rpc;
  /** The chain as viem, ethers and Ignition see it (EIP-1193). */
  readonly provider: ChainProvider;
  /** Stops timers, ends subscriptions, drops listeners. */
  close(): Awaitable<void>;
}

/** Options of {@link createChain}. */
export interface EmbeddedChainOptions extends ChainOptions {
  /** Folder where forks keep answers about settled blocks, unless `forking.cacheDir` says otherwise. Default: none. */
  readonly forkCacheDir?: string;
  /** Folder to keep the chain in, made if need be; a chain that is there goes on. Default: none, and the chain ends with the process. */
  readonly data?: string;
  /** Waits with every answer until the disk has it, so that it survives a power failure too. Default false. */
  readonly sync?: boolean;
}

/** A forgotten block timer does not keep the process alive. */
const startTimer: Scheduler = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds).unref();
  return () => clearTimeout(timer);
};

/**
 * Makes a chain inside this process: twenty funded accounts, automine, the rules of Ethereum at the Cancun fork.
 * @param options what the chain is like; the defaults are those of Hardhat's own network, but for the fork: its is Osaka
 * @param rpcOptions where console lines go and who names custom errors
 * @throws ChainError `OPTION_INVALID`; with a folder, `DATA_*`; of a fork, `BLOCK_NOT_FOUND` and `REMOTE_*`
 */
export async function createChain(
  { data: folder, sync = false, forkCacheDir, ...options }: EmbeddedChainOptions = {},
  rpcOptions: RpcOptions = {},
): Promise<EmbeddedChain> {
  const { forking } = options;
  if (forking !== undefined && folder !== undefined)
    throw new ChainError("OPTION_INVALID", "A fork cannot be kept in a folder yet: leave out data, or forking", {
      data: folder,
    });
  const openFork = async (wanted: ForkingOptions): Promise<OpenedFork> => {
    // Chains of their own do without network and cache.
    const { openWithNode } = await import("./fork/open-with-node.ts");
    return openWithNode(forkCacheDir === undefined ? wanted : { cacheDir: forkCacheDir, ...wanted });
  };
  const given = {
    clock: Date.now,
    schedule: startTimer,
    openFork,
    ...options,
    ...(forking === undefined ? {} : { fork: await openFork(forking) }),
  };
  const core = folder === undefined ? createResettableCore(given) : await createKeptCore(given, folder, sync);
  const { throwOnCallFailures = true, throwOnTransactionFailures = true, networkId } = options;
  const rpc = createRpc(core, {
    throwOnCallFailures,
    throwOnTransactionFailures,
    ...(networkId === undefined ? {} : { networkId }),
    ...rpcOptions,
  });
  const provider = createProvider(rpc);
  return {
    core,
    rpc,
    provider,
    close() {
      provider.close();
      rpc.close();
      return core.close();
    },
  };
}

/** The database is loaded for chains on disk only. */
async function createKeptCore(options: CoreOptions, folder: string, sync: boolean): Promise<Chain> {
  const { openChainData } = await import("./store/durable/chain-data.ts");
  const data = openChainData(folder, { safety: sync ? "flush" : "commit" });
  try {
    return createResettableCore({ ...options, data });
  } catch (error) {
    await data.close();
    throw error;
  }
}
