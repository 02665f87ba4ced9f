import { createChain, NODE_LIMITS } from "@banyan/chain";
import { answerText } from "../../chain/src/rpc/json-rpc.ts";
import { createRandom } from "../fuzz/random.ts";
import { judgeText } from "./judge.ts";
import { MOST_GAS } from "./most-gas.ts";
import { type FuzzText, fuzzText } from "./texts.ts";
import { type Ask, type NodeMemory, startFuzzedNode } from "./transports.ts";

/** How a request reached the chain. */
export type Way = "http" | "websocket" | "process";

/** What to do. */
export interface RpcFuzzOptions {
  readonly requests: number;
  readonly seed: string;
  /** Told now and then. */
  readonly progress?: (done: number) => void;
}

/** An answer that should not be. */
export interface RpcFinding {
  readonly way: Way;
  readonly index: number;
  readonly verdict: string;
  readonly request: string;
}

/** What came out. */
export interface RpcFuzzResult {
  readonly requests: Readonly<Record<Way, number>>;
  readonly findings: readonly RpcFinding[];
  /** What the node's process held at the start (after a first thousand), in the middle and at the end. */
  readonly memory: readonly NodeMemory[];
  readonly exitCode: number | null;
}

/** Requests after which the chain begins anew, so that what it keeps is no leak. */
const ROUND = 1_000;
/** Requests before memory is first measured: code is compiled and caches fill. */
const WARM_UP = 2_000;
/** Of what is alive, between the middle and the end: a little compiled code comes all the time. */
const MOST_GROWTH = 1.25;
const MOST_SHOWN = 2_000;
const MOST_FINDINGS = 20;

const RESET: FuzzText = {
  bytes: new Uint8Array(
    Buffer.from(
      JSON.stringify(
        ["evm_setIntervalMining", "hardhat_reset"].map((method, id) => ({
          jsonrpc: "2.0",
          id,
          method,
          params: id === 0 ? [0] : [],
        })),
      ),
    ),
  ),
  answers: 2,
};

/** Asks a chain, over HTTP, over WebSocket and in process, what nobody should ask. */
export async function runRpcFuzz({ requests, seed, progress }: RpcFuzzOptions): Promise<RpcFuzzResult> {
  const node = await startFuzzedNode();
  const chain = await createChain(
    { blockGasLimit: 10_000_000n },
    { print: () => {}, limits: { ...NODE_LIMITS, blockGas: MOST_GAS } },
  );
  const session = chain.rpc.openSession();
  const ways: Readonly<Record<Way, Ask>> = {
    http: node.http,
    websocket: node.webSocket,
    process: ({ bytes }) => answerText(Buffer.from(bytes).toString("utf8"), { session, record: () => {} }),
  };
  const counts: Record<Way, number> = { http: 0, websocket: 0, process: 0 };
  const findings: RpcFinding[] = [];
  const memory: NodeMemory[] = [];
  const random = createRandom(seed);
  const unhandled = (error: unknown): void => {
    const verdict = `unhandled: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    findings.push({ way: "process", index: -1, verdict, request: "" });
  };
  process.on("unhandledRejection", unhandled);

  async function ask(way: Way, text: FuzzText, index: number): Promise<void> {
    const request = Buffer.from(text.bytes).toString("utf8").slice(0, MOST_SHOWN);
    try {
      const verdict = judgeText(await ways[way](text), text.answers);
      if (verdict !== undefined) findings.push({ way, index, verdict, request });
    } catch (error) {
      const verdict = error instanceof Error ? error.message : String(error);
      findings.push({ way, index, verdict, request });
    }
    counts[way] += 1;
  }

  const milestones = [Math.min(WARM_UP, Math.floor(requests / 4)), Math.floor(requests / 2), requests];
  for (let index = 0; index < requests && findings.length < MOST_FINDINGS && node.isAlive(); ) {
    const batch: Promise<void>[] = [];
    for (const way of ["http", "http", "websocket", "process"] as const) {
      if (index < requests) batch.push(ask(way, fuzzText(random), index++));
    }
    await Promise.all(batch);
    if (index % ROUND < batch.length) {
      await ask("http", RESET, index);
      await ask("process", RESET, index);
      progress?.(index);
    }
    while (memory.length < milestones.length && index >= (milestones[memory.length] ?? 0)) {
      await ask("http", RESET, index);
      memory.push(await node.memory());
    }
  }
  if (!node.isAlive()) findings.push({ way: "http", index: -1, verdict: "the node died", request: "" });
  const exitCode = await node.stop();
  session.close();
  await chain.close();
  process.off("unhandledRejection", unhandled);
  const [, middle, end] = memory;
  const isWarm = requests >= WARM_UP * 5;
  if (isWarm && middle !== undefined && end !== undefined && end.used > middle.used * MOST_GROWTH) {
    const verdict = `what the node holds grew from ${middle.used} bytes in the middle to ${end.used} at the end`;
    findings.push({ way: "http", index: -1, verdict, request: "" });
  }
  return { requests: counts, findings, memory, exitCode };
}
