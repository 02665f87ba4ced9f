import { beginBlock } from "../builder/block-steps.ts";
import type { Miner } from "../builder/miner.ts";
import type { CallOptions } from "../chain.ts";
import { EMPTY_BYTES, fromHex, trimZeros } from "../codec/hex.ts";
import type { BlockContext } from "../engine/engine.ts";
import type { Tracer } from "../engine/tracer.ts";
import { ChainError } from "../errors.ts";
import { environmentOf, type Ledger } from "../ledger.ts";
import { createState, type State } from "../state/state.ts";
import { createTrieReader } from "../state/state-reader.ts";
import type { Views } from "../store/views.ts";
import type { Address, CallRequest, CallResult, EstimateResult, Hash, StateOverride, Word } from "../types.ts";
import { type Execution, type ExecutionResult, executionOf } from "./executor.ts";
import { recordExecution } from "./record-execution.ts";

/** Executions that leave no trace. */
export interface Simulator {
  call(request: CallRequest, options: CallOptions): Promise<CallResult>;
  estimateGas(request: CallRequest, options: CallOptions): Promise<EstimateResult>;
  traceTransaction(hash: Hash, tracer: Tracer): Promise<CallResult>;
}

const ZERO_ADDRESS: Address = "0x0000000000000000000000000000000000000000";
const CALL_STIPEND = 2_300n;
const MAX_BALANCE = 2n ** 256n - 1n;

/** Makes the simulator of a ledger. */
export function createSimulator(ledger: Ledger, views: Views, miner: Miner): Simulator {
  const { executor } = ledger;

  /** Runs a request on a state and undoes it. */
  async function attempt(
    state: State,
    context: BlockContext,
    request: CallRequest,
    gasLimit: bigint,
    tracer: Tracer | undefined,
  ): Promise<ExecutionResult> {
    const execution = requestExecution(request, gasLimit, ledger.chainId);
    const before = state.snapshot();
    try {
      // As on Hardhat's network, a call may spend what its sender has not.
      const cost = execution.value + (execution.chargesFees ? gasLimit * execution.maxFeePerGas : 0n);
      if (cost > 0n && cost <= MAX_BALANCE && state.getBalance(execution.from) < cost)
        state.setBalance(execution.from, cost);
      return await executor.execute(
        state,
        execution,
        // Without a price, or with one that no block would take, nothing is burnt and BASEFEE reads 0.
        execution.maxFeePerGas >= context.baseFeePerGas ? context : { ...context, baseFeePerGas: 0n },
        tracer,
      );
    } finally {
      state.restore(before);
      state.release(before);
    }
  }

  /** A failed result, with what ran if failures are recorded. */
  async function failed(
    result: ExecutionResult,
    state: State,
    context: BlockContext,
    request: CallRequest,
    gasLimit: bigint,
  ): Promise<CallResult> {
    if (!ledger.recordsFailures) return callResult(result);
    const record = await recordExecution(state, (tracer) => attempt(state, context, request, gasLimit, tracer));
    return { ...callResult(result), ...(record === undefined ? {} : { record }) };
  }

  function inView<T>(options: CallOptions, work: (state: State, context: BlockContext) => Promise<T>): Promise<T> {
    return views.execute(options.block ?? "latest", miner, async (state, context) => {
      const { stateOverrides } = options;
      if (stateOverrides === undefined || stateOverrides.size === 0) return work(state, context);
      const before = state.snapshot();
      try {
        for (const [address, override] of stateOverrides) applyOverride(state, address, override);
        return await work(state, context);
      } finally {
        state.restore(before);
        state.release(before);
      }
    });
  }

  return {
    call: (request, options) =>
      inView(options, async (state, context) => {
        const gasLimit = ceiling(request, context, ledger);
        const result = await attempt(state, context, request, gasLimit, options.tracer ?? ledger.tracer);
        return result.success ? callResult(result) : failed(result, state, context, request, gasLimit);
      }),

    estimateGas: (request, options) =>
      inView({ ...options, block: options.block ?? "pending" }, async (state, context): Promise<EstimateResult> => {
        let high = ceiling(request, context, ledger);
        const price = request.maxFeePerGas ?? request.gasPrice ?? 0n;
        if (price > 0n) {
          const affordable = (state.getBalance(request.from ?? ZERO_ADDRESS) - (request.value ?? 0n)) / price;
          if (affordable > 0n && affordable < high) high = affordable;
        }
        const first = await attempt(state, context, request, high, options.tracer ?? ledger.tracer);
        if (!first.success) return { ...(await failed(first, state, context, request, high)), success: false };
        let low = first.gasUsedBeforeRefund - 1n;
        // Most often the gas used is all it takes; a frame that keeps back 1/64 or a stipend asks for a little more.
        for (const guess of [first.gasUsedBeforeRefund, ((first.gasUsedBeforeRefund + CALL_STIPEND) * 64n) / 63n]) {
          if (guess >= high) break;
          if (await suffices(guess)) {
            high = guess;
            break;
          }
          low = guess;
        }
        while (low + 1n < high) {
          const middle = (low + high) / 2n;
          if (await suffices(middle)) high = middle;
          else low = middle;
        }
        return { success: true, gasLimit: high };

        async function suffices(gasLimit: bigint): Promise<boolean> {
          try {
            return (await attempt(state, context, request, gasLimit, undefined)).success;
          } catch (error) {
            if (error instanceof ChainError && error.code === "TX_GAS_BELOW_INTRINSIC") return false;
            throw error;
          }
        }
      }),

    async traceTransaction(hash, tracer) {
      const place = ledger.store.transaction(hash);
      if (place === undefined)
        throw new ChainError("TRANSACTION_NOT_FOUND", `No block holds the transaction ${hash}`, { hash });
      const { sealed, index } = place;
      const { codes } = ledger.state;
      const state = createState({ base: createTrieReader(sealed.before, codes), codes });
      const environment = environmentOf(ledger, sealed);
      const { transactions } = sealed.block;
      try {
        beginBlock(state, ledger.rules, environment);
        for (const earlier of transactions.slice(0, index))
          await executor.execute(state, executionOf(earlier), environment);
        const [transaction] = transactions.slice(index, index + 1);
        if (transaction === undefined)
          throw new ChainError("TRANSACTION_NOT_FOUND", `No block holds the transaction ${hash}`, { hash });
        return callResult(await executor.execute(state, executionOf(transaction), environment, tracer));
      } finally {
        state.close();
      }
    },
  };
}

/** The gas limit of a call: what it asks for, or what one transaction may have; at most the block's. */
function ceiling({ gasLimit }: CallRequest, context: BlockContext, { rules, knobs }: Ledger): bigint {
  const wanted = gasLimit ?? knobs.defaultGasLimit ?? rules.maxTransactionGas ?? context.gasLimit;
  return wanted > context.gasLimit ? context.gasLimit : wanted;
}

function requestExecution(request: CallRequest, gasLimit: bigint, chainId: bigint): Execution {
  const maxFeePerGas = request.maxFeePerGas ?? request.gasPrice ?? request.maxPriorityFeePerGas ?? 0n;
  return {
    from: request.from ?? ZERO_ADDRESS,
    to: request.to,
    value: request.value ?? 0n,
    data: request.data ?? EMPTY_BYTES,
    gasLimit,
    maxFeePerGas,
    maxPriorityFeePerGas: request.maxPriorityFeePerGas ?? request.gasPrice ?? 0n,
    accessList: request.accessList ?? [],
    ...(request.authorizationList === undefined ? {} : { authorizationList: request.authorizationList, chainId }),
    nonce: undefined,
    hash: undefined,
    mayHaveCode: true,
    chargesFees: maxFeePerGas > 0n,
  };
}

function callResult(result: ExecutionResult): CallResult {
  const { success, returnData, gasUsed, logs, haltReason, createdAddress } = result;
  return { success, returnData, gasUsed, logs, haltReason, createdAddress: success ? createdAddress : undefined };
}

function applyOverride(state: State, address: Address, override: StateOverride): void {
  if (override.balance !== undefined) state.setBalance(address, override.balance);
  if (override.nonce !== undefined) state.setNonce(address, override.nonce);
  if (override.code !== undefined) state.setCode(address, override.code);
  if (override.state !== undefined) state.clearStorage(address);
  for (const [slot, value] of override.state ?? override.stateDiff ?? new Map<Word, Word>())
    state.setStorage(address, slot, trimZeros(fromHex(value)));
}
