import { Recorder, RecordSource, Standing } from "@banyan/trace-common/client";
import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import { anytime, layDown, stageOf } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal, loadTraceBooks, MISSING, NO_DIGEST } from "../../fixtures/trace-books.ts";
import { placeKeyOf } from "../../fixtures/trace-keys.ts";
import { byEachClock, type ChainClock } from "../../helpers/by-each-clock.ts";

const PLOT = placeKeyOf(601);
const OTHER = placeKeyOf(602);

/** A plan with every kind of stage, and a file that the farm holds. */
async function opened(clock: ChainClock) {
  const books = await loadTraceBooks(clock);
  const files = await layDown(books, "PLAN", [
    stageOf("FIRST"),
    stageOf("OPTIONAL", { required: false }),
    stageOf("THIRD", { once: true }),
    anytime("EITHER", { recorder: Recorder.HOLDER_OR_LISTED }),
    anytime("LISTED", { recorder: Recorder.LISTED }),
    stageOf("HANDOVER", { handover: true }),
  ]);
  const farm = await files.join("farm");
  const vet = await files.join("vet");
  await files.open(farm, PLOT, "basics");
  return { books, files, farm, vet, stages: books.contracts.stages };
}

byEachClock((clock) => {
  describe("StageRecords.openFile", () => {
    it("given a stranger, an adviser, no basics or a file: refuses", async () => {
      const { books, files, farm, vet, stages } = await opened(clock);
      const call = { by: farm.id, subject: OTHER, plan: files.plan, basics: digest("basics") };
      await expectRefusal(stages.writeAndWait.openFile(call, await books.as("stranger")), "PartyUserNotAgent", {
        ...{ party: farm.id, caller: books.address("stranger") },
      });
      await stages.writeAndWait.admit(
        { plan: files.plan, party: vet.id, standing: Standing.ADVISER },
        await books.as("platform"),
      );
      await expectRefusal(files.open(vet, OTHER), "StageRecordsNotAdmitted", {
        ...{ plan: files.plan, party: vet.id, needed: Standing.MEMBER },
      });
      const bare = { ...call, basics: NO_DIGEST };
      await expectRefusal(stages.writeAndWait.openFile(bare, await books.as("farm")), "DigestsMissing", MISSING);
      await expectRefusal(files.open(farm, PLOT), "StageRecordsFileExists", { subject: PLOT });
    });

    it("given a member: opens the file with the member as its holder", async () => {
      const { books, files, farm, stages } = await opened(clock);
      const outcome = await stages.writeAndWait.openFile(
        { by: farm.id, subject: OTHER, plan: files.plan, basics: digest("basics") },
        await books.as("farm"),
      );
      expect(outcome.event("FileOpened").args).to.deep.equal({
        ...{ subject: OTHER, plan: files.plan, by: farm.id, basics: digest("basics") },
      });
      expect(await stages.read.fileOf({ subject: OTHER })).to.deep.equal({
        ...{ plan: files.plan, holder: farm.id, openedBy: farm.id, openedAt: await books.now(), reached: 0, count: 0 },
        basics: digest("basics"),
      });
    });
  });

  describe("StageRecords.record", () => {
    it("given no file, no such stage, no content, or a record of another file: refuses", async () => {
      const { books, files, farm, stages } = await opened(clock);
      await expectRefusal(files.enter(farm, { subject: OTHER, stage: 0, document: "x" }), "StageRecordsNoFile", {
        subject: OTHER,
      });
      await expectRefusal(files.enter(farm, { subject: PLOT, stage: 6, document: "x" }), "StageRecordsUnknownStage", {
        ...{ plan: files.plan, stage: 6 },
      });
      const entry = { subject: PLOT, stage: 0, occurredAt: 1n, about: 0n, content: NO_DIGEST };
      await expectRefusal(
        stages.writeAndWait.record({ by: farm.id, entry }, await books.as("farm")),
        "DigestsMissing",
        MISSING,
      );
      await files.open(farm, OTHER);
      const elsewhere = await files.enter(farm, { subject: OTHER, stage: 0, document: "x" });
      for (const about of [elsewhere, 99n]) {
        await expectRefusal(
          files.enter(farm, { subject: PLOT, stage: 0, document: "x", about }),
          "StageRecordsUnrelated",
          { subject: PLOT, about },
        );
      }
    });

    it("given a stage of the holder, of a list or of either: takes it from whom it may come and from nobody else", async () => {
      const { files, farm, vet } = await opened(clock);
      await expectRefusal(files.enter(vet, { subject: PLOT, stage: 0, document: "x" }), "StageRecordsNotRecorder", {
        ...{ subject: PLOT, stage: 0, party: vet.id },
      });
      await expectRefusal(files.enter(vet, { subject: PLOT, stage: 3, document: "x" }), "StageRecordsNotRecorder", {
        ...{ subject: PLOT, stage: 3, party: vet.id },
      });
      await expectRefusal(files.enter(farm, { subject: PLOT, stage: 4, document: "x" }), "StageRecordsNotRecorder", {
        ...{ subject: PLOT, stage: 4, party: farm.id },
      });
      await files.list(3, vet);
      await files.list(4, vet);
      await files.enter(vet, { subject: PLOT, stage: 3, document: "by the vet" });
      await files.enter(vet, { subject: PLOT, stage: 4, document: "by the vet" });
      await files.enter(farm, { subject: PLOT, stage: 3, document: "by the farm" });
      expect((await files.read(PLOT)).map(({ by }) => by)).to.deep.equal([vet.id, vet.id, farm.id]);
    });

    it("given stages in order: leaves an optional one out, repeats the latest, goes back to none, and takes others at any time", async () => {
      const { files, farm, stages } = await opened(clock);
      const enter = async (stage: number) =>
        await files.enter(farm, { subject: PLOT, stage, document: `stage ${stage}` });
      await expectRefusal(enter(1), "StageRecordsOutOfOrder", { subject: PLOT, stage: 1, reached: 0 });
      await enter(0);
      await enter(0);
      await enter(3);
      await enter(2);
      expect((await stages.read.fileOf({ subject: PLOT })).reached).to.equal(3);
      for (const stage of [0, 1]) {
        await expectRefusal(enter(stage), "StageRecordsOutOfOrder", { subject: PLOT, stage, reached: 3 });
      }
      await expectRefusal(enter(2), "StageRecordsOnlyOnce", { subject: PLOT, stage: 2 });
      await enter(3);
      expect((await files.read(PLOT)).map(({ stage }) => stage)).to.deep.equal([0, 0, 3, 2, 3]);
    });

    it("given a moment after now: refuses; given now: takes it", async () => {
      const { books, files, farm } = await opened(clock);
      const timestamp = (await books.now()) + 50n;
      await books.pin(timestamp);
      await expectRefusal(
        files.enter(farm, { subject: PLOT, stage: 0, document: "x", occurredAt: timestamp + 1n }),
        "StageRecordsInFuture",
        { occurredAt: timestamp + 1n, timestamp },
      );
      await books.pin(timestamp + 10n);
      await files.enter(farm, { subject: PLOT, stage: 0, document: "x", occurredAt: timestamp + 10n });
    });

    it("given what may be recorded: keeps who, when, how and what, and reads it page by page", async () => {
      const { books, files, farm, stages } = await opened(clock);
      const first = await files.enter(farm, { subject: PLOT, stage: 0, document: "one", occurredAt: 5n });
      const second = await files.enter(farm, {
        subject: PLOT,
        stage: 3,
        document: "two",
        occurredAt: 6n,
        about: first,
      });
      expect(await stages.read.recordOf({ id: second })).to.deep.equal({
        ...{ subject: PLOT, by: farm.id, author: books.address("farm"), stage: 3, source: RecordSource.MANUAL },
        ...{ occurredAt: 6n, recordedAt: await books.now(), from: 0, system: ascii(""), about: first },
        content: digest("two"),
      });
      const page = await stages.read.recordsOf({ subject: PLOT, cursor: 0n, limit: 1n });
      expect([page.ids, page.next]).to.deep.equal([[first], 1n]);
      const rest = await stages.read.recordsOf({ subject: PLOT, cursor: 1n, limit: 1n });
      expect([rest.ids, rest.next]).to.deep.equal([[second], 0n]);
      await expectRefusal(stages.read.recordsOf({ subject: PLOT, cursor: 0n, limit: 101n }), "PagingLimitOutOfRange", {
        ...{ limit: 101n, max: 100n },
      });
      await expectRefusal(stages.read.recordOf({ id: 99n }), "StageRecordsUnknownRecord", { record: 99n });
    });
  });

  describe("StageRecords.recordReading", () => {
    it("given a device whose account has become an agent, or whose party was suspended: refuses", async () => {
      const { books, files, farm, stages } = await opened(clock);
      const reading = { subject: PLOT, stage: 3, document: "21 degrees" };
      await stages.writeAndWait.admitDevice(
        { device: books.address("sensor"), party: farm.id },
        await books.as("platform"),
      );
      await files.send("sensor", reading);
      await books.contracts.parties.writeAndWait.suspend(
        { party: farm.id, reason: digest("fraud") },
        await books.as("regulator"),
      );
      await expectRefusal(files.send("sensor", reading), "TradePartiesSuspended", { party: farm.id });
      await books.contracts.parties.writeAndWait.reinstate(
        { party: farm.id, reason: digest("cleared") },
        await books.as("regulator"),
      );
      await books.file("sensor");
      await expectRefusal(files.send("sensor", reading), "StageRecordsNotDevice", { account: books.address("sensor") });
    });

    it("given a device: keeps to order, list and handover as a person does", async () => {
      const { books, files, farm, stages } = await opened(clock);
      await stages.writeAndWait.admitDevice(
        { device: books.address("sensor"), party: farm.id },
        await books.as("platform"),
      );
      await expectRefusal(files.send("sensor", { subject: PLOT, stage: 2, document: "x" }), "StageRecordsOutOfOrder", {
        ...{ subject: PLOT, stage: 2, reached: 0 },
      });
      await expectRefusal(files.send("sensor", { subject: PLOT, stage: 4, document: "x" }), "StageRecordsNotRecorder", {
        ...{ subject: PLOT, stage: 4, party: farm.id },
      });
      await expectRefusal(
        files.send("sensor", { subject: PLOT, stage: 5, document: "x" }),
        "StageRecordsHandoverUnsigned",
        { subject: PLOT, stage: 5 },
      );
    });
  });
});
