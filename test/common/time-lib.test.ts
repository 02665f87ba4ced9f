import { expect } from "chai";
import fc from "fast-check";
import { CHINA_OFFSET } from "../fixtures/common.ts";
import { librariesFixture } from "../fixtures/common-libraries.ts";
import { expectRevert } from "../helpers/expect-revert.ts";

const DAY = 86_400;
/** Until the end of the year 9999. */
const moment = fc.integer({ min: DAY, max: 253_402_300_799 });
const offset = fc.integer({ min: -43_200, max: 50_400 });
const china = (text: string) => BigInt(Date.parse(`${text}+08:00`) / 1_000);

/** Months added by the host's calendar, as a reference. */
function plusMonths(seconds: number, count: number, lead: number): number {
  const local = new Date((seconds + lead) * 1_000);
  const [year, month] = [local.getUTCFullYear(), local.getUTCMonth() + count];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const midnight = Date.UTC(year, month, Math.min(local.getUTCDate(), lastDay)) / 1_000;
  return midnight + ((seconds + lead) % DAY) - lead;
}

describe("TimeLib", () => {
  it("refuses a moment before the local 1970", async () => {
    const { libraries } = await librariesFixture();
    await expectRevert(libraries.read.dayNumber([43_199n, -43_200]), libraries, "SafeCastOverflowedIntToUint", [-1n]);
    expect(await libraries.read.dayNumber([43_200n, -43_200])).to.equal(0n);
  });

  it("refuses a moment after the last one", async () => {
    const { libraries } = await librariesFixture();
    const last = 2n ** 64n - 1n;
    await expectRevert(libraries.read.addDays([last, 1n]), libraries, "SafeCastOverflowedUintDowncast", [
      64,
      last + BigInt(DAY),
    ]);
    await expectRevert(libraries.read.dayNumber([last, 1]), libraries, "SafeCastOverflowedUintDowncast", [
      64,
      last + 1n,
    ]);
  });

  it("begins the day at midnight in China", async () => {
    const { libraries } = await librariesFixture();
    for (const [text, midnight] of [
      ["2026-03-01T00:00:00", "2026-03-01T00:00:00"],
      ["2026-03-01T07:59:59", "2026-03-01T00:00:00"],
      ["2026-03-01T08:00:00", "2026-03-01T00:00:00"],
      ["2026-03-01T23:59:59", "2026-03-01T00:00:00"],
    ] as const) {
      expect(await libraries.read.startOfDay([china(text), CHINA_OFFSET])).to.equal(china(midnight));
    }
  });

  it("adds calendar months, to the last day where a month is shorter", async () => {
    const { libraries } = await librariesFixture();
    for (const [from, count, to] of [
      ["2026-01-31T23:59:59", 1n, "2026-02-28T23:59:59"],
      ["2028-01-31T00:00:00", 1n, "2028-02-29T00:00:00"],
      ["2028-02-29T12:00:00", 12n, "2029-02-28T12:00:00"],
      ["2028-02-29T12:00:00", 48n, "2032-02-29T12:00:00"],
      ["2025-03-01T00:30:00", 24n, "2027-03-01T00:30:00"],
      ["2025-12-15T00:00:00", 36n, "2028-12-15T00:00:00"],
      ["2026-08-31T08:00:00", 3n, "2026-11-30T08:00:00"],
      ["2099-12-31T08:00:00", 2n, "2100-02-28T08:00:00"],
      ["2026-05-05T05:05:05", 0n, "2026-05-05T05:05:05"],
    ] as const) {
      const sum = await libraries.read.addMonths([china(from), count, CHINA_OFFSET]);
      expect(sum, `${from} + ${count}`).to.equal(china(to));
    }
  });

  it("knows the first and last days of years and of the 400-year cycle", async () => {
    const { libraries } = await librariesFixture();
    for (const [year, month, day] of [
      [1970, 1, 1],
      [1999, 12, 31],
      [2000, 2, 28],
      [2000, 2, 29],
      [2000, 3, 1],
      [2100, 2, 28],
      [2100, 3, 1],
      [2400, 2, 29],
      [2400, 12, 31],
    ] as const) {
      const date = new Date(Date.UTC(year, month - 1, day));
      const number = BigInt(date.getTime() / 86_400_000);
      const civil = [BigInt(year), BigInt(month), BigInt(day)] as const;
      expect(await libraries.read.civil([number])).to.deep.equal([...civil, BigInt(date.getUTCDay() || 7)]);
      expect(await libraries.read.daysFromCivil(civil)).to.equal(number);
    }
  });

  it("agrees with the host's calendar, whatever the moment", async () => {
    const { libraries } = await librariesFixture();
    await fc.assert(
      fc.asyncProperty(moment, offset, fc.nat(600), async (seconds, lead, count) => {
        const day = Math.floor((seconds + lead) / DAY);
        const date = new Date(day * DAY * 1_000);
        const civil = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()].map(BigInt);
        const [year = 0n, month = 0n, dayOfMonth = 0n] = civil;
        expect(await libraries.read.dayNumber([BigInt(seconds), lead])).to.equal(BigInt(day));
        expect(await libraries.read.startOfDay([BigInt(seconds), lead])).to.equal(BigInt(day * DAY - lead));
        expect(await libraries.read.civil([BigInt(day)])).to.deep.equal([...civil, BigInt(date.getUTCDay() || 7)]);
        expect(await libraries.read.daysFromCivil([year, month, dayOfMonth])).to.equal(BigInt(day));
        expect(await libraries.read.addDays([BigInt(seconds), BigInt(count)])).to.equal(BigInt(seconds + count * DAY));
        expect(await libraries.read.addMonths([BigInt(seconds), BigInt(count), lead])).to.equal(
          BigInt(plusMonths(seconds, count, lead)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("knows the leap years", async () => {
    const { libraries } = await librariesFixture();
    for (const [year, days] of [
      [2000n, 366n],
      [2024n, 366n],
      [2026n, 365n],
      [2100n, 365n],
      [2400n, 366n],
    ] as const) {
      expect(await libraries.read.daysInYear([year])).to.equal(days);
    }
  });
});
