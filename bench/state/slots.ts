import { keccak256Hex } from "../../chain/src/crypto/keccak.ts";
import type { Address, Hash } from "../../chain/src/types.ts";

const preimage = new Uint8Array(64);
const view = new DataView(preimage.buffer);

/** The index-th holder of the token. */
export function holder(index: number): Address {
  return `0x${(0x100000000 + index).toString(16).padStart(40, "0")}`;
}

/** Slot of the index-th holder's balance: that of `mapping(address => uint256)` at slot 0. */
export function balanceSlot(index: number): Hash {
  view.setUint32(24, 1);
  view.setUint32(28, index);
  return keccak256Hex(preimage);
}

/** A sequence that looks random and is the same in every process. */
export function createSequence(): (below: number) => number {
  let state = 0x2545f491;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
