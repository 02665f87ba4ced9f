import {
  ChainError,
  createChain,
  type EmbeddedChain,
  formatSolidityFrame,
  type RequestRecord,
  type RpcServer,
  startServer,
} from "@banyan/chain";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { type Words, words } from "./words.ts";

/** Arguments of `npx hardhat chain`. */
interface ChainArguments {
  hostname: string;
  port: number;
  json: boolean;
  lang: string;
}

/** Writes what the node has to say. */
interface Reporter {
  started(chain: EmbeddedChain, server: RpcServer): Promise<void>;
  request(record: RequestRecord): void;
  console(line: string): void;
  stopped(): void;
}

const HIGHEST_PORT = 65_535;
const WEI_PER_ETHER = 10n ** 18n;

function urlOf({ hostname, port }: RpcServer, scheme: "http" | "ws"): string {
  return `${scheme}://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}

function keyOf({ core }: EmbeddedChain, account: `0x${string}`): string {
  return `0x${Buffer.from(core.privateKeyOf(account) ?? []).toString("hex")}`;
}

function textReporter(say: Words): Reporter {
  return {
    async started(chain, server) {
      const { core } = chain;
      console.log(say.listening(urlOf(server, "http"), urlOf(server, "ws")));
      console.log(`${say.chainId(core.chainId)}\n\n${say.accounts(core.accounts.length)}`);
      for (const [index, account] of core.accounts.entries()) {
        console.log(say.account(index, account, ((await core.getBalance(account)) / WEI_PER_ETHER).toString()));
        console.log(say.privateKey(keyOf(chain, account)));
      }
      console.log(`\n${say.warning}\n${say.connect("localhost")}\n${say.stop}\n`);
    },
    request({ method, error }) {
      console.log(error === undefined ? method : `${method}  ${say.refused(error.message)}`);
      for (const frame of error?.stackTrace ?? []) console.log(`    at ${formatSolidityFrame(frame)}`);
    },
    console: (line) => console.log(`  ${line}`),
    stopped: () => console.log(say.stopped),
  };
}

function jsonReporter(): Reporter {
  const print = (value: unknown) => console.log(JSON.stringify(value));
  return {
    async started(chain, server) {
      const { core } = chain;
      const accounts = core.accounts.map((address) => ({ address, privateKey: keyOf(chain, address) }));
      print({
        event: "started",
        url: urlOf(server, "http"),
        webSocketUrl: urlOf(server, "ws"),
        chainId: Number(core.chainId),
        accounts,
      });
    },
    request: (record) => print({ event: "request", ...record }),
    console: (line) => print({ event: "console", line }),
    stopped: () => print({ event: "stopped" }),
  };
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

/** What went wrong, with the cure; other errors are defects and go on as they are. */
function explain(error: unknown, { hostname, port }: ChainArguments, say: Words): string {
  if (!(error instanceof ChainError)) throw error;
  return error.code === "PORT_IN_USE" ? say.portInUse(hostname, port) : say.listenFailed(error.message);
}

/** Serves a chain with the settings of the default network until it is interrupted. */
export default async function serveChain(args: ChainArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  const say = words[args.lang];
  if (say === undefined) {
    console.error(`--lang is ${args.lang}; it must be one of ${Object.keys(words).join(", ")}.`);
    process.exitCode = 1;
    return;
  }
  if (args.port < 0 || args.port > HIGHEST_PORT) {
    console.error(say.badPort(args.port));
    process.exitCode = 1;
    return;
  }
  const reporter = args.json ? jsonReporter() : textReporter(say);
  const network = hre.config.networks.default;
  const { createErrorNamer, stackTracerOfProject } = await import("@banyan/chain/hardhat");
  const chain = await createChain(network?.type === "http" ? network.banyan : {}, {
    print: reporter.console,
    nameError: createErrorNamer(hre.artifacts),
    stackTracer: stackTracerOfProject(hre.artifacts),
  });
  let server: RpcServer;
  try {
    server = await startServer(chain.rpc, {
      hostname: args.hostname,
      port: args.port,
      onRequest: (record) => {
        if (chain.rpc.loggingEnabled()) reporter.request(record);
      },
    });
  } catch (error) {
    chain.close();
    console.error(explain(error, args, say));
    process.exitCode = 1;
    return;
  }
  await reporter.started(chain, server);
  await interrupted();
  await server.close();
  chain.close();
  reporter.stopped();
}
