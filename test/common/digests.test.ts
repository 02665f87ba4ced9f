import { expect } from "chai";
import { zeroHash } from "viem";
import { DIGEST_ALGORITHM, digestOf } from "../fixtures/common.ts";
import { librariesFixture } from "../fixtures/common-libraries.ts";
import { expectRevert } from "../helpers/expect-revert.ts";

const DIGEST = digestOf("contract 17");

describe("Digests", () => {
  it("refuse a digest without value or algorithm", async () => {
    const { libraries } = await librariesFixture();
    for (const digest of [
      { ...DIGEST, value: zeroHash },
      { ...DIGEST, algorithm: DIGEST_ALGORITHM.NONE },
      { value: zeroHash, algorithm: DIGEST_ALGORITHM.NONE },
    ]) {
      await expectRevert(libraries.read.requirePresent([digest]), libraries, "DigestsMissing", [
        digest.value,
        digest.algorithm,
      ]);
    }
    expect(await libraries.read.requirePresent([DIGEST])).to.equal(true);
  });

  it("are equal in value and algorithm", async () => {
    const { libraries } = await librariesFixture();
    expect(await libraries.read.equal([DIGEST, { ...DIGEST }])).to.equal(true);
    expect(await libraries.read.equal([DIGEST, digestOf("contract 18")])).to.equal(false);
    expect(await libraries.read.equal([DIGEST, { ...DIGEST, algorithm: DIGEST_ALGORITHM.SM3 }])).to.equal(false);
  });
});
