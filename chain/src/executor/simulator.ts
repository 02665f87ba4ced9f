import type { CallOptions } from "../chain.ts";
import type { BlockContext } from "../engine/engine.ts";
import type { Tracer } from "../engine/tracer.ts";
import { ChainError } from "../errors.ts";
import type { Ledger } from "../ledger.ts";
import type { State } from "../state/state.ts";
import type { CallRequest, CallResult, EstimateResult, Hash } from "../types.ts";
import { type CallViews, gasCeiling, NO_SENDER, runCall } from "./call-views.ts";
import { type ExecutionResult, executionOf } from "./executor.ts";
import { recordExecution } from "./record-execution.ts";
import { replayUpTo, requireMined } from "./replay.ts";

/** Executions that leave no trace. */
export interface Simulator {
  call(request: CallRequest, options: CallOptions): Promise<CallResult>;
  estimateGas(request: CallRequest, options: CallOptions): Promise<EstimateResult>;
  traceTransaction(hash: Hash, tracer: Tracer): Promise<CallResult>;
}

const CALL_STIPEND = 2_300n;

/** Makes the simulator of a ledger. */
export function createSimulator(ledger: Ledger, callViews: CallViews): Simulator {
  const { executor } = ledger;

  /** A failed result, with what ran if failures are recorded. */
  async function failed(
    result: ExecutionResult,
    state: State,
    context: BlockContext,
    request: CallRequest,
    gasLimit: bigint,
  ): Promise<CallResult> {
    if (!ledger.recordsFailures) return callResult(result);
    const record = await recordExecution(state, (tracer) => runCall(ledger, state, context, request, gasLimit, tracer));
    return { ...callResult(result), ...(record === undefined ? {} : { record }) };
  }

  return {
    call: (request, options) =>
      callViews.within(options, async (state, context) => {
        const gasLimit = gasCeiling(request, context, ledger);
        const result = await runCall(ledger, state, context, request, gasLimit, options.tracer ?? ledger.tracer);
        return result.success ? callResult(result) : failed(result, state, context, request, gasLimit);
      }),

    estimateGas: (request, options) =>
      callViews.within(
        { ...options, block: options.block ?? "pending" },
        async (state, context): Promise<EstimateResult> => {
          let high = gasCeiling(request, context, ledger);
          const price = request.maxFeePerGas ?? request.gasPrice ?? 0n;
          if (price > 0n) {
            const affordable = (state.getBalance(request.from ?? NO_SENDER) - (request.value ?? 0n)) / price;
            if (affordable > 0n && affordable < high) high = affordable;
          }
          const first = await runCall(ledger, state, context, request, high, options.tracer ?? ledger.tracer);
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
              return (await runCall(ledger, state, context, request, gasLimit, undefined)).success;
            } catch (error) {
              if (error instanceof ChainError && error.code === "TX_GAS_BELOW_INTRINSIC") return false;
              throw error;
            }
          }
        },
      ),

    async traceTransaction(hash, tracer) {
      const { sealed, index, transaction } = requireMined(ledger, hash);
      return replayUpTo(ledger, sealed, index, async (state, context) =>
        callResult(await executor.execute(state, executionOf(transaction), context, tracer)),
      );
    },
  };
}

function callResult(result: ExecutionResult): CallResult {
  const { success, returnData, gasUsed, logs, haltReason, createdAddress } = result;
  return { success, returnData, gasUsed, logs, haltReason, createdAddress: success ? createdAddress : undefined };
}
