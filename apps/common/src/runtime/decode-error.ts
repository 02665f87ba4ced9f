import { type Abi, decodeErrorResult, type Hex, isHex, toFunctionSelector } from "viem";
import { formatAbiItem } from "viem/utils";
import type { Agreeing, ErrorsOf } from "./abi-types.ts";
import { indexBy, named } from "./named.ts";
import type { ContractError } from "./types.ts";

/** What Solidity itself throws: `require(false, "text")`, and failed arithmetic, array access and `assert`. */
export interface SolidityErrors {
  /** `require` or `revert` with a text. */
  readonly Error: { readonly message: string };
  /** A failed check of the language. 1: assert, 17: overflow, 18: division by zero, 33: bad enum, 50: index out of range. */
  readonly Panic: { readonly code: bigint };
}

/** The ABI of {@link SolidityErrors}. */
export const solidityErrorsAbi = [
  { type: "error", name: "Error", inputs: [{ name: "message", type: "string" }] },
  { type: "error", name: "Panic", inputs: [{ name: "code", type: "uint256" }] },
] as const satisfies Abi;

type AbiError = Extract<Abi[number], { type: "error" }>;

const MAX_CAUSES = 32;

/**
 * Finds the revert data in an error thrown by viem, by a wallet or by a node, and decodes it.
 *
 * Of the type arguments the first is the ABI, the second states its errors by hand-readable interfaces, which the compiler checks.
 *
 * @param abi - whose errors are known
 * @param error - what was caught; its chain of causes is walked
 * @returns the custom error with its arguments by name, or `undefined` if the error is no revert or is none of the ABI's errors
 */
export function decodeContractError<const abi extends Abi, errors extends Agreeing<errors, ErrorsOf<abi>>>(
  abi: abi,
  error: unknown,
): ContractError<errors> | undefined {
  const known = errorsBySelector(abi);
  for (const data of revertData(error)) {
    const item = known.get(data.slice(0, 10));
    if (item === undefined) continue;
    const { args } = decodeErrorResult({ abi: [item], data });
    // The names and the values both come from the ABI that the type is computed from.
    return { errorName: item.name, args: named(item.inputs, args ?? []) } as ContractError<errors>;
  }
  return undefined;
}

const errorsBySelector = indexBy((abi) =>
  abi
    .filter((item): item is AbiError => item.type === "error")
    .map((item) => [toFunctionSelector(formatAbiItem(item)), item]),
);

/** Every hexadecimal string in the chain of causes that may be revert data, outermost first. */
function* revertData(error: unknown): Generator<Hex> {
  let current = error;
  for (let depth = 0; depth < MAX_CAUSES && isRecord(current); depth++) {
    for (const candidate of [current.raw, current.data]) {
      if (isData(candidate)) yield candidate;
      // Some nodes wrap the data once more.
      else if (isRecord(candidate) && isData(candidate.data)) yield candidate.data;
    }
    current = current.cause;
  }
}

function isData(value: unknown): value is Hex {
  return isHex(value) && value.length >= 10;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
