import type { AbiInput } from "./build-info.ts";

/** What can be on a call stack. */
export type FunctionKind = "constructor" | "function" | "fallback" | "receive" | "getter" | "modifier" | "free";

/** A range of a source file, in bytes. */
export interface Location {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** A function, modifier or public variable of a source file. */
export interface SolidityFunction {
  /** Empty for constructor, fallback and receive. */
  readonly name: string;
  readonly kind: FunctionKind;
  readonly location: Location;
  readonly isPayable: boolean;
  /** Parameters by the ABI; `undefined` where no ABI tells. */
  readonly inputs: readonly AbiInput[] | undefined;
}

/** A source file with the functions in it. */
export interface SourceFile {
  /** Name as people know it: relative to the project, or with its npm package. */
  readonly name: string;
  /** @returns the function that a range lies in, if it lies in one */
  functionAt(start: number, end: number): SolidityFunction | undefined;
  /** Line and column of a byte, both counting from 1; the column in characters. */
  positionOf(offset: number): { readonly line: number; readonly column: number };
  /** @returns the text of a line, counting from 1 */
  line(number: number): string | undefined;
}

/** Hardhat names a project's own sources so. */
const PROJECT_PREFIX = "project/";
const LINE_FEED = 10;

/**
 * Makes a source file. Its lines are found when the first position is asked for.
 * @param sourceName name the compiler knows it by
 * @param content its text, if the compiler was given one
 * @param functions filled by whoever reads the AST, before the first question
 */
export function createSourceFile(
  sourceName: string,
  content: string,
  functions: readonly SolidityFunction[],
): SourceFile {
  let bytes: Uint8Array | undefined;
  let starts: number[] | undefined;
  let sorted: readonly SolidityFunction[] | undefined;

  function lineStarts(): readonly number[] {
    if (starts !== undefined) return starts;
    bytes = Buffer.from(content);
    starts = [0];
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) starts.push(at + 1);
    return starts;
  }

  return {
    name: sourceName.startsWith(PROJECT_PREFIX) ? sourceName.slice(PROJECT_PREFIX.length) : sourceName,
    functionAt(start, end) {
      sorted ??= [...functions].sort((a, b) => a.location.start - b.location.start);
      const index = lastAtOrBefore(sorted, start, ({ location }) => location.start);
      const candidate = sorted[index];
      return candidate !== undefined && end <= candidate.location.end ? candidate : undefined;
    },
    positionOf(offset) {
      const lines = lineStarts();
      const index = lastAtOrBefore(lines, offset, (start) => start);
      const before = bytes?.subarray(lines[index] ?? 0, offset) ?? [];
      return { line: index + 1, column: Buffer.from(before).toString().length + 1 };
    },
    line: (number) => content.split("\n")[number - 1],
  };
}

/** Index of the last item that begins at or before a place; -1 if none does. */
function lastAtOrBefore<T>(items: readonly T[], place: number, startOf: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && startOf(item) <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Whether one range holds another of the same file. */
export function contains(outer: Location, inner: Location): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether two ranges are the same. */
export function sameLocation(a: Location, b: Location): boolean {
  return a === b || (a.file === b.file && a.start === b.start && a.end === b.end);
}
