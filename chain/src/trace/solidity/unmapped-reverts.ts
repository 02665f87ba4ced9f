import { isAtLeast } from "./contract.ts";
import { OP } from "./contract-code.ts";
import type { FrameReading } from "./frame-reading.ts";
import { functionAt, placeInFunction, startOfConstructor, startOfFunction } from "./references.ts";
import { type Location, sameLocation } from "./source-file.ts";
import type { SourceReference, StackEntry } from "./stack-entry.ts";

/** From this one to the end of 0.6 compilers may leave reverts without a place (ethereum/solidity issue 9006). */
const FIRST_UNMAPPED = [0, 6, 3] as const;
const FIRST_AFTER = [0, 7, 0] as const;

/** Whether a frame ended in a revert that its compiler may have left without a place. */
export function mayBeUnmapped({ contract, count, opcode }: FrameReading): boolean {
  if (count === 0 || !isAtLeast(contract.solc, FIRST_UNMAPPED) || isAtLeast(contract.solc, FIRST_AFTER)) return false;
  return opcode(count - 1) === OP.REVERT;
}

/** Such a revert inside a function: its place is guessed from what runs before it and what stands behind it. */
export function unmappedRevert(reading: FrameReading): StackEntry | undefined {
  const { frame, code, contract, count, pc } = reading;
  const before = lastLocation(reading);
  const after = code.locationAt(pc(count - 1) + 1);
  const hasNext = pc(count - 1) + 1 < frame.code.length;
  const placeBefore = placeInFunction(before, contract);
  const placeAfter = placeInFunction(after, contract);
  if (hasNext && after !== undefined) {
    // Most likely a `require`: the line is right, whatever functions are missing above it.
    if (placeBefore !== undefined && before !== undefined && sameLocation(before, after))
      return { kind: "unmapped-revert", source: placeAfter };
    return { kind: "unmapped-revert", source: onLineOfRevert(placeBefore ?? placeAfter, before ?? after) };
  }
  if (before === undefined) return undefined;
  const fallback = frame.isCreation ? startOfConstructor(contract) : undefined;
  return { kind: "unmapped-revert", source: onLineOfRevert(placeBefore, before) ?? fallback };
}

/** Such a revert where no function is known to have been entered: then it is the fallback or receive function. */
export function unmappedRevertBeforeFunction(reading: FrameReading): StackEntry | undefined {
  const found = unmappedRevert(reading);
  if (found !== undefined && "source" in found && found.source !== undefined) return found;
  const { contract, frame } = reading;
  const { fallback, receive } = contract;
  const entered = receive !== undefined && frame.data.length === 0 ? receive : fallback;
  if (entered === undefined) return found;
  const source = onLineOfRevert(startOfFunction(entered, contract), entered.location);
  return { kind: "unmapped-revert", source };
}

function lastLocation({ count, afterChild, location }: FrameReading): Location | undefined {
  for (let step = count - 1; step >= afterChild; step--) {
    const place = location(step);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** If the line says nothing of reverting but the next one that is not empty does, it is that one. */
function onLineOfRevert(
  source: SourceReference | undefined,
  location: Location | undefined,
): SourceReference | undefined {
  if (source === undefined || location === undefined) return undefined;
  const reverts = (line: string | undefined): boolean => line !== undefined && /require|revert/.test(line);
  const { file } = functionAt(location)?.location ?? location;
  if (reverts(file.line(source.line))) return source;
  let next = source.line + 1;
  while (file.line(next)?.trim() === "") next++;
  return reverts(file.line(next)) ? { ...source, line: next } : source;
}
