import { toHex } from "../../codec/hex.ts";
import type { BlockSelector, Hash } from "../../types.ts";
import type { RpcContext } from "../context.ts";
import {
  address,
  blockHash,
  decodeBlockNumber,
  decodeHash,
  invalidParam,
  optional,
  param,
  required,
} from "../params.ts";
import { method } from "./define.ts";

const HASH_SIZE = 32;
/** In front of the hash of a code, in geth's database. */
const CODE_PREFIX = 0x63;
/** Most slots of one answer. */
const MOST_SLOTS = 1_024n;

function codeOf({ chain }: RpcContext, hash: Hash): string {
  const code = chain.inspect.codeByHash(hash);
  return code === undefined ? "0x" : toHex(code);
}

/** The block before, for who names one block alone. */
async function parentOf({ chain }: RpcContext, selector: BlockSelector, name: string): Promise<BlockSelector> {
  const found = await chain.getBlock(selector);
  if (found === undefined || found.header.number === 0n)
    throw invalidParam(name, "a block of the chain, not genesis", selector);
  return found.header.number - 1n;
}

async function modified(
  context: RpcContext,
  first: BlockSelector,
  last: BlockSelector | undefined,
  name: string,
): Promise<readonly string[]> {
  return last === undefined
    ? context.chain.inspect.modifiedAccounts(await parentOf(context, first, name), first)
    : context.chain.inspect.modifiedAccounts(first, last);
}

/** Hash of the least slot of a range. */
const start = required("start", "bytes in hex, at most 32", (value, name): Hash => {
  if (typeof value !== "string" || !/^0x[0-9a-fA-F]{0,64}$/.test(value))
    throw invalidParam(name, "bytes in hex, at most 32", value);
  return `0x${value.slice(2).toLowerCase().padEnd(64, "0")}`;
});

const endHash = optional(
  "endHash",
  "a 32-byte hash in hex",
  (value, name): BlockSelector => ({ hash: decodeHash(value, name) }),
  undefined,
);

/** What is behind accounts: code by its hash, ranges of storage, what blocks changed. */
export const inspectionMethods = {
  debug_codeByHash: method({
    summary: "Code by its hash; empty if there is none.",
    params: [param.word("codeHash"), optional("block", "a block, which does not matter", decodeBlockNumber, undefined)],
    handler: (context, hash) => codeOf(context, hash),
  }),
  debug_dbGet: method({
    summary: "Code by its key in the database of geth (`c` and its hash, or the hash); empty for any other key.",
    params: [param.data("key")],
    handler(context, key) {
      const hash = key.length === HASH_SIZE + 1 && key[0] === CODE_PREFIX ? key.subarray(1) : key;
      return hash.length === HASH_SIZE ? codeOf(context, toHex(hash)) : "0x";
    },
  }),
  debug_storageRangeAt: method({
    summary: "Slots of an account before a transaction of a block (by its index), in the order of their hashes.",
    params: [blockHash, param.integer64("transactionIndex"), address, start, param.integer64("limit")],
    async handler({ chain }, hash, index, account, from, limit) {
      const { storage, nextKey } = await chain.inspect.storageRange({
        block: { hash },
        transactionIndex: Number(index),
        address: account,
        start: from,
        limit: Number(limit < MOST_SLOTS ? limit : MOST_SLOTS),
      });
      return { storage: Object.fromEntries(storage), nextKey: nextKey ?? null };
    },
  }),
  debug_getModifiedAccountsByNumber: method({
    summary: "Accounts that a block changed, or all blocks after one up to another.",
    params: [
      required("startNumber", "a block", decodeBlockNumber),
      optional("endNumber", "a block", decodeBlockNumber, undefined),
    ],
    handler: (context, first, last) => modified(context, first, last, "startNumber"),
  }),
  debug_getModifiedAccountsByHash: method({
    summary: "The same by hash.",
    params: [param.word("startHash"), endHash],
    handler: (context, first, last) => modified(context, { hash: first }, last, "startHash"),
  }),
} as const;
