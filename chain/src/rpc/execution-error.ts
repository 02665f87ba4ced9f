import { toHex } from "../codec/hex.ts";
import { describeFailure, type Failure } from "../trace/failure.ts";
import type { FailureExplanation } from "../trace/solidity/stack-tracer.ts";
import type { Hash, SubmitResult } from "../types.ts";
import type { RpcContext } from "./context.ts";
import { RpcError, rpcErrorCodes } from "./rpc-error.ts";
import { SolidityError } from "./solidity-error.ts";

/**
 * The error of a failed execution, as Hardhat's network reports it: code 3 with the revert data, or -32000 when the gas ran out. Where the sources of
 * the contracts are known, its stack begins with the Solidity stack trace.
 * @param failure the failed execution
 * @param context names custom errors and explains failures
 * @param transactionHash given if the failed transaction was mined all the same
 */
export async function executionError(failure: Failure, context: RpcContext, transactionHash?: Hash): Promise<RpcError> {
  const explain = await explainer(failure, context);
  const hash = transactionHash === undefined ? {} : { transactionHash };
  const data = failure.haltReason === "revert" ? toHex(failure.returnData) : "0x";
  const message = await messageOf(failure, context, explain);
  const details =
    failure.haltReason === "out-of-gas"
      ? { data: { reason: "OutOfGas", data, transactionHash: transactionHash ?? null }, ...hash }
      : { data, ...hash };
  const code = failure.haltReason === "out-of-gas" ? rpcErrorCodes.invalidInput : rpcErrorCodes.reverted;
  return explain === undefined
    ? new RpcError(code, message, details)
    : new SolidityError(code, message, details, () => explain().frames);
}

/** Revert data speak for themselves: then nothing is worked out before somebody asks for the stack. */
async function messageOf(
  failure: Failure,
  { nameError }: RpcContext,
  explain: (() => FailureExplanation) | undefined,
): Promise<string> {
  const isSilent = failure.returnData.length === 0 && failure.haltReason !== "out-of-gas";
  const told = isSilent ? explain?.().message : undefined;
  if (told !== undefined) return told;
  return describeFailure(failure, async (data) => (await nameError?.(data)) ?? explain?.().customError);
}

/** Explains a failure at most once, when asked; `undefined` if there is nothing to explain it with. */
async function explainer(
  { record }: Failure,
  { stackTracer }: RpcContext,
): Promise<(() => FailureExplanation) | undefined> {
  if (record === undefined || stackTracer === undefined) return undefined;
  let explanation: FailureExplanation | undefined;
  const tracer = await stackTracer();
  return () => {
    explanation ??= tracer.explain(record);
    return explanation;
  };
}

/**
 * The answer to a submitted transaction: its hash, or the error if it failed.
 * @throws RpcError if it was refused, or mined and failed
 */
export async function submissionHash(result: SubmitResult, context: RpcContext): Promise<Hash> {
  if (result.refused !== undefined) throw await executionError(result.refused, context);
  const { receipt, record } = result;
  if (receipt?.status === 0 && context.throwOn.transactions) {
    const { returnData, haltReason } = receipt;
    const failure = { returnData, haltReason, ...(record === undefined ? {} : { record }) };
    throw await executionError(failure, context, result.hash);
  }
  return result.hash;
}
