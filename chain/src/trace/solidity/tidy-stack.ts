import { isAtLeast } from "./contract.ts";
import { OP } from "./contract-code.ts";
import { type FrameReading, ranAtEnd } from "./frame-reading.ts";
import { NAMES, type SourceReference, type StackEntry, sourceOf } from "./stack-entry.ts";

/** From here on compilers give code of their own the place of the source that it was made for. */
const MAPS_OWN_CODE = [0, 6, 9] as const;

function sameRange(a: SourceReference, b: SourceReference): boolean {
  return a.sourceName === b.sourceName && a.range[0] === b.range[0] && a.range[1] === b.range[1] && a.line === b.line;
}

function isWithin(inner: SourceReference, outer: SourceReference): boolean {
  return inner.sourceName === outer.sourceName && outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** Takes out entries that say the same as the one behind them, less precisely. */
export function withoutRepetition(stack: readonly StackEntry[]): StackEntry[] {
  return stack.filter((entry, index) => {
    const next = stack[index + 1];
    const source = sourceOf(entry);
    const nextSource = sourceOf(next);
    if (next === undefined || source === undefined || nextSource === undefined) return true;
    const second = stack[index + 2];
    if (entry.kind === "call" && second?.kind === "return-data-size" && sameRange(source, second.source)) return false;
    if (source.function === NAMES.constructor && nextSource.function !== NAMES.constructor) return true;
    const recurs = index > 0 && entry.kind === next.kind && sameRange(source, nextSource);
    return recurs || !isWithin(nextSource, source);
  });
}

/** Says what a revert without data was for, where the compiler's own code made it but bears the place of a statement. */
export function explainSilentRevert(stack: readonly StackEntry[], reading: FrameReading): readonly StackEntry[] {
  const last = stack.at(-1);
  if (last?.kind !== "revert" || last.isInvalidOpcode || last.returnData.length > 0) return stack;
  if (!isAtLeast(reading.contract.solc, MAPS_OWN_CODE)) return stack;
  const { source } = last;
  if (checksForCode(reading)) return [...stack.slice(0, -1), { kind: "non-contract-called", source }];
  if (checksArguments(reading)) return [...stack.slice(0, -1), { kind: "invalid-parameters", source }];
  return stack;
}

function checksForCode(reading: FrameReading): boolean {
  return ranAtEnd(reading, -9, [OP.EXTCODESIZE, OP.ISZERO, OP.DUP1, OP.ISZERO]);
}

/** Whether it compared how many bytes of arguments there are, and then reverted. */
function checksArguments(reading: FrameReading): boolean {
  if (!ranAtEnd(reading, -7, [OP.LT, OP.ISZERO])) return false;
  return (
    ranAtEnd(reading, -11, [OP.CALLDATASIZE]) ||
    (ranAtEnd(reading, -20, [OP.CODESIZE]) && ranAtEnd(reading, -15, [OP.CODECOPY]))
  );
}
