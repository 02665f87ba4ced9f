import { expect } from "chai";
import {
  BATCH,
  commission,
  DAY,
  HOUR,
  LEVEL,
  lgtin,
  loadBatch,
  MEDICINE,
  MISSING,
  NO_PAPER,
  PAPER,
  PARTY,
  pieces,
} from "../../fixtures/recall.ts";
import { byEachClock, type ChainClock } from "../../helpers/by-each-clock.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

/** A moment of China's time, in seconds. */
const china = (text: string) => BigInt(Date.parse(`${text}+08:00`) / 1000);

/** The batch with a recalled medicine of a level. */
async function recalledMedicine(clock: ChainClock, level: number = LEVEL.ONE) {
  const loaded = await loadBatch(clock);
  const pills = lgtin(MEDICINE, "M1");
  await loaded.capture("processor", commission([pieces(pills, 10)]));
  return { ...loaded, recall: await loaded.open([pills], { level }) };
}

byEachClock((clock) => {
  describe("RecallDesk.publishNotice", () => {
    it("refuses strangers, an unknown recall, no notice, a second one, and a recall that is over", async () => {
      const { recalls, as, accounts, open, asRegulator, notice } = await loadBatch(clock);
      const publish = (recall: number, paper: typeof PAPER | typeof NO_PAPER = PAPER) =>
        recalls.write.publishNotice([recall, paper], as("processor"));
      await expectRevert(publish(1), recalls, "RecallDeskUnknown", [1]);
      const recall = await open([BATCH.root]);
      await expectRevert(recalls.write.publishNotice([recall, PAPER], as("shop")), recalls, "RecallDeskNotParty", [
        PARTY.processor,
        accounts.shop.address,
      ]);
      await expectRevert(publish(recall, NO_PAPER), recalls, "DigestsMissing", MISSING);
      await notice(recall);
      const { noticeAt } = await recalls.read.recallOf([recall]);
      await expectRevert(publish(recall), recalls, "RecallDeskDoneBefore", [recall, noticeAt]);
      const other = await open([BATCH.sound]);
      await recalls.write.withdraw([other, PAPER], asRegulator);
      await expectRevert(publish(other), recalls, "RecallDeskWrongStatus", [other]);
    });

    for (const [rule, level, workingDays, day] of [
      ["C-25", LEVEL.ONE, 10n, "2030-01-21"],
      ["C-26", LEVEL.TWO, 20n, "2030-02-04"],
      ["C-27", LEVEL.THREE, 30n, "2030-02-18"],
    ] as const) {
      it(`${rule}: given a recall of level ${level}, when its notice is published, then it is to be finished ${workingDays} working days after the notice`, async () => {
        const { recalls, open, as, connection, time } = await loadBatch(clock);
        const recall = await open([BATCH.root], { level });
        const at = china("2030-01-07T15:00:00");
        await time.setNextBlockTimestamp(at);
        const finishDueAt = china(`${day}T15:00:00`);
        await expectEvents(connection, recalls.write.publishNotice([recall, PAPER], as("processor")), [
          event(recalls, "RecallNoticed", { recall, notice: PAPER, late: false, finishDueAt }),
        ]);
        const record = await recalls.read.recallOf([recall]);
        expect([record.noticeAt, record.finishDueAt, record.planDueAt]).to.deep.equal([at, finishDueAt, 0n]);
      });
    }

    it("C-25: given a notice a day after the risk was known, when it is published to the second, then it is late; a second before it is not", async () => {
      for (const [off, late] of [
        [0n, true],
        [-1n, false],
      ] as const) {
        const { recalls, open, as, connection, time, now } = await loadBatch(clock);
        const knownAt = await now();
        const recall = await open([BATCH.root], { knownAt });
        await time.setNextBlockTimestamp(knownAt + 24n * HOUR + off);
        const hash = recalls.write.publishNotice([recall, PAPER], as("processor"));
        const finishDueAt = knownAt + 24n * HOUR + off + 14n * DAY;
        await expectEvents(connection, hash, [
          event(recalls, "RecallNoticed", { recall, notice: PAPER, late, finishDueAt }),
        ]);
      }
    });
  });

  describe("RecallDesk.filePlan and report", () => {
    it("refuses both before the notice, without a paper, from strangers, and a second plan", async () => {
      const { recalls, as, accounts, recall, notice } = await recalledMedicine(clock);
      for (const duty of ["filePlan", "report"] as const) {
        const early = recalls.write[duty]([recall, PAPER], as("processor"));
        await expectRevert(early, recalls, "RecallDeskNoNotice", [recall]);
        await expectRevert(recalls.write[duty]([recall, PAPER], as("lab")), recalls, "RecallDeskNotParty", [
          PARTY.processor,
          accounts.lab.address,
        ]);
      }
      await notice(recall);
      for (const duty of ["filePlan", "report"] as const) {
        const call = recalls.write[duty]([recall, NO_PAPER], as("processor"));
        await expectRevert(call, recalls, "DigestsMissing", MISSING);
      }
      await recalls.write.filePlan([recall, PAPER], as("processor"));
      const { planAt } = await recalls.read.recallOf([recall]);
      const again = recalls.write.filePlan([recall, PAPER], as("processor"));
      await expectRevert(again, recalls, "RecallDeskDoneBefore", [recall, planAt]);
    });

    for (const [level, days] of [
      [LEVEL.ONE, 1n],
      [LEVEL.TWO, 3n],
      [LEVEL.THREE, 7n],
    ] as const) {
      it(`C-32: given a medicine at level ${level}, when ${days} days have passed since the notice, then plan and report are late, and each report begins the time anew`, async () => {
        const { recalls, as, connection, time, recall, notice } = await recalledMedicine(clock, level);
        await notice(recall);
        const { noticeAt, finishDueAt, planDueAt, reportEvery } = await recalls.read.recallOf([recall]);
        expect([planDueAt, reportEvery, finishDueAt]).to.deep.equal([noticeAt + days * DAY, days * DAY, 0n]);
        expect(await recalls.read.overdueOf([recall])).to.deep.equal([false, false, false, false]);
        await time.increaseTo(noticeAt + days * DAY);
        expect(await recalls.read.overdueOf([recall])).to.deep.equal([false, true, true, false]);
        await expectEvents(connection, recalls.write.filePlan([recall, PAPER], as("processor")), [
          event(recalls, "RecallPlanned", { recall, plan: PAPER, late: true }),
        ]);
        expect(await recalls.read.overdueOf([recall])).to.deep.equal([false, false, true, false]);
        const first = noticeAt + days * DAY + 5n;
        await time.setNextBlockTimestamp(first);
        await expectEvents(connection, recalls.write.report([recall, PAPER], as("processor")), [
          event(recalls, "RecallReported", { recall, report: PAPER, late: true }),
        ]);
        expect(await recalls.read.overdueOf([recall])).to.deep.equal([false, false, false, false]);
        await time.setNextBlockTimestamp(first + days * DAY - 1n);
        await expectEvents(connection, recalls.write.report([recall, PAPER], as("processor")), [
          event(recalls, "RecallReported", { recall, report: PAPER, late: false }),
        ]);
      });
    }
  });

  describe("RecallDesk.overdue", () => {
    it("C-25: given recalls with and without notice, when their times run out, then exactly those late are listed, page by page", async () => {
      const { recalls, open, notice, time, now } = await loadBatch(clock);
      const knownAt = await now();
      const silent = await open([BATCH.root], { level: LEVEL.ONE, knownAt });
      const patient = await open([BATCH.sound], { level: LEVEL.THREE, knownAt });
      const noticed = await open([BATCH.root], { level: LEVEL.ONE, knownAt });
      await notice(noticed);
      expect(await recalls.read.overdue([0n, 100n])).to.deep.equal([[], 0n]);
      await time.increaseTo(knownAt + 24n * HOUR);
      expect(await recalls.read.overdue([0n, 100n])).to.deep.equal([[silent], 0n]);
      expect(await recalls.read.overdueOf([silent])).to.deep.equal([true, false, false, false]);
      expect(await recalls.read.overdueOf([patient])).to.deep.equal([false, false, false, false]);
      await time.increaseTo((await recalls.read.recallOf([noticed])).finishDueAt);
      expect(await recalls.read.overdueOf([noticed])).to.deep.equal([false, false, false, true]);
      expect(await recalls.read.overdue([0n, 2n])).to.deep.equal([[silent, patient], 2n]);
      expect(await recalls.read.overdue([2n, 2n])).to.deep.equal([[noticed], 0n]);
      await expectRevert(recalls.read.overdue([0n, 101n]), recalls, "PagingLimitOutOfRange", [101n, 100n]);
      await expectRevert(recalls.read.overdueOf([9]), recalls, "RecallDeskUnknown", [9]);
    });
  });
});
