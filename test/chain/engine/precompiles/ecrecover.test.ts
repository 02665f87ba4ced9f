import { expect } from "chai";
import fc from "fast-check";
import { toHex } from "../../../../chain/src/codec/hex.ts";
import { privateKeyToAddress, sign } from "../../../../chain/src/crypto/secp256k1.ts";
import { createEdrOracle, type EdrOracle, expectSame, precompileAt, runOurs } from "./edr-oracle.ts";
import { damage, join, scalar, spoil, word } from "./inputs.ts";

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const key = fc.bigInt({ min: 1n, max: ORDER - 1n }).map((value) => word(value));
const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe("precompiled contracts: ecrecover", () => {
  let oracle: EdrOracle;
  before(async () => {
    oracle = await createEdrOracle("cancun");
  });

  it("names the signer, given a signature with s in either half of the order", () => {
    fc.assert(
      fc.property(key, digest, fc.boolean(), (secret, hash, high) => {
        const { r, s, yParity } = sign(hash, secret);
        const v = BigInt(27 + (high ? 1 - yParity : yParity));
        const input = join(hash, word(v), word(r), word(high ? ORDER - s : s));
        const expected = `0x${privateKeyToAddress(secret).slice(2).padStart(64, "0")}`;
        expect(runOurs(precompileAt("cancun", 1), input)).to.deep.equal({ success: true, gas: 3_000n, data: expected });
      }),
    );
  });

  it("agrees with Hardhat's own network, given spoilt signatures", () =>
    fc.assert(
      fc.asyncProperty(key, digest, damage, async (secret, hash, how) => {
        const { r, s, yParity } = sign(hash, secret);
        await expectSame(oracle, 1, spoil(join(hash, word(BigInt(27 + yParity)), word(r), word(s)), how));
      }),
      { numRuns: 80 },
    ));

  it("agrees with Hardhat's own network, given numbers at the edges of their ranges", () =>
    fc.assert(
      fc.asyncProperty(digest, scalar(28n), scalar(ORDER), scalar(ORDER), async (hash, v, r, s) => {
        await expectSame(oracle, 1, join(hash, word(v), word(r), word(s)));
      }),
      { numRuns: 80 },
    ));

  it("answers nothing and takes its price, given a v with a stray high byte", () => {
    const { r, s, yParity } = sign(new Uint8Array(32).fill(7), word(5n));
    const stray = word(BigInt(27 + yParity));
    stray[0] = 1;
    const outcome = runOurs(precompileAt("cancun", 1), join(new Uint8Array(32).fill(7), stray, word(r), word(s)));
    expect(outcome).to.deep.equal({ success: true, gas: 3_000n, data: toHex(new Uint8Array(0)) });
  });
});
