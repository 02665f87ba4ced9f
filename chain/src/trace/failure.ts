import { toHex } from "../codec/hex.ts";
import type { HaltReason } from "../types.ts";

/** Names the custom error that revert data encode, as `TooMuch(5, 3)`; `undefined` if it knows none that fits. */
export type ErrorNamer = (revertData: Uint8Array) => Promise<string | undefined>;

/** An execution that failed. */
export interface Failure {
  /** Revert data. */
  readonly returnData: Uint8Array;
  /** Why the EVM stopped. */
  readonly haltReason: HaltReason | undefined;
}

const ERROR_STRING = "0x08c379a0";
const PANIC = "0x4e487b71";

/** The codes of Solidity's `Panic(uint256)`, from the Solidity documentation ("Panic via assert and Error via require"). */
const panicReasons: Readonly<Record<number, string>> = {
  0: "Generic compiler panic",
  1: "Assertion error",
  17: "Arithmetic operation overflowed outside of an unchecked block",
  18: "Division or modulo division by zero",
  33: "Tried to convert a value into an enum, but the value was too big or negative",
  34: "Incorrectly encoded storage byte array",
  49: ".pop() was called on an empty array",
  50: "Array accessed at an out-of-bounds or negative index",
  65: "Too much memory was allocated, or an array was created that is too large",
  81: "Called a zero-initialized variable of internal function type",
};

const haltWords: Readonly<Record<Exclude<HaltReason, "revert">, string>> = {
  "out-of-gas": "Transaction ran out of gas",
  "invalid-opcode": "VM Exception while processing transaction: invalid opcode",
  "stack-underflow": "VM Exception while processing transaction: stack underflow",
  "stack-overflow": "VM Exception while processing transaction: stack overflow",
  "invalid-jump": "VM Exception while processing transaction: invalid jump",
  "static-state-change": "VM Exception while processing transaction: a static call tried to change the state",
  "insufficient-balance": "VM Exception while processing transaction: a call sent more than its contract holds",
  "create-collision": "VM Exception while processing transaction: the address of the new contract is taken",
  "code-size-exceeded":
    "Transaction reverted: trying to deploy a contract whose code is too large (EIP-170: 24,576 bytes)",
  "initcode-size-exceeded":
    "Transaction reverted: trying to deploy a contract whose init code is too large (EIP-3860: 49,152 bytes)",
  "invalid-code": "Transaction reverted: the deployed code starts with 0xef (EIP-3541)",
  "value-overflow": "VM Exception while processing transaction: value overflow",
  "precompile-failure": "VM Exception while processing transaction: a precompiled contract failed",
  other: "VM Exception while processing transaction: the EVM stopped",
};

async function describeRevert(data: Uint8Array, nameError: ErrorNamer | undefined): Promise<string> {
  const hex = toHex(data);
  if (data.length === 0) return "Transaction reverted without a reason string";
  const prefix = "VM Exception while processing transaction: reverted with";
  if (hex.startsWith(ERROR_STRING) || hex.startsWith(PANIC)) {
    const { decodeErrorResult } = await import("viem");
    try {
      const [what] = decodeErrorResult({ data: hex }).args ?? [];
      if (hex.startsWith(ERROR_STRING)) return `${prefix} reason string '${String(what)}'`;
      const code = Number(what);
      return `${prefix} panic code 0x${code.toString(16)} (${panicReasons[code] ?? "unknown panic code"})`;
    } catch {
      // The selector is that of a standard error but the rest is not: shown as bytes below.
    }
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
