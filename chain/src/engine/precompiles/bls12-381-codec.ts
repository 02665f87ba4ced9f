import { bigIntToBytes, bytesToBigInt } from "../../codec/hex.ts";
import { bls12381 } from "./bls12-381.ts";

type Curve = ReturnType<typeof bls12381>;
/** A point of G1. */
export type G1Point = InstanceType<Curve["G1"]["ProjectivePoint"]>;
/** A point of G2. */
export type G2Point = InstanceType<Curve["G2"]["ProjectivePoint"]>;
type Fp2 = ReturnType<Curve["fields"]["Fp2"]["create"]>;

/** Length of a coordinate of G1, bytes (EIP-2537): the upper 16 are zero. */
export const FP_LENGTH = 64;
/** Length of a point of G1, bytes. */
export const G1_LENGTH = 2 * FP_LENGTH;
/** Length of a point of G2, bytes. */
export const G2_LENGTH = 4 * FP_LENGTH;

const FIELD = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn;

/** A group of points as EIP-2537 writes them. */
export interface BlsGroup<P> {
  /** Bytes a point takes. */
  readonly length: number;
  /** A point on the curve, whether in the subgroup or not; `undefined` for a bad encoding or one off the curve. */
  read(input: Uint8Array, offset: number): P | undefined;
  write(point: P): Uint8Array;
}

/** G1. */
export const g1: BlsGroup<G1Point> = {
  length: G1_LENGTH,
  read(input, offset) {
    const x = readField(input, offset);
    const y = readField(input, offset + FP_LENGTH);
    if (x === undefined || y === undefined) return undefined;
    const { G1, fields } = bls12381();
    if (x === 0n && y === 0n) return G1.ProjectivePoint.ZERO;
    if (!fields.Fp.eql(fields.Fp.sqr(y), G1.weierstrassEquation(x))) return undefined;
    return new G1.ProjectivePoint(x, y, fields.Fp.ONE);
  },
  write(point) {
    const out = new Uint8Array(G1_LENGTH);
    if (point.equals(bls12381().G1.ProjectivePoint.ZERO)) return out;
    const { x, y } = point.toAffine();
    writeField(out, 0, x);
    writeField(out, FP_LENGTH, y);
    return out;
  },
};

/** G2. */
export const g2: BlsGroup<G2Point> = {
  length: G2_LENGTH,
  read(input, offset) {
    const x = readField2(input, offset);
    const y = readField2(input, offset + 2 * FP_LENGTH);
    if (x === undefined || y === undefined) return undefined;
    const { G2, fields } = bls12381();
    if (fields.Fp2.is0(x) && fields.Fp2.is0(y)) return G2.ProjectivePoint.ZERO;
    if (!fields.Fp2.eql(fields.Fp2.sqr(y), G2.weierstrassEquation(x))) return undefined;
    return new G2.ProjectivePoint(x, y, fields.Fp2.ONE);
  },
  write(point) {
    const out = new Uint8Array(G2_LENGTH);
    if (point.equals(bls12381().G2.ProjectivePoint.ZERO)) return out;
    const { x, y } = point.toAffine();
    [x.c0, x.c1, y.c0, y.c1].forEach((value, i) => {
      writeField(out, i * FP_LENGTH, value);
    });
    return out;
  },
};

/** An element of the base field; `undefined` if it is not below the modulus. */
export function readField(input: Uint8Array, offset: number): bigint | undefined {
  const value = bytesToBigInt(input.subarray(offset, offset + FP_LENGTH));
  return value < FIELD ? value : undefined;
}

function readField2(input: Uint8Array, offset: number): Fp2 | undefined {
  const c0 = readField(input, offset);
  const c1 = readField(input, offset + FP_LENGTH);
  return c0 === undefined || c1 === undefined ? undefined : { c0, c1 };
}

function writeField(target: Uint8Array, offset: number, value: bigint): void {
  const digits = bigIntToBytes(value);
  target.set(digits, offset + FP_LENGTH - digits.length);
}
