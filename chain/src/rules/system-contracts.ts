import { fromHex } from "../codec/hex.ts";
import type { Address, Hash } from "../types.ts";
import { type Fork, isAtLeast } from "./fork.ts";

/** A contract that exists from genesis on. */
export interface Predeploy {
  readonly code: Uint8Array;
  readonly nonce: bigint;
}

// EIP-4788. Present as on every Cancun chain; a development chain has no beacon blocks to record in it.
const BEACON_ROOTS_ADDRESS: Address = "0x000f3df6d732807ef1319fb7b8bb8522d0beac02";
const BEACON_ROOTS_CODE = fromHex(
  "0x3373fffffffffffffffffffffffffffffffffffffffe14604d57602036146024575f5ffd5b5f35801560495762001fff810690815414603c575f5ffd5b62001fff01545f5260205ff35b5f5ffd5b62001fff42064281555f359062001fff015500",
);

/** Where the hashes of the blocks before are kept (EIP-2935). */
export const HISTORY_ADDRESS: Address = "0x0000f90827f1c53a10cb7a02335b175320002935";
/** How many of them. */
export const HISTORY_WINDOW = 8_191n;
const HISTORY_CODE = fromHex(
  "0x3373fffffffffffffffffffffffffffffffffffffffe14604657602036036042575f35600143038111604257611fff81430311604257611fff9006545f5260205ff35b5f5ffd5b5f35611fff60014303065500",
);
/** Hash of its code. */
export const HISTORY_CODE_HASH: Hash = "0x6e49e66782037c0555897870e29fa5e552daf4719552131a0abce779daec0a5d";

/** The contracts that a chain at a fork has from genesis on. */
export function predeploysOf(fork: Fork): ReadonlyMap<Address, Predeploy> {
  const found = new Map<Address, Predeploy>();
  if (isAtLeast(fork, "cancun")) found.set(BEACON_ROOTS_ADDRESS, { code: BEACON_ROOTS_CODE, nonce: 0n });
  if (isAtLeast(fork, "prague")) found.set(HISTORY_ADDRESS, { code: HISTORY_CODE, nonce: 1n });
  return found;
}
