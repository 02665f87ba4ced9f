import { createPublicClient, createWalletClient, custom } from "viem";
import type { ContractClients } from "../runtime/index.ts";
import type { RequestProvider } from "./signing-provider.ts";

/**
 * The viem clients that a contract client works through, over a provider.
 *
 * @param provider - who answers requests; it also sends transactions, of the account that each names
 */
export function openClients(provider: RequestProvider): ContractClients {
  const transport = custom(
    { request: (args: { method: string; params?: unknown }) => provider.request(args) },
    { retryCount: 0 },
  );
  return {
    public: createPublicClient({ transport, cacheTime: 0, pollingInterval: 50 }),
    wallet: createWalletClient({ transport }),
  };
}
