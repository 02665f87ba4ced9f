import type { Address, Hex } from "../../types.ts";
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
  /** That the contract does not know. */
  readonly selector?: Hex;
  /** Function that has this selector in other contracts of the project: `transfer(address,uint256)`. */
  readonly signature?: string;
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

/**
 * Puts an entry of a stack trace into the form of a line.
 * @param entry the entry
 * @param signatureOf names the function of a selector (without `0x`)
 */
export function toSolidityFrame(
  entry: StackEntry,
  signatureOf: (selector: string) => string | undefined = () => undefined,
): SolidityFrame {
  const { kind } = entry;
  switch (kind) {
    case "unrecognized-function": {
      const { selector } = entry;
      const signature = signatureOf(selector.slice(2));
      const named = signature === undefined ? { selector } : { selector, signature };
      return { ...frameOf(kind, entry.source, NAMES.unrecognizedFunction), ...named };
    }
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
  const { contract, file, line, column, address, selector, signature } = frame;
  const called = selector === undefined ? "" : ` [${signature ?? selector}]`;
  const name = `${contract === undefined ? "" : `${contract}.`}${frame.function}${called}`;
  const place = [file ?? address ?? "unknown", line, column].filter((part) => part !== undefined).join(":");
  return `${name} (${place})`;
}
