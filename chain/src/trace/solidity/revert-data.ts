import { decodeAbiParameters } from "viem";
import { toHex } from "../../codec/hex.ts";

const ERROR_STRING = "0x08c379a0";
const PANIC = "0x4e487b71";
const SELECTOR_END = 10;

/** The code of a `Panic(uint256)`; `undefined` if revert data are none. */
export function panicCodeOf(revertData: Uint8Array): bigint | undefined {
  const hex = toHex(revertData);
  if (!hex.startsWith(PANIC)) return undefined;
  try {
    return decodeAbiParameters([{ type: "uint256" }], `0x${hex.slice(SELECTOR_END)}`)[0];
  } catch {
    return undefined;
  }
}

/** Whether revert data claim to be an `Error(string)`. */
export function isErrorString(revertData: Uint8Array): boolean {
  return toHex(revertData.subarray(0, 4)) === ERROR_STRING;
}

/** The text of an `Error(string)`; `undefined` if revert data are none. */
export function reasonOf(revertData: Uint8Array): string | undefined {
  const hex = toHex(revertData);
  if (!hex.startsWith(ERROR_STRING)) return undefined;
  try {
    return decodeAbiParameters([{ type: "string" }], `0x${hex.slice(SELECTOR_END)}`)[0];
  } catch {
    return undefined;
  }
}
