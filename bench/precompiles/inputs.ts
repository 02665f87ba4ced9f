import { createHash } from "node:crypto";
import { bls12_381 } from "@noble/curves/bls12-381";
import { bn254 } from "@noble/curves/bn254";
import { bigIntToBytes } from "../../chain/src/codec/hex.ts";
import { sign } from "../../chain/src/crypto/secp256k1.ts";

/** A contract and a typical input of it. */
export interface Sample {
  readonly name: string;
  readonly number: number;
  readonly input: Uint8Array;
}

function word(value: bigint, length = 32): Uint8Array {
  const digits = bigIntToBytes(value);
  const out = new Uint8Array(length);
  out.set(digits, length - digits.length);
  return out;
}

const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const kilobyte = new Uint8Array(1_024).fill(0xa5);

function modexp(length: number, exponentLength: number): Uint8Array {
  const lengths = [length, exponentLength, length].map((size) => word(BigInt(size)));
  return join(
    ...lengths,
    kilobyte.subarray(0, length),
    new Uint8Array(exponentLength).fill(0xd3),
    new Uint8Array(length).fill(0xf7),
  );
}

function recovery(): Uint8Array {
  const digest = new Uint8Array(32).fill(7);
  const { r, s, yParity } = sign(digest, word(12_345n));
  return join(digest, word(BigInt(27 + yParity)), word(r), word(s));
}

function pairs(): Uint8Array {
  const { BASE: g1 } = bn254.G1.ProjectivePoint;
  const { BASE: g2 } = bn254.G2.ProjectivePoint;
  const p = g1.multiply(987_654_321n).toAffine();
  const q = g1.multiply(987_654_321n).negate().toAffine();
  const t = g2.multiply(123_456_789n).toAffine();
  const twist = join(word(t.x.c1), word(t.x.c0), word(t.y.c1), word(t.y.c0));
  return join(word(p.x), word(p.y), twist, word(q.x), word(q.y), twist);
}

/** The claim that 3 X + 5 is 26 at 7. */
function evaluation(): Uint8Array {
  const { BASE, fromHex } = { BASE: bls12_381.G1.ProjectivePoint.BASE, fromHex: bls12_381.G1.ProjectivePoint.fromHex };
  const secret = fromHex(
    "ad3eb50121139aa34db1d545093ac9374ab7bca2c0f3bf28e27c8dcd8fc7cb42d25926fc0c97b336e9f0fb35e5a04c81",
  );
  const commitment = secret.multiply(3n).add(BASE.multiply(5n)).toRawBytes(true);
  const hash = createHash("sha256").update(commitment).digest();
  hash[0] = 1;
  return join(hash, word(7n), word(26n), commitment, BASE.multiply(3n).toRawBytes(true));
}

/** What is measured, by address. */
export function samples(): readonly Sample[] {
  const pairing = pairs();
  const points = join(pairing.subarray(0, 64), pairing.subarray(192, 256));
  return [
    { name: "ecrecover", number: 1, input: recovery() },
    { name: "sha256, 1 KiB", number: 2, input: kilobyte },
    { name: "ripemd160, 1 KiB", number: 3, input: kilobyte },
    { name: "identity, 1 KiB", number: 4, input: kilobyte },
    { name: "modexp, 256 bit", number: 5, input: modexp(32, 32) },
    { name: "modexp, 2,048 bit, short exponent", number: 5, input: modexp(256, 3) },
    { name: "bn254 add", number: 6, input: points },
    { name: "bn254 multiply", number: 7, input: join(pairing.subarray(0, 64), kilobyte.subarray(0, 32)) },
    { name: "bn254 pairing, 2 pairs", number: 8, input: pairing },
    { name: "blake2f, 12 rounds", number: 9, input: join(word(12n, 4), kilobyte.subarray(0, 208), Uint8Array.of(1)) },
    { name: "point evaluation", number: 10, input: evaluation() },
  ];
}
