import { hash } from "node:crypto";
import { bytesToBigInt, equalBytes, fromHex } from "../../codec/hex.ts";
import { lazily } from "../../lazily.ts";
import { BLS12_381_ORDER, bls12381 } from "./bls12-381.ts";
import { answer, FAILURE, precompileAddress } from "./input.ts";
import type { Precompile } from "./precompile.ts";

const INPUT_LENGTH = 192;
const VERSION = 1;
// FIELD_ELEMENTS_PER_BLOB (4096) and BLS_MODULUS, as words.
const SUCCESS = fromHex(
  "0x000000000000000000000000000000000000000000000000000000000000100073eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001",
);
// The only point a verifier needs of the trusted setup (Ethereum's KZG ceremony): its secret times the generator of G2.
const SETUP_POINT =
  "b5bfd7dd8cdeb128843bc287230af38926187075cbfbefa81009a2ce615ac53d2914e5870cb452d2afaaab24f3499f72185cbfee53492714734429b7b38608e23926c911cceceac9a36851477ba4c60b087041de621000edc98edada20c1def2";

const setup = lazily(() => {
  const { G1, G2, utils } = bls12381();
  return {
    generator: G1.ProjectivePoint.BASE,
    // Both points of G2 are always the same: their half of the pairing is computed once.
    negatedGenerator: utils.calcPairingPrecomputes(G2.ProjectivePoint.BASE.negate()),
    secret: utils.calcPairingPrecomputes(G2.ProjectivePoint.fromHex(SETUP_POINT)),
  };
});

/** EIP-4844: whether the polynomial of a blob's commitment takes the value y at z. */
export const pointEvaluation: Precompile = {
  name: "pointEvaluation",
  address: precompileAddress(10),
  gas: () => 50_000n,
  run(input) {
    if (input.length !== INPUT_LENGTH) return FAILURE;
    const commitment = input.subarray(96, 144);
    const digest = hash("sha256", commitment, "buffer");
    if (input[0] !== VERSION || !equalBytes(input.subarray(1, 32), digest.subarray(1))) return FAILURE;
    const isTrue = verifyKzgProof(commitment, input.subarray(32, 64), input.subarray(64, 96), input.subarray(144));
    return isTrue ? answer(SUCCESS.slice()) : FAILURE;
  },
};

/**
 * `verify_kzg_proof` of EIP-4844: whether the polynomial that a commitment stands for takes the value `y` at `z`.
 * @param commitment compressed point of G1, 48 bytes
 * @param z 32 bytes, big-endian; false if not below the order of the group
 * @param y the same
 * @param proof compressed point of G1, 48 bytes
 */
export function verifyKzgProof(commitment: Uint8Array, z: Uint8Array, y: Uint8Array, proof: Uint8Array): boolean {
  const place = bytesToBigInt(z);
  const value = bytesToBigInt(y);
  return place < BLS12_381_ORDER && value < BLS12_381_ORDER && isProven(commitment, place, value, proof);
}

/** e(C - y G1 + z P, -G2) e(P, s G2) = 1, the check of EIP-4844 with all multiplications moved to G1. */
function isProven(commitment: Uint8Array, z: bigint, y: bigint, proof: Uint8Array): boolean {
  const { G1, fields, millerLoopBatch } = bls12381();
  const { generator, negatedGenerator, secret } = setup();
  const c = readPoint(commitment);
  const p = readPoint(proof);
  if (c === undefined || p === undefined) return false;
  const left = c.subtract(generator.multiplyUnsafe(y)).add(p.multiplyUnsafe(z));
  const zero = G1.ProjectivePoint.ZERO;
  const pairs: Parameters<typeof millerLoopBatch>[0] = [];
  // A pairing with the point at infinity is one.
  if (!left.equals(zero)) {
    const { x, y } = left.toAffine();
    pairs.push([negatedGenerator, x, y]);
  }
  if (!p.equals(zero)) {
    const { x, y } = p.toAffine();
    pairs.push([secret, x, y]);
  }
  if (pairs.length === 0) return true;
  return fields.Fp12.eql(fields.Fp12.finalExponentiate(millerLoopBatch(pairs)), fields.Fp12.ONE);

  function readPoint(bytes: Uint8Array): typeof generator | undefined {
    try {
      const point = G1.ProjectivePoint.fromHex(bytes.slice());
      if (!point.equals(G1.ProjectivePoint.ZERO)) point.assertValidity();
      return point;
    } catch {
      return undefined;
    }
  }
}
