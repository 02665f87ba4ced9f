import { EventEmitter } from "node:events";
import type { Hex } from "../types.ts";
import type { Rpc } from "./rpc.ts";

/** A request of EIP-1193. */
export interface ProviderRequest {
  readonly method: string;
  readonly params?: readonly unknown[] | object;
}

/** The `message` event of EIP-1193 for a subscription of `eth_subscribe`. */
export interface SubscriptionMessage {
  readonly type: "eth_subscription";
  readonly data: { readonly subscription: Hex; readonly result: unknown };
}

/**
 * The chain as viem, ethers and Ignition see it: an EIP-1193 provider, in process. `message` events carry what `eth_subscribe` asked for
 * ({@link SubscriptionMessage}). `request` rejects with `RpcError`.
 */
export interface ChainProvider extends EventEmitter {
  request(request: ProviderRequest): Promise<unknown>;
  /** Ends the provider's subscriptions and drops its listeners. */
  close(): void;
}

/**
 * Makes a provider over a chain's request layer.
 * @param rpc the request layer
 */
export function createProvider(rpc: Rpc): ChainProvider {
  const emitter = new EventEmitter();
  // Each watcher of a test client listens on its own: many are no leak.
  emitter.setMaxListeners(0);
  const session = rpc.openSession((subscription, result) => {
    const message: SubscriptionMessage = { type: "eth_subscription", data: { subscription, result } };
    emitter.emit("message", message);
  });
  return Object.assign(emitter, {
    async request({ method, params }: ProviderRequest) {
      try {
        return await session.request(method, params);
      } finally {
        const settled = session.settle();
        if (settled !== undefined) await settled;
      }
    },
    close() {
      session.close();
      emitter.removeAllListeners();
    },
  });
}
