import { encodeBlock, encodeHeader, encodeReceipt, headerHash } from "../../builder/block-codec.ts";
import { toHex } from "../../codec/hex.ts";
import { ChainError } from "../../errors.ts";
import type { BlockTraceEntry } from "../../trace/tracing.ts";
import type { Block, BlockSelector } from "../../types.ts";
import type { RpcContext } from "../context.ts";
import { withSender } from "../default-sender.ts";
import { callRequest } from "../object-params.ts";
import { block, blockHash, blockNumber, invalidParam, param, transactionHash } from "../params.ts";
import { traceCallOptions, traceOptions } from "../trace-params.ts";
import { method } from "./define.ts";

function writeEntries(entries: readonly BlockTraceEntry[]): { txHash: string; result: unknown }[] {
  return entries.map(({ transactionHash: txHash, result }) => ({ txHash, result }));
}

async function sealedBlock({ chain }: RpcContext, selector: BlockSelector): Promise<Block> {
  const found = await chain.getBlock(selector);
  if (found !== undefined) return found;
  const name = typeof selector === "object" ? selector.hash : String(selector);
  throw new ChainError("BLOCK_NOT_FOUND", `There is no block ${name}`, { block: name });
}

/** What happened inside transactions, and blocks as bytes. */
export const debugMethods = {
  debug_traceTransaction: method({
    summary:
      "Executes a mined transaction again and says what happened, instruction by instruction or as a tracer sees it.",
    params: [transactionHash, traceOptions],
    handler: ({ chain }, hash, options) => chain.trace.transaction(hash, options),
  }),
  debug_traceCall: method({
    summary: "Executes a call and says what happened; state and block overrides, and a place inside the block.",
    params: [callRequest, block, traceCallOptions],
    handler: (context, request, at, options) =>
      context.chain.trace.call(withSender(context, request), { ...options, block: at }),
  }),
  debug_traceBlockByNumber: method({
    summary: "Executes all transactions of a block again and says what happened in each.",
    params: [blockNumber, traceOptions],
    handler: async ({ chain }, selector, options) => writeEntries(await chain.trace.block(selector, options)),
  }),
  debug_traceBlockByHash: method({
    summary: "The same for a block by hash.",
    params: [blockHash, traceOptions],
    handler: async ({ chain }, hash, options) => writeEntries(await chain.trace.block({ hash }, options)),
  }),
  debug_traceBlock: method({
    summary: "The same for an encoded block, which must be one of this chain.",
    params: [param.data("block"), traceOptions],
    async handler({ chain }, encoded, options) {
      const hash = headerHash(encoded);
      if (hash === undefined) throw invalidParam("block", "the RLP of a block", toHex(encoded).slice(0, 66));
      return writeEntries(await chain.trace.block({ hash }, options));
    },
  }),
  debug_getRawHeader: method({
    summary: "The encoded header of a block.",
    params: [blockNumber],
    handler: async (context, selector) => toHex(encodeHeader((await sealedBlock(context, selector)).header)),
  }),
  debug_getRawBlock: method({
    summary: "The encoded block.",
    params: [blockNumber],
    handler: async (context, selector) => toHex(encodeBlock(await sealedBlock(context, selector))),
  }),
  debug_getRawReceipts: method({
    summary: "The encoded receipts of a block.",
    params: [blockNumber],
    handler: async (context, selector) =>
      (await sealedBlock(context, selector)).receipts.map(
        ({ transaction, status, cumulativeGasUsed, logsBloom, logs }) =>
          toHex(encodeReceipt({ type: transaction.type, status, cumulativeGasUsed, logsBloom, logs })),
      ),
  }),
  debug_getRawTransaction: method({
    summary: "The encoded transaction, mined or waiting; empty if there is none.",
    params: [transactionHash],
    async handler({ chain }, hash) {
      const located = await chain.getTransaction(hash);
      return located === undefined ? "0x" : toHex(located.transaction.raw);
    },
  }),
} as const;
