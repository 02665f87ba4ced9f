import type { TraceOptions, TracerSpec } from "../../trace/trace-spec.ts";
import type { FlatFrame } from "../../trace/tracers/flat-frames.ts";
import type { Address, BlockSelector, Hash } from "../../types.ts";
import type { RpcContext } from "../context.ts";
import type { JsonObject } from "../format.ts";
import {
  asRecord,
  blockNumber,
  decodeAddress,
  decodeBlock,
  decodeInteger,
  invalidParam,
  listOf,
  required,
  transactionHash,
} from "../params.ts";
import { stateDiffOf } from "../parity-state-diff.ts";
import { method } from "./define.ts";

const FLAT: TracerSpec = {
  kind: "flatCallTracer",
  convertParityErrors: true,
  includePrecompiles: false,
  countsExecutionOnly: true,
};
const flat: TraceOptions = { tracer: FLAT };
/** Frames, and the accounts before and after. */
const full: TraceOptions = {
  tracer: {
    kind: "muxTracer",
    tracers: new Map<string, TracerSpec>([
      ["trace", FLAT],
      [
        "difference",
        { kind: "prestateTracer", diffMode: true, disableCode: false, disableStorage: false, includeEmpty: false },
      ],
    ]),
  },
};

/** Most blocks that one `trace_filter` looks through. */
const MOST_FILTERED_BLOCKS = 1_000n;

async function framesOfTransaction({ chain }: RpcContext, hash: Hash): Promise<readonly FlatFrame[] | null> {
  if ((await chain.getReceipt(hash)) === undefined) return null;
  return framesIn(await chain.trace.transaction(hash, flat));
}

async function framesOfBlock({ chain }: RpcContext, selector: BlockSelector): Promise<readonly FlatFrame[]> {
  if (selector === "earliest" || selector === 0n) return [];
  return (await chain.trace.block(selector, flat)).flatMap(({ result }) => framesIn(result));
}

/** The answer of a tracer is JSON; this one's is a list of frames. */
function framesIn(result: unknown): FlatFrame[] {
  return Array.isArray(result) ? result : [];
}

const acceptsKinds = "a list of trace and stateDiff (vmTrace is not offered here)";
const kinds = required("kinds", acceptsKinds, (value, name) => {
  const list = listOf((item, at): string => {
    if (item !== "trace" && item !== "stateDiff") throw invalidParam(at, "trace or stateDiff", item);
    return item;
  }, acceptsKinds)(value, name);
  return new Set(list);
});

/** One transaction as Parity replays it: frames without their place, and the changes. */
function writeReplay(answer: unknown, wanted: ReadonlySet<string>, hash: Hash): JsonObject {
  const { trace, difference } = Object(answer);
  const frames = framesIn(trace);
  const output = Object(frames[0]?.result).output ?? Object(frames[0]?.result).code ?? "0x";
  return {
    output,
    stateDiff: wanted.has("stateDiff") ? stateDiffOf(difference) : null,
    trace: wanted.has("trace")
      ? frames.map(({ action, error, result, subtraces, traceAddress, type }) => ({
          action,
          ...(error === undefined ? {} : { error }),
          ...(result === undefined ? {} : { result }),
          subtraces,
          traceAddress,
          type,
        }))
      : [],
    vmTrace: null,
    transactionHash: hash,
  };
}

/** What `trace_filter` looks for. */
interface FrameFilter {
  readonly fromBlock: BlockSelector;
  readonly toBlock: BlockSelector;
  readonly from: ReadonlySet<Address>;
  readonly to: ReadonlySet<Address>;
  /** Both sides must fit instead of one. */
  readonly needsBoth: boolean;
  readonly after: number;
  readonly count: number;
}

const acceptsFilter = "an object {fromBlock, toBlock, fromAddress, toAddress, mode, after, count}";

const frameFilter = required("filter", acceptsFilter, (value, name): FrameFilter => {
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, acceptsFilter, value);
  const { mode = "union" } = record;
  if (mode !== "union" && mode !== "intersection") throw invalidParam(`${name}.mode`, "union or intersection", mode);
  const addresses = (field: string): Set<Address> =>
    new Set(listOf(decodeAddress, "a list of addresses")(record[field] ?? [], `${name}.${field}`));
  const place = (field: string): BlockSelector =>
    record[field] === undefined || record[field] === null ? "latest" : decodeBlock(record[field], `${name}.${field}`);
  const number = (field: string, fallback: number): number =>
    record[field] === undefined || record[field] === null
      ? fallback
      : Number(decodeInteger(record[field], `${name}.${field}`));
  return {
    fromBlock: place("fromBlock"),
    toBlock: place("toBlock"),
    from: addresses("fromAddress"),
    to: addresses("toAddress"),
    needsBoth: mode === "intersection",
    after: number("after", 0),
    count: number("count", Number.MAX_SAFE_INTEGER),
  };
});

function fits({ action, result }: FlatFrame, { from, to, needsBoth }: FrameFilter): boolean {
  const has = (set: ReadonlySet<string>, value: unknown): boolean => typeof value === "string" && set.has(value);
  const sent = has(from, action.from) || has(from, action.address);
  const received = has(to, action.to) || has(to, action.refundAddress) || has(to, Object(result).address);
  if (from.size === 0 && to.size === 0) return true;
  if (from.size === 0) return received;
  if (to.size === 0) return sent;
  return needsBoth ? sent && received : sent || received;
}

async function heightOf({ chain }: RpcContext, selector: BlockSelector, name: string): Promise<bigint> {
  if (typeof selector === "bigint") return selector;
  const block = await chain.getBlock(selector === "pending" ? "latest" : selector);
  if (block === undefined) throw invalidParam(name, "a block of the chain", selector);
  return block.header.number;
}

/** Traces in the form of Parity, as Anvil and explorers have them. */
export const parityMethods = {
  trace_transaction: method({
    summary: "The frames of a transaction as a list in Parity's form, or null.",
    params: [transactionHash],
    handler: framesOfTransaction,
  }),
  trace_get: method({
    summary: "The frame at a place of a transaction, or null.",
    params: [transactionHash, required("place", "a list of indexes", listOf(decodeInteger, "a list of indexes"))],
    async handler(context, hash, place) {
      const frames = await framesOfTransaction(context, hash);
      const wanted = place.join();
      return frames?.find(({ traceAddress }) => traceAddress.join() === wanted) ?? null;
    },
  }),
  trace_block: method({
    summary: "The frames of all transactions of a block as a list in Parity's form.",
    params: [blockNumber],
    handler: framesOfBlock,
  }),
  trace_filter: method({
    summary: "The frames of a range of blocks (at most 1,000) by sender and receiver.",
    params: [frameFilter],
    async handler(context, filter) {
      const head = context.chain.latestBlock().header.number;
      const first = await heightOf(context, filter.fromBlock, "filter.fromBlock");
      const wanted = await heightOf(context, filter.toBlock, "filter.toBlock");
      const last = wanted < head ? wanted : head;
      if (last - first >= MOST_FILTERED_BLOCKS)
        throw invalidParam(
          "filter.toBlock",
          `at most ${MOST_FILTERED_BLOCKS - 1n} blocks after fromBlock`,
          String(wanted),
        );
      const found: FlatFrame[] = [];
      for (let height = first; height <= last && found.length < filter.after + filter.count; height++)
        found.push(...(await framesOfBlock(context, height)).filter((frame) => fits(frame, filter)));
      return found.slice(filter.after, filter.after + filter.count);
    },
  }),
  trace_replayTransaction: method({
    summary: "Executes a transaction again: its frames, what it changed, or both.",
    params: [transactionHash, kinds],
    handler: async ({ chain }, hash, wanted) => writeReplay(await chain.trace.transaction(hash, full), wanted, hash),
  }),
  trace_replayBlockTransactions: method({
    summary: "The same for all transactions of a block.",
    params: [blockNumber, kinds],
    handler: async ({ chain }, selector, wanted) =>
      (await chain.trace.block(selector, full)).map(({ result, transactionHash: hash }) =>
        writeReplay(result, wanted, hash),
      ),
  }),
} as const;
