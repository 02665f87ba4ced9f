import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { FuzzText } from "./texts.ts";

/** Asks a node in one way. */
export type Ask = (text: FuzzText) => Promise<string | undefined>;

/** Memory of a node's process, bytes. */
export interface NodeMemory {
  /** Objects and buffers that are alive: what must not grow. */
  readonly used: number;
  /** What the operating system counts, with code, spare room and what the allocators keep. */
  readonly resident: number;
}

/** A node in a process of its own. */
export interface FuzzedNode {
  readonly http: Ask;
  readonly webSocket: Ask;
  /** What the process holds after a collection. */
  memory(): Promise<NodeMemory>;
  /** Whether it still runs. */
  isAlive(): boolean;
  /** Stops it and returns its exit code. */
  stop(): Promise<number | null>;
}

const MOST_MILLISECONDS = 60_000;

async function message(child: ChildProcess): Promise<Record<string, unknown>> {
  const [value]: unknown[] = await once(child, "message");
  return Object(value);
}

async function overHttp(url: string, { bytes }: FuzzText): Promise<string | undefined> {
  const signal = AbortSignal.timeout(MOST_MILLISECONDS);
  const response = await fetch(url, { method: "POST", body: bytes, signal });
  const text = await response.text();
  if (response.status === 204) return undefined;
  if (response.status !== 200) throw new Error(`HTTP status ${response.status}`);
  return text;
}

/** Sends texts one after the other; a mark behind each tells when its answer, if there is one, has come. */
function createSocketAsk(url: string): Ask {
  let socket: WebSocket | undefined;
  let marks = 0;

  async function open(): Promise<WebSocket> {
    if (socket?.readyState === WebSocket.OPEN) return socket;
    const opened = new WebSocket(url);
    await new Promise((resolve, reject) => {
      opened.addEventListener("open", resolve, { once: true });
      opened.addEventListener("error", () => reject(new Error("The node takes no WebSocket")), { once: true });
    });
    socket = opened;
    return opened;
  }

  return async ({ bytes }) => {
    const opened = await open();
    const mark = `mark ${++marks}`;
    return new Promise((resolve, reject) => {
      let answer: string | undefined;
      const end = (finish: () => void): void => {
        clearTimeout(timer);
        opened.removeEventListener("message", hear);
        opened.removeEventListener("close", close);
        finish();
      };
      const hear = ({ data }: MessageEvent): void => {
        const text = String(data);
        if (text.startsWith(`{"jsonrpc":"2.0","id":"${mark}"`)) end(() => resolve(answer));
        else if (!text.startsWith('{"jsonrpc":"2.0","method":"eth_subscription"')) answer = text;
      };
      const close = (): void => end(() => reject(new Error("The node closed the WebSocket")));
      const timer = setTimeout(() => end(() => reject(new Error("No answer over WebSocket"))), MOST_MILLISECONDS);
      opened.addEventListener("message", hear);
      opened.addEventListener("close", close);
      opened.send(bytes);
      opened.send(JSON.stringify({ jsonrpc: "2.0", id: mark, method: "eth_chainId", params: [] }));
    });
  };
}

/** Starts a node in a process of its own, in which nothing may fail unheard. */
export async function startFuzzedNode(): Promise<FuzzedNode> {
  const child = fork(fileURLToPath(new URL("node.ts", import.meta.url)), [], {
    // V8 doubles its room for new objects under load, up to some 100 MiB, and keeps it while it is empty: that would hide what leaks.
    execArgv: ["--unhandled-rejections=strict", "--expose-gc", "--max-semi-space-size=2"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const { url, webSocketUrl } = await message(child);
  return {
    http: (text) => overHttp(String(url), text),
    webSocket: createSocketAsk(String(webSocketUrl)),
    async memory() {
      child.send("memory");
      const { used, resident } = await message(child);
      return { used: Number(used), resident: Number(resident) };
    },
    isAlive: () => child.exitCode === null && child.signalCode === null,
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      const exit = once(child, "exit");
      child.kill("SIGTERM");
      const [code]: unknown[] = await exit;
      return typeof code === "number" ? code : null;
    },
  };
}
