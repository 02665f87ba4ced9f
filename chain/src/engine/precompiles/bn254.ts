import { fromHex, toHex } from "../../codec/hex.ts";
import { lazily, requireLate } from "../../lazily.ts";
import type { Hex } from "../../types.ts";
import { answer, FAILURE, precompileAddress, slicePadded } from "./input.ts";
import type { Precompile, PrecompileResult } from "./precompile.ts";

/** What the operations on the curve alt_bn128 cost in a fork. */
export interface Bn254Gas {
  readonly add: bigint;
  readonly multiply: bigint;
  readonly pairing: bigint;
  readonly perPair: bigint;
}

/** EIP-196, EIP-197. */
export const BYZANTIUM_BN254_GAS: Bn254Gas = { add: 500n, multiply: 40_000n, pairing: 100_000n, perPair: 80_000n };

/** EIP-1108. */
export const ISTANBUL_BN254_GAS: Bn254Gas = { add: 150n, multiply: 6_000n, pairing: 45_000n, perPair: 34_000n };

const PAIR_LENGTH = 192;

// Compiled from Rust. Its functions check coordinates, curve and subgroup as EIP-196 and 197 ask, and answer "0x" to a bad input.
const curve = lazily((): typeof import("rustbn-wasm") => requireLate("rustbn-wasm"));

/** EIP-196: the sum of two points of G1. */
export function createBn254Add(gas: Bn254Gas): Precompile {
  return {
    name: "bn254Add",
    address: precompileAddress(6),
    gas: () => gas.add,
    run: (input) => outcome(curve().ec_add(digits(slicePadded(input, 0, 128)))),
  };
}

/** EIP-196: a point of G1 times a scalar. */
export function createBn254Multiply(gas: Bn254Gas): Precompile {
  return {
    name: "bn254Multiply",
    address: precompileAddress(7),
    gas: () => gas.multiply,
    run: (input) => outcome(curve().ec_mul(digits(slicePadded(input, 0, 96)))),
  };
}

/** EIP-197: whether the product of the pairings is one. */
export function createBn254Pairing(gas: Bn254Gas): Precompile {
  return {
    name: "bn254Pairing",
    address: precompileAddress(8),
    gas: (input) => gas.pairing + gas.perPair * BigInt(Math.floor(input.length / PAIR_LENGTH)),
    run: (input) => (input.length % PAIR_LENGTH === 0 ? outcome(curve().ec_pairing(digits(input))) : FAILURE),
  };
}

function digits(bytes: Uint8Array): string {
  return toHex(bytes).slice(2);
}

function outcome(result: string): PrecompileResult {
  return result === "0x" ? FAILURE : answer(fromHex(result as Hex));
}
