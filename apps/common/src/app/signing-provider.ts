import type { Address, Hash, Hex, LocalAccount } from "viem";
import { hexToBigInt, keccak256 } from "viem";
import { BanyanError } from "../errors.ts";

/** The part of EIP-1193 that is used. */
export interface RequestProvider {
  request(args: { readonly method: string; readonly params?: unknown }): Promise<unknown>;
}

/** How a {@link createSigningProvider} signs. */
export interface SigningProviderOptions {
  /** Where signed transactions and everything else go. */
  readonly provider: RequestProvider;
  /** The account of an address, if its key is here; the address in lower case. */
  readonly accountOf: (address: string) => LocalAccount | undefined;
  /** The gas limit of a transaction that names none. Given, so that no node has to estimate. */
  readonly gas: bigint;
  /** The most a unit of gas may cost, in wei. */
  readonly maxFeePerGas: bigint;
  /** Told of each signed transaction before it is sent, so that a crash in between can be mended. */
  readonly beforeSend?: (transaction: SignedTransaction) => void;
  /**
   * Asked before a transaction is signed: the hash of the same transaction from an earlier run, if that run was cut off after
   * signing it. Where the chain has it, or it waits to be mined, it is not sent again.
   */
  readonly sentBefore?: () => Hash | undefined;
}

/** A transaction that is about to be sent. */
export interface SignedTransaction {
  readonly hash: Hash;
  readonly from: Address;
  readonly nonce: number;
}

type TransactionRequest = Readonly<Record<string, Hex | undefined>>;

/**
 * Wraps a provider so that `eth_sendTransaction` of known accounts is signed here and sent raw, with nonces counted here: one request
 * per transaction, and no key leaves the process. Transactions of other accounts pass through: the node may hold their keys.
 *
 * A refused transaction forgets its sender's counted nonce, because only the node knows whether it was mined.
 *
 * @param options - the provider, the accounts and the gas terms
 */
export function createSigningProvider(options: SigningProviderOptions): RequestProvider {
  const { provider, accountOf, gas, maxFeePerGas, beforeSend, sentBefore } = options;
  const nonces = new Map<string, number>();
  let chainId: number | undefined;

  const nonceOf = async (address: string): Promise<number> =>
    nonces.get(address) ?? (await quantity(provider, "eth_getTransactionCount", [address, "pending"]));

  const send = async (account: LocalAccount, request: TransactionRequest): Promise<unknown> => {
    const earlier = sentBefore?.();
    if (earlier !== undefined && (await isSent(provider, earlier))) return earlier;
    chainId ??= await quantity(provider, "eth_chainId", []);
    const key = account.address.toLowerCase();
    const nonce = request.nonce === undefined ? await nonceOf(key) : Number(request.nonce);
    const raw = await account.signTransaction({
      type: "eip1559",
      chainId,
      nonce,
      gas: request.gas === undefined ? gas : hexToBigInt(request.gas),
      maxFeePerGas,
      maxPriorityFeePerGas: 0n,
      value: request.value === undefined ? 0n : hexToBigInt(request.value),
      ...(request.to === undefined ? {} : { to: request.to }),
      ...(request.data === undefined ? {} : { data: request.data }),
    });
    beforeSend?.({ hash: keccak256(raw), from: account.address, nonce });
    nonces.set(key, nonce + 1);
    try {
      return await provider.request({ method: "eth_sendRawTransaction", params: [raw] });
    } catch (error) {
      nonces.delete(key);
      throw error;
    }
  };

  return {
    async request(args) {
      if (args.method !== "eth_sendTransaction") return await provider.request(args);
      const [request] = (args.params ?? []) as [TransactionRequest];
      const account = accountOf(request.from?.toLowerCase() ?? "");
      return account === undefined ? await provider.request(args) : await send(account, request);
    },
  };
}

async function quantity(provider: RequestProvider, method: string, params: readonly unknown[]): Promise<number> {
  const answer = await provider.request({ method, params });
  if (typeof answer === "string") return Number(answer);
  throw new BanyanError(
    "NODE_ANSWER_INVALID",
    {
      en: `the node answered ${method} with ${JSON.stringify(answer)}`,
      zh: `节点对 ${method} 的应答是 ${JSON.stringify(answer)}`,
    },
    {
      cure: {
        en: "Check that the network's address is an Ethereum JSON-RPC node.",
        zh: "请检查该网络的地址是否为以太坊 JSON-RPC 节点。",
      },
    },
  );
}

async function isSent(provider: RequestProvider, hash: Hash): Promise<boolean> {
  const receipt = await provider.request({ method: "eth_getTransactionReceipt", params: [hash] });
  // A reverted transaction left nothing behind: the event may be tried again.
  if (typeof receipt === "object" && receipt !== null && "status" in receipt) return receipt.status === "0x1";
  return (await provider.request({ method: "eth_getTransactionByHash", params: [hash] })) !== null;
}
