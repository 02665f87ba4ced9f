import { expect } from "chai";
import fc from "fast-check";
import { expectPanic, expectRevert } from "../../helpers/expect-revert.ts";
import { type Connection, defineFixture } from "../../helpers/fixture.ts";
import { daysOfInterest, simpleInterest } from "../../helpers/refund-reference.ts";

const fixture = defineFixture(async (connection: Connection) => ({
  math: await connection.viem.deployContract("RefundMathHarness"),
}));

const RUNS = { numRuns: 60 };
const DAY = 86_400n;
/** 2026-09-21 00:00:00 in Shanghai. */
const MIDNIGHT = BigInt(Date.parse("2026-09-21T00:00:00+08:00")) / 1000n;

describe("RefundMath: times and interest", () => {
  it("A-28: given 7 days by law, ends cooling off on the second 7 x 86,400 s after payment", async () => {
    const { math } = await fixture();
    expect(await math.read.coolingOffUntil([MIDNIGHT, 7n, 0n])).to.equal(MIDNIGHT + 604_800n);
  });

  it("A-28: given terms with other days, takes the better for the holder", async () => {
    const { math } = await fixture();
    expect(await math.read.coolingOffUntil([MIDNIGHT, 7n, 10n])).to.equal(MIDNIGHT + 10n * DAY);
    expect(await math.read.coolingOffUntil([MIDNIGHT, 7n, 3n])).to.equal(MIDNIGHT + 7n * DAY);
  });

  it("A-28: given a time that does not fit, refuses", async () => {
    const { math } = await fixture();
    const late = 2n ** 64n - 1n;
    await expectRevert(math.read.coolingOffUntil([late, 1n, 0n]), math, "SafeCastOverflowedUintDowncast", [
      64,
      late + DAY,
    ]);
  });

  it("A-37: given a rate by law and one agreed, takes the better for the holder", async () => {
    const { math } = await fixture();
    expect(await math.read.betterRate([30_000n, 0n])).to.equal(30_000n);
    expect(await math.read.betterRate([30_000n, 29_999n])).to.equal(30_000n);
    expect(await math.read.betterRate([30_000n, 48_000n])).to.equal(48_000n);
  });

  it("A-38: given moments around midnight of UTC+8, counts days of the calendar and not of 86,400 s", async () => {
    const { math } = await fixture();
    expect(await math.read.interestDays([MIDNIGHT, MIDNIGHT + DAY - 1n])).to.equal(0n);
    expect(await math.read.interestDays([MIDNIGHT - 1n, MIDNIGHT])).to.equal(1n);
    expect(await math.read.interestDays([MIDNIGHT + DAY - 1n, MIDNIGHT + DAY])).to.equal(1n);
    expect(await math.read.interestDays([MIDNIGHT, MIDNIGHT + 365n * DAY])).to.equal(365n);
  });

  it("A-38: given a payment before the termination, stops", async () => {
    const { math } = await fixture();
    await expectPanic(math.read.interestDays([MIDNIGHT, MIDNIGHT - 1n]), 0x11n);
  });

  it("A-38: given any two moments, agrees with the dates of the Shanghai calendar", async () => {
    const { math } = await fixture();
    await fc.assert(
      fc.asyncProperty(fc.bigInt(0n, 10n ** 8n), fc.bigInt(0n, 10n ** 8n), async (after, later) => {
        const from = MIDNIGHT + after;
        expect(await math.read.interestDays([from, from + later])).to.equal(daysOfInterest(from, from + later));
      }),
      RUNS,
    );
  });

  it("A-37: given 10,000 at 3.00% for 73 days, gives 60.00", async () => {
    const { math } = await fixture();
    expect(await math.read.interest([1_000_000n, 30_000n, 73n])).to.equal(6_000n);
  });

  it("A-37: given a fraction of a fen, rounds up; given no day, rate or principal, gives nothing", async () => {
    const { math } = await fixture();
    expect(await math.read.interest([1n, 1n, 1n])).to.equal(1n);
    expect(await math.read.interest([365n, 1_000_000n, 1n])).to.equal(1n);
    expect(await math.read.interest([366n, 1_000_000n, 1n])).to.equal(2n);
    expect(await math.read.interest([100n, 30_000n, 0n])).to.equal(0n);
    expect(await math.read.interest([100n, 0n, 30n])).to.equal(0n);
    expect(await math.read.interest([0n, 30_000n, 30n])).to.equal(0n);
  });

  it("A-37: given any principal, rate and time, agrees with exact fractions", async () => {
    const { math } = await fixture();
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt(0n, 10n ** 13n),
        fc.bigInt(0n, 500_000n),
        fc.bigInt(0n, 20_000n),
        async (principal, ppm, days) => {
          expect(await math.read.interest([principal, ppm, days])).to.equal(simpleInterest(principal, ppm, days));
        },
      ),
      RUNS,
    );
  });
});
