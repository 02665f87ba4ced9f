import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

/** A node in a process of its own. */
export interface ServedNode {
  readonly url: string;
  /** Resident memory, bytes, as the system counts it. */
  memory(): number;
  /** Processor time it has taken, seconds. */
  processorTime(): number;
  stop(): Promise<void>;
}

/** Of Linux, a second. */
const CLOCK_TICKS = 100;
const SERVE = fileURLToPath(new URL("./serve-banyan.ts", import.meta.url));

/** Starts our node with options of `serve-banyan.ts`. */
export async function startBanyan(options: readonly string[]): Promise<ServedNode> {
  const port = await freePort();
  return started(
    spawn(process.execPath, [SERVE, String(port), ...options], { stdio: ["ignore", "ignore", "inherit"] }),
    port,
  );
}

/** Starts Anvil with options of its command line. */
export async function startAnvil(program: string, options: readonly string[]): Promise<ServedNode> {
  const port = await freePort();
  return started(spawn(program, ["--port", String(port), "--silent", ...options], { stdio: "ignore" }), port);
}

async function started(child: ChildProcess, port: number): Promise<ServedNode> {
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    try {
      await ask(url, "eth_chainId", []);
      break;
    } catch (error) {
      if (tries > 300 || child.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return {
    url,
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) * 1_024;
    },
    processorTime() {
      const stat = readFileSync(`/proc/${child.pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
    },
    async stop() {
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** An error that a node answers with. */
export class NodeRefusal extends Error {
  /** As JSON-RPC has it. */
  readonly code: unknown;
  readonly data: unknown;

  constructor(
    method: string,
    { code, message, data }: { readonly code?: unknown; readonly message?: unknown; readonly data?: unknown },
  ) {
    super(`${method}: ${String(message)}`);
    this.name = "NodeRefusal";
    this.code = code;
    this.data = data;
  }
}

/**
 * Asks a node.
 * @throws NodeRefusal
 */
export async function ask(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const { error, result } = Object(await response.json());
  if (error !== undefined) throw new NodeRefusal(method, Object(error));
  return result;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
