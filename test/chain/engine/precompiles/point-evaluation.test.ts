import { createHash } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { fromHex } from "../../../../chain/src/codec/hex.ts";
import { BLS12_381_ORDER, bls12381 } from "../../../../chain/src/engine/precompiles/bls12-381.ts";
import { createEdrOracle, type EdrOracle, expectSame, precompileAt, runOurs } from "./edr-oracle.ts";
import { damage, join, spoil, word } from "./inputs.ts";

const SUCCESS =
  "0x000000000000000000000000000000000000000000000000000000000000100073eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001";
const { BASE: G1, ZERO } = bls12381().G1.ProjectivePoint;
// The secret of Ethereum's KZG ceremony times the generator of G1: the commitment to the polynomial X.
const SECRET = bls12381().G1.ProjectivePoint.fromHex(
  "ad3eb50121139aa34db1d545093ac9374ab7bca2c0f3bf28e27c8dcd8fc7cb42d25926fc0c97b336e9f0fb35e5a04c81",
);
const element = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt({ min: 0n, max: BLS12_381_ORDER - 1n }) },
  { weight: 1, arbitrary: fc.constantFrom(0n, 1n, BLS12_381_ORDER - 1n) },
);

function compressed(point: typeof G1): Uint8Array {
  if (!point.equals(ZERO)) return point.toRawBytes(true);
  const infinity = new Uint8Array(48);
  infinity[0] = 0xc0;
  return infinity;
}

function times(point: typeof G1, scalar: bigint): typeof G1 {
  return scalar === 0n ? ZERO : point.multiply(scalar);
}

/** The input that claims that slope X + constant is y at z. Its quotient by X - z is the slope, which so is the proof. */
function claim(slope: bigint, constant: bigint, z: bigint, y: bigint): Uint8Array {
  const commitment = compressed(times(SECRET, slope).add(times(G1, constant)));
  const versionedHash = createHash("sha256").update(commitment).digest();
  versionedHash[0] = 1;
  return join(versionedHash, word(z), word(y), commitment, compressed(times(G1, slope)));
}

describe("precompiled contracts: KZG point evaluation", () => {
  let oracle: EdrOracle;
  before(async () => {
    oracle = await createEdrOracle("cancun");
  });

  it("accepts the value of a polynomial of degree one, at any point", () => {
    fc.assert(
      fc.property(element, element, element, (slope, constant, z) => {
        const y = (slope * z + constant) % BLS12_381_ORDER;
        expect(runOurs(precompileAt("cancun", 10), claim(slope, constant, z, y))).to.deep.equal({
          success: true,
          gas: 50_000n,
          data: SUCCESS,
        });
      }),
      { numRuns: 15 },
    );
  });

  it("fails, given another value", () => {
    fc.assert(
      fc.property(element, element, element, element, (slope, constant, z, y) => {
        fc.pre(y !== (slope * z + constant) % BLS12_381_ORDER);
        expect(runOurs(precompileAt("cancun", 10), claim(slope, constant, z, y)).success).to.equal(false);
      }),
      { numRuns: 10 },
    );
  });

  it("agrees with Hardhat's own network, given spoilt input", () =>
    fc.assert(
      fc.asyncProperty(element, element, element, damage, async (slope, constant, z, how) => {
        const input = claim(slope, constant, z, (slope * z + constant) % BLS12_381_ORDER);
        await expectSame(oracle, 10, spoil(input, how));
      }),
      { numRuns: 30 },
    ));

  it("fails, given numbers that are not below the modulus", async () => {
    const big = claim(0n, 5n, BLS12_381_ORDER, 5n);
    expect((await expectSame(oracle, 10, big)).success).to.equal(false);
    const value = claim(0n, 5n, 1n, 5n + BLS12_381_ORDER);
    expect((await expectSame(oracle, 10, value)).success).to.equal(false);
  });

  it("fails, given a commitment outside the subgroup", async () => {
    // (0, 2) is on the curve and of order three.
    const commitment = fromHex(`0x80${"00".repeat(47)}`);
    const versionedHash = createHash("sha256").update(commitment).digest();
    versionedHash[0] = 1;
    const input = join(versionedHash, word(0n), word(0n), commitment, compressed(ZERO));
    expect((await expectSame(oracle, 10, input)).success).to.equal(false);
  });
});
