import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createChain, type EmbeddedChain, type EmbeddedChainOptions } from "@banyan/chain";
import { globalOptions } from "hardhat";

/** Whoever answers requests of EIP-1193. */
export interface Answerer {
  request(request: { method: string; params?: readonly unknown[] }): Promise<unknown>;
}

/** A remote node over HTTP that says what it was asked. */
export interface TestRemote {
  readonly url: string;
  /** Requests by method since the last {@link forget}. */
  readonly asked: Map<string, number>;
  /** HTTP requests since then. */
  posts(): number;
  total(): number;
  forget(): void;
  /** Answers each HTTP request instead, while set; `undefined` lets it through. */
  intercept: ((calls: readonly RpcCall[], headers: IncomingHttpHeaders) => Interception | undefined) | undefined;
  /** Goes away, as if the network did. */
  stop(): Promise<void>;
}

/** A JSON-RPC request as the remote node gets it. */
export interface RpcCall {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What a remote node says instead of an answer. */
export interface Interception {
  readonly status?: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const open: { close(): unknown }[] = [];

/** Ends every remote node and chain made here. */
export async function closeAll(): Promise<void> {
  for (const one of open.splice(0)) await one.close();
}

/** Serves a provider over HTTP. */
export async function serve(provider: Answerer): Promise<TestRemote> {
  const asked = new Map<string, number>();
  let posts = 0;
  const answer = async ({ id, method, params }: RpcCall): Promise<unknown> => {
    asked.set(method, (asked.get(method) ?? 0) + 1);
    try {
      return { jsonrpc: "2.0", id, result: await provider.request({ method, params }) };
    } catch (error) {
      const { code, message } = error as { code?: number; message: string };
      return { jsonrpc: "2.0", id, error: { code: code ?? -32_000, message } };
    }
  };
  const server: Server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    posts++;
    const body = JSON.parse(text) as RpcCall | RpcCall[];
    const instead = remote.intercept?.(Array.isArray(body) ? body : [body], request.headers);
    if (instead !== undefined) {
      response.writeHead(instead.status ?? 200, instead.headers).end(instead.body);
      return;
    }
    const result = Array.isArray(body) ? await Promise.all(body.map(answer)) : await answer(body);
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(result));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  open.push({ close: stop });
  const remote: TestRemote = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    posts: () => posts,
    total: () => [...asked.values()].reduce((sum, count) => sum + count, 0),
    forget() {
      asked.clear();
      posts = 0;
    },
    intercept: undefined,
    stop,
  };
  return remote;
}

/** A chain that is closed by {@link closeAll}. Runs on the engine that the tests are run with. */
export async function makeChain(options: EmbeddedChainOptions = {}): Promise<EmbeddedChain> {
  const chain = await createChain({
    // It knows the forks up to Cancun.
    ...(globalOptions.network === "ethereumjs" && options.hardfork !== "prague" && options.hardfork !== "osaka"
      ? { engine: "ethereumjs" }
      : {}),
    ...options,
  });
  open.push(chain);
  return chain;
}
