import { toHex } from "../../codec/hex.ts";
import type { BlockSelector } from "../../types.ts";
import type { RpcContext } from "../context.ts";
import { formatBlock, formatLocated, formatReceipt, formatTransaction, type JsonObject } from "../format.ts";
import { quantity } from "../hex.ts";
import { blockHash, blockNumber, decodeBoolean, optional, param, transactionHash } from "../params.ts";
import { method } from "./define.ts";

const fullTransactions = optional("full", "true for whole transactions, false for their hashes", decodeBoolean, false);
const index = param.quantity("index");

async function readBlock({ chain }: RpcContext, selector: BlockSelector, full: boolean): Promise<JsonObject | null> {
  const block = await chain.getBlock(selector);
  return block === undefined ? null : formatBlock(block, full, selector === "pending");
}

async function transactionAt(
  { chain }: RpcContext,
  selector: BlockSelector,
  position: bigint,
): Promise<JsonObject | null> {
  const block = await chain.getBlock(selector);
  const transaction = block?.transactions[Number(position)];
  if (block === undefined || transaction === undefined) return null;
  const isPlaced = selector !== "pending" && transaction.reported === undefined;
  return formatTransaction(
    transaction,
    isPlaced ? block.receipts[Number(position)] : undefined,
    block.header.timestamp,
  );
}

async function transactionCount({ chain }: RpcContext, selector: BlockSelector): Promise<string | null> {
  const block = await chain.getBlock(selector);
  return block === undefined ? null : quantity(block.transactions.length);
}

async function uncleCount({ chain }: RpcContext, selector: BlockSelector): Promise<string | null> {
  return (await chain.getBlock(selector)) === undefined ? null : "0x0";
}

/** Blocks, transactions and receipts. */
export const blockMethods = {
  eth_blockNumber: method({
    summary: "Number of the latest block.",
    params: [],
    handler: ({ chain }) => quantity(chain.latestBlock().header.number),
  }),
  eth_getBlockByNumber: method({
    summary: "A block by number or tag, or null.",
    params: [blockNumber, fullTransactions],
    handler: readBlock,
  }),
  eth_getBlockByHash: method({
    summary: "A block by hash, or null.",
    params: [blockHash, fullTransactions],
    handler: (context, hash, full) => readBlock(context, { hash }, full),
  }),
  eth_getBlockTransactionCountByNumber: method({
    summary: "Number of transactions of a block, or null.",
    params: [blockNumber],
    handler: transactionCount,
  }),
  eth_getBlockTransactionCountByHash: method({
    summary: "Number of transactions of a block, or null.",
    params: [blockHash],
    handler: (context, hash) => transactionCount(context, { hash }),
  }),
  eth_getUncleCountByBlockNumber: method({
    summary: "Always zero, or null for an unknown block.",
    params: [blockNumber],
    handler: uncleCount,
  }),
  eth_getUncleCountByBlockHash: method({
    summary: "Always zero, or null for an unknown block.",
    params: [blockHash],
    handler: (context, hash) => uncleCount(context, { hash }),
  }),
  eth_getTransactionByHash: method({
    summary: "A transaction, mined or waiting, or null.",
    params: [transactionHash],
    handler: async ({ chain }, hash) => formatLocated(await chain.getTransaction(hash)),
  }),
  eth_getRawTransactionByHash: method({
    summary: "The encoded transaction, or null.",
    params: [transactionHash],
    async handler({ chain }, hash) {
      const located = await chain.getTransaction(hash);
      return located === undefined ? null : toHex(located.transaction.raw);
    },
  }),
  eth_getTransactionByBlockHashAndIndex: method({
    summary: "The transaction at a position of a block, or null.",
    params: [blockHash, index],
    handler: (context, hash, position) => transactionAt(context, { hash }, position),
  }),
  eth_getTransactionByBlockNumberAndIndex: method({
    summary: "The transaction at a position of a block, or null.",
    params: [blockNumber, index],
    handler: transactionAt,
  }),
  eth_getTransactionReceipt: method({
    summary: "Receipt of a mined transaction, or null.",
    params: [transactionHash],
    async handler({ chain }, hash) {
      const receipt = await chain.getReceipt(hash);
      return receipt === undefined ? null : formatReceipt(receipt);
    },
  }),
  eth_getBlockReceipts: method({
    summary: "All receipts of a block, or null.",
    params: [blockNumber],
    async handler({ chain }, selector) {
      const receipts = await chain.getReceipts(selector);
      return receipts === undefined ? null : receipts.map(formatReceipt);
    },
  }),
  eth_pendingTransactions: method({
    summary: "The transactions that wait in the pool.",
    params: [],
    handler({ chain }) {
      const { pending, queued } = chain.pooledTransactions();
      return [...pending, ...queued].map((transaction) => formatTransaction(transaction, undefined));
    },
  }),
} as const;
