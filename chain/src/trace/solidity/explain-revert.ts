import { nameCustomError } from "./abi-values.ts";
import { OP } from "./contract-code.ts";
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
import { isErrorString, panicCodeOf } from "./revert-data.ts";
import type { StackEntry } from "./stack-entry.ts";

/** Panic of a call through a function variable that was never set. */
const ZERO_FUNCTION = 0x51n;

/** Explains a frame that ended in REVERT or INVALID; `undefined` if its place says nothing. */
export function explainRevert(
  reading: FrameReading,
  calls: InternalCalls,
  path: readonly StackEntry[],
): readonly StackEntry[] | undefined {
  const { frame, contract, count, opcode, location, calledFunction } = reading;
  const { returnData } = frame;
  const place = location(count - 1);
  const isInvalidOpcode = opcode(count - 1) === OP.INVALID;
  const isInFunction = place !== undefined && (calls.entered || frame.isCreation);
  const within = isInFunction ? functionAt(place) : undefined;
  const stack = [...path];
  if (within?.kind === "modifier") {
    const entry = entryBeforeModifier(reading, calls);
    if (entry !== undefined) stack.push(entry);
  }

  const panic = panicCodeOf(returnData);
  if (panic !== undefined) {
    // It jumped into code of the compiler's own to panic.
    if (stack.at(-1)?.kind === "internal-call") stack.pop();
    if (panic === ZERO_FUNCTION) stack.pop();
    const source = placeInFunction(place, contract) ?? lastPlace(reading);
    return withInitialModifier(reading, [...stack, { kind: "panic", source, code: panic }]);
  }
  if (returnData.length > 0 && !isErrorString(returnData)) {
    const error = nameCustomError(contract.errors, returnData);
    const source = placeInFunction(place, contract) ?? lastPlace(reading) ?? startOfContract(contract);
    return withInitialModifier(reading, [...stack, { kind: "custom-error", source, error, returnData }]);
  }
  if (isInFunction) {
    const source =
      placeInFunction(place, contract) ??
      // With an optimiser the place may be that of a whole contract.
      (frame.isCreation
        ? startOfConstructor(contract)
        : calledFunction === undefined
          ? undefined
          : startOfFunction(calledFunction, contract));
    if (source === undefined) return undefined;
    return withInitialModifier(reading, [...stack, { kind: "revert", source, returnData, isInvalidOpcode }]);
  }
  if (place === undefined && returnData.length > 0) {
    const source = startOfContract(contract);
    return withInitialModifier(reading, [...stack, { kind: "revert", source, returnData, isInvalidOpcode }]);
  }
  return undefined;
}

/** The function that a modifier belongs to. */
function entryBeforeModifier(reading: FrameReading, { targets }: InternalCalls): StackEntry | undefined {
  const last = targets.at(-1);
  if (last !== undefined) return callEntry(reading, last);
  if (!reading.frame.isCreation) return undefined;
  return { kind: "call", source: startOfConstructor(reading.contract), functionKind: "constructor" };
}

/** If a stack trace begins within a modifier, puts the function that was called in front of it. */
export function withInitialModifier(reading: FrameReading, stack: readonly StackEntry[]): readonly StackEntry[] {
  const [first] = stack;
  if (first?.kind !== "call" || first.functionKind !== "modifier") return stack;
  const { frame, contract, calledFunction } = reading;
  if (frame.isCreation)
    return [{ kind: "call", source: startOfConstructor(contract), functionKind: "constructor" }, ...stack];
  const called = frame.data.length === 0 ? contract.receive : calledFunction;
  const entered = called ?? contract.fallback;
  if (entered === undefined) return stack;
  return [
    {
      kind: "call",
      source: startOfFunction(entered, contract),
      functionKind: called === undefined ? "fallback" : "function",
    },
    ...stack,
  ];
}
