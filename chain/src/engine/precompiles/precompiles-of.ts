import { type Fork, isAtLeast } from "../../rules/fork.ts";
import { blake2f } from "./blake2f.ts";
import { blsContracts } from "./bls12-381-contracts.ts";
import {
  BYZANTIUM_BN254_GAS,
  createBn254Add,
  createBn254Multiply,
  createBn254Pairing,
  ISTANBUL_BN254_GAS,
} from "./bn254.ts";
import { ecrecover } from "./ecrecover.ts";
import { identity } from "./identity.ts";
import { createModexp } from "./modexp.ts";
import { priceOfBerlin, priceOfByzantium, priceOfOsaka } from "./modexp-gas.ts";
import { p256Verify } from "./p256-verify.ts";
import { pointEvaluation } from "./point-evaluation.ts";
import type { Precompile } from "./precompile.ts";
import { ripemd160 } from "./ripemd160.ts";
import { sha256 } from "./sha256.ts";

const sets = new Map<Fork, readonly Precompile[]>();

/** The precompiled contracts of a fork at its prices, by address. One list for the whole process. */
export function precompilesOf(fork: Fork): readonly Precompile[] {
  let set = sets.get(fork);
  if (set === undefined) {
    set = assemble(fork);
    sets.set(fork, set);
  }
  return set;
}

function assemble(fork: Fork): Precompile[] {
  const set = [ecrecover, sha256, ripemd160, identity];
  if (!isAtLeast(fork, "byzantium")) return set;
  const modexpPrice = isAtLeast(fork, "osaka")
    ? priceOfOsaka
    : isAtLeast(fork, "berlin")
      ? priceOfBerlin
      : priceOfByzantium;
  const bn254Gas = isAtLeast(fork, "istanbul") ? ISTANBUL_BN254_GAS : BYZANTIUM_BN254_GAS;
  set.push(
    createModexp(modexpPrice),
    createBn254Add(bn254Gas),
    createBn254Multiply(bn254Gas),
    createBn254Pairing(bn254Gas),
  );
  if (isAtLeast(fork, "istanbul")) set.push(blake2f);
  if (isAtLeast(fork, "cancun")) set.push(pointEvaluation);
  if (isAtLeast(fork, "prague")) set.push(...blsContracts);
  if (isAtLeast(fork, "osaka")) set.push(p256Verify);
  return set;
}
