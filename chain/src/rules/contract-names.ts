import type { Address } from "../types.ts";
import type { Fork } from "./fork.ts";
import { HISTORY_ADDRESS, predeploysOf } from "./system-contracts.ts";

/** Names of EIP-7910, in the order of the addresses from 1 on. */
const LOW_NAMES = [
  "ECREC",
  "SHA256",
  "RIPEMD160",
  "ID",
  "MODEXP",
  "BN254_ADD",
  "BN254_MUL",
  "BN254_PAIRING",
  "BLAKE2F",
  "KZG_POINT_EVALUATION",
  "BLS12_G1ADD",
  "BLS12_G1MSM",
  "BLS12_G2ADD",
  "BLS12_G2MSM",
  "BLS12_PAIRING_CHECK",
  "BLS12_MAP_FP_TO_G1",
  "BLS12_MAP_FP2_TO_G2",
] as const;
const P256_VERIFY = 0x100n;

/** Contracts of a fork by the names of EIP-7910. */
export interface NamedContracts {
  readonly precompiles: ReadonlyMap<string, Address>;
  readonly systemContracts: ReadonlyMap<string, Address>;
}

/** Names the contracts that a fork has. */
export function contractsByName(fork: Fork, precompiles: readonly Address[]): NamedContracts {
  const system = [...predeploysOf(fork).keys()].map((address): [string, Address] => [
    address === HISTORY_ADDRESS ? "HISTORY_STORAGE_ADDRESS" : "BEACON_ROOTS_ADDRESS",
    address,
  ]);
  return {
    precompiles: new Map(precompiles.map((address) => [nameOf(address), address])),
    systemContracts: new Map(system),
  };
}

function nameOf(address: Address): string {
  const number = BigInt(address);
  return number === P256_VERIFY ? "P256VERIFY" : (LOW_NAMES[Number(number) - 1] ?? address);
}
