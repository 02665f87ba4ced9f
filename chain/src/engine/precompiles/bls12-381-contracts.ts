import { bytesToBigInt } from "../../codec/hex.ts";
import { BLS12_381_ORDER, bls12381 } from "./bls12-381.ts";
import {
  type BlsGroup,
  FP_LENGTH,
  G1_LENGTH,
  type G1Point,
  G2_LENGTH,
  type G2Point,
  g1,
  g2,
  readField,
} from "./bls12-381-codec.ts";
import { BLS_GAS, g1SumGas, g2SumGas } from "./bls12-381-gas.ts";
import { answer, FAILURE, precompileAddress } from "./input.ts";
import type { Precompile, PrecompileResult } from "./precompile.ts";

const SCALAR_LENGTH = 32;
const PAIR_LENGTH = G1_LENGTH + G2_LENGTH;

/** EIP-2537: the operations on the curve BLS12-381, at 0x0b to 0x11. */
export const blsContracts: readonly Precompile[] = [
  {
    name: "blsG1Add",
    address: precompileAddress(0x0b),
    gas: () => BLS_GAS.g1Add,
    run: (input) => add(input, g1),
  },
  {
    name: "blsG1MultiScalar",
    address: precompileAddress(0x0c),
    gas: (input) => g1SumGas(Math.floor(input.length / (G1_LENGTH + SCALAR_LENGTH))),
    run: (input) => multiplyAndSum(input, g1, (points, scalars) => bls12381().G1.ProjectivePoint.msm(points, scalars)),
  },
  {
    name: "blsG2Add",
    address: precompileAddress(0x0d),
    gas: () => BLS_GAS.g2Add,
    run: (input) => add(input, g2),
  },
  {
    name: "blsG2MultiScalar",
    address: precompileAddress(0x0e),
    gas: (input) => g2SumGas(Math.floor(input.length / (G2_LENGTH + SCALAR_LENGTH))),
    run: (input) => multiplyAndSum(input, g2, (points, scalars) => bls12381().G2.ProjectivePoint.msm(points, scalars)),
  },
  {
    name: "blsPairing",
    address: precompileAddress(0x0f),
    gas: (input) => BLS_GAS.pairing + BLS_GAS.perPair * BigInt(Math.floor(input.length / PAIR_LENGTH)),
    run: checkPairing,
  },
  {
    name: "blsMapToG1",
    address: precompileAddress(0x10),
    gas: () => BLS_GAS.mapToG1,
    run(input) {
      if (input.length !== FP_LENGTH) return FAILURE;
      const element = readField(input, 0);
      if (element === undefined) return FAILURE;
      const { G1 } = bls12381();
      return answer(g1.write(G1.ProjectivePoint.fromAffine(G1.mapToCurve([element]).toAffine())));
    },
  },
  {
    name: "blsMapToG2",
    address: precompileAddress(0x11),
    gas: () => BLS_GAS.mapToG2,
    run(input) {
      if (input.length !== 2 * FP_LENGTH) return FAILURE;
      const c0 = readField(input, 0);
      const c1 = readField(input, FP_LENGTH);
      if (c0 === undefined || c1 === undefined) return FAILURE;
      const { G2 } = bls12381();
      return answer(g2.write(G2.ProjectivePoint.fromAffine(G2.mapToCurve([c0, c1]).toAffine())));
    },
  },
];

function add<P extends { add(other: P): P }>(input: Uint8Array, group: BlsGroup<P>): PrecompileResult {
  if (input.length !== 2 * group.length) return FAILURE;
  const first = group.read(input, 0);
  const second = group.read(input, group.length);
  return first === undefined || second === undefined ? FAILURE : answer(group.write(first.add(second)));
}

function multiplyAndSum<P extends { isTorsionFree(): boolean; multiplyUnsafe(scalar: bigint): P }>(
  input: Uint8Array,
  group: BlsGroup<P>,
  sum: (points: P[], scalars: bigint[]) => P,
): PrecompileResult {
  const length = group.length + SCALAR_LENGTH;
  if (input.length === 0 || input.length % length !== 0) return FAILURE;
  const points: P[] = [];
  const scalars: bigint[] = [];
  for (let offset = 0; offset < input.length; offset += length) {
    const point = group.read(input, offset);
    if (!point?.isTorsionFree()) return FAILURE;
    points.push(point);
    const end = offset + length;
    scalars.push(bytesToBigInt(input.subarray(end - SCALAR_LENGTH, end)) % BLS12_381_ORDER);
  }
  const [point, scalar] = [points[0], scalars[0]];
  if (points.length === 1 && point !== undefined && scalar !== undefined)
    return answer(group.write(point.multiplyUnsafe(scalar)));
  return answer(group.write(sum(points, scalars)));
}

function checkPairing(input: Uint8Array): PrecompileResult {
  if (input.length === 0 || input.length % PAIR_LENGTH !== 0) return FAILURE;
  const { G1, G2, fields, pairingBatch } = bls12381();
  const pairs: { g1: G1Point; g2: G2Point }[] = [];
  for (let offset = 0; offset < input.length; offset += PAIR_LENGTH) {
    const p = g1.read(input, offset);
    const q = g2.read(input, offset + G1_LENGTH);
    if (!p?.isTorsionFree() || !q?.isTorsionFree()) return FAILURE;
    // A pairing with the point at infinity is one.
    if (!p.equals(G1.ProjectivePoint.ZERO) && !q.equals(G2.ProjectivePoint.ZERO)) pairs.push({ g1: p, g2: q });
  }
  const word = new Uint8Array(32);
  if (pairs.length === 0 || fields.Fp12.eql(pairingBatch(pairs), fields.Fp12.ONE)) word[31] = 1;
  return answer(word);
}
