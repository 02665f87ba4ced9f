import { createHash } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { toHex } from "../../../../chain/src/codec/hex.ts";
import { createEdrOracle, type EdrOracle, expectSame, precompileAt, runOurs } from "./edr-oracle.ts";
import { damage, join, spoil, word } from "./inputs.ts";

// State of an unkeyed BLAKE2b with 64 bytes of digest before its first block (RFC 7693, section 3.3).
const START =
  "48c9bdf267e6096a3ba7ca8485ae67bb2bf894fe72f36e3cf1361d5f3af54fa5d182e6ad7f520e511f6c3e2b8c68059b6bbd41fbabd9831f79217e1319cde05b";

describe("precompiled contracts: blake2f", () => {
  let oracle: EdrOracle;
  before(async () => {
    oracle = await createEdrOracle("istanbul");
  });

  it("hashes as OpenSSL's BLAKE2b does, given a message of one block", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 128 }), (message) => {
        const block = new Uint8Array(128);
        block.set(message);
        const counter = new Uint8Array(16);
        counter[0] = message.length;
        const input = join(word(12n, 4), Buffer.from(START, "hex"), block, counter, Uint8Array.of(1));
        const expected = `0x${createHash("blake2b512").update(message).digest("hex")}`;
        expect(runOurs(precompileAt("cancun", 9), input)).to.deep.equal({ success: true, gas: 12n, data: expected });
      }),
    );
  });

  it("agrees with Hardhat's own network, given any state, counter and number of rounds", () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.uint8Array({ minLength: 208, maxLength: 208 }),
        fc.boolean(),
        damage,
        async (rounds, block, isLast, how) => {
          const input = join(word(BigInt(rounds), 4), block, Uint8Array.of(isLast ? 1 : 0));
          // Turning over a high bit of the rounds would make them more than a call can pay for.
          await expectSame(
            oracle,
            9,
            how.kind === "flip" ? spoil(input, { ...how, at: 4 + (how.at % 209) }) : spoil(input, how),
          );
        },
      ),
      { numRuns: 100 },
    ));

  it("agrees with Hardhat's own network, given more rounds than run in one go", async () => {
    const block = Uint8Array.from({ length: 208 }, (_, index) => index * 7);
    for (const rounds of [100_000n, 100_001n, 230_007n]) {
      await expectSame(oracle, 9, join(word(rounds, 4), block, Uint8Array.of(1)));
    }
  });

  it("refuses the input before it runs, given another length or flag", () => {
    const good = join(word(1n, 4), new Uint8Array(209));
    const flag = good.slice();
    flag[212] = 2;
    for (const input of [good.subarray(1), join(good, Uint8Array.of(0)), flag, new Uint8Array(0)]) {
      expect(precompileAt("cancun", 9).gas(input), toHex(input)).to.equal(undefined);
    }
    expect(precompileAt("cancun", 9).gas(good)).to.equal(1n);
  });

  it("prices all rounds a word of four bytes can ask for", () => {
    expect(precompileAt("cancun", 9).gas(join(word(0xffff_ffffn, 4), new Uint8Array(209)))).to.equal(0xffff_ffffn);
  });
});
