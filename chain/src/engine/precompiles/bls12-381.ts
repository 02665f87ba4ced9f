import { lazily, requireLate } from "../../lazily.ts";

/** The curve BLS12-381. Loading it takes tens of milliseconds. */
export const bls12381 = lazily(() => {
  const loaded: typeof import("@noble/curves/bls12-381") = requireLate("@noble/curves/bls12-381");
  return loaded.bls12_381;
});

/** Order of its subgroups. */
export const BLS12_381_ORDER = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n;
