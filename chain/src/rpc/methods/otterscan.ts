import type { TraceOptions } from "../../trace/trace-spec.ts";
import type { CallFrame } from "../../trace/tracers/call-frames.ts";
import type { Address, Block, BlockSelector, Hash, Receipt } from "../../types.ts";
import type { RpcContext } from "../context.ts";
import { formatBlock, formatReceipt, formatTransaction, type JsonObject } from "../format.ts";
import { quantity } from "../hex.ts";
import { address, block, blockHash, blockNumber, invalidParam, param, transactionHash } from "../params.ts";
import { method } from "./define.ts";
import { walkBlocks } from "./walk-blocks.ts";

/** Version of the interface that Otterscan asks for. */
const API_LEVEL = 8;
/** Most transactions of one page. */
const MOST_LISTED = 1_000n;
/** Gas of a transfer: with as much, nothing else was executed. */
const TRANSFER_GAS = 21_000n;
const SELECTOR_SIZE = 10;

const frames: TraceOptions = { tracer: { kind: "callTracer", onlyTopCall: false, withLog: false } };

/** A frame as the call tracer writes it. */
type Frame = Pick<CallFrame, "type" | "from" | "to" | "input" | "output" | "error"> & {
  readonly value?: string;
  readonly calls?: readonly Frame[];
};

/** The numbers of Otterscan's internal operations. */
const operations: Readonly<Partial<Record<CallFrame["type"], number>>> = { SELFDESTRUCT: 1, CREATE: 2, CREATE2: 3 };

async function framesOf({ chain }: RpcContext, hash: Hash): Promise<Frame> {
  return Object(await chain.trace.transaction(hash, frames));
}

/** All frames below one, each before those it opened; not those that were taken back if `kept` is true. */
function* below(frame: Frame, depth: number, kept: boolean): Generator<readonly [frame: Frame, depth: number]> {
  for (const call of frame.calls ?? []) {
    if (kept && call.error !== undefined) continue;
    yield [call, depth + 1];
    yield* below(call, depth + 1, kept);
  }
}

function writeFrame({ type, from, to, value, input, output }: Frame, depth: number): JsonObject {
  return { type, depth, from, to, value: value ?? null, input, output: output ?? "0x" };
}

function hasValue({ value }: Frame): boolean {
  return value !== undefined && value !== "0x0";
}

/** What moved ether, made or ended a contract inside a transaction. */
function internalOperations(root: Frame): JsonObject[] {
  if (root.error !== undefined) return [];
  const found: JsonObject[] = [];
  for (const [frame] of below(root, 0, true)) {
    const type = operations[frame.type] ?? (frame.type === "CALL" && hasValue(frame) ? 0 : undefined);
    if (type !== undefined) found.push({ type, from: frame.from, to: frame.to, value: frame.value ?? "0x0" });
  }
  return found;
}

function writeDetails(found: Block): JsonObject {
  const { transactions: _hashes, logsBloom: _bloom, ...fields } = formatBlock(found, false, false);
  const fees = found.receipts.reduce((sum, { gasUsed, effectiveGasPrice }) => sum + gasUsed * effectiveGasPrice, 0n);
  return {
    block: { ...fields, logsBloom: null, transactionCount: found.transactions.length },
    issuance: { blockReward: "0x0", uncleReward: "0x0", issuance: "0x0" },
    totalFees: quantity(fees),
  };
}

async function detailsOf({ chain }: RpcContext, selector: BlockSelector): Promise<JsonObject | null> {
  const found = await chain.getBlock(selector);
  return found === undefined ? null : writeDetails(found);
}

/** Whether an account has to do with a transaction: as sender, receiver, what was made, or in a frame inside. */
async function involves(context: RpcContext, receipt: Receipt, wanted: Address): Promise<boolean> {
  const { transaction, contractAddress, gasUsed } = receipt;
  if (transaction.from === wanted || transaction.to === wanted || contractAddress === wanted) return true;
  if (gasUsed <= TRANSFER_GAS) return false;
  for (const [{ from, to }] of below(await framesOf(context, transaction.hash), 0, false))
    if (from === wanted || to === wanted) return true;
  return false;
}

/** The transactions of a block that an account has to do with, the last one first. */
async function involving(context: RpcContext, { receipts }: Block, wanted: Address): Promise<Receipt[]> {
  const found: Receipt[] = [];
  for (const receipt of receipts) if (await involves(context, receipt, wanted)) found.unshift(receipt);
  return found;
}

function writePage(found: readonly (readonly [Receipt, Block])[], isFirst: boolean, isLast: boolean): JsonObject {
  return {
    txs: found.map(([receipt, { header }]) => formatTransaction(receipt.transaction, receipt, header.timestamp)),
    receipts: found.map(([receipt, { header }]) => ({
      ...formatReceipt(receipt),
      timestamp: quantity(header.timestamp),
    })),
    firstPage: isFirst,
    lastPage: isLast,
  };
}

/** The first block that was made here: what lies before a fork is not searched. */
function firstHeight({ chain }: RpcContext): bigint {
  return (chain.forkedFrom()?.number ?? 0n) + 1n;
}

/** Looks from a height on, up or down, until a page is full; a block is never cut in two. */
async function search(
  context: RpcContext,
  wanted: Address,
  from: bigint,
  step: 1n | -1n,
  size: number,
): Promise<{ readonly found: (readonly [Receipt, Block])[]; readonly isComplete: boolean }> {
  const { chain } = context;
  const head = chain.latestBlock().header.number;
  const found: (readonly [Receipt, Block])[] = [];
  const end = step === 1n ? head : firstHeight(context);
  if (step === 1n ? from > end : from < end) return { found, isComplete: true };
  for await (const sealed of walkBlocks(chain, from, end)) {
    const page = (await involving(context, sealed, wanted)).map((receipt) => [receipt, sealed] as const);
    if (step === 1n) found.unshift(...page);
    else found.push(...page);
    if (found.length >= size) return { found, isComplete: sealed.header.number === end };
  }
  return { found, isComplete: true };
}

function pageSize(size: bigint): number {
  if (size < 1n || size > MOST_LISTED) throw invalidParam("pageSize", `from 1 to ${MOST_LISTED}`, size);
  return Number(size);
}

/** What the block explorer Otterscan asks a node for. */
export const otterscanMethods = {
  ots_getApiLevel: method({
    summary: "Version of Otterscan's interface.",
    params: [],
    handler: () => API_LEVEL,
  }),
  ots_hasCode: method({
    summary: "Whether an account has code.",
    params: [address, block],
    handler: async ({ chain }, account, at) => (await chain.getCode(account, at)).length > 0,
  }),
  ots_getBlockDetails: method({
    summary: "A block without its transactions, with their number and the fees they paid, or null.",
    params: [blockNumber],
    handler: detailsOf,
  }),
  ots_getBlockDetailsByHash: method({
    summary: "The same by hash.",
    params: [blockHash],
    handler: (context, hash) => detailsOf(context, { hash }),
  }),
  ots_getBlockTransactions: method({
    summary: "A page of a block's transactions and receipts, page 0 being the last ones, or null.",
    params: [blockNumber, param.integer64("pageNumber"), param.integer64("pageSize")],
    async handler({ chain }, selector, pageNumber, size) {
      const count = pageSize(size);
      const found = await chain.getBlock(selector);
      if (found === undefined) return null;
      const { logsBloom: _bloom, transactions, ...fields } = formatBlock(found, true, false);
      const end = Math.max(found.transactions.length - Number(pageNumber) * count, 0);
      const start = Math.max(end - count, 0);
      const page = Array.isArray(transactions) ? transactions.slice(start, end) : [];
      return {
        fullblock: {
          ...fields,
          logsBloom: null,
          transactionCount: found.transactions.length,
          transactions: page.map((one) => ({ ...one, input: String(one.input).slice(0, SELECTOR_SIZE) })),
        },
        receipts: found.receipts
          .slice(start, end)
          .map((receipt) => ({ ...formatReceipt(receipt), logs: null, logsBloom: null })),
      };
    },
  }),
  ots_getTransactionError: method({
    summary: "What a transaction that reverted returned; empty for others.",
    params: [transactionHash],
    async handler(context, hash) {
      const { error, output } = await framesOf(context, hash);
      return error === undefined ? "0x" : (output ?? "0x");
    },
  }),
  ots_traceTransaction: method({
    summary: "The frames of a transaction as a list, each with its depth.",
    params: [transactionHash],
    async handler(context, hash) {
      const root = await framesOf(context, hash);
      return [writeFrame(root, 0), ...[...below(root, 0, false)].map(([frame, depth]) => writeFrame(frame, depth))];
    },
  }),
  ots_getInternalOperations: method({
    summary: "Transfers of ether (0), ends (1) and creations (2, 3) of contracts inside a transaction.",
    params: [transactionHash],
    handler: async (context, hash) => internalOperations(await framesOf(context, hash)),
  }),
  ots_getTransactionBySenderAndNonce: method({
    summary: "Hash of a sender's mined transaction with a nonce, or null.",
    params: [address, param.integer64("nonce")],
    async handler({ chain }, sender, nonce) {
      const found = await chain.findTransaction(sender, nonce);
      return found?.receipt === undefined ? null : found.transaction.hash;
    },
  }),
  ots_getContractCreator: method({
    summary: "The transaction that made a contract and who made it, or null.",
    params: [address],
    async handler(context, wanted) {
      const { chain } = context;
      if ((await chain.getCode(wanted)).length === 0) return null;
      const head = chain.latestBlock().header.number;
      const first = firstHeight(context);
      if (first > head) return null;
      for await (const { receipts } of walkBlocks(chain, first, head)) {
        for (const { transaction, contractAddress, status, gasUsed } of receipts) {
          if (status === 0) continue;
          if (contractAddress === wanted) return { hash: transaction.hash, creator: transaction.from };
          if (gasUsed <= TRANSFER_GAS) continue;
          for (const [{ type, from, to }] of below(await framesOf(context, transaction.hash), 0, true))
            if (to === wanted && type.startsWith("CREATE")) return { hash: transaction.hash, creator: from };
        }
      }
      return null;
    },
  }),
  ots_searchTransactionsBefore: method({
    summary: "The transactions of an account before a block (0: all), latest first, at least a page of them.",
    params: [address, param.integer64("blockNumber"), param.integer64("pageSize")],
    async handler(context, wanted, before, size) {
      const head = context.chain.latestBlock().header.number;
      const from = before === 0n || before > head ? head : before - 1n;
      const { found, isComplete } = await search(context, wanted, from, -1n, pageSize(size));
      return writePage(found, before === 0n || before > head, isComplete);
    },
  }),
  ots_searchTransactionsAfter: method({
    summary: "The same after a block (0: from the first one on).",
    params: [address, param.integer64("blockNumber"), param.integer64("pageSize")],
    async handler(context, wanted, after, size) {
      const least = firstHeight(context);
      const { found, isComplete } = await search(
        context,
        wanted,
        after + 1n < least ? least : after + 1n,
        1n,
        pageSize(size),
      );
      return writePage(found, isComplete, after === 0n);
    },
  }),
} as const;
