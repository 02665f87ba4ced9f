import { expect } from "chai";
import fc from "fast-check";
import { bytesToBigInt, toHex } from "../../../../chain/src/codec/hex.ts";
import { modularPower } from "../../../../chain/src/engine/precompiles/modular-power.ts";
import { createEdrOracle, type EdrOracle, expectSame, precompileAt, runOurs } from "./edr-oracle.ts";
import { damage, join, spoil, word } from "./inputs.ts";

const number = (maxLength: number): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.uint8Array({ maxLength }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        new Uint8Array(0),
        Uint8Array.of(0),
        Uint8Array.of(1),
        Uint8Array.of(2),
        word(1n),
        word(0n),
      ),
    },
  );

function inputOf(base: Uint8Array, exponent: Uint8Array, modulus: Uint8Array): Uint8Array {
  const lengths = [base, exponent, modulus].map(({ length }) => word(BigInt(length)));
  return join(...lengths, base, exponent, modulus);
}

describe("precompiled contracts: modexp", () => {
  for (const fork of ["byzantium", "berlin", "osaka"] as const) {
    describe(`at the prices of ${fork}`, () => {
      let oracle: EdrOracle;
      before(async () => {
        oracle = await createEdrOracle(fork);
      });

      it("agrees with Hardhat's own network on result and gas, given any numbers", () =>
        fc.assert(
          fc.asyncProperty(number(80), number(40), number(80), damage, async (base, exponent, modulus, how) => {
            const input = inputOf(base, exponent, modulus);
            // A damaged length can ask for more gas than a call may have: those are tested by themselves.
            await expectSame(oracle, 5, how.kind === "flip" ? input : spoil(input, how));
          }),
          { numRuns: 100 },
        ));

      it("agrees with Hardhat's own network on result and gas, given numbers of up to 1,024 bytes", () =>
        fc.assert(
          fc.asyncProperty(
            fc.integer({ min: 100, max: 1_024 }),
            fc.integer({ min: 1, max: 9 }),
            async (length, bits) => {
              const odd = new Uint8Array(length).fill(0xa7);
              await expectSame(
                oracle,
                5,
                inputOf(
                  odd.map((byte, i) => byte ^ (i & 255)),
                  Uint8Array.of(2 ** (bits - 1)),
                  odd,
                ),
              );
            },
          ),
          { numRuns: 12 },
        ));
    });
  }

  it("multiplies repeatedly as the definition does, given any modulus above one", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 200n }),
        fc.integer({ min: 0, max: 300 }),
        fc.bigInt({ min: 2n, max: 2n ** 130n }),
        (base, exponent, modulus) => {
          let expected = 1n % modulus;
          for (let i = 0; i < exponent; i++) expected = (expected * base) % modulus;
          expect(modularPower(base, BigInt(exponent), modulus)).to.equal(expected);
        },
      ),
    );
  });

  it("obeys the law of exponents, given long exponents", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 2n, max: 2n ** 300n }),
        fc.bigInt({ min: 0n, max: 2n ** 400n }),
        fc.bigInt({ min: 0n, max: 2n ** 400n }),
        fc.bigInt({ min: 2n, max: 2n ** 300n }),
        (base, a, b, modulus) => {
          const product = (modularPower(base, a, modulus) * modularPower(base, b, modulus)) % modulus;
          expect(modularPower(base, a + b, modulus) % modulus).to.equal(product);
        },
      ),
    );
  });

  it("is as long as the modulus, given a modulus of zero or one", () => {
    for (const modulus of [word(0n), word(1n)]) {
      const outcome = runOurs(precompileAt("cancun", 5), inputOf(word(7n), word(3n), modulus));
      expect(outcome).to.deep.equal({ success: true, gas: 200n, data: toHex(word(0n)) });
    }
  });

  it("prices lengths beyond all memory without reading them", () => {
    const endless = word(2n ** 256n - 1n);
    const price = precompileAt("cancun", 5).gas(join(endless, endless, endless));
    expect(price !== undefined && price > 2n ** 512n).to.equal(true);
    expect(precompileAt("osaka", 5).gas(join(endless, word(1n), word(1n)))).to.equal(undefined);
    expect(precompileAt("osaka", 5).gas(join(word(1n), word(1_025n), word(1n)))).to.equal(undefined);
  });

  it("answers nothing at the least price, given an endless exponent but neither base nor modulus", () => {
    const input = join(word(0n), word(2n ** 255n), word(0n));
    expect(runOurs(precompileAt("cancun", 5), input)).to.deep.equal({ success: true, gas: 200n, data: "0x" });
  });

  it("reads what the input does not reach as zeros", () => {
    const input = join(word(1n), word(1n), word(2n), Uint8Array.of(3, 2, 1));
    const { data } = runOurs(precompileAt("cancun", 5), input);
    expect(bytesToBigInt(Buffer.from(data.slice(2), "hex"))).to.equal(9n % 256n);
  });
});
