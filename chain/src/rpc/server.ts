import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { WebSocket } from "ws";
import { ChainError } from "../errors.ts";
import { answerText, type RecordRequest } from "./json-rpc.ts";
import type { Rpc } from "./rpc.ts";

/** Largest request, in bytes: a batch of some hundred deployments. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Where to serve. */
export interface ServerOptions {
  /** Address to listen on. Default `127.0.0.1`: this machine only. */
  readonly hostname?: string;
  /** Port, default 8545; 0 takes a free one. */
  readonly port?: number;
  /** Told of each answered request. */
  readonly onRequest?: RecordRequest;
}

/** A server in operation. */
export interface RpcServer {
  readonly hostname: string;
  readonly port: number;
  /** Ends all connections and frees the port. */
  close(): Promise<void>;
}

const corsHeaders = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "POST, OPTIONS",
  "Access-Control-Allow-Headers": "*",
};

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MOST_BYTES) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function listen(server: Server, hostname: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const details = { hostname, port };
      if (error.code === "EADDRINUSE")
        reject(new ChainError("PORT_IN_USE", `Port ${port} of ${hostname} is taken by another program`, details));
      else reject(new ChainError("LISTEN_FAILED", `Cannot listen on ${hostname}:${port}: ${error.message}`, details));
    });
    server.listen(port, hostname, resolve);
  });
}

/**
 * Serves a chain over HTTP and WebSocket on one port.
 * @param rpc the chain's request layer
 * @param options where to serve
 * @throws ChainError `PORT_IN_USE`, `LISTEN_FAILED`
 */
export async function startServer(rpc: Rpc, options: ServerOptions = {}): Promise<RpcServer> {
  const { hostname = "127.0.0.1", port = 8545, onRequest = () => {} } = options;
  const httpSession = rpc.openSession();

  async function answerHttp(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === "OPTIONS") {
      response.writeHead(204, corsHeaders).end();
      return;
    }
    if (request.method !== "POST") {
      response
        .writeHead(405, { ...corsHeaders, Allow: "POST, OPTIONS" })
        .end("Send JSON-RPC requests with POST, or open a WebSocket here.\n");
      return;
    }
    const body = await readBody(request);
    if (body === undefined) {
      response
        .writeHead(413, { ...corsHeaders, Connection: "close" })
        .end(`The request is larger than ${MOST_BYTES} bytes.\n`);
      return;
    }
    const text = await answerText(body, httpSession, onRequest);
    if (text === undefined) response.writeHead(204, corsHeaders).end();
    else response.writeHead(200, { ...corsHeaders, "Content-Type": "application/json" }).end(text);
  }

  function serveSocket(socket: WebSocket): void {
    const session = rpc.openSession((subscription, result) => {
      if (socket.readyState === socket.OPEN) {
        socket.send(JSON.stringify({ jsonrpc: "2.0", method: "eth_subscription", params: { subscription, result } }));
      }
    });
    // One after the other, so that answers come in the order of the requests.
    let last: Promise<void> = Promise.resolve();
    socket.on("message", (message: Buffer) => {
      last = last.then(async () => {
        const text = await answerText(message.toString("utf8"), session, onRequest);
        if (text !== undefined && socket.readyState === socket.OPEN) socket.send(text);
      });
    });
    socket.on("close", () => session.close());
    // A broken connection ends with `close`, which does what is left to do.
    socket.on("error", () => socket.terminate());
  }

  const server = createServer((request, response) => {
    answerHttp(request, response).catch(() => response.destroy());
  });
  // Chains inside a test are never served: they do without the package.
  const { WebSocketServer } = await import("ws");
  await listen(server, hostname, port);
  const sockets = new WebSocketServer({ server, maxPayload: MOST_BYTES });
  sockets.on("connection", serveSocket);

  return {
    hostname,
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      httpSession.close();
    },
  };
}
