import { createHash } from "node:crypto";
import { ripemd160 } from "@noble/hashes/legacy";
import { expect } from "chai";
import fc from "fast-check";
import { toHex } from "../../../../chain/src/codec/hex.ts";
import { CONTEXT } from "./context.ts";
import { createEdrOracle, type EdrOracle, expectSame, precompileAt, runOurs } from "./edr-oracle.ts";

const input = fc.uint8Array({ maxLength: 300 });

describe("precompiled contracts: sha256, ripemd160, identity", () => {
  let oracle: EdrOracle;
  before(async () => {
    oracle = await createEdrOracle("cancun");
  });

  for (const number of [2, 3, 4])
    it(`agrees with Hardhat's own network on result and gas of ${number}, given any input`, () =>
      fc.assert(
        fc.asyncProperty(input, async (bytes) => {
          await expectSame(oracle, number, bytes);
        }),
        { numRuns: 60 },
      ));

  it("hashes as the libraries do, given any input", () => {
    fc.assert(
      fc.property(input, (bytes) => {
        const zeros = "0".repeat(24);
        expect(runOurs(precompileAt("cancun", 2), bytes).data).to.equal(
          `0x${createHash("sha256").update(bytes).digest("hex")}`,
        );
        expect(runOurs(precompileAt("cancun", 3), bytes).data).to.equal(
          `0x${zeros}${toHex(ripemd160(bytes)).slice(2)}`,
        );
      }),
    );
  });

  it("returns a copy, given an input that changes after the call", () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const result = precompileAt("cancun", 4).run(bytes, CONTEXT);
    bytes[0] = 9;
    expect(result).to.deep.equal({ kind: "return", data: Uint8Array.of(1, 2, 3) });
  });
});
