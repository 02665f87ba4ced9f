import { EMPTY_BYTES, fromHex, toHex } from "../codec/hex.ts";
import type { Address } from "../types.ts";
import type { State } from "./state.ts";

/** EIP-7702: code of this form names the account whose code runs in its place. */
const SIZE = 23;
const ZERO_ADDRESS: Address = `0x${"0".repeat(40)}`;

/** The account that code names; `undefined` for any other code. */
export function delegateIn(code: Uint8Array): Address | undefined {
  if (code.length !== SIZE || code[0] !== 0xef || code[1] !== 0x01 || code[2] !== 0x00) return undefined;
  return toHex(code.subarray(3));
}

/** The code that names an account; none for the zero address, which ends a delegation. */
export function delegationTo(address: Address): Uint8Array {
  return address === ZERO_ADDRESS ? EMPTY_BYTES : fromHex(`0xef0100${address.slice(2)}`);
}

/** The code that runs for an account: its own, or after one step of delegation the other's. */
export function codeRunBy(state: Pick<State, "getCode">, address: Address): Uint8Array {
  const code = state.getCode(address);
  const delegate = delegateIn(code);
  return delegate === undefined ? code : state.getCode(delegate);
}
