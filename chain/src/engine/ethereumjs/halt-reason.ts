import { EVMErrorMessage, type EvmError } from "@nomicfoundation/ethereumjs-evm";
import type { HaltReason } from "../../types.ts";
import type { HaltDetail } from "../tracer.ts";

const reasons: ReadonlyMap<string, HaltReason> = new Map<string, HaltReason>([
  [EVMErrorMessage.REVERT, "revert"],
  [EVMErrorMessage.OUT_OF_GAS, "out-of-gas"],
  [EVMErrorMessage.CODESTORE_OUT_OF_GAS, "out-of-gas"],
  [EVMErrorMessage.INVALID_OPCODE, "invalid-opcode"],
  [EVMErrorMessage.STACK_UNDERFLOW, "stack-underflow"],
  [EVMErrorMessage.STACK_OVERFLOW, "stack-overflow"],
  [EVMErrorMessage.STATIC_STATE_CHANGE, "static-state-change"],
  [EVMErrorMessage.INSUFFICIENT_BALANCE, "insufficient-balance"],
  [EVMErrorMessage.CREATE_COLLISION, "create-collision"],
  [EVMErrorMessage.CODESIZE_EXCEEDS_MAXIMUM, "code-size-exceeded"],
  [EVMErrorMessage.INITCODE_SIZE_VIOLATION, "initcode-size-exceeded"],
  [EVMErrorMessage.INVALID_BYTECODE_RESULT, "invalid-code"],
  [EVMErrorMessage.INVALID_EOF_FORMAT, "invalid-code"],
  [EVMErrorMessage.VALUE_OVERFLOW, "value-overflow"],
  [EVMErrorMessage.INVALID_INPUT_LENGTH, "precompile-failure"],
  [EVMErrorMessage.INVALID_COMMITMENT, "precompile-failure"],
  [EVMErrorMessage.INVALID_INPUTS, "precompile-failure"],
  [EVMErrorMessage.INVALID_PROOF, "precompile-failure"],
]);

/** Our name for an error of the ethereumjs EVM. */
export function haltReasonOf(error: EvmError): HaltReason {
  const known = reasons.get(error.error);
  if (known !== undefined) return known;
  // The jump error carries the place behind its name.
  return error.error.startsWith(EVMErrorMessage.INVALID_JUMP) ? "invalid-jump" : "other";
}

/** What an error says beyond its name. Heights of stacks and numbers of opcodes are not among it. */
export function haltDetailOf(error: EvmError): HaltDetail | undefined {
  if (error.error === EVMErrorMessage.CODESTORE_OUT_OF_GAS) return { kind: "code-deposit" };
  return error.error === EVMErrorMessage.OUT_OF_RANGE ? { kind: "return-data" } : undefined;
}
