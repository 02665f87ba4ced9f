import { bytesToBigInt, toHex } from "../codec/hex.ts";
import type { HaltReason } from "../types.ts";
import { haltWords } from "./halt-words.ts";
import { describePanic } from "./panic-reasons.ts";
import type { RecordedFrame } from "./solidity/execution-record.ts";

/** Names the custom error that revert data encode, as `TooMuch(5, 3)`; `undefined` if it knows none that fits. */
export type ErrorNamer = (revertData: Uint8Array) => Promise<string | undefined>;

/** An execution that failed. */
export interface Failure {
  /** Revert data. */
  readonly returnData: Uint8Array;
  /** Why the EVM stopped. */
  readonly haltReason: HaltReason | undefined;
  /** What ran, if it was recorded. */
  readonly record?: RecordedFrame;
}

const ERROR_STRING = "0x08c379a0";
const PANIC = "0x4e487b71";

const WORD = 32;

/** The one string that ABI-encoded bytes hold; `undefined` if they hold none. */
function textIn(encoded: Uint8Array): string | undefined {
  const numberAt = (at: number): number =>
    at + WORD > encoded.length ? Number.NaN : Number(bytesToBigInt(encoded.subarray(at, at + WORD)));
  const start = numberAt(0) + WORD;
  const end = start + numberAt(start - WORD);
  return end <= encoded.length ? new TextDecoder().decode(encoded.subarray(start, end)) : undefined;
}

async function describeRevert(data: Uint8Array, nameError: ErrorNamer | undefined): Promise<string> {
  const hex = toHex(data);
  if (data.length === 0) return "Transaction reverted without a reason string";
  const prefix = "VM Exception while processing transaction: reverted with";
  if (hex.startsWith(ERROR_STRING) || hex.startsWith(PANIC)) {
    // If the selector is that of a standard error but the rest is not, it is shown as bytes below.
    const reason = hex.startsWith(ERROR_STRING) ? textIn(data.subarray(4)) : undefined;
    if (reason !== undefined) return `${prefix} reason string '${reason}'`;
    if (hex.startsWith(PANIC) && data.length >= 36)
      return `VM Exception while processing transaction: ${describePanic(bytesToBigInt(data.subarray(4, 36)))}`;
  }
  const named = await nameError?.(data);
  return named === undefined
    ? `${prefix} an unrecognized custom error (return data: ${hex})`
    : `${prefix} custom error '${named}'`;
}

/**
 * Says why an execution failed, in the words of Hardhat's network, which tests and tools look for.
 * @param failure the failed execution
 * @param nameError names custom errors
 */
export async function describeFailure(failure: Failure, nameError?: ErrorNamer): Promise<string> {
  const { haltReason } = failure;
  return haltReason === undefined || haltReason === "revert"
    ? describeRevert(failure.returnData, nameError)
    : haltWords[haltReason];
}
