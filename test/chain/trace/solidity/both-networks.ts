import { createChain, type EmbeddedChain, RpcError, stackTracerOf } from "@banyan/chain";
import { network } from "hardhat";
import type { EthereumProvider } from "hardhat/types/providers";
import type { Hex } from "viem";
import type { Build } from "./compile.ts";

/** How a network reports a failed request. */
export interface Report {
  readonly message: string;
  /** Lines of the Solidity stack trace, innermost first, without columns: `Vault.take (test/Failures.sol:12)`. */
  readonly lines: readonly string[];
}

/** A request as both networks get it. */
export interface Request {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** Our chain and Hardhat's network, in the same state, with the same build. */
export interface BothNetworks {
  /** @returns the address of a contract made by the next transaction of the first account, on both */
  deploy(initCode: Hex): Promise<Hex>;
  /** Sends a request to both; `undefined` where it succeeds. */
  ask(request: Request): Promise<{ readonly ours: Report | undefined; readonly theirs: Report | undefined }>;
  readonly chain: EmbeddedChain;
  close(): Promise<void>;
}

export const SENDER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

function takesBuilds(provider: EthereumProvider): provider is EthereumProvider & {
  addCompilationResult(version: string, input: object, output: object): Promise<void>;
} {
  return "addCompilationResult" in provider;
}

function property(error: unknown, name: string): unknown {
  return typeof error === "object" && error !== null ? new Map(Object.entries(error)).get(name) : undefined;
}

async function reportOf(work: () => Promise<unknown>): Promise<Report | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const lines =
      error instanceof RpcError
        ? (error.stackTrace ?? []).map(({ contract, function: name, file, line, address }) => {
            const place = file === undefined ? (address ?? "unknown") : line === undefined ? file : `${file}:${line}`;
            return `${contract === undefined ? "" : `${contract}.`}${name} (${place})`;
          })
        : String(property(error, "solidityStack") ?? "")
            .split("\n")
            .filter((line) => line !== "");
    return { message: error.message, lines };
  }
}

/**
 * Makes both networks with a build that each of them knows.
 * @param build what is deployed on them
 */
export async function createBothNetworks(build: Build): Promise<BothNetworks> {
  const connection = await network.create({ network: "edr" });
  const { provider } = connection;
  if (!takesBuilds(provider)) throw new Error("Hardhat's network takes no builds any more");
  await provider.addCompilationResult(build.info.solcVersion, build.input, build.output);
  const chain = await createChain({}, { stackTracer: stackTracerOf([build.info]), print: () => {} });

  async function both<T>(work: (request: (request: Request) => Promise<unknown>) => Promise<T>): Promise<[T, T]> {
    return [
      await work(({ method, params }) => chain.provider.request({ method, params })),
      await work(({ method, params }) => provider.request({ method, params: [...params] })),
    ];
  }

  return {
    chain,
    async deploy(data) {
      const [address] = await both(async (request) => {
        const hash = await request({ method: "eth_sendTransaction", params: [{ from: SENDER, data }] });
        const receipt = await request({ method: "eth_getTransactionReceipt", params: [hash] });
        return String(property(receipt, "contractAddress"));
      });
      return `0x${address.slice(2)}`;
    },
    async ask(request) {
      const [ours, theirs] = await both((send) => reportOf(() => send(request)));
      return { ours, theirs };
    },
    async close() {
      chain.close();
      await connection.close();
    },
  };
}
