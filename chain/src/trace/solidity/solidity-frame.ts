import type { Address } from "../../types.ts";
import { NAMES, type SourceReference, type StackEntry } from "./stack-entry.ts";

/** One line of a Solidity stack trace as people and tools read it. What is not known is absent. */
export interface SolidityFrame {
  /** What went wrong or how it got there: a kind of stack entry, such as `revert` or `call`. */
  readonly kind: StackEntry["kind"];
  /** Absent for a free function. */
  readonly contract?: string;
  readonly function: string;
  /** Name of the source, relative to the project or with its npm package. */
  readonly file?: string;
  /** Counts from 1. */
  readonly line?: number;
  /** Counts from 1, in characters. */
  readonly column?: number;
  /** Of a contract whose source is not known. */
  readonly address?: Address;
}

function frameOf(kind: StackEntry["kind"], source: SourceReference | undefined, name?: string): SolidityFrame {
  if (source === undefined) return { kind, contract: NAMES.unrecognizedContract, function: NAMES.unknownFunction };
  const { contract, sourceName: file, line, column } = source;
  return {
    kind,
    ...(contract === undefined ? {} : { contract }),
    function: name ?? source.function ?? NAMES.unknownFunction,
    file,
    line,
    column,
  };
}

/** Puts an entry of a stack trace into the form of a line. */
export function toSolidityFrame(entry: StackEntry): SolidityFrame {
  const { kind } = entry;
  switch (kind) {
    case "unrecognized-function":
    case "missing-fallback-or-receive":
      return frameOf(kind, entry.source, NAMES.unrecognizedFunction);
    case "internal-call": {
      const { line: _line, column: _column, ...frame } = frameOf(kind, entry.source, `internal@${entry.pc}`);
      return frame;
    }
    case "unrecognized-contract":
    case "unrecognized-contract-call":
      return { ...frameOf(kind, undefined), address: entry.address };
    case "unrecognized-create":
    case "unrecognized-create-call":
      return { kind, contract: NAMES.unrecognizedContract, function: NAMES.constructor };
    case "precompile":
      return { kind, contract: `<PrecompileContract ${entry.number}>`, function: NAMES.precompileFunction };
    default:
      return frameOf(kind, entry.source);
  }
}

/** Writes a line as V8 does: `Vault.withdraw (contracts/Vault.sol:42:9)`. */
export function formatSolidityFrame(frame: SolidityFrame): string {
  const { contract, file, line, column, address } = frame;
  const name = contract === undefined ? frame.function : `${contract}.${frame.function}`;
  const place = [file ?? address ?? "unknown", line, column].filter((part) => part !== undefined).join(":");
  return `${name} (${place})`;
}
