import { type AbiParameter, decodeAbiParameters, toFunctionSelector } from "viem";
import type { Hex } from "../../types.ts";
import type { AbiEntry, AbiInput } from "./build-info.ts";
import { signatureOf } from "./read-contracts.ts";

const SELECTOR_DIGITS = 8;

/** Selectors of signatures, without `0x`. */
const selectors = new Map<string, string>();

function selectorOf(signature: string): string {
  let selector = selectors.get(signature);
  if (selector === undefined) {
    selector = toFunctionSelector(signature).slice(2);
    selectors.set(signature, selector);
  }
  return selector;
}

function decode(inputs: readonly AbiInput[], digits: string): readonly unknown[] {
  const data: Hex = `0x${digits}`;
  // What the compiler wrote is what the decoder asks for; its types only know literals.
  return inputs.length === 0 ? [] : decodeAbiParameters(inputs as readonly AbiParameter[], data);
}

/** Whether call data holds arguments of the given types behind the selector. */
export function holdsArguments(inputs: readonly AbiInput[], callData: Uint8Array): boolean {
  try {
    decode(inputs, Buffer.from(callData.subarray(SELECTOR_DIGITS / 2)).toString("hex"));
    return true;
  } catch {
    return false;
  }
}

/**
 * Names the custom error that revert data encode: `TooMuch(5, "0x…")`.
 * @returns `undefined` if none of the errors fits
 */
export function nameCustomError(errors: readonly AbiEntry[], revertData: Uint8Array): string | undefined {
  const hex = Buffer.from(revertData).toString("hex");
  const fitting = errors.find((entry) => selectorOf(signatureOf(entry)) === hex.slice(0, SELECTOR_DIGITS));
  if (fitting === undefined) return undefined;
  const inputs = fitting.inputs ?? [];
  try {
    const values = decode(inputs, hex.slice(SELECTOR_DIGITS));
    return `${fitting.name ?? ""}(${values.map((value, index) => formatAbiValue(value, inputs[index])).join(", ")})`;
  } catch {
    // Another error of the same selector.
    return undefined;
  }
}

/** Writes a decoded value as Hardhat does: text and bytes in quotation marks, lists and structs in brackets. */
function formatAbiValue(value: unknown, input: AbiInput | undefined): string {
  if (typeof value === "string") return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map((item) => formatAbiValue(item, elementOf(input))).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const byName = new Map<string, unknown>(Object.entries(value));
    const components = input?.components ?? [];
    const values = components.map((component, index) =>
      formatAbiValue(byName.get(component.name ?? "") ?? byName.get(String(index)), component),
    );
    return `[${values.join(", ")}]`;
  }
  return String(value);
}

function elementOf(input: AbiInput | undefined): AbiInput | undefined {
  if (input === undefined) return undefined;
  return { ...input, type: input.type.replace(/\[\d*\]$/, "") };
}
