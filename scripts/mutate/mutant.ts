/** One small deliberate fault in a source file. */
export interface Mutant {
  /** Which kind of fault, e.g. `comparison`. */
  readonly kind: string;
  /** Line of the fault in the sound source, from 1. */
  readonly line: number;
  /** What stands there. */
  readonly before: string;
  /** What the fault puts there. */
  readonly after: string;
  /** The whole line, sound; the first line where the fault spans several. */
  readonly soundLine: string;
  /** The whole source with the fault. */
  readonly source: string;
}

/** A replacement in a source, its place in bytes as solc counts. */
export interface Edit {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Makes a mutant of an edit. */
export function applyEdit(source: string, { kind, start, end, text }: Edit): Mutant {
  const bytes = Buffer.from(source);
  const head = bytes.subarray(0, start).toString();
  const before = bytes.subarray(start, end).toString();
  const line = head.split("\n").length;
  return {
    kind,
    line,
    before,
    after: text,
    soundLine: source.split("\n")[line - 1] ?? "",
    source: head + text + bytes.subarray(end).toString(),
  };
}
