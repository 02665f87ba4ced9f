import { refusedBeforeFunction } from "./before-function.ts";
import type { ContractIndex } from "./contract-index.ts";
import type { RecordedFrame } from "./execution-record.ts";
import { explainEnd } from "./explain-end.ts";
import { internalCallsOf, readFrame } from "./frame-reading.ts";
import { callEntry } from "./references.ts";
import type { StackEntry } from "./stack-entry.ts";
import { explainSilentRevert, withoutRepetition } from "./tidy-stack.ts";

const LAST_PRECOMPILE = 0x0an;
const NO_CODE = 0;

/**
 * Infers the Solidity stack trace of a failed execution.
 * @param frame its outermost frame
 * @param contracts the contracts whose sources are known
 * @returns entries, outermost first; empty if the frame succeeded
 */
export function inferStack(frame: RecordedFrame, contracts: ContractIndex): readonly StackEntry[] {
  if (frame.success) return [];
  const { codeAddress } = frame;
  if (codeAddress !== undefined && frame.code.length === NO_CODE && BigInt(codeAddress) <= LAST_PRECOMPILE)
    return [{ kind: "precompile", number: Number(codeAddress) }];
  const code = frame.isCreation ? contracts.creation(frame.code) : contracts.runtime(frame.code);
  if (code === undefined) return unknownContract(frame, contracts);
  const reading = readFrame(frame, code);
  const refusal = refusedBeforeFunction(reading);
  if (refusal !== undefined) return [refusal];
  const calls = internalCallsOf(reading);
  const path = calls.jumps.map((pc) => callEntry(reading, pc));
  const inChild = frame.child === undefined ? [] : inferStack(frame.child, contracts);
  return explainSilentRevert(withoutRepetition(explainEnd({ reading, calls, path, inChild })), reading);
}

function unknownContract(frame: RecordedFrame, contracts: ContractIndex): readonly StackEntry[] {
  const { child, codeAddress, returnData, haltReason } = frame;
  const isInvalidOpcode = haltReason === "invalid-opcode";
  // Most contracts pass on what a call of theirs failed with.
  if (child !== undefined && !child.success && Buffer.compare(child.returnData, returnData) === 0) {
    const entry: StackEntry =
      codeAddress === undefined
        ? { kind: "unrecognized-create-call" }
        : { kind: "unrecognized-contract-call", address: codeAddress };
    return [entry, ...inferStack(child, contracts)];
  }
  if (haltReason === "code-size-exceeded") return [{ kind: "contract-too-large", source: undefined }];
  return codeAddress === undefined
    ? [{ kind: "unrecognized-create", returnData, isInvalidOpcode }]
    : [{ kind: "unrecognized-contract", address: codeAddress, returnData, isInvalidOpcode }];
}
