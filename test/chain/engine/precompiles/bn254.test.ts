import { bn254 } from "@noble/curves/bn254";
import { expect } from "chai";
import fc from "fast-check";
import { toHex } from "../../../../chain/src/codec/hex.ts";
import { createEdrOracle, type EdrOracle, expectSame, precompileAt, runOurs } from "./edr-oracle.ts";
import { damage, join, scalar, spoil, word } from "./inputs.ts";

const FIELD = bn254.fields.Fp.ORDER;
const ORDER = bn254.fields.Fr.ORDER;
const { BASE: G1, ZERO: G1_ZERO } = bn254.G1.ProjectivePoint;
const { BASE: G2, ZERO: G2_ZERO } = bn254.G2.ProjectivePoint;

const nonZero = fc.bigInt({ min: 1n, max: ORDER - 1n });
const point1 = fc.oneof(
  { weight: 5, arbitrary: nonZero.map((k) => G1.multiply(k)) },
  { weight: 1, arbitrary: fc.constant(G1_ZERO) },
);
const point2 = fc.oneof(
  { weight: 5, arbitrary: nonZero.map((k) => G2.multiply(k)) },
  { weight: 1, arbitrary: fc.constant(G2_ZERO) },
);

function write1(point: typeof G1): Uint8Array {
  if (point.equals(G1_ZERO)) return new Uint8Array(64);
  const { x, y } = point.toAffine();
  return join(word(x), word(y));
}

function write2(point: typeof G2): Uint8Array {
  if (point.equals(G2_ZERO)) return new Uint8Array(128);
  const { x, y } = point.toAffine();
  return join(word(x.c1), word(x.c0), word(y.c1), word(y.c0));
}

describe("precompiled contracts: the curve alt_bn128", () => {
  let oracle: EdrOracle;
  before(async () => {
    oracle = await createEdrOracle("istanbul");
  });

  it("adds as noble does, given two points", () => {
    fc.assert(
      fc.property(point1, point1, (a, b) => {
        const expected = { success: true, gas: 150n, data: toHex(write1(a.add(b))) };
        expect(runOurs(precompileAt("cancun", 6), join(write1(a), write1(b)))).to.deep.equal(expected);
      }),
      { numRuns: 30 },
    );
  });

  it("multiplies as noble does, given a point and any word", () => {
    fc.assert(
      fc.property(point1, scalar(ORDER), (a, k) => {
        const expected = { success: true, gas: 6_000n, data: toHex(write1(a.multiplyUnsafe(k % ORDER))) };
        expect(runOurs(precompileAt("cancun", 7), join(write1(a), word(k)))).to.deep.equal(expected);
      }),
      { numRuns: 30 },
    );
  });

  it("adds as Hardhat's own network does, given spoilt input", () =>
    fc.assert(
      fc.asyncProperty(point1, point1, damage, async (a, b, how) => {
        await expectSame(oracle, 6, spoil(join(write1(a), write1(b)), how));
      }),
      { numRuns: 50 },
    ));

  it("multiplies as Hardhat's own network does, given spoilt input", () =>
    fc.assert(
      fc.asyncProperty(point1, scalar(ORDER), damage, async (a, k, how) => {
        await expectSame(oracle, 7, spoil(join(write1(a), word(k)), how));
      }),
      { numRuns: 50 },
    ));

  it("pairs as Hardhat's own network does, given products of one, others and spoilt input", () =>
    fc.assert(
      fc.asyncProperty(point1, point2, fc.boolean(), damage, async (a, b, cancels, how) => {
        const other = cancels ? a.negate() : a.double();
        await expectSame(oracle, 8, spoil(join(write1(a), write2(b), write1(other), write2(b)), how));
      }),
      { numRuns: 30 },
    ));

  it("is bilinear: e(aP, bQ) e(-abP, Q) is one, given any a and b", () => {
    fc.assert(
      fc.property(nonZero, nonZero, (a, b) => {
        const negated = G1.multiply((a * b) % ORDER).negate();
        const input = join(write1(G1.multiply(a)), write2(G2.multiply(b)), write1(negated), write2(G2));
        expect(runOurs(precompileAt("cancun", 8), input)).to.deep.equal({
          success: true,
          gas: 113_000n,
          data: toHex(word(1n)),
        });
      }),
      { numRuns: 5 },
    );
  });

  it("answers one to no pairs at all", () => {
    expect(runOurs(precompileAt("cancun", 8), new Uint8Array(0))).to.deep.equal({
      success: true,
      gas: 45_000n,
      data: toHex(word(1n)),
    });
  });

  it("fails, given a coordinate that is not below the field's order", () => {
    const { x, y } = G1.toAffine();
    for (const input of [join(word(x + FIELD), word(y)), join(word(x), word(y + FIELD)), join(word(FIELD), word(0n))]) {
      expect(runOurs(precompileAt("cancun", 6), input).success).to.equal(false);
      expect(runOurs(precompileAt("cancun", 7), join(input, word(1n))).success).to.equal(false);
    }
  });

  it("fails, given a point of the twist outside the subgroup", async () => {
    const { Fp2 } = bn254.fields;
    for (let i = 1n; ; i++) {
      const x = Fp2.fromBigTuple([i, 1n]);
      let y: typeof x;
      try {
        y = Fp2.sqrt(bn254.G2.weierstrassEquation(x));
      } catch {
        continue;
      }
      const point = bn254.G2.ProjectivePoint.fromAffine({ x, y });
      if (point.isTorsionFree()) continue;
      const { success } = await expectSame(oracle, 8, join(write1(G1), write2(point)));
      expect(success).to.equal(false);
      return;
    }
  });
});
