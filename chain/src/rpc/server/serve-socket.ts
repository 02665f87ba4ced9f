import { isUtf8 } from "node:buffer";
import type { RawData, WebSocket } from "ws";
import { answerText, type RecordRequest } from "../json-rpc.ts";
import type { Rpc, RpcSession } from "../rpc.ts";
import { rpcErrorCodes } from "../rpc-error.ts";
import type { ServerLimits } from "./options.ts";

/** What a WebSocket is served with. */
export interface SocketModules {
  readonly rpc: Rpc;
  readonly record: RecordRequest;
  readonly limits: Pick<ServerLimits, "queued" | "unread">;
  /** Puts a guard before the session where one is needed. */
  guard(session: RpcSession): RpcSession;
  /** Told why a socket was cut off. */
  refused(reason: string): void;
}

/** A WebSocket being served. */
export interface ServedSocket {
  /** Answers what has arrived, then says goodbye. */
  finish(): Promise<void>;
}

/** Close code of a server that stops (RFC 6455, section 7.4.1). */
const GOING_AWAY = 1001;
const NOT_UTF8 = JSON.stringify({
  jsonrpc: "2.0",
  id: null,
  error: { code: rpcErrorCodes.parseError, message: "Parse error: the request is not in UTF-8" },
});

function bytesOf(data: RawData): Buffer {
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);
}

/** Serves a WebSocket: answers in the order of the requests, notifications in between, no more than the client reads. */
export function serveSocket(socket: WebSocket, { rpc, record, limits, guard, refused }: SocketModules): ServedSocket {
  const session = guard(
    rpc.openSession((subscription, result) => {
      send(JSON.stringify({ jsonrpc: "2.0", method: "eth_subscription", params: { subscription, result } }));
    }),
  );
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();

  function send(text: string): void {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > limits.unread) {
      refused("slow reader");
      // A goodbye would wait behind everything that was not read.
      socket.terminate();
      return;
    }
    socket.send(text);
  }

  async function answer(data: RawData): Promise<void> {
    const body = bytesOf(data);
    const text = isUtf8(body)
      ? await answerText(body.toString("utf8"), { session, record, limits: rpc.limits })
      : NOT_UTF8;
    if (text !== undefined) send(text);
    waiting -= 1;
    if (waiting < limits.queued && socket.isPaused) socket.resume();
  }

  socket.on("message", (data: RawData) => {
    waiting += 1;
    if (waiting >= limits.queued) socket.pause();
    last = last.then(() => answer(data)).catch(() => socket.terminate());
  });
  socket.on("close", () => session.close());
  // A broken connection ends with `close`, which does what is left to do.
  socket.on("error", () => socket.terminate());

  return {
    async finish() {
      socket.pause();
      await last;
      socket.close(GOING_AWAY, "The server stops");
      // A paused socket would not see the client's goodbye.
      socket.resume();
    },
  };
}
