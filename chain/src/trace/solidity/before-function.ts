import { toHex } from "../../codec/hex.ts";
import { isAtLeast } from "./contract.ts";
import { OP } from "./contract-code.ts";
import type { FrameReading } from "./frame-reading.ts";
import { startOfConstructor, startOfContract, startOfFunction } from "./references.ts";
import { sameLocation } from "./source-file.ts";
import type { StackEntry } from "./stack-entry.ts";

const SELECTOR_BYTES = 4;
/** The first compiler that checks the length of a constructor's arguments. */
const CHECKS_CONSTRUCTOR_ARGUMENTS = [0, 5, 9] as const;
/** The first compiler with receive functions. */
const HAS_RECEIVE = [0, 6, 0] as const;

/**
 * What a contract refuses before any of its functions runs: a selector it does not know, value it does not take, arguments that are missing.
 * @returns the one entry of the stack trace, or `undefined` if a function was reached
 */
export function refusedBeforeFunction(reading: FrameReading): StackEntry | undefined {
  return reading.frame.isCreation ? refusedCreation(reading) : refusedCall(reading);
}

function refusedCall({ frame, contract, calledFunction }: FrameReading): StackEntry | undefined {
  const { value, data, returnData } = frame;
  // None of these refusals says anything.
  if (returnData.length > 0) return undefined;
  if (frame.depth === 0 && contract.isLibrary) {
    const source = calledFunction === undefined ? startOfContract(contract) : startOfFunction(calledFunction, contract);
    return { kind: "direct-library-call", source };
  }
  if (calledFunction !== undefined) {
    if (value === 0n || calledFunction.isPayable || contract.isLibrary) return undefined;
    return { kind: "function-not-payable", source: startOfFunction(calledFunction, contract), value };
  }
  const { fallback, receive, solc } = contract;
  if (data.length === 0 && receive !== undefined) return undefined;
  const lacksReceive = data.length === 0 && isAtLeast(solc, HAS_RECEIVE);
  if (fallback === undefined) {
    const source = startOfContract(contract);
    return lacksReceive
      ? { kind: "missing-fallback-or-receive", source }
      : { kind: "unrecognized-function", source, selector: toHex(data.subarray(0, SELECTOR_BYTES)) };
  }
  if (value === 0n || fallback.isPayable) return undefined;
  return {
    kind: lacksReceive ? "fallback-not-payable-and-no-receive" : "fallback-not-payable",
    source: startOfFunction(fallback, contract),
    value,
  };
}

function refusedCreation(reading: FrameReading): StackEntry | undefined {
  const { frame, contract } = reading;
  const { constructorFunction } = contract;
  if (frame.returnData.length > 0 || constructorFunction === undefined) return undefined;
  const source = startOfConstructor(contract);
  if (frame.value > 0n && !constructorFunction.isPayable)
    return { kind: "function-not-payable", source, value: frame.value };
  return lacksConstructorArguments(reading) ? { kind: "invalid-parameters", source } : undefined;
}

/** It read the length of its code, never reached a statement, and reverted in code of the compiler's own. */
function lacksConstructorArguments({ frame, contract, count, opcode, location }: FrameReading): boolean {
  const { constructorFunction, solc } = contract;
  if (constructorFunction === undefined || !isAtLeast(solc, CHECKS_CONSTRUCTOR_ARGUMENTS)) return false;
  if (count === 0 || frame.child !== undefined) return false;
  if (opcode(count - 1) !== OP.REVERT || location(count - 1) !== undefined) return false;
  let readsCodeSize = false;
  for (let step = 0; step < count; step++) {
    const place = location(step);
    if (
      place !== undefined &&
      !sameLocation(place, contract.location) &&
      !sameLocation(place, constructorFunction.location)
    )
      return false;
    if (opcode(step) === OP.CODESIZE) readsCodeSize = true;
  }
  return readsCodeSize;
}
