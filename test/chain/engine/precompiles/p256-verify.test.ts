import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { p256 } from "@noble/curves/p256";
import { expect } from "chai";
import fc from "fast-check";
import { toHex } from "../../../../chain/src/codec/hex.ts";
import { createEdrOracle, type EdrOracle, expectSame, precompileAt, runOurs } from "./edr-oracle.ts";
import { damage, join, scalar, spoil, word } from "./inputs.ts";

const ORDER = p256.CURVE.n;

describe("precompiled contracts: p256Verify", () => {
  let oracle: EdrOracle;
  before(async () => {
    oracle = await createEdrOracle("osaka");
  });

  it("accepts what OpenSSL signed, with s in either half of the order", () => {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x, y } = publicKey.export({ format: "jwk" });
    const key = join(Buffer.from(x ?? "", "base64url"), Buffer.from(y ?? "", "base64url"));
    for (let i = 0; i < 10; i++) {
      const message = Uint8Array.of(i);
      const signature = sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" });
      const s = BigInt(toHex(signature.subarray(32)));
      for (const either of [s, ORDER - s]) {
        const input = join(createHash("sha256").update(message).digest(), signature.subarray(0, 32), word(either), key);
        const expected = { success: true, gas: 6_900n, data: toHex(word(1n)) };
        expect(runOurs(precompileAt("osaka", 0x100), input)).to.deep.equal(expected);
      }
    }
  });

  it("agrees with Hardhat's own network, given spoilt signatures", () =>
    fc.assert(
      fc.asyncProperty(
        fc.bigInt({ min: 1n, max: ORDER - 1n }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        damage,
        async (secret, digest, how) => {
          const { r, s } = p256.sign(digest, secret, { prehash: false });
          const key = p256.getPublicKey(secret, false).subarray(1);
          await expectSame(oracle, 0x100, spoil(join(digest, word(r), word(s), key), how));
        },
      ),
      { numRuns: 50 },
    ));

  it("agrees with Hardhat's own network, given numbers at the edges of their ranges", () =>
    fc.assert(
      fc.asyncProperty(scalar(ORDER), scalar(ORDER), scalar(p256.CURVE.Fp.ORDER), async (r, s, coordinate) => {
        const key = p256.getPublicKey(7n, false).subarray(1);
        await expectSame(oracle, 0x100, join(word(1n), word(r), word(s), key));
        await expectSame(oracle, 0x100, join(word(1n), word(1n), word(1n), word(coordinate), word(coordinate)));
      }),
      { numRuns: 30 },
    ));
});
