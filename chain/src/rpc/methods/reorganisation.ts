import type { BranchTransaction } from "../../reorganisation.ts";
import { senderOf } from "../default-sender.ts";
import { type SenderlessRequest, transactionRequest } from "../object-params.ts";
import { decodeData, decodeInteger64, invalidParam, listOf, optional, required } from "../params.ts";
import { method } from "./define.ts";

const acceptsPairs = "a list of pairs [transaction, index of the new block]";

/** What `anvil_reorg` puts into the new blocks: a request or signed bytes, and in which block. */
const branch = optional(
  "transactions",
  acceptsPairs,
  listOf((item, at): { readonly given: SenderlessRequest | Uint8Array; readonly block: bigint } => {
    if (!Array.isArray(item) || item.length !== 2) throw invalidParam(at, acceptsPairs, item);
    const [given, block] = item;
    return {
      given: typeof given === "string" ? decodeData(given, `${at}[0]`) : transactionRequest.decode(given, `${at}[0]`),
      block: decodeInteger64(block, `${at}[1]`),
    };
  }, acceptsPairs),
  [],
);

const depth = required("depth", "a number of blocks, at least 1", (value, name): bigint => {
  const blocks = decodeInteger64(value, name);
  if (blocks < 1n) throw invalidParam(name, "a number of blocks, at least 1", value);
  return blocks;
});

/** Blocks that are taken away, as a chain does that goes over to another branch. */
export const reorganisationMethods = {
  anvil_rollback: method({
    summary: "Takes the last blocks away (by default one), with all that was set since. Their transactions are gone.",
    params: [optional("depth", "a number of blocks", decodeInteger64, 1n)],
    async handler({ chain, filters }, blocks) {
      await chain.rollback(blocks);
      filters.rewind();
      return null;
    },
  }),
  anvil_reorg: method({
    summary:
      "Takes the last blocks away and makes as many others, with the transactions given, each with the index of its block.",
    params: [depth, branch],
    async handler(context, blocks, given) {
      const { chain, filters } = context;
      const transactions = given.map(({ given: one, block }, index): BranchTransaction => {
        if (block >= blocks)
          throw invalidParam(`transactions[${index}][1]`, `below ${blocks}, the number of new blocks`, String(block));
        const transaction = one instanceof Uint8Array ? one : { ...one, from: senderOf(context, one) };
        return { transaction, block: Number(block) };
      });
      const first = chain.latestBlock().header.number - blocks;
      await chain.reorganise(blocks, transactions);
      filters.rewind(first);
      return null;
    },
  }),
} as const;
