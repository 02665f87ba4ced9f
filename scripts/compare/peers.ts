import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { createChain } from "@banyan/chain";
import { network } from "hardhat";
import { fetchAnvil } from "../../bench/engine/fetch-anvil.ts";
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
    const port = await freePort();
    const child = spawn(
      fetched.path,
      [
        ...["--port", String(port), "--hardfork", hardfork, "--chain-id", "31337", "--quiet"],
        ...["--timestamp", String(genesisTime), "--gas-limit", String(BLOCK_GAS_LIMIT), "--accounts", "20"],
        ...["--balance", String(10_000n), "--block-base-fee-per-gas", String(BASE_FEE), "--no-request-size-limit"],
        "--steps-tracing",
        "--disable-default-create2-deployer",
      ],
      { stdio: "ignore" },
    );
    let id = 0;
    const request = async (method: string, params: readonly unknown[]): Promise<unknown> => {
      const response = await fetch(`http://127.0.0.1:${port}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", id: ++id, method, params }),
      });
      const answer: unknown = await response.json();
      const { error, result } = Object(answer);
      if (error !== undefined) throw Object.assign(new Error(`anvil: ${error.message}`), error);
      return result;
    };
    const end = performance.now() + 20_000;
    for (;;) {
      try {
        await request("eth_chainId", []);
        break;
      } catch (error) {
        if (child.exitCode !== null || performance.now() > end) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    for (const [address, { code }] of createEthereumRules({ fork: hardfork, allowUnlimitedContractSize: false })
      .predeploys)
      await request("anvil_setCode", [address, toHex(code)]);
    return {
      name: "anvil",
      request,
      close: async () => {
        child.kill();
      },
    };
  },
};

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
