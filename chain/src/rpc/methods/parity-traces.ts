import type { TraceOptions, TracerSpec } from "../../trace/trace-spec.ts";
import type { FlatFrame } from "../../trace/tracers/flat-frames.ts";
import type { Address, BlockSelector, CallRequest, Hash } from "../../types.ts";
import type { RpcContext } from "../context.ts";
import { withSender } from "../default-sender.ts";
import type { JsonObject } from "../format.ts";
import { callRequest } from "../object-params.ts";
import {
  asRecord,
  block,
  blockNumber,
  type Decoder,
  decodeAddress,
  decodeBlock,
  decodeInteger,
  invalidParam,
  listOf,
  param,
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

/** What a replay can tell. */
type Kind = "trace" | "stateDiff" | "vmTrace";

/** What the kinds wanted cost a tracer for; the frames are there always, for the output is the outermost one's. */
function tracerFor(wanted: ReadonlySet<Kind>): TracerSpec {
  const tracers = new Map<string, TracerSpec>([["trace", FLAT]]);
  if (wanted.has("stateDiff")) {
    tracers.set("difference", {
      kind: "prestateTracer",
      diffMode: true,
      disableCode: false,
      disableStorage: false,
      includeEmpty: false,
    });
  }
  if (wanted.has("vmTrace")) tracers.set("vmTrace", { kind: "vmTracer" });
  return { kind: "muxTracer", tracers };
}

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

const acceptsKinds = "a list of trace, stateDiff and vmTrace";

const decodeKinds: Decoder<ReadonlySet<Kind>> = (value, name) =>
  new Set(
    listOf((item, at): Kind => {
      if (item !== "trace" && item !== "stateDiff" && item !== "vmTrace") throw invalidParam(at, acceptsKinds, item);
      return item;
    }, acceptsKinds)(value, name),
  );

const kinds = required("kinds", acceptsKinds, decodeKinds);

const acceptsCalls = "a list of pairs [call, kinds]";

/** The calls of `trace_callMany`. */
const tracedCalls = required(
  "calls",
  acceptsCalls,
  listOf((item, at): { readonly request: CallRequest; readonly wanted: ReadonlySet<Kind> } => {
    if (!Array.isArray(item) || item.length !== 2) throw invalidParam(at, acceptsCalls, item);
    return { request: callRequest.decode(item[0], `${at}[0]`), wanted: decodeKinds(item[1], `${at}[1]`) };
  }, acceptsCalls),
);

/** One execution as Parity tells it: frames without their place, changes, instructions. */
function writeReplay(answer: unknown, wanted: ReadonlySet<Kind>): JsonObject {
  const { trace, difference, vmTrace = null } = Object(answer);
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
    vmTrace,
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
    summary: "Executes a transaction again: its frames, what it changed, its instructions with their effects.",
    params: [transactionHash, kinds],
    handler: async ({ chain }, hash, wanted) => ({
      ...writeReplay(await chain.trace.transaction(hash, { tracer: tracerFor(wanted) }), wanted),
      transactionHash: hash,
    }),
  }),
  trace_replayBlockTransactions: method({
    summary: "The same for all transactions of a block.",
    params: [blockNumber, kinds],
    handler: async ({ chain }, selector, wanted) =>
      (await chain.trace.block(selector, { tracer: tracerFor(wanted) })).map(({ result, transactionHash: hash }) => ({
        ...writeReplay(result, wanted),
        transactionHash: hash,
      })),
  }),
  trace_call: method({
    summary: "The same for a call on the state of a block.",
    params: [callRequest, kinds, block],
    async handler(context, request, wanted, at) {
      const call = withSender(context, request);
      return writeReplay(await context.chain.trace.call(call, { block: at, tracer: tracerFor(wanted) }), wanted);
    },
  }),
  trace_callMany: method({
    summary: "The same for calls one after the other, each on what those before it changed.",
    params: [tracedCalls, block],
    async handler(context, calls, at) {
      const answers = await context.chain.trace.calls(
        calls.map(({ request, wanted }) => ({ request: withSender(context, request), tracer: tracerFor(wanted) })),
        at,
      );
      return calls.map(({ wanted }, index) => writeReplay(answers[index], wanted));
    },
  }),
  trace_rawTransaction: method({
    summary: "The same for a signed transaction that is not submitted, on the block that would be mined now.",
    params: [param.data("transaction"), kinds],
    async handler({ chain }, raw, wanted) {
      const { result, transactionHash: hash } = await chain.trace.rawTransaction(raw, { tracer: tracerFor(wanted) });
      return { ...writeReplay(result, wanted), transactionHash: hash };
    },
  }),
} as const;
