import { expect } from "chai";
import fc from "fast-check";
import { expectPanic, expectRevert } from "../../helpers/expect-revert.ts";
import { type Connection, defineFixture } from "../../helpers/fixture.ts";
import { leftAtListPrice, leftOfTerm, termLeft, valueAtRatio } from "../../helpers/refund-reference.ts";

const fixture = defineFixture(async (connection: Connection) => ({
  math: await connection.viem.deployContract("RefundMathHarness"),
}));

const RUNS = { numRuns: 60 };
const money = fc.bigInt(0n, 10n ** 12n);
const START = 1_790_000_000n;
const DAY = 86_400n;

describe("RefundMath: what is left", () => {
  describe("at the price really paid", () => {
    it("A-32: given a tranche without face, refuses to divide by it", async () => {
      const { math } = await fixture();
      await expectRevert(math.read.redeemedAtRatio([100n, 0n, 1n]), math, "MoneyEmptyWhole", [1n]);
    });

    it("A-32: given 3,000 paid with a bonus of 1,000 and 3,594 used, counts 2,695.50 and leaves 304.50", async () => {
      const { math } = await fixture();
      const value = await math.read.redeemedAtRatio([300_000n, 400_000n, 359_400n]);
      expect(value).to.equal(269_550n);
      expect(300_000n - value).to.equal(30_450n);
    });

    it("A-31: given a card at 80% of the list price, counts the discounted price", async () => {
      const { math } = await fixture();
      expect(await math.read.redeemedAtRatio([80_000n, 10n, 3n])).to.equal(24_000n);
    });

    it("A-32: given a remainder, rounds the value down, for the holder", async () => {
      const { math } = await fixture();
      expect(await math.read.redeemedAtRatio([100n, 3n, 1n])).to.equal(33n);
      expect(await math.read.redeemedAtRatio([100n, 3n, 2n])).to.equal(66n);
      expect(await math.read.redeemedAtRatio([100n, 3n, 3n])).to.equal(100n);
    });

    it("A-32: given any tranche, agrees with exact fractions and never takes more than was paid", async () => {
      const { math } = await fixture();
      await fc.assert(
        fc.asyncProperty(money, fc.bigInt(1n, 10n ** 12n), fc.bigInt(0n, 10n ** 6n), async (paid, face, millionths) => {
          const used = (face * millionths) / 10n ** 6n;
          const value = await math.read.redeemedAtRatio([paid, face, used]);
          expect(value).to.equal(valueAtRatio(paid, face, used));
          expect(value <= paid).to.equal(true);
        }),
        RUNS,
      );
    });
  });

  describe("at the list price", () => {
    it("A-33: given 1,000 paid and 400 used at the list price, leaves 600", async () => {
      const { math } = await fixture();
      expect(await math.read.leftAtList([100_000n, 40_000n, 68_000n])).to.equal(60_000n);
    });

    it("A-34: given a value at the list price of the payment or above it, leaves nothing and claims nothing", async () => {
      const { math } = await fixture();
      expect(await math.read.leftAtList([100_000n, 99_999n, 50_000n])).to.equal(1n);
      expect(await math.read.leftAtList([100_000n, 100_000n, 50_000n])).to.equal(0n);
      expect(await math.read.leftAtList([100_000n, 250_000n, 50_000n])).to.equal(0n);
    });

    it("A-30: given a list price under the price paid, never leaves more than the principal", async () => {
      const { math } = await fixture();
      expect(await math.read.leftAtList([100_000n, 10_000n, 80_000n])).to.equal(80_000n);
      expect(await math.read.leftAtList([100_000n, 20_000n, 80_000n])).to.equal(80_000n);
      expect(await math.read.leftAtList([100_000n, 20_001n, 80_000n])).to.equal(79_999n);
    });

    it("A-33, A-34: given any card, agrees with the reference", async () => {
      const { math } = await fixture();
      await fc.assert(
        fc.asyncProperty(money, money, money, async (paid, listUsed, left) => {
          expect(await math.read.leftAtList([paid, listUsed, left])).to.equal(leftAtListPrice(paid, listUsed, left));
        }),
        RUNS,
      );
    });
  });

  describe("of a term", () => {
    const year = 365n * DAY;

    it("A-35: given no term, refuses to divide by it", async () => {
      const { math } = await fixture();
      await expectRevert(math.read.leftOfTerm([100n, 0n, 0n]), math, "MoneyEmptyWhole", [0n]);
    });

    it("A-35: given a year of 3,650 ended after 100 days, leaves 265 days and 2,650", async () => {
      const { math } = await fixture();
      const left = await math.read.remainingTerm([START, year, START + 100n * DAY, 0n, false]);
      expect(left).to.equal(265n * DAY);
      expect(await math.read.leftOfTerm([365_000n, year, left])).to.equal(265_000n);
    });

    it("A-35: given an operator that stopped earlier, counts from the day it stopped", async () => {
      const { math } = await fixture();
      const ended = START + 100n * DAY;
      expect(await math.read.remainingTerm([START, year, ended, START + 60n * DAY, false])).to.equal(305n * DAY);
      expect(await math.read.remainingTerm([START, year, ended, ended - 1n, true])).to.equal(265n * DAY + 1n);
      expect(await math.read.remainingTerm([START, year, ended, ended, false])).to.equal(265n * DAY);
      expect(await math.read.remainingTerm([START, year, ended, ended + 1n, false])).to.equal(265n * DAY);
    });

    it("A-35: given a term that is over, leaves nothing, except after a stop that was not the consumer's cause", async () => {
      const { math } = await fixture();
      const over = START + year;
      const stopped = START + 300n * DAY;
      expect(await math.read.remainingTerm([START, year, over - 1n, 0n, true])).to.equal(1n);
      expect(await math.read.remainingTerm([START, year, over, 0n, false])).to.equal(0n);
      expect(await math.read.remainingTerm([START, year, over, stopped, true])).to.equal(0n);
      expect(await math.read.remainingTerm([START, year, over - 1n, stopped, true])).to.equal(65n * DAY);
      expect(await math.read.remainingTerm([START, year, over, stopped, false])).to.equal(65n * DAY);
    });

    it("A-35: given a term that has not begun, leaves all of it", async () => {
      const { math } = await fixture();
      expect(await math.read.remainingTerm([START, year, START - 1n, 0n, false])).to.equal(year);
      expect(await math.read.remainingTerm([START, year, START, 0n, true])).to.equal(year);
      expect(await math.read.remainingTerm([START, year, START + 1n, 0n, true])).to.equal(year - 1n);
      expect(await math.read.remainingTerm([START, year, START + 9n, START - 5n, false])).to.equal(year);
    });

    it("A-35: given a remainder, rounds up, for the holder", async () => {
      const { math } = await fixture();
      expect(await math.read.leftOfTerm([100n, 3n, 1n])).to.equal(34n);
      expect(await math.read.leftOfTerm([100n, 3n, 0n])).to.equal(0n);
      expect(await math.read.leftOfTerm([100n, 3n, 3n])).to.equal(100n);
    });

    it("A-35: given any pass, agrees with intervals and exact fractions", async () => {
      const { math } = await fixture();
      const offset = fc.bigInt(-100n * DAY, 1_200n * DAY);
      await fc.assert(
        fc.asyncProperty(
          money,
          fc.bigInt(1n, 1_100n * DAY),
          offset,
          fc.option(offset, { nil: undefined }),
          fc.boolean(),
          async (paid, term, endedAfter, stoppedAfter, own) => {
            const ended = START + endedAfter;
            const stopped = stoppedAfter === undefined ? 0n : START + stoppedAfter;
            const left = await math.read.remainingTerm([START, term, ended, stopped, own]);
            expect(left).to.equal(termLeft(START, term, ended, stopped, own));
            const principal = await math.read.leftOfTerm([paid, term, left]);
            expect(principal).to.equal(leftOfTerm(paid, term, left));
            expect(principal <= paid).to.equal(true);
          },
        ),
        RUNS,
      );
    });
  });

  describe("as ruled, and after entries are decided", () => {
    it("A-51: given a minor's payment of 1,000 and an offset, leaves the rest, never under nothing", async () => {
      const { math } = await fixture();
      expect(await math.read.leftAtValue([100_000n, 30_000n])).to.equal(70_000n);
      expect(await math.read.leftAtValue([100_000n, 0n])).to.equal(100_000n);
      expect(await math.read.leftAtValue([100_000n, 100_001n])).to.equal(0n);
    });

    it("A-36: given gifts that stay with the holder, leaves the rest, never under nothing", async () => {
      const { math } = await fixture();
      expect(await math.read.lessGifts([70_000n, 20_000n])).to.equal(50_000n);
      expect(await math.read.lessGifts([70_000n, 70_000n])).to.equal(0n);
      expect(await math.read.lessGifts([70_000n, 70_001n])).to.equal(0n);
    });

    it("A-29: given a rest under the cheapest item, and only then, calls it a residue", async () => {
      const { math } = await fixture();
      expect(await math.read.isResidue([999n, 1_000n])).to.equal(true);
      expect(await math.read.isResidue([1_000n, 1_000n])).to.equal(false);
      expect(await math.read.isResidue([0n, 0n])).to.equal(false);
      expect(await math.read.isResidue([0n, 1n])).to.equal(true);
    });

    it("A-30: given entries that fell, raises what is due by what came free beyond what the merchant keeps, and never lowers it", async () => {
      const { math } = await fixture();
      expect(await math.read.raisedDue([500n, 800n, 200n])).to.equal(600n);
      expect(await math.read.raisedDue([500n, 700n, 200n])).to.equal(500n);
      expect(await math.read.raisedDue([500n, 100n, 200n])).to.equal(500n);
      expect(await math.read.raisedDue([0n, 100n, 2n ** 128n - 1n])).to.equal(0n);
    });

    it("given a product that does not fit, stops", async () => {
      const { math } = await fixture();
      await expectPanic(math.read.redeemedAtRatio([2n ** 256n - 1n, 1n, 2n]), 0x11n);
    });
  });
});
