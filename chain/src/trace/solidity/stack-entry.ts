import type { Address, HaltReason, Hex } from "../../types.ts";
import type { FunctionKind } from "./source-file.ts";

/** A place in a source, as people name it. */
export interface SourceReference {
  readonly sourceName: string;
  /** The contract that ran, also for functions it inherited; `undefined` for a free function. */
  readonly contract: string | undefined;
  readonly function: string | undefined;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1, in characters. */
  readonly column: number;
  /** First byte and the one behind the last. */
  readonly range: readonly [start: number, end: number];
}

/**
 * One line of a Solidity stack trace, outermost first. All but the last say how the execution got there; the last says what went wrong. The kinds
 * are those that Hardhat's network tells apart.
 */
export type StackEntry =
  // On the way.
  | { readonly kind: "call"; readonly source: SourceReference; readonly functionKind: FunctionKind }
  /** A function of the compiler's own that no source is given for. */
  | { readonly kind: "internal-call"; readonly source: SourceReference; readonly pc: number }
  | { readonly kind: "unrecognized-contract-call"; readonly address: Address }
  | { readonly kind: "unrecognized-create-call" }
  // What went wrong, at a known place.
  | {
      readonly kind: "revert";
      readonly source: SourceReference;
      readonly returnData: Uint8Array;
      readonly isInvalidOpcode: boolean;
    }
  /** `error` is that of the ABI, with its arguments: `TooMuch(5)`. */
  | {
      readonly kind: "custom-error";
      readonly source: SourceReference;
      readonly error: string | undefined;
      readonly returnData: Uint8Array;
    }
  | { readonly kind: "panic"; readonly source: SourceReference | undefined; readonly code: bigint }
  | { readonly kind: "function-not-payable"; readonly source: SourceReference; readonly value: bigint }
  | { readonly kind: "fallback-not-payable"; readonly source: SourceReference; readonly value: bigint }
  | { readonly kind: "fallback-not-payable-and-no-receive"; readonly source: SourceReference; readonly value: bigint }
  | { readonly kind: "invalid-parameters"; readonly source: SourceReference }
  /** `selector` as in the call data, which may hold less than four bytes. */
  | { readonly kind: "unrecognized-function"; readonly source: SourceReference; readonly selector: Hex }
  | { readonly kind: "missing-fallback-or-receive"; readonly source: SourceReference }
  | { readonly kind: "return-data-size"; readonly source: SourceReference }
  | { readonly kind: "non-contract-called"; readonly source: SourceReference }
  | { readonly kind: "call-failed"; readonly source: SourceReference }
  | { readonly kind: "direct-library-call"; readonly source: SourceReference }
  | { readonly kind: "contract-too-large"; readonly source: SourceReference | undefined }
  | { readonly kind: "call-ran-out-of-gas"; readonly source: SourceReference | undefined }
  /** From 0.6.3 to 0.6.8 the compiler gave no place for reverts without a reason. */
  | { readonly kind: "unmapped-revert"; readonly source: SourceReference | undefined }
  /** `haltReason` is why the EVM stopped, if it was not a revert. */
  | { readonly kind: "other"; readonly source: SourceReference; readonly haltReason: HaltReason | undefined }
  // What went wrong, where no source is known.
  | { readonly kind: "precompile"; readonly number: number }
  | {
      readonly kind: "unrecognized-contract";
      readonly address: Address;
      readonly returnData: Uint8Array;
      readonly isInvalidOpcode: boolean;
    }
  | { readonly kind: "unrecognized-create"; readonly returnData: Uint8Array; readonly isInvalidOpcode: boolean };

/** How functions without a name are called in a stack trace. */
export const NAMES = {
  constructor: "constructor",
  fallback: "<fallback>",
  receive: "<receive>",
  unrecognizedFunction: "<unrecognized-selector>",
  unknownFunction: "<unknown>",
  precompileFunction: "<precompile>",
  unrecognizedContract: "<UnrecognizedContract>",
} as const;

/** The place of an entry, if it has one. */
export function sourceOf(entry: StackEntry | undefined): SourceReference | undefined {
  return entry !== undefined && "source" in entry ? entry.source : undefined;
}
