import { toHex } from "../../codec/hex.ts";
import type { Address, BlockSelector, Transaction, Word } from "../../types.ts";
import type { RpcContext } from "../context.ts";
import { senderOf } from "../default-sender.ts";
import { submissionHash } from "../execution-error.ts";
import { formatHeader, formatLocated, formatReceipt, type JsonObject } from "../format.ts";
import { quantity } from "../hex.ts";
import { notMined } from "../not-mined.ts";
import { transactionRequest } from "../object-params.ts";
import {
  address,
  asRecord,
  block,
  blockHash,
  blockNumber,
  decodeAddress,
  decodeSlot,
  invalidParam,
  listOf,
  param,
  required,
} from "../params.ts";
import { method } from "./define.ts";

/** Most storage words that one request reads. */
const MOST_SLOTS = 1_024;

const acceptsSlots = "an object of addresses and lists of storage slots, at most 1,024 in all";

const slotsByAddress = required("requests", acceptsSlots, (value, name): ReadonlyMap<Address, Word[]> => {
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, acceptsSlots, value);
  const wanted = new Map<Address, Word[]>();
  let count = 0;
  for (const [account, slots] of Object.entries(record)) {
    const list = listOf(decodeSlot, "a list of storage slots")(slots, `${name}.${account}`);
    count += list.length;
    if (count > MOST_SLOTS) throw invalidParam(name, acceptsSlots, `${count} slots`);
    wanted.set(decodeAddress(account, name), list);
  }
  return wanted;
});

async function rawAt({ chain }: RpcContext, selector: BlockSelector, position: bigint): Promise<string | null> {
  const found: Transaction | undefined = (await chain.getBlock(selector))?.transactions[Number(position)];
  return found === undefined ? null : toHex(found.raw);
}

async function header({ chain }: RpcContext, selector: BlockSelector): Promise<JsonObject | null> {
  const found = await chain.getBlock(selector);
  return found === undefined ? null : formatHeader(found);
}

/** Reads and submissions of `eth_*` that other nodes have beside the common ones. */
export const furtherMethods = {
  eth_baseFee: method({
    summary: "Base fee of the next block, wei per gas.",
    params: [],
    handler: ({ chain }) => quantity(chain.nextBlockBaseFeePerGas()),
  }),
  eth_protocolVersion: method({ summary: "Always 1.", params: [], handler: () => "0x1" }),
  eth_getCompilers: method({ summary: "Always empty: the node compiles nothing.", params: [], handler: () => [] }),
  eth_getAccount: method({
    summary: "Nonce, balance, storage root and code hash of an account.",
    params: [address, block],
    async handler({ chain }, account, at) {
      const { nonce, balance, storageHash, codeHash } = await chain.getProof(account, [], at);
      return { nonce: quantity(nonce), balance: quantity(balance), storageRoot: storageHash, codeHash };
    },
  }),
  eth_getAccountInfo: method({
    summary: "Balance, nonce and code of an account.",
    params: [address, block],
    handler: async ({ chain }, account, at) => ({
      balance: quantity(await chain.getBalance(account, at)),
      nonce: quantity(await chain.getNonce(account, at)),
      code: toHex(await chain.getCode(account, at)),
    }),
  }),
  eth_getStorageValues: method({
    summary: "Storage words of several accounts.",
    params: [slotsByAddress, block],
    async handler({ chain }, wanted, at) {
      const found: [Address, Word[]][] = [];
      for (const [account, slots] of wanted) {
        const words: Word[] = [];
        for (const slot of slots) words.push(await chain.getStorageAt(account, slot, at));
        found.push([account, words]);
      }
      return Object.fromEntries(found);
    },
  }),
  eth_getTransactionBySenderAndNonce: method({
    summary: "A sender's transaction with a nonce, mined or waiting, or null.",
    params: [address, param.integer64("nonce")],
    handler: async ({ chain }, sender, nonce) => formatLocated(await chain.findTransaction(sender, nonce)),
  }),
  eth_getRawTransactionByBlockHashAndIndex: method({
    summary: "The encoded transaction at a position of a block, or null.",
    params: [blockHash, param.quantity("index")],
    handler: (context, hash, position) => rawAt(context, { hash }, position),
  }),
  eth_getRawTransactionByBlockNumberAndIndex: method({
    summary: "The encoded transaction at a position of a block, or null.",
    params: [blockNumber, param.quantity("index")],
    handler: rawAt,
  }),
  eth_getHeaderByNumber: method({
    summary: "A header by number or tag, or null.",
    params: [blockNumber],
    handler: header,
  }),
  eth_getHeaderByHash: method({
    summary: "A header by hash, or null.",
    params: [blockHash],
    handler: (context, hash) => header(context, { hash }),
  }),
  eth_getUncleByBlockHashAndIndex: method({
    summary: "Always null: there are no uncles.",
    params: [blockHash, param.quantity("index")],
    handler: () => null,
  }),
  eth_getUncleByBlockNumberAndIndex: method({
    summary: "Always null: there are no uncles.",
    params: [blockNumber, param.quantity("index")],
    handler: () => null,
  }),
  eth_sendTransactionSync: method({
    summary: "Submits as `eth_sendTransaction` does and returns the receipt, if automine puts it into a block.",
    params: [transactionRequest],
    async handler(context, request) {
      const result = await context.chain.sendTransaction({ ...request, from: senderOf(context, request) });
      await submissionHash(result, context);
      if (result.receipt === undefined) throw notMined(result.hash);
      return formatReceipt(result.receipt);
    },
  }),
} as const;
