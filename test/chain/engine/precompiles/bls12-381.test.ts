import { expect } from "chai";
import fc from "fast-check";
import { toHex } from "../../../../chain/src/codec/hex.ts";
import { BLS12_381_ORDER, bls12381 } from "../../../../chain/src/engine/precompiles/bls12-381.ts";
import { g1, g2 } from "../../../../chain/src/engine/precompiles/bls12-381-codec.ts";
import { createEdrOracle, type EdrOracle, expectSame, precompileAt, runOurs } from "./edr-oracle.ts";
import { damage, join, scalar, spoil, word } from "./inputs.ts";

const FIELD = bls12381().fields.Fp.ORDER;
const { BASE: G1, ZERO: G1_ZERO } = bls12381().G1.ProjectivePoint;
const { BASE: G2, ZERO: G2_ZERO } = bls12381().G2.ProjectivePoint;
const nonZero = fc.bigInt({ min: 1n, max: BLS12_381_ORDER - 1n });
const element = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt({ min: 0n, max: FIELD - 1n }) },
  { weight: 1, arbitrary: fc.constantFrom(0n, 1n, FIELD - 1n, FIELD, 2n ** 512n - 1n) },
);

// Points on the curves outside the subgroups too: maps of field elements whose cofactor was not cleared do not exist in the library, so x is tried.
const stray1 = lift((i) => {
  const { Fp } = bls12381().fields;
  const x = Fp.create(i);
  const point = new (bls12381().G1.ProjectivePoint)(x, Fp.sqrt(bls12381().G1.weierstrassEquation(x)), Fp.ONE);
  return { encoded: g1.write(point), isTorsionFree: point.isTorsionFree() };
});
const stray2 = lift((i) => {
  const { Fp2 } = bls12381().fields;
  const x = Fp2.fromBigTuple([i, 1n]);
  const point = new (bls12381().G2.ProjectivePoint)(x, Fp2.sqrt(bls12381().G2.weierstrassEquation(x)), Fp2.ONE);
  return { encoded: g2.write(point), isTorsionFree: point.isTorsionFree() };
});

function lift(attempt: (i: bigint) => { readonly encoded: Uint8Array; readonly isTorsionFree: boolean }): Uint8Array {
  for (let i = 1n; ; i++) {
    try {
      const { encoded, isTorsionFree } = attempt(i);
      if (!isTorsionFree) return encoded;
    } catch {
      // That x has no y.
    }
  }
}

const point1 = fc.oneof(
  { weight: 8, arbitrary: nonZero.map((k) => g1.write(G1.multiply(k))) },
  { weight: 1, arbitrary: fc.constantFrom(g1.write(G1_ZERO), stray1) },
);
const point2 = fc.oneof(
  { weight: 8, arbitrary: nonZero.map((k) => g2.write(G2.multiply(k))) },
  { weight: 1, arbitrary: fc.constantFrom(g2.write(G2_ZERO), stray2) },
);

describe("precompiled contracts: the curve BLS12-381", () => {
  let oracle: EdrOracle;
  before(async () => {
    oracle = await createEdrOracle("prague");
  });

  for (const { name, number, point } of [
    { name: "G1", number: 0x0b, point: point1 },
    { name: "G2", number: 0x0d, point: point2 },
  ]) {
    it(`adds in ${name} as Hardhat's own network does, given good, stray and spoilt points`, () =>
      fc.assert(
        fc.asyncProperty(point, point, fc.boolean(), damage, async (a, b, same, how) => {
          await expectSame(oracle, number, spoil(join(a, same ? a : b), how));
        }),
        { numRuns: 40 },
      ));

    it(`multiplies and sums in ${name} as Hardhat's own network does, given any words`, () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(point, scalar(BLS12_381_ORDER)), { minLength: 1, maxLength: 4 }),
          damage,
          async (terms, how) => {
            await expectSame(oracle, number + 1, spoil(join(...terms.flatMap(([p, k]) => [p, word(k)])), how));
          },
        ),
        { numRuns: 25 },
      ));
  }

  it("pairs as Hardhat's own network does, given products of one, others and spoilt input", () =>
    fc.assert(
      fc.asyncProperty(nonZero, point1, point2, fc.boolean(), damage, async (k, a, b, cancels, how) => {
        const p = G1.multiply(k);
        const input = cancels ? join(g1.write(p), b, g1.write(p.negate()), b) : join(a, b);
        await expectSame(oracle, 0x0f, spoil(input, how));
      }),
      { numRuns: 20 },
    ));

  it("maps to the groups as Hardhat's own network does, given any element", () =>
    fc.assert(
      fc.asyncProperty(element, element, damage, async (a, b, how) => {
        await expectSame(oracle, 0x10, spoil(word(a, 64), how));
        await expectSame(oracle, 0x11, spoil(join(word(a, 64), word(b, 64)), how));
      }),
      { numRuns: 20 },
    ));

  it("is bilinear: e(aP, bQ) e(-abP, Q) is one", () => {
    const negated = G1.multiply(35n).negate();
    const input = join(g1.write(G1.multiply(5n)), g2.write(G2.multiply(7n)), g1.write(negated), g2.write(G2));
    const expected = { success: true, gas: 102_900n, data: toHex(word(1n)) };
    expect(runOurs(precompileAt("prague", 0x0f), input)).to.deep.equal(expected);
  });

  it("fails, given no input at all, for the sums and the pairing", () => {
    for (const number of [0x0c, 0x0e, 0x0f])
      expect(runOurs(precompileAt("prague", number), new Uint8Array(0)).success).to.equal(false);
  });

  it("adds points outside the subgroup but multiplies and pairs none", () => {
    expect(runOurs(precompileAt("prague", 0x0b), join(stray1, stray1)).success).to.equal(true);
    expect(runOurs(precompileAt("prague", 0x0c), join(stray1, word(1n))).success).to.equal(false);
    expect(runOurs(precompileAt("prague", 0x0d), join(stray2, stray2)).success).to.equal(true);
    expect(runOurs(precompileAt("prague", 0x0e), join(stray2, word(1n))).success).to.equal(false);
    expect(runOurs(precompileAt("prague", 0x0f), join(g1.write(G1), stray2)).success).to.equal(false);
  });
});
