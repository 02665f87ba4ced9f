import { isUtf8 } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Chain } from "../../chain.ts";
import { answerText, type RecordRequest } from "../json-rpc.ts";
import { limitExceeded, type RpcLimits } from "../limits.ts";
import type { RpcSession } from "../rpc.ts";
import { RpcError, rpcErrorCodes, toErrorObject } from "../rpc-error.ts";
import { type AccessOptions, corsHeadersFor, isHostAllowed, isOriginAllowed } from "./access.ts";
import type { Metrics } from "./metrics.ts";

/** What HTTP requests are answered with. */
export interface HttpModules {
  readonly chain: Chain;
  readonly session: RpcSession;
  readonly record: RecordRequest;
  readonly rpcLimits: RpcLimits;
  readonly access: AccessOptions;
  /** Bytes of one request. */
  readonly mostBytes: number;
  readonly metrics: Metrics;
  /** Whether the connection is one too many. */
  isSurplus(request: IncomingMessage): boolean;
  /** Whether the server is being closed. */
  isClosing(): boolean;
}

const JSON_TYPE = { "Content-Type": "application/json" };

/** The text of a response with an error and no id. */
function errorText(error: RpcError): string {
  return JSON.stringify({ jsonrpc: "2.0", id: null, error: toErrorObject(error) });
}

/** The body, `undefined` if it is longer than allowed. */
async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > mostBytes) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes: Buffer = chunk;
    length += bytes.length;
    if (length > mostBytes) return undefined;
    chunks.push(bytes);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

/** Makes the function that answers HTTP requests. */
export function createHttpAnswerer(modules: HttpModules): (request: IncomingMessage, response: ServerResponse) => void {
  const { chain, session, record, rpcLimits, access, mostBytes, metrics, isSurplus, isClosing } = modules;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin, host } = request.headers;
    const refuse = (status: number, reason: string, error: RpcError, headers: Record<string, string> = {}): void => {
      metrics.refused(reason);
      // What of the request is still to come is not read.
      response.writeHead(status, { ...JSON_TYPE, ...headers, Connection: "close" }).end(errorText(error));
      request.resume();
    };
    if (isSurplus(request)) {
      refuse(503, "connections", limitExceeded("connections", 0, "there are too many connections; try again later"));
      return;
    }
    if (!isHostAllowed(host, access)) {
      const message = `The name ${host} is none that this server goes by; start it with --allowed-hosts ${host}`;
      refuse(403, "host", new RpcError(rpcErrorCodes.invalidRequest, message, { data: { reason: "HOST_REFUSED" } }));
      return;
    }
    if (!isOriginAllowed(origin, access)) {
      const message = `Pages of ${origin} may not ask this server; start it with --cors ${origin}`;
      refuse(
        403,
        "origin",
        new RpcError(rpcErrorCodes.invalidRequest, message, { data: { reason: "ORIGIN_REFUSED" } }),
      );
      return;
    }
    const cors = corsHeadersFor(origin);
    switch (request.method) {
      case "POST":
        break;
      case "OPTIONS":
        response.writeHead(204, cors).end();
        return;
      case "GET":
      case "HEAD":
        await answerGet(request, response, cors);
        return;
      default:
        response.writeHead(405, { ...cors, Allow: "POST, GET, OPTIONS" }).end("Send JSON-RPC requests with POST.\n");
        return;
    }
    const body = await readBody(request, mostBytes);
    if (body === undefined) {
      refuse(
        413,
        "body",
        limitExceeded("body", mostBytes, `a request has at most ${mostBytes} bytes; send less`),
        cors,
      );
      return;
    }
    const text = isUtf8(body)
      ? await answerText(body.toString("utf8"), { session, record, limits: rpcLimits })
      : errorText(new RpcError(rpcErrorCodes.parseError, "Parse error: the request is not in UTF-8"));
    const headers = isClosing() ? { ...cors, Connection: "close" } : cors;
    if (text === undefined) response.writeHead(204, headers).end();
    else response.writeHead(200, { ...headers, ...JSON_TYPE }).end(text);
  }

  async function answerGet(
    request: IncomingMessage,
    response: ServerResponse,
    cors: Record<string, string>,
  ): Promise<void> {
    const path = request.url?.split("?")[0];
    if (path === "/health") {
      const { header, hash } = chain.latestBlock();
      const health = {
        status: isClosing() ? "closing" : "ok",
        chainId: Number(chain.chainId),
        blockNumber: Number(header.number),
        blockHash: hash,
      };
      response.writeHead(isClosing() ? 503 : 200, { ...cors, ...JSON_TYPE }).end(JSON.stringify(health));
    } else if (path === "/metrics") {
      response.writeHead(200, { ...cors, "Content-Type": metrics.contentType }).end(await metrics.text());
    } else {
      response
        .writeHead(path === "/" ? 405 : 404, { ...cors, Allow: "POST, OPTIONS" })
        .end("Send JSON-RPC requests with POST, or open a WebSocket here. There are also /health and /metrics.\n");
    }
  }

  return (request, response) => {
    answer(request, response).catch(() => response.destroy());
  };
}
