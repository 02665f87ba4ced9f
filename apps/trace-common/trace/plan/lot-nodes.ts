import type { Hex } from "viem";

// As the contracts number them (TraceNodes): a test compares them.
const [STOCK, TRANSIT, SOLD] = [0x80n << 248n, 0x81n << 248n, 0x82n << 248n];

/** Who is to receive an open consignment: whoever does so first. */
export const ANYBODY = 0xffff_ffff;

/** Where quantities of a party lie that are in no container. */
export function stockNode(party: number): Hex {
  return word(STOCK | BigInt(party));
}

/** Where quantities are that one party shipped to another. */
export function transitNode(from: number, to: number): Hex {
  return word(TRANSIT | (BigInt(from) << 32n) | BigInt(to));
}

/** Where quantities are that a party sold. */
export function soldNode(party: number): Hex {
  return word(SOLD | BigInt(party));
}

function word(value: bigint): Hex {
  return `0x${value.toString(16).padStart(64, "0")}`;
}
