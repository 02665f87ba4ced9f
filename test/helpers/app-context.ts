import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppContext, ConnectOptions, Language } from "@banyan/app-common/app";
import { createChain, startServer } from "@banyan/chain";
import { config, network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { startingAt } from "../../tasks/support/initial-date.ts";

/** What a command of an app is given in a test, with what it left behind. */
export interface TestContext extends AppContext {
  /** Everything that was written to standard error. */
  readonly written: () => string;
}

/** How a {@link TestContext} differs from a command on a fresh chain in this process. */
export interface TestContextOptions {
  /** The URL of a node; a chain in this process when left out. */
  readonly url?: string;
  readonly language?: Language;
  readonly signal?: AbortSignal;
  /** Whether standard error is a terminal of so many columns. */
  readonly columns?: number;
  /** The folder for what is kept between runs. */
  readonly root: string;
  /** Told of each request that goes to the network, before it goes. */
  readonly onRequest?: (method: string) => void;
  /** Told of each request that the network answered, before the answer arrives. */
  readonly onAnswer?: (method: string) => void;
}

const opened: NetworkConnection[] = [];
const folders: string[] = [];
const closers: (() => Promise<void>)[] = [];

/** A folder for the length of a test file. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "banyan-"));
  folders.push(folder);
  return folder;
}

/** Closes what the tests of a file opened; to be called in `after`. */
export async function closeContexts(): Promise<void> {
  for (const connection of opened.splice(0)) await connection.close();
  for (const close of closers.splice(0)) await close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A node with a chain of ours behind it, kept alive until {@link closeContexts}. */
export async function startNode({ initialDate }: { readonly initialDate: bigint }): Promise<{ readonly url: string }> {
  const chain = await createChain({ initialDate: Number(initialDate) * 1000 });
  const server = await startServer(chain.rpc, { port: 0 });
  closers.push(async () => {
    await server.close();
    chain.close();
  });
  return { url: `http://${server.hostname}:${server.port}` };
}

/** Makes the context of one command. */
export function createTestContext(options: TestContextOptions): TestContext {
  const { url, language = "en", signal, columns, root } = options;
  let written = "";
  const connectPrivately = async ({ initialDate }: ConnectOptions = {}): Promise<NetworkConnection> => {
    const start = initialDate === undefined ? {} : startingAt(config.networks.default, initialDate);
    const connection = await network.create({ network: "default", ...start });
    opened.push(connection);
    return connection;
  };
  const connectToNode = async (): Promise<NetworkConnection> => {
    const connection = await network.create({ network: "localhost", override: { url: url ?? "" } });
    opened.push(connection);
    const { provider } = connection;
    const request = provider.request.bind(provider);
    Object.assign(provider, {
      request: async (args: Parameters<typeof request>[0]) => {
        options.onRequest?.(args.method);
        const answer = await request(args);
        options.onAnswer?.(args.method);
        return answer;
      },
    });
    return connection;
  };
  return {
    network: url === undefined ? "default" : "localhost",
    inProcess: url === undefined,
    connect: url === undefined ? connectPrivately : connectToNode,
    connectPrivately,
    language,
    stderr: {
      isTTY: columns !== undefined,
      columns,
      write: (text: string) => {
        written += text;
      },
    },
    now: () => performance.now(),
    root,
    ignition: config.paths.ignition,
    ...(signal === undefined ? {} : { signal }),
    written: () => written,
  };
}
