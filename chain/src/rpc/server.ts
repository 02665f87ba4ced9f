import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Chain } from "../chain.ts";
import { ChainError } from "../errors.ts";
import type { RequestRecord } from "./json-rpc.ts";
import type { Rpc, RpcSession } from "./rpc.ts";
import { type AccessOptions, isHostAllowed, isLoopback, isOriginAllowed } from "./server/access.ts";
import { createHttpAnswerer } from "./server/answer-http.ts";
import { guardSession } from "./server/guard-session.ts";
import { createMetrics, type Transport } from "./server/metrics.ts";
import { SERVER_LIMITS, type ServerLimits, type ServerOptions } from "./server/options.ts";
import { type ServedSocket, serveSocket } from "./server/serve-socket.ts";

/** Milliseconds that clients have to take the last answers when the server closes. */
const PARTING = 5_000;

/** A server in operation. */
export interface RpcServer {
  readonly hostname: string;
  readonly port: number;
  /** Whether the unlocked accounts and the development methods are served. */
  readonly servesAccounts: boolean;
  /** Takes no more connections, answers what has arrived, ends the connections and frees the port. */
  close(): Promise<void>;
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

/** Refuses an upgrade in the words of HTTP. */
function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/**
 * Serves a chain over HTTP and WebSocket on one port, with `/health` and `/metrics`.
 * @param rpc the chain's request layer
 * @param options where and how to serve
 * @throws ChainError `PORT_IN_USE`, `LISTEN_FAILED`
 */
export async function startServer(rpc: Rpc, options: ServerOptions = {}): Promise<RpcServer> {
  const { hostname = "127.0.0.1", port = 8545, unsafe = false, onRequest, log } = options;
  const limits: ServerLimits = { ...SERVER_LIMITS, ...options.limits };
  const access: AccessOptions = {
    corsOrigins: options.corsOrigins ?? [],
    allowedHosts: options.allowedHosts ?? [],
  };
  const chain: Chain = rpc.chain;
  const connections = new Set<Socket>();
  const surplus = new WeakSet<Socket>();
  const served = new Map<WebSocket, ServedSocket>();
  let answering = 0;
  let closing = false;
  let guarded = false;

  const metrics = await createMetrics({
    chain,
    connections: () => ({ http: connections.size - served.size, websocket: served.size }),
  });
  const guard = (session: RpcSession): RpcSession => (guarded ? guardSession(session) : session);
  const recordOf = (transport: Transport) => (record: RequestRecord) => {
    metrics.request(record, transport);
    onRequest?.(record);
  };

  const server = createServer({
    headersTimeout: limits.arrival,
    requestTimeout: limits.arrival,
    keepAliveTimeout: limits.idle,
  });
  // Chains inside a test are never served: they do without the package.
  const { WebSocketServer } = await import("ws");
  await listen(server, hostname, port);
  const address = server.address() as AddressInfo;
  guarded = !isLoopback(address.address) && !unsafe;
  const servesAccounts = !guarded;
  log?.info({ address: address.address, port: address.port, servesAccounts }, "listening");

  const httpSession = guard(rpc.openSession());
  const answer = createHttpAnswerer({
    chain,
    session: httpSession,
    record: recordOf("http"),
    rpcLimits: rpc.limits,
    access,
    mostBytes: limits.body,
    metrics,
    isSurplus: ({ socket }) => surplus.has(socket),
    isClosing: () => closing,
  });
  server.on("connection", (socket: Socket) => {
    if (connections.size >= limits.connections) surplus.add(socket);
    // Somebody who opens connections without end is not even told.
    if (connections.size >= 2 * limits.connections) {
      socket.destroy();
      return;
    }
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });
  server.on("request", (request, response) => {
    answering += 1;
    response.once("close", () => {
      answering -= 1;
    });
    answer(request, response);
  });
  server.on("clientError", (_error, socket) => {
    metrics.refused("malformed");
    if (socket.writable) refuseUpgrade(socket, "400 Bad Request");
    else socket.destroy();
  });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.body });
  const socketModules = { rpc, record: recordOf("websocket"), limits, guard, refused: metrics.refused };
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const { host, origin } = request.headers;
    const isAllowed = isHostAllowed(host, access) && isOriginAllowed(origin, access);
    if (closing || surplus.has(request.socket) || !isAllowed) {
      metrics.refused(isAllowed ? "connections" : "origin");
      refuseUpgrade(socket, isAllowed ? "503 Service Unavailable" : "403 Forbidden");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      served.set(opened, serveSocket(opened, socketModules));
      opened.once("close", () => served.delete(opened));
    });
  });

  /** Waits until what was asked is answered, as long as clients take part. */
  async function part(): Promise<void> {
    const end = performance.now() + PARTING;
    const finished = Promise.all([...served.values()].map((socket) => socket.finish()));
    const timer = new Promise((resolve) => setTimeout(resolve, PARTING).unref());
    await Promise.race([finished, timer]);
    while ((answering > 0 || served.size > 0) && performance.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 5));
  }

  return {
    hostname,
    port: address.port,
    servesAccounts,
    async close() {
      if (closing) return;
      closing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await part();
      for (const socket of served.keys()) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      for (const socket of connections) socket.destroy();
      await closed;
      httpSession.close();
      log?.info({ port: address.port }, "closed");
    },
  };
}
