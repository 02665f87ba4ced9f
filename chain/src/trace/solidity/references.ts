import type { Contract } from "./contract.ts";
import type { FrameReading } from "./frame-reading.ts";
import type { Location, SolidityFunction } from "./source-file.ts";
import { NAMES, type SourceReference, type StackEntry } from "./stack-entry.ts";

function reference(
  { file, start, end }: Location,
  contract: string | undefined,
  functionName: string | undefined,
): SourceReference {
  return {
    sourceName: file.name,
    contract,
    function: functionName,
    ...file.positionOf(start),
    range: [start, end],
  };
}

/** The function that a place lies in. */
export function functionAt(location: Location | undefined): SolidityFunction | undefined {
  return location?.file.functionAt(location.start, location.end);
}

function displayName({ kind, name }: SolidityFunction): string {
  return kind === "constructor" || kind === "fallback" || kind === "receive" ? NAMES[kind] : name;
}

/** A place within a function; `undefined` if it lies in none. */
export function placeInFunction(location: Location | undefined, contract: Contract): SourceReference | undefined {
  const within = functionAt(location);
  if (location === undefined || within === undefined) return undefined;
  return reference(location, within.kind === "free" ? undefined : contract.name, displayName(within));
}

/** Where a function begins. */
export function startOfFunction(wanted: SolidityFunction, contract: Contract): SourceReference {
  return reference(wanted.location, contract.name, displayName(wanted));
}

/** Where a contract begins. */
export function startOfContract({ location, name }: Contract): SourceReference {
  return reference(location, name, undefined);
}

/** Where the constructor begins, or the contract if its constructor is implicit. The range is that of the contract: it holds whatever a creation runs. */
export function startOfConstructor({ location, name, constructorFunction }: Contract): SourceReference {
  const { range } = reference(location, name, undefined);
  return { ...reference(constructorFunction?.location ?? location, name, NAMES.constructor), range };
}

/** The last place within a function that a frame came by. */
export function lastPlace({ count, location, contract }: FrameReading): SourceReference | undefined {
  for (let step = count - 1; step >= 0; step--) {
    const place = placeInFunction(location(step), contract);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** The line of a stack trace for an instruction that calls something. */
export function callEntry(
  { code, contract }: FrameReading,
  pc: number,
): StackEntry & { readonly source: SourceReference } {
  const location = code.locationAt(pc);
  // Code of the compiler's own that no source is given for.
  if (location === undefined) return { kind: "internal-call", source: startOfContract(contract), pc };
  return {
    kind: "call",
    source: placeInFunction(location, contract) ?? reference(location, contract.name, undefined),
    functionKind: functionAt(location)?.kind ?? "function",
  };
}
