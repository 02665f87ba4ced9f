import { expect } from "chai";
import fc from "fast-check";
import { deployCommon } from "../../fixtures/common.ts";
import { china } from "../../fixtures/merchant.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(async (connection) => {
  const { viem, policy } = await deployCommon(connection);
  return viem.deployContract("PrepaidLibrariesHarness", [policy.address]);
});

describe("Quarters", () => {
  it("turn at midnight in China on 1 January, 1 April, 1 July and 1 October", async () => {
    const library = await fixture();
    for (const [index, day] of ["2028-01-01", "2028-04-01", "2028-07-01", "2028-10-01", "2029-01-01"].entries()) {
      const start = china(`${day}T00:00:00`);
      const number = 2028 * 4 + index;
      expect(await library.read.quarterOf([start])).to.equal(number);
      expect(await library.read.quarterOf([start - 1n])).to.equal(number - 1);
      expect(await library.read.quarterStart([number])).to.equal(start);
    }
  });

  it("give the days of their first month", async () => {
    const library = await fixture();
    expect(await library.read.dayIn([2028 * 4, 26n])).to.equal(china("2028-01-26T00:00:00"));
    expect(await library.read.dayIn([2028 * 4 + 3, 1n])).to.equal(china("2028-10-01T00:00:00"));
    expect(await library.read.dayIn([2028 * 4 + 1, 29n])).to.equal(china("2028-04-29T00:00:00"));
  });

  it("given any moment, hold it between their start and the next quarter's, as the calendar says", async () => {
    const library = await fixture();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 8_000_000_000 }), async (seconds) => {
        const local = new Date((seconds + 28_800) * 1000);
        const expected = local.getUTCFullYear() * 4 + Math.floor(local.getUTCMonth() / 3);
        expect(await library.read.quarterOf([BigInt(seconds)])).to.equal(expected);
        if (expected === 1970 * 4) return;
        expect(Number(await library.read.quarterStart([expected]))).to.be.at.most(seconds);
        expect(Number(await library.read.quarterStart([expected + 1]))).to.be.above(seconds);
      }),
      { numRuns: 60 },
    );
  });
});
