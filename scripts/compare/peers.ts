import { createChain } from "@banyan/chain";
import { network } from "hardhat";
import { fetchAnvil } from "../../bench/engine/fetch-anvil.ts";
import { ask, startAnvil } from "../../bench/lib/start-server.ts";
import { toHex } from "../../chain/src/codec/hex.ts";
import { createEthereumRules } from "../../chain/src/rules/ethereum.ts";

/** A chain that is asked by JSON-RPC. */
export interface Peer {
  readonly name: "banyan" | "edr" | "anvil";
  request(method: string, params: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

/** What all sides begin with, so that their blocks can be the same. */
export interface PeerOptions {
  /** A fork that all of them have. */
  readonly hardfork: "cancun" | "prague" | "osaka";
  /** Timestamp of genesis, seconds. */
  readonly genesisTime: number;
  /** What ours runs on. */
  readonly engine?: "machine" | "ethereumjs";
}

const BLOCK_GAS_LIMIT = 60_000_000;
const BASE_FEE = 1_000_000_000;

/** Opens a fresh chain of a kind. @throws Error if it cannot be had here, saying why */
export function openPeer(name: Peer["name"], options: PeerOptions): Promise<Peer> {
  return openers[name](options);
}

const openers: Readonly<Record<Peer["name"], (options: PeerOptions) => Promise<Peer>>> = {
  async banyan({ hardfork, genesisTime, engine = "machine" }) {
    const chain = await createChain(
      { hardfork, engine, initialDate: genesisTime * 1_000, clock: () => genesisTime * 1_000 },
      { print: () => undefined },
    );
    return {
      name: "banyan",
      request: (method, params) => chain.provider.request({ method, params }),
      close: async () => chain.close(),
    };
  },

  async edr({ hardfork, genesisTime }) {
    const connection = await network.create({
      network: "edr",
      override: { hardfork, initialDate: new Date(genesisTime * 1_000), throwOnTransactionFailures: true },
    });
    return {
      name: "edr",
      request: (method, params) => connection.provider.request({ method, params: [...params] }),
      close: () => connection.close(),
    };
  },

  async anvil({ hardfork, genesisTime }) {
    const fetched = fetchAnvil();
    if ("reason" in fetched) throw new Error(fetched.reason);
    const node = await startAnvil(fetched.path, [
      ...["--hardfork", hardfork, "--chain-id", "31337", "--timestamp", String(genesisTime)],
      ...["--gas-limit", String(BLOCK_GAS_LIMIT), "--accounts", "20", "--balance", "10000"],
      ...["--block-base-fee-per-gas", String(BASE_FEE), "--no-request-size-limit", "--steps-tracing"],
      "--disable-default-create2-deployer",
    ]);
    const request: Peer["request"] = (method, params) => ask(node.url, method, params);
    for (const [address, { code }] of createEthereumRules({ fork: hardfork, allowUnlimitedContractSize: false })
      .predeploys)
      await request("anvil_setCode", [address, toHex(code)]);
    return { name: "anvil", request, close: () => node.stop() };
  },
};
