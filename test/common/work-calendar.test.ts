import { expect } from "chai";
import fc from "fast-check";
import { CHINA_OFFSET, deployCommon } from "../fixtures/common.ts";
import { event, expectEvents } from "../helpers/expect-events.ts";
import { expectRevert } from "../helpers/expect-revert.ts";
import { defineFixture } from "../helpers/fixture.ts";

const DAY = 86_400;
const SOURCE = "Sample notice on public holidays, No. 7 of 2025";

/** The ordinal date of a month and day in 2026, which is no leap year. */
const ordinal = (month: number, day: number) =>
  (Date.UTC(2026, month - 1, day) - Date.UTC(2026, 0, 1)) / 86_400_000 + 1;
/** A moment in China, in seconds. */
const china = (text: string) => BigInt(Date.parse(`${text}+08:00`) / 1_000);

// Spring Festival: Sunday 15 to Monday 23 February off; Saturdays 14 and 28 February worked.
const DAYS_OFF = [ordinal(1, 1), ...Array.from({ length: 9 }, (_, i) => ordinal(2, 15 + i))];
const WORKDAYS = [ordinal(2, 14), ordinal(2, 28)];

const fixture = defineFixture(async (connection) => {
  const common = await deployCommon(connection);
  const asRegulator = { account: common.accounts.regulator };
  return { ...common, asRegulator };
});

const published = defineFixture(async (connection) => {
  const common = await deployCommon(connection);
  const asRegulator = { account: common.accounts.regulator };
  await common.calendar.write.publishYear([2026, DAYS_OFF, WORKDAYS, SOURCE], asRegulator);
  return { ...common, asRegulator };
});

describe("WorkCalendar", () => {
  describe("publishYear", () => {
    it("refuses everyone but the regulator", async () => {
      const { calendar, accounts } = await fixture();
      for (const account of [accounts.alice, accounts.admin]) {
        await expectRevert(
          calendar.write.publishYear([2026, [], [], SOURCE], { account }),
          calendar,
          "AccessManagedUnauthorized",
          [account.address],
        );
      }
    });

    it("refuses a year outside 1970 to 9999", async () => {
      const { calendar, asRegulator } = await fixture();
      for (const year of [0, 1969, 10_000]) {
        await expectRevert(
          calendar.write.publishYear([year, [], [], SOURCE], asRegulator),
          calendar,
          "WorkCalendarInvalidYear",
          [year],
        );
      }
      await calendar.write.publishYear([1970, [], [], SOURCE], asRegulator);
      await calendar.write.publishYear([9999, [], [], SOURCE], asRegulator);
      expect(await calendar.read.revisionOf([1970])).to.equal(1);
      expect(await calendar.read.revisionOf([9999])).to.equal(1);
    });

    it("refuses a notice without a source", async () => {
      const { calendar, asRegulator } = await fixture();
      await expectRevert(
        calendar.write.publishYear([2026, [], [], ""], asRegulator),
        calendar,
        "WorkCalendarSourceMissing",
        [2026],
      );
    });

    it("refuses more than 60 days in a list", async () => {
      const { calendar, asRegulator } = await fixture();
      const days = Array.from({ length: 61 }, (_, i) => i + 1);
      const saturdays = days.map((i) => i * 7);
      for (const [off, worked] of [
        [days, []],
        [[], saturdays],
      ] as const) {
        await expectRevert(
          calendar.write.publishYear([2026, off, worked, SOURCE], asRegulator),
          calendar,
          "WorkCalendarTooManyDays",
          [61n, 60n],
        );
      }
      await calendar.write.publishYear([2026, days.slice(1), [], SOURCE], asRegulator);
      expect(await calendar.read.revisionOf([2026])).to.equal(1);
    });

    it("refuses days that are not in the year, twice or out of order", async () => {
      const { calendar, asRegulator } = await fixture();
      for (const [year, days, wrong] of [
        [2026, [0], 0],
        [2026, [366], 366],
        [2028, [367], 367],
        [2026, [5, 5], 5],
        [2026, [6, 5], 5],
      ] as const) {
        await expectRevert(
          calendar.write.publishYear([year, days, [], SOURCE], asRegulator),
          calendar,
          "WorkCalendarInvalidDay",
          [year, wrong],
        );
        await expectRevert(
          calendar.write.publishYear([year, [], days, SOURCE], asRegulator),
          calendar,
          "WorkCalendarInvalidDay",
          [year, wrong],
        );
      }
      await calendar.write.publishYear([2028, [366], [], SOURCE], asRegulator);
      expect(await calendar.read.revisionOf([2028])).to.equal(1);
    });

    it("refuses to list a weekday as worked", async () => {
      const { calendar, asRegulator } = await fixture();
      const friday = ordinal(2, 13);
      await expectRevert(
        calendar.write.publishYear([2026, [], [friday], SOURCE], asRegulator),
        calendar,
        "WorkCalendarNotWeekend",
        [2026, friday],
      );
    });

    it("refuses a day that is off and worked", async () => {
      const { calendar, asRegulator } = await fixture();
      const saturday = ordinal(2, 14);
      await expectRevert(
        calendar.write.publishYear([2026, [saturday], [saturday], SOURCE], asRegulator),
        calendar,
        "WorkCalendarConflict",
        [2026, saturday],
      );
    });

    it("publishes, and corrects by publishing anew", async () => {
      const { connection, calendar, asRegulator } = await fixture();
      await expectEvents(connection, calendar.write.publishYear([2026, DAYS_OFF, WORKDAYS, SOURCE], asRegulator), [
        event(calendar, "YearPublished", {
          year: 2026,
          revision: 1,
          daysOff: DAYS_OFF,
          workdays: WORKDAYS,
          source: SOURCE,
        }),
      ]);
      expect(await calendar.read.sourceOf([2026])).to.equal(SOURCE);
      expect(await calendar.read.isWorkingDay([china("2026-01-01T12:00:00")])).to.equal(false);

      await calendar.write.publishYear([2026, [ordinal(1, 2)], [], "Correction"], asRegulator);
      expect(await calendar.read.revisionOf([2026])).to.equal(2);
      expect(await calendar.read.sourceOf([2026])).to.equal("Correction");
      expect(await calendar.read.isWorkingDay([china("2026-01-01T12:00:00")])).to.equal(true);
      expect(await calendar.read.isWorkingDay([china("2026-01-02T12:00:00")])).to.equal(false);
      expect(await calendar.read.isWorkingDay([china("2026-02-14T12:00:00")])).to.equal(false);
    });
  });

  describe("isWorkingDay", () => {
    it("refuses a year without a notice", async () => {
      const { calendar } = await published();
      const moment = china("2027-01-01T00:00:00");
      await expectRevert(calendar.read.isWorkingDay([moment]), calendar, "WorkCalendarYearNotPublished", [2027n]);
      await expectRevert(calendar.read.sourceOf([2027]), calendar, "WorkCalendarYearNotPublished", [2027n]);
      expect(await calendar.read.revisionOf([2027])).to.equal(0);
    });

    it("begins and ends the day at midnight in China", async () => {
      const { calendar } = await published();
      expect(await calendar.read.utcOffset()).to.equal(CHINA_OFFSET);
      for (const [text, worked] of [
        ["2026-02-13T12:00:00", true], // Friday
        ["2026-02-14T23:59:59", true], // Saturday, worked
        ["2026-02-15T00:00:00", false], // Sunday, listed
        ["2026-02-23T23:59:59", false], // Monday, off
        ["2026-02-24T00:00:00", true],
        ["2026-02-28T12:00:00", true], // Saturday, worked
        ["2026-03-01T12:00:00", false], // Sunday
        ["2026-12-31T23:59:59", true],
      ] as const) {
        expect(await calendar.read.isWorkingDay([china(text)]), text).to.equal(worked);
      }
    });
  });

  describe("addWorkingDays", () => {
    it("refuses more than 60 days", async () => {
      const { calendar } = await published();
      await expectRevert(
        calendar.read.addWorkingDays([china("2026-01-01T00:00:00"), 61n]),
        calendar,
        "WorkCalendarCountTooLarge",
        [61n, 60n],
      );
    });

    it("refuses to count into a year without a notice", async () => {
      const { calendar } = await published();
      const from = china("2026-12-30T10:00:00");
      expect(await calendar.read.addWorkingDays([from, 1n])).to.equal(china("2026-12-31T10:00:00"));
      await expectRevert(calendar.read.addWorkingDays([from, 2n]), calendar, "WorkCalendarYearNotPublished", [2027n]);
      await expectRevert(
        calendar.read.addWorkingDays([china("2026-12-31T10:00:00"), 1n]),
        calendar,
        "WorkCalendarYearNotPublished",
        [2027n],
      );
    });

    it("does not count the first day, and skips what is off", async () => {
      const { calendar } = await published();
      for (const [from, count, to] of [
        ["2026-02-12T09:30:00", 0n, "2026-02-12T09:30:00"],
        ["2026-02-12T09:30:00", 1n, "2026-02-13T09:30:00"],
        ["2026-02-12T09:30:00", 2n, "2026-02-14T09:30:00"], // the Saturday is worked
        ["2026-02-12T09:30:00", 3n, "2026-02-24T09:30:00"],
        ["2026-02-17T00:00:00", 1n, "2026-02-24T00:00:00"], // from a day off
        ["2026-02-24T23:59:59", 5n, "2026-03-02T23:59:59"],
      ] as const) {
        expect(await calendar.read.addWorkingDays([china(from), count]), `${from} + ${count}`).to.equal(china(to));
      }
    });

    it("counts over the turn of a leap year", async () => {
      const { calendar, asRegulator } = await published();
      await calendar.write.publishYear([2028, [366], [], SOURCE], asRegulator);
      await calendar.write.publishYear([2029, [1], [], SOURCE], asRegulator);
      // Friday 29 December; Sunday 31 December and Monday 1 January are off.
      expect(await calendar.read.addWorkingDays([china("2028-12-29T08:00:00"), 1n])).to.equal(
        china("2029-01-02T08:00:00"),
      );
    });

    it("agrees with a plain count, whatever is off", async () => {
      const { calendar, asRegulator } = await published();
      await calendar.write.publishYear([2027, [1, 2, 40, 41, 42], [], SOURCE], asRegulator);
      const off = new Set([
        ...DAYS_OFF.map((day) => Date.UTC(2026, 0, day)),
        ...[1, 2, 40, 41, 42].map((day) => Date.UTC(2027, 0, day)),
      ]);
      const worked = new Set(WORKDAYS.map((day) => Date.UTC(2026, 0, day)));
      const plain = (from: number, count: number) => {
        let day = Math.floor((from + CHINA_OFFSET) / DAY);
        for (let left = count; left > 0; ) {
          day += 1;
          const midnight = day * DAY * 1_000;
          const weekday = new Date(midnight).getUTCDay();
          if (worked.has(midnight) || (weekday !== 0 && weekday !== 6 && !off.has(midnight))) left -= 1;
        }
        return day * DAY - CHINA_OFFSET + ((from + CHINA_OFFSET) % DAY);
      };
      const start = Number(china("2026-01-01T00:00:00"));
      await fc.assert(
        fc.asyncProperty(fc.nat(400 * DAY), fc.integer({ min: 1, max: 60 }), async (delta, count) => {
          const from = start + delta;
          expect(await calendar.read.addWorkingDays([BigInt(from), BigInt(count)])).to.equal(
            BigInt(plain(from, count)),
          );
        }),
        { numRuns: 60 },
      );
    });
  });
});
