import type { Word } from "../../types.ts";
import { quantity } from "../hex.ts";
import { limitExceeded } from "../limits.ts";
import { decodeInteger, decodeWord, invalidParam, param, required, unfitParam } from "../params.ts";
import { method } from "./define.ts";

const HEX = /^0x[0-9a-fA-F]*$/;
const WORD_LENGTH = 66;
/** Highest gas limit of a block, as in geth. */
const MOST_GAS = 2n ** 63n - 1n;

const gasLimit = required("gasLimit", "a number of gas in hex, from 1 to 2^63 - 1", (value, name): bigint => {
  const limit = decodeInteger(value, name);
  if (limit > MOST_GAS) throw invalidParam(name, "from 1 to 2^63 - 1", value);
  if (limit < 1n) throw unfitParam(name, "from 1 to 2^63 - 1", value);
  return limit;
});

const storageWord = required("value", "32 bytes in hex", (value, name): Word => {
  if (typeof value === "string" && HEX.test(value) && value.length !== WORD_LENGTH)
    throw unfitParam(name, "32 bytes in hex", value);
  return decodeWord(value, name);
});

/** Snapshots, accounts, and what the next block is like. */
export const developmentMethods = {
  evm_snapshot: method({
    summary: "Marks the present, and returns the mark's id.",
    params: [],
    handler: async ({ chain }) => quantity(await chain.snapshot()),
  }),
  evm_revert: method({
    summary: "Returns to a snapshot and forgets it and all later ones; false if there is none.",
    params: [param.integer("snapshotId")],
    async handler({ chain, filters }, id) {
      const done = await chain.revert(id);
      if (done) filters.rewind();
      return done;
    },
  }),
  evm_setBlockGasLimit: method({
    summary: "Sets the gas limit of the blocks to come.",
    params: [gasLimit],
    async handler({ chain, limits }, limit) {
      if (limit > limits.blockGas) {
        throw limitExceeded(
          "blockGas",
          limits.blockGas,
          `a block gas limit beyond ${limits.blockGas} cannot be set by request here; start the node with the setting blockGasLimit`,
        );
      }
      await chain.setBlockGasLimit(limit);
      return true;
    },
  }),
  hardhat_setBalance: method({
    summary: "Sets a balance, in wei.",
    params: [param.address("address"), param.hexQuantity("balance")],
    async handler({ chain }, account, balance) {
      await chain.setBalance(account, balance);
      return true;
    },
  }),
  hardhat_setNonce: method({
    summary: "Raises a nonce.",
    params: [param.address("address"), param.hexQuantity64("nonce")],
    async handler({ chain }, account, nonce) {
      await chain.setNonce(account, nonce);
      return true;
    },
  }),
  hardhat_setCode: method({
    summary: "Sets the code of an account.",
    params: [param.address("address"), param.data("code")],
    async handler({ chain }, account, code) {
      await chain.setCode(account, code);
      return true;
    },
  }),
  hardhat_setStorageAt: method({
    summary: "Sets a storage word.",
    params: [param.address("address"), param.slot("slot"), storageWord],
    async handler({ chain }, account, slot, value) {
      await chain.setStorageAt(account, slot, value);
      return true;
    },
  }),
  hardhat_impersonateAccount: method({
    summary: "Accepts transactions from an account without its key.",
    params: [param.address("address")],
    handler({ chain }, account) {
      chain.impersonate(account);
      return true;
    },
  }),
  hardhat_stopImpersonatingAccount: method({
    summary: "Ends an impersonation; false if there was none.",
    params: [param.address("address")],
    handler: ({ chain }, account) => chain.stopImpersonating(account),
  }),
  hardhat_setCoinbase: method({
    summary: "Sets the beneficiary of the blocks to come.",
    params: [param.address("address")],
    async handler({ chain }, account) {
      await chain.setCoinbase(account);
      return true;
    },
  }),
  hardhat_setNextBlockBaseFeePerGas: method({
    summary: "Sets the base fee of the next block, wei per gas.",
    params: [param.quantity("baseFeePerGas")],
    async handler({ chain }, baseFee) {
      await chain.setNextBlockBaseFeePerGas(baseFee);
      return true;
    },
  }),
  hardhat_setPrevRandao: method({
    summary: "Sets PREVRANDAO of the next block.",
    params: [param.word("prevRandao")],
    async handler({ chain }, value) {
      await chain.setPrevRandao(value);
      return true;
    },
  }),
  hardhat_setMinGasPrice: method({
    summary: "Sets the least tip that automine accepts, wei per gas.",
    params: [param.quantity("price")],
    async handler({ chain }, price) {
      await chain.setMinGasPrice(price);
      return true;
    },
  }),
  hardhat_dropTransaction: method({
    summary: "Takes a waiting transaction out of the pool; false if it is not there.",
    params: [param.word("transactionHash")],
    handler: ({ chain }, hash) => chain.dropTransaction(hash),
  }),
} as const;
