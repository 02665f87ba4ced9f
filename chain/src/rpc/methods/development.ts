import { quantity } from "../hex.ts";
import { decodeInteger, invalidParam, optional, param, required } from "../params.ts";
import { method } from "./define.ts";

/** Most blocks that one request mines. */
const MOST_BLOCKS = 10_000_000n;

const acceptsInterval = "milliseconds, or a list of the least and the most";

const interval = required("interval", acceptsInterval, (value, name): number | readonly [number, number] => {
  if (!Array.isArray(value)) return Number(decodeInteger(value, name));
  const [least, most] = value.map((item, index) => Number(decodeInteger(item, `${name}[${index}]`)));
  if (value.length !== 2 || least === undefined || most === undefined || least > most)
    throw invalidParam(name, acceptsInterval, value);
  return [least, most];
});

/** `evm_*` and `hardhat_*`: time, mining, snapshots, accounts. */
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
  evm_mine: method({
    summary: "Makes one block, with the timestamp given.",
    params: [param.optionalInteger("timestamp")],
    async handler({ chain }, timestamp) {
      if (timestamp !== undefined && timestamp > 0n) await chain.setNextBlockTimestamp(timestamp);
      await chain.mine();
      return "0x0";
    },
  }),
  evm_increaseTime: method({
    summary: "Moves time ahead by seconds; returns the whole offset, in decimal.",
    params: [param.integer("seconds")],
    handler: async ({ chain }, seconds) => (await chain.increaseTime(seconds)).toString(),
  }),
  evm_setNextBlockTimestamp: method({
    summary: "Sets the timestamp of the next block, in seconds.",
    params: [param.integer("timestamp")],
    async handler({ chain }, timestamp) {
      await chain.setNextBlockTimestamp(timestamp);
      return timestamp.toString();
    },
  }),
  evm_setAutomine: method({
    summary: "Makes a block per transaction, or no longer.",
    params: [param.boolean("enabled")],
    handler({ chain }, enabled) {
      chain.setAutomine(enabled);
      return true;
    },
  }),
  evm_setIntervalMining: method({
    summary: "Makes a block every so many milliseconds; 0 stops it.",
    params: [interval],
    handler({ chain }, milliseconds) {
      chain.setIntervalMining(milliseconds);
      return true;
    },
  }),
  evm_setBlockGasLimit: method({
    summary: "Sets the gas limit of the blocks to come.",
    params: [param.quantity("gasLimit")],
    async handler({ chain }, gasLimit) {
      await chain.setBlockGasLimit(gasLimit);
      return true;
    },
  }),
  hardhat_mine: method({
    summary: "Makes blocks, so many seconds apart.",
    params: [
      optional("blocks", "a number of blocks", decodeInteger, 1n),
      optional("interval", "seconds", decodeInteger, 1n),
    ],
    async handler({ chain }, blocks, seconds) {
      if (blocks > MOST_BLOCKS) throw invalidParam("blocks", `at most ${MOST_BLOCKS}`, quantity(blocks));
      // Zero is what viem's test client sends for "no interval": as in Hardhat's network, a second apart then.
      if (blocks > 0n) await chain.mine(blocks, seconds === 0n ? 1n : seconds);
      return true;
    },
  }),
  hardhat_getAutomine: method({
    summary: "Whether every transaction gets a block at once.",
    params: [],
    handler: ({ chain }) => chain.miningMode().automine,
  }),
  hardhat_setBalance: method({
    summary: "Sets a balance, in wei.",
    params: [param.address("address"), param.quantity("balance")],
    async handler({ chain }, account, balance) {
      await chain.setBalance(account, balance);
      return true;
    },
  }),
  hardhat_setNonce: method({
    summary: "Raises a nonce.",
    params: [param.address("address"), param.quantity("nonce")],
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
    params: [param.address("address"), param.slot("slot"), param.word("value")],
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
