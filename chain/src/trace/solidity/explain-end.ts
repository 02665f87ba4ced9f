import { holdsArguments } from "./abi-values.ts";
import { JUMP, OP } from "./contract-code.ts";
import { explainRevert, withInitialModifier } from "./explain-revert.ts";
import type { FrameReading, InternalCalls } from "./frame-reading.ts";
import {
  callEntry,
  functionAt,
  lastPlace,
  placeInFunction,
  startOfConstructor,
  startOfContract,
  startOfFunction,
} from "./references.ts";
import { contains, type Location, sameLocation } from "./source-file.ts";
import type { SourceReference, StackEntry } from "./stack-entry.ts";
import { mayBeUnmapped, unmappedRevert, unmappedRevertBeforeFunction } from "./unmapped-reverts.ts";

/** What is known of a frame that failed after its contract began to work. */
export interface FailedFrame {
  readonly reading: FrameReading;
  readonly calls: InternalCalls;
  /** The internal calls as entries, outermost first. */
  readonly path: readonly StackEntry[];
  /** Stack trace of the last frame that this one opened; empty if it succeeded or there was none. */
  readonly inChild: readonly StackEntry[];
}

/** Where a frame began, as far as can be told. */
function beginning({ frame, contract, calledFunction }: FrameReading): SourceReference {
  if (frame.isCreation) return startOfConstructor(contract);
  return calledFunction === undefined ? startOfContract(contract) : startOfFunction(calledFunction, contract);
}

function other(reading: FrameReading, source = beginning(reading)): StackEntry {
  return { kind: "other", source, haltReason: reading.frame.haltReason };
}

type Explanation = readonly StackEntry[] | undefined;

/** Finds out what ended a frame. The first explanation that fits counts. */
export function explainEnd(failed: FailedFrame): readonly StackEntry[] {
  return (
    fromChild(failed) ??
    fromRefusedCall(failed) ??
    fromLastInstruction(failed) ??
    fromCallWithoutCode(failed) ??
    fromUnmappedRevert(failed) ??
    fromCodeSize(failed) ?? [...failed.path, other(failed.reading, lastPlace(failed.reading))]
  );
}

/** Whether nothing but a statement ran from a step to the end. */
function staysAt({ count, location }: FrameReading, from: number, statement: Location): boolean {
  for (let step = from; step < count; step++) {
    const place = location(step);
    if (place !== undefined && !sameLocation(place, statement)) return false;
  }
  return true;
}

function sameData(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** The frame ended because of the last call or creation it made: that failed, or gave back too little. */
function fromChild({ reading, path, inChild }: FailedFrame): Explanation {
  const { frame, afterChild, count, pc, opcode, location } = reading;
  const { child } = frame;
  if (child === undefined || afterChild === 0) return undefined;
  const calling = afterChild - 1;
  const entry = callEntry(reading, pc(calling));
  const statement = location(calling);
  const revertsAtOnce =
    statement !== undefined &&
    count > afterChild &&
    opcode(count - 1) === OP.REVERT &&
    staysAt(reading, afterChild, statement);
  if (child.success) {
    if (!revertsAtOnce) return undefined;
    return withInitialModifier(reading, [...path, { kind: "return-data-size", source: entry.source }]);
  }
  const sameOutcome = sameData(frame.returnData, child.returnData);
  const bothOutOfGas = frame.haltReason === "out-of-gas" && child.haltReason === "out-of-gas";
  const isPassedOn = sameOutcome && (bothOutOfGas || frame.returnData.length > 0 || revertsAtOnce);
  if (!isPassedOn && !(sameOutcome && isProxyCall(reading, inChild))) return undefined;
  const stack = [...path, entry, ...inChild];
  const gasRanOutInside =
    frame.returnData.length === 0 &&
    frame.haltReason === "revert" &&
    child.haltReason === "out-of-gas" &&
    revertsAtOnce;
  if (gasRanOutInside) {
    const last = stack.pop();
    stack.push({
      kind: "call-ran-out-of-gas",
      source: last !== undefined && "source" in last ? last.source : undefined,
    });
  }
  return withInitialModifier(reading, stack);
}

/** A proxy in assembly: it delegates, copies what comes back, and reverts with it, without any function in between. */
function isProxyCall(
  { frame, code, count, afterChild, opcode, pc, location }: FrameReading,
  inChild: readonly StackEntry[],
): boolean {
  if (frame.isCreation || opcode(afterChild - 1) !== OP.DELEGATECALL) return false;
  const [first] = inChild;
  // What cannot be recognised had better not be taken for an implementation; libraries are called, not delegated to.
  if (first === undefined || first.kind.startsWith("unrecognized-c") || first.kind === "precompile") return false;
  for (let step = afterChild; step < count; step++) {
    if (location(step) === undefined || code.jumpAt(pc(step)) !== JUMP.NONE) return false;
  }
  return count > afterChild && opcode(count - 1) === OP.REVERT;
}

/** A call or creation that did not even begin, for want of balance or for depth; the statement that made it reverted. */
function fromRefusedCall({ reading, path }: FailedFrame): Explanation {
  const { count, afterChild, opcode, location, contract } = reading;
  for (let step = count - 2; step >= afterChild; step--) {
    const code = opcode(step);
    if (code !== OP.CALL && code !== OP.STATICCALL && code !== OP.CREATE && code !== OP.CREATE2) continue;
    const statement = location(step);
    if (statement === undefined || !staysAt(reading, step, statement)) continue;
    const source = placeInFunction(statement, contract);
    if (source !== undefined) return withInitialModifier(reading, [...path, { kind: "call-failed", source }]);
  }
  return undefined;
}

function fromLastInstruction({ reading, calls, path }: FailedFrame): Explanation {
  const { frame, contract, count, opcode, location, calledFunction } = reading;
  if (count === 0) return undefined;
  const last = count - 1;
  const isInvalidOpcode = opcode(last) === OP.INVALID;
  if (opcode(last) === OP.REVERT || isInvalidOpcode) {
    const explained = explainRevert(reading, calls, path);
    if (explained !== undefined) return explained;
  }
  if (frame.isCreation || calls.entered) return undefined;

  // No function of the source was entered, by the source map: with an optimiser at work it may have been all the same.
  const place = location(last);
  const { returnData } = frame;
  for (const entered of [contract.fallback, contract.receive]) {
    if (opcode(last) !== OP.REVERT || entered === undefined || place === undefined) continue;
    const source = placeInFunction(place, contract);
    if (source !== undefined && contains(entered.location, place))
      return [{ kind: "revert", source, returnData, isInvalidOpcode: false }];
  }
  const within = functionAt(place);
  if (within !== undefined)
    return [{ kind: "revert", source: startOfFunction(within, contract), returnData, isInvalidOpcode }];
  if (calledFunction?.inputs !== undefined && !holdsArguments(calledFunction.inputs, frame.data))
    return [{ kind: "invalid-parameters", source: startOfFunction(calledFunction, contract) }];
  const unmapped = mayBeUnmapped(reading) ? unmappedRevertBeforeFunction(reading) : undefined;
  return [unmapped ?? other(reading, startOfContract(contract))];
}

/** Solidity asks for the size of the code before it calls, and reverts if there is none. */
function fromCallWithoutCode({ reading, path }: FailedFrame): Explanation {
  const { count, afterChild, opcode, location } = reading;
  let step = count - 1;
  while (step >= afterChild && location(step) === undefined) step--;
  if (step < afterChild + 1 || opcode(step) !== OP.ISZERO || opcode(step - 1) !== OP.EXTCODESIZE) return undefined;
  const source = lastPlace(reading);
  return source === undefined ? undefined : [...path, { kind: "non-contract-called", source }];
}

function fromUnmappedRevert({ reading, path }: FailedFrame): Explanation {
  if (!mayBeUnmapped(reading)) return undefined;
  const entry = unmappedRevert(reading);
  return entry === undefined ? path : [...path, entry];
}

function fromCodeSize({ reading: { frame, contract } }: FailedFrame): Explanation {
  return frame.isCreation && frame.haltReason === "code-size-exceeded"
    ? [{ kind: "contract-too-large", source: startOfConstructor(contract) }]
    : undefined;
}
