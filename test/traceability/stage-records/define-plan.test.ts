import { Recorder, Standing } from "@banyan/trace-common/client";
import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import { anytime, layDown, stageOf } from "../../fixtures/stage-files.ts";
import { expectRefusal, loadTraceBooks } from "../../fixtures/trace-books.ts";

const NAMELESS = { ...stageOf("X"), name: ascii("") };

describe("StageRecords.definePlan, admit, list and admitDevice", () => {
  it("refuse whom the authority does not let", async () => {
    const books = await loadTraceBooks();
    const { stages } = books.contracts;
    const caller = books.address("farm");
    const as = await books.as("farm");
    for (const call of [
      () => stages.writeAndWait.definePlan({ name: ascii("PLAN"), stages: [stageOf("SOWING")] }, as),
      () => stages.writeAndWait.admit({ plan: 1, party: 1, standing: Standing.MEMBER }, as),
      () => stages.writeAndWait.list({ plan: 1, stage: 0, party: 1, listed: true }, as),
      () => stages.writeAndWait.admitDevice({ device: caller, party: 1 }, as),
      () => stages.writeAndWait.admitSystem({ account: caller, region: ascii("CN-JS") }, as),
    ]) {
      await expectRefusal(call(), "AccessManagedUnauthorized", { caller });
    }
  });

  it("given no name, no stage, 33 stages, a stage without a name, or a required one out of order: refuses the plan", async () => {
    const books = await loadTraceBooks();
    const many = Array.from({ length: 33 }, (_, index) => stageOf(`S${index}`));
    for (const [name, stages] of [
      ["", [stageOf("SOWING")]],
      ["PLAN", []],
      ["PLAN", many],
      ["PLAN", [NAMELESS]],
      ["PLAN", [anytime("PHOTO", { required: true })]],
    ] as const) {
      await expectRefusal(
        books.contracts.stages.writeAndWait.definePlan({ name: ascii(name), stages }, await books.as("platform")),
        "StageRecordsInvalidPlan",
        { stages: BigInt(stages.length), max: 32n },
      );
    }
  });

  it("given a plan: keeps its stages as laid down, and the next plan has the next number", async () => {
    const books = await loadTraceBooks();
    const stages = [stageOf("SOWING", { once: true }), anytime("PHOTO", { recorder: Recorder.HOLDER_OR_LISTED })];
    const files = await layDown(books, "FIRST", stages);
    const second = await layDown(books, "SECOND", [stageOf("X")]);
    expect([files.plan, second.plan, await books.contracts.stages.read.planCount()]).to.deep.equal([1, 2, 2n]);
    expect(await books.contracts.stages.read.stagesOf({ plan: files.plan })).to.deep.equal(stages);
    expect(await books.contracts.stages.read.stagesOf({ plan: 9 })).to.deep.equal([]);
  });

  it("given a plan or a stage that does not exist: refuses to admit or list", async () => {
    const books = await loadTraceBooks();
    const { plan } = await layDown(books, "PLAN", [stageOf("SOWING")]);
    const { stages } = books.contracts;
    const as = await books.as("platform");
    await expectRefusal(
      stages.writeAndWait.admit({ plan: 9, party: 1, standing: Standing.MEMBER }, as),
      "StageRecordsUnknownStage",
      { plan: 9, stage: 0 },
    );
    await expectRefusal(
      stages.writeAndWait.list({ plan, stage: 1, party: 1, listed: true }, as),
      "StageRecordsUnknownStage",
      { plan, stage: 1 },
    );
  });

  it("given a standing, a listing, a device, a system: tells each, and takes each away again", async () => {
    const books = await loadTraceBooks();
    const { plan } = await layDown(books, "PLAN", [stageOf("SOWING")]);
    const { stages } = books.contracts;
    const as = await books.as("platform");
    const account = books.address("sensor");
    for (const standing of [Standing.MEMBER, Standing.ADVISER, Standing.NONE]) {
      const admitted = await stages.writeAndWait.admit({ plan, party: 7, standing }, as);
      expect(admitted.event("PartyAdmitted").args).to.deep.equal({ plan, party: 7, standing });
      expect(await stages.read.standingOf({ plan, party: 7 })).to.equal(standing);
    }
    for (const listed of [true, false]) {
      const outcome = await stages.writeAndWait.list({ plan, stage: 0, party: 7, listed }, as);
      expect(outcome.event("RecorderListed").args).to.deep.equal({ plan, stage: 0, party: 7, listed });
    }
    for (const party of [7, 0]) {
      const outcome = await stages.writeAndWait.admitDevice({ device: account, party }, as);
      expect(outcome.event("DeviceAdmitted").args).to.deep.equal({ device: account, party });
      expect(await stages.read.partyOfDevice({ device: account })).to.equal(party);
    }
    for (const region of [ascii("CN-JS"), ascii("")]) {
      const outcome = await stages.writeAndWait.admitSystem({ account, region }, as);
      expect(outcome.event("SystemAdmitted").args).to.deep.equal({ account, region });
      expect(await stages.read.regionOfSystem({ account })).to.equal(region);
    }
  });
});
