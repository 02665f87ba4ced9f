import type { Chain } from "./chain.ts";
import type { ChainOptions, Scheduler } from "./options.ts";
import { createResettableCore } from "./resettable-core.ts";
import { type ChainProvider, createProvider } from "./rpc/provider.ts";
import { createRpc, type Rpc, type RpcOptions } from "./rpc/rpc.ts";

/** A chain inside this process. */
export interface EmbeddedChain {
  /** The chain itself, without JSON in between. */
  readonly core: Chain;
  /** Its request layer: open sessions on it, or give it to `startServer`. */
  readonly rpc: Rpc;
  /** The chain as viem, ethers and Ignition see it (EIP-1193). */
  readonly provider: ChainProvider;
  /** Stops timers, ends subscriptions, drops listeners. */
  close(): void;
}

/** A forgotten block timer does not keep the process alive. */
const startTimer: Scheduler = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds).unref();
  return () => clearTimeout(timer);
};

/**
 * Makes a chain inside this process: twenty funded accounts, automine, the rules of Ethereum at the Cancun fork.
 * @param options what the chain is like; the defaults are those of Hardhat's own network
 * @param rpcOptions where console lines go and who names custom errors
 * @throws ChainError `OPTION_INVALID`
 */
export async function createChain(options: ChainOptions = {}, rpcOptions: RpcOptions = {}): Promise<EmbeddedChain> {
  const core = createResettableCore({ clock: Date.now, schedule: startTimer, ...options });
  const rpc = createRpc(core, rpcOptions);
  const provider = createProvider(rpc);
  return {
    core,
    rpc,
    provider,
    close() {
      provider.close();
      rpc.close();
      core.close();
    },
  };
}
