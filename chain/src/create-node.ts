import { createChain, type EmbeddedChain, type EmbeddedChainOptions } from "./create-chain.ts";
import { NODE_LIMITS } from "./rpc/limits.ts";
import type { RpcOptions } from "./rpc/rpc.ts";
import type { ServerOptions } from "./rpc/server/options.ts";
import { type RpcServer, startServer } from "./rpc/server.ts";

/** What a node is like: its chain, and how that is asked and served. */
export interface NodeOptions extends EmbeddedChainOptions {
  /** Limits of the request layer, where console lines go, and who names custom errors. */
  readonly rpc?: RpcOptions;
  /** Where and how to serve. */
  readonly server?: ServerOptions;
}

/** A chain that is served. */
export interface ChainNode extends Omit<EmbeddedChain, "close"> {
  readonly server: RpcServer;
  /** Where to ask over HTTP. */
  readonly url: string;
  /** Where to ask over WebSocket, and subscribe. */
  readonly webSocketUrl: string;
  /** Answers what has arrived, ends all connections, frees the port, and ends the chain. */
  close(): Promise<void>;
}

/**
 * Makes a chain and serves it over HTTP and WebSocket on one port.
 * @param options what the chain is like, and where it is served; by default Hardhat's network on port 8545 of this machine
 * @throws ChainError `OPTION_INVALID`, `PORT_IN_USE`, `LISTEN_FAILED`
 */
export async function createNode({ rpc, server: serverOptions, ...options }: NodeOptions = {}): Promise<ChainNode> {
  const chain = await createChain(options, { ...rpc, limits: { ...NODE_LIMITS, ...rpc?.limits } });
  let server: RpcServer;
  try {
    server = await startServer(chain.rpc, serverOptions);
  } catch (error) {
    await chain.close();
    throw error;
  }
  const host = server.hostname.includes(":") ? `[${server.hostname}]` : server.hostname;
  return {
    ...chain,
    server,
    url: `http://${host}:${server.port}`,
    webSocketUrl: `ws://${host}:${server.port}`,
    async close() {
      await server.close();
      await chain.close();
    },
  };
}
