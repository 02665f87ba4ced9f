import type { CallOptions } from "../../chain.ts";
import { toHex } from "../../codec/hex.ts";
import { blockOverrides } from "../block-overrides.ts";
import { senderOf, withSender } from "../default-sender.ts";
import { executionError, submissionHash } from "../execution-error.ts";
import { formatReceipt } from "../format.ts";
import { quantity } from "../hex.ts";
import { notMined } from "../not-mined.ts";
import { callRequest, stateOverrides, transactionRequest } from "../object-params.ts";
import {
  block,
  decodeBlock,
  decodeInteger,
  invalidParam,
  listOf,
  optional,
  param,
  required,
  unfitParam,
} from "../params.ts";
import { method } from "./define.ts";

/** Tip that is suggested, wei per gas. */
const SUGGESTED_TIP = 1_000_000_000n;
/** Most blocks that one `eth_feeHistory` answers for, as in geth. */
const MOST_FEE_BLOCKS = 1024n;

function overridesOf(
  stateOverrides: CallOptions["stateOverrides"] | undefined,
  blockOverrides: CallOptions["blockOverrides"] | undefined,
): Pick<CallOptions, "stateOverrides" | "blockOverrides"> {
  return {
    ...(stateOverrides === undefined ? {} : { stateOverrides }),
    ...(blockOverrides === undefined ? {} : { blockOverrides }),
  };
}

const acceptsPercentiles = "a list of ascending numbers from 0 to 100";

const percentiles = optional(
  "rewardPercentiles",
  acceptsPercentiles,
  (value, name) => {
    const list = listOf((item, at): number => {
      if (typeof item !== "number" || !(item >= 0 && item <= 100))
        throw invalidParam(at, "a number from 0 to 100", item);
      return item;
    }, acceptsPercentiles)(value, name);
    if (list.some((item, i) => i > 0 && item < (list[i - 1] ?? 0))) throw invalidParam(name, acceptsPercentiles, value);
    return list;
  },
  undefined,
);

/** Calls, estimates, fees and submission. */
export const executeMethods = {
  eth_chainId: method({ summary: "Chain id (EIP-155).", params: [], handler: ({ chain }) => quantity(chain.chainId) }),
  eth_syncing: method({ summary: "Always false.", params: [], handler: () => false }),
  eth_mining: method({
    summary: "Whether blocks come by themselves.",
    params: [],
    handler({ chain }) {
      const { automine, interval } = chain.miningMode();
      return automine || interval !== 0;
    },
  }),
  eth_hashrate: method({ summary: "Always zero: nothing is mined by work.", params: [], handler: () => "0x0" }),
  eth_coinbase: method({
    summary: "Beneficiary of the next block.",
    params: [],
    handler: ({ chain }) => chain.coinbase(),
  }),
  eth_call: method({
    summary:
      "Executes a call and returns its result without changing anything; state overrides by address, block overrides.",
    params: [callRequest, block, stateOverrides, blockOverrides],
    async handler(context, request, at, ofState, ofBlock) {
      const result = await context.chain.call(withSender(context, request), {
        block: at,
        ...overridesOf(ofState, ofBlock),
      });
      if (!result.success && context.throwOn.calls) throw await executionError(result, context);
      return toHex(result.returnData);
    },
  }),
  eth_estimateGas: method({
    summary: "The smallest gas limit with which a transaction succeeds.",
    params: [
      callRequest,
      optional("block", "a block", decodeBlock, "pending" as const),
      stateOverrides,
      blockOverrides,
    ],
    async handler(context, request, at, ofState, ofBlock) {
      const result = await context.chain.estimateGas(withSender(context, request), {
        block: at,
        ...overridesOf(ofState, ofBlock),
      });
      // An estimate runs the code several times: its console lines would come several times, too.
      context.console.discard();
      if (!result.success) throw await executionError(result, context);
      return quantity(result.gasLimit);
    },
  }),
  eth_gasPrice: method({
    summary: "Base fee of the next block plus the suggested tip, wei per gas.",
    params: [],
    handler: ({ chain }) => quantity(chain.nextBlockBaseFeePerGas() + SUGGESTED_TIP),
  }),
  eth_maxPriorityFeePerGas: method({
    summary: "The suggested tip, wei per gas.",
    params: [],
    handler: () => quantity(SUGGESTED_TIP),
  }),
  eth_feeHistory: method({
    summary: "Base fees, gas use and tips of the latest blocks.",
    params: [
      required("blockCount", "a number from 1 to 1024", decodeInteger),
      required("newestBlock", "a block", decodeBlock),
      percentiles,
    ],
    async handler({ chain }, count, newest, wanted) {
      if (count < 1n || count > MOST_FEE_BLOCKS)
        throw unfitParam("blockCount", "a number from 1 to 1024", quantity(count));
      const history = await chain.getFeeHistory(Number(count), newest, wanted ?? []);
      return {
        oldestBlock: quantity(history.oldestBlock),
        baseFeePerGas: history.baseFeePerGas.map(quantity),
        gasUsedRatio: [...history.gasUsedRatio],
        ...(history.baseFeePerBlobGas === undefined
          ? {}
          : {
              baseFeePerBlobGas: history.baseFeePerBlobGas.map(quantity),
              blobGasUsedRatio: [...(history.blobGasUsedRatio ?? [])],
            }),
        ...(wanted === undefined || wanted.length === 0
          ? {}
          : { reward: history.reward.map((tips) => tips.map(quantity)) }),
      };
    },
  }),
  eth_sendTransaction: method({
    summary:
      "Signs with one of the node's accounts (or for an impersonated one) and submits. Without a gas limit, a transaction that fails is refused and not mined.",
    params: [transactionRequest],
    async handler(context, request) {
      const result = await context.chain.sendTransaction({ ...request, from: senderOf(context, request) });
      return submissionHash(result, context);
    },
  }),
  eth_sendUnsignedTransaction: method({
    summary: "Submits for any sender, as if it were impersonated for this one transaction.",
    params: [transactionRequest],
    async handler(context, request) {
      const { chain } = context;
      const from = senderOf(context, request);
      const known = chain.accounts.includes(from) || chain.isImpersonated(from);
      if (!known) chain.impersonate(from);
      try {
        return await submissionHash(await chain.sendTransaction({ ...request, from }), context);
      } finally {
        if (!known) chain.stopImpersonating(from);
      }
    },
  }),
  eth_sendRawTransaction: method({
    summary:
      "Submits a signed transaction of any type; one with blobs in its wrapper, with their proofs (EIP-4844, EIP-7594).",
    params: [param.data("transaction")],
    handler: async (context, raw) => submissionHash(await context.chain.sendRawTransaction(raw), context),
  }),
  eth_sendRawTransactionSync: method({
    summary: "Submits a signed transaction and returns its receipt, if automine puts it into a block.",
    params: [param.data("transaction"), param.optionalInteger("timeout")],
    async handler(context, raw) {
      const result = await context.chain.sendRawTransaction(raw);
      await submissionHash(result, context);
      if (result.receipt === undefined) {
        throw notMined(result.hash);
      }
      return formatReceipt(result.receipt);
    },
  }),
} as const;
