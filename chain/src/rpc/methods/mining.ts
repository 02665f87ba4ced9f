import { toHex } from "../../codec/hex.ts";
import type { Block, HaltReason } from "../../types.ts";
import type { RpcContext } from "../context.ts";
import { formatBlock, type JsonObject } from "../format.ts";
import { asRecord, decodeInteger64, invalidParam, optional, param, required } from "../params.ts";
import { method } from "./define.ts";

/** Most milliseconds between blocks: the longest that a timer waits. */
const MOST_MILLISECONDS = 2 ** 31 - 1;
/** A time beyond this is in milliseconds: in seconds it would be the year 5138. */
const FIRST_MILLISECONDS = 100_000_000_000n;
/** Most blocks that `evm_mine` makes and shows at once. */
const MOST_DETAILED_BLOCKS = 1_000n;

const acceptsInterval = "milliseconds, at most 2^31 - 1, or a list of the least and the most";

function milliseconds(value: unknown, name: string): number {
  const number = decodeInteger64(value, name);
  if (number > MOST_MILLISECONDS) throw invalidParam(name, acceptsInterval, value);
  return Number(number);
}

const interval = required("interval", acceptsInterval, (value, name): number | readonly [number, number] => {
  if (!Array.isArray(value)) return milliseconds(value, name);
  const [least, most] = value.map((item, index) => milliseconds(item, `${name}[${index}]`));
  if (value.length !== 2 || least === undefined || most === undefined || least > most)
    throw invalidParam(name, acceptsInterval, value);
  return [least, most];
});

/** Blocks that `evm_mine` is asked for. */
interface MineRequest {
  readonly timestamp: bigint | undefined;
  readonly blocks: bigint;
}

const acceptsMine = "a timestamp in seconds, or {timestamp, blocks}";

const mineRequest = optional(
  "timestamp",
  acceptsMine,
  (value, name): MineRequest => {
    const record = asRecord(value);
    if (record === undefined) return { timestamp: decodeInteger64(value, name), blocks: 1n };
    const at = (part: string) =>
      record[part] === undefined || record[part] === null
        ? undefined
        : decodeInteger64(record[part], `${name}.${part}`);
    const blocks = at("blocks") ?? 1n;
    if (blocks > MOST_DETAILED_BLOCKS)
      throw invalidParam(`${name}.blocks`, `at most ${MOST_DETAILED_BLOCKS}; hardhat_mine makes more`, value);
    return { timestamp: at("timestamp"), blocks };
  },
  { timestamp: undefined, blocks: 1n } satisfies MineRequest,
);

async function mine({ chain }: RpcContext, { timestamp, blocks }: MineRequest): Promise<readonly Block[]> {
  if (timestamp !== undefined) await chain.setNextBlockTimestamp(timestamp);
  const made: Block[] = [];
  for (let count = 0n; count < blocks; count++) made.push(...(await chain.mine()));
  return made;
}

function outcomeOf(status: 0 | 1, returnData: Uint8Array, haltReason: HaltReason | undefined): JsonObject {
  const output = toHex(returnData);
  return status === 1 ? { output } : { output, error: haltReason ?? "failed" };
}

/** A block with what became of its transactions, as Anvil details it. */
function detailed(block: Block): JsonObject {
  const formatted = formatBlock(block, true, false);
  const transactions: unknown = formatted.transactions;
  return {
    ...formatted,
    transactions: (Array.isArray(transactions) ? transactions : []).map((transaction: unknown, index) => {
      const receipt = block.receipts[index];
      return {
        ...asRecord(transaction),
        ...(receipt === undefined ? {} : outcomeOf(receipt.status, receipt.returnData, receipt.haltReason)),
      };
    }),
  };
}

/** When blocks are made, and how many. */
export const miningMethods = {
  evm_mine: method({
    summary: "Makes a block, or `blocks` of them, the first with the timestamp given.",
    params: [mineRequest],
    async handler(context, request) {
      await mine(context, request);
      return "0";
    },
  }),
  evm_mine_detailed: method({
    summary: "The same, and returns the blocks with the output of their transactions.",
    params: [mineRequest],
    handler: async (context, request) => (await mine(context, request)).map(detailed),
  }),
  hardhat_mine: method({
    summary:
      "Makes blocks, so many seconds apart; of very many, all but the first and the last are not stored one by one.",
    params: [
      optional("blocks", "a number of blocks", decodeInteger64, 1n),
      optional("interval", "seconds", decodeInteger64, 1n),
    ],
    async handler({ chain }, blocks, seconds) {
      // Zero is what viem's test client sends for "no interval": as in Hardhat's network, a second apart then.
      if (blocks > 0n) await chain.mine(blocks, seconds === 0n ? 1n : seconds);
      return true;
    },
  }),
  hardhat_intervalMine: method({
    summary: "Makes the block that the timer would make, if there is a timer; false if there is none.",
    params: [],
    async handler({ chain }) {
      if (chain.miningMode().interval === 0) return false;
      await chain.mine();
      return true;
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
  hardhat_getAutomine: method({
    summary: "Whether every transaction gets a block at once.",
    params: [],
    handler: ({ chain }) => chain.miningMode().automine,
  }),
  evm_setIntervalMining: method({
    summary: "Makes a block every so many milliseconds; 0 stops it.",
    params: [interval],
    handler({ chain }, pause) {
      chain.setIntervalMining(pause);
      return true;
    },
  }),
  anvil_setIntervalMining: method({
    summary: "Makes a block every so many seconds; 0 stops it. Automine stays as it is.",
    params: [param.integer64("seconds")],
    handler({ chain }, seconds) {
      chain.setIntervalMining(milliseconds(Number(seconds * 1000n), "seconds"));
      return null;
    },
  }),
  anvil_getIntervalMining: method({
    summary: "Seconds between the blocks of the timer, null if there is none.",
    params: [],
    handler({ chain }) {
      const { interval: pause } = chain.miningMode();
      const longest = typeof pause === "number" ? pause : pause[1];
      return longest === 0 ? null : longest / 1000;
    },
  }),
  miner_start: method({
    summary: "Turns automine on; true.",
    params: [optional("threads", "a number; it changes nothing", decodeInteger64, 1n)],
    handler({ chain }) {
      chain.setAutomine(true);
      return true;
    },
  }),
  miner_stop: method({
    summary: "Turns automine and the timer off; true.",
    params: [],
    handler({ chain }) {
      chain.setAutomine(false);
      chain.setIntervalMining(0);
      return true;
    },
  }),

  evm_increaseTime: method({
    summary: "Moves time ahead by seconds; returns the whole offset, in decimal.",
    params: [param.integer64("seconds")],
    handler: async ({ chain }, seconds) => (await chain.increaseTime(seconds)).toString(),
  }),
  evm_setTime: method({
    summary:
      "Sets the chain's time, in seconds, or in milliseconds from 10^11 on; returns by how many seconds that is ahead.",
    params: [param.integer64("time")],
    async handler({ chain }, time) {
      const ahead = await chain.setTime(time < FIRST_MILLISECONDS ? time : time / 1000n);
      return Number(ahead < 0n ? 0n : ahead);
    },
  }),
  evm_setNextBlockTimestamp: method({
    summary: "Sets the timestamp of the next block, in seconds.",
    params: [param.integer64("timestamp")],
    async handler({ chain }, timestamp) {
      await chain.setNextBlockTimestamp(timestamp);
      return timestamp.toString();
    },
  }),
  anvil_setBlockTimestampInterval: method({
    summary: "Gives every block to come a timestamp so many seconds after its parent's.",
    params: [param.integer64("seconds")],
    async handler({ chain }, seconds) {
      await chain.setBlockTimestampInterval(seconds);
      return null;
    },
  }),
  anvil_removeBlockTimestampInterval: method({
    summary: "Lets timestamps follow the clock again; false if they did.",
    params: [],
    handler: ({ chain }) => chain.setBlockTimestampInterval(undefined),
  }),
  anvil_getGenesisTime: method({
    summary: "Timestamp of genesis, in seconds.",
    params: [],
    async handler({ chain }) {
      return Number((await chain.getBlock("earliest"))?.header.timestamp ?? 0n);
    },
  }),
} as const;
