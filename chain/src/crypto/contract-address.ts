import { fromHex, toHex } from "../codec/hex.ts";
import { encodeList } from "../codec/rlp.ts";
import type { Address } from "../types.ts";
import { keccak256 } from "./keccak.ts";

/** Address of a contract that `sender` creates with its transaction (or CREATE) number `nonce`. */
export function contractAddress(sender: Address, nonce: bigint): Address {
  return toHex(keccak256(encodeList([fromHex(sender), nonce])).subarray(12));
}
