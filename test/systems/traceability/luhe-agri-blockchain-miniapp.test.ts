import { Standing } from "@banyan/trace-common/client";
import { expect } from "chai";
import { anytime, layDown, type Member, type StageFiles, stageOf } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { placeKeyOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const PLOT = placeKeyOf(601);
const [SOWING, FERTILISING, HARVEST, PHOTO] = [0, 1, 2, 3];

system("luhe-agri-blockchain-miniapp", () => {
  let books: TraceBooks;
  let files: StageFiles;
  let grower: Member;
  let expert: Member;

  beforeEach(async () => {
    books = await loadTraceBooks();
    files = await layDown(books, "WHEAT-PLOT", [
      stageOf("SOWING"),
      stageOf("FERTILISING"),
      stageOf("HARVEST"),
      anytime("PHOTO"),
    ]);
    grower = await files.join("grower");
    expert = await files.join("expert", Standing.ADVISER);
    await files.open(grower, PLOT);
  });

  it("keeps photos, farming steps and an expert's signed advice in order under one plot, for any consumer to see", async () => {
    const { stages } = books.contracts;
    await files.enter(grower, { subject: PLOT, stage: SOWING, document: "sown with winter wheat" });
    const photo = await files.enter(grower, { subject: PLOT, stage: PHOTO, document: "yellow leaves, photo 17" });
    await books.pass(480n);
    await files.advise(expert, photo, "nitrogen is short: 5 kg of urea", "grower");
    await files.enter(grower, { subject: PLOT, stage: FERTILISING, document: "5 kg of urea", about: photo });

    expect((await files.read(PLOT)).map(({ stage, content }) => [stage, content])).to.deep.equal([
      [SOWING, digest("sown with winter wheat").value],
      [PHOTO, digest("yellow leaves, photo 17").value],
      [FERTILISING, digest("5 kg of urea").value],
    ]);
    const { advice } = await stages.read.adviceOf({ id: photo, cursor: 0n, limit: 10n });
    const shown = await stages.read.recordOf({ id: photo });
    expect(advice.map(({ adviser, signer, content }) => [adviser, signer, content])).to.deep.equal([
      [expert.id, books.address("expert"), digest("nitrogen is short: 5 kg of urea")],
    ]);
    expect((advice[0]?.givenAt ?? 0n) - shown.recordedAt < 600n).to.equal(true);
  });

  it("refuses steps out of order, a stranger's step, and advice that no admitted expert signed", async () => {
    await expectRefusal(
      files.enter(grower, { subject: PLOT, stage: HARVEST, document: "harvest" }),
      "StageRecordsOutOfOrder",
      { subject: PLOT, stage: HARVEST, reached: 0 },
    );
    const neighbour = await files.join("neighbour");
    await expectRefusal(
      files.enter(neighbour, { subject: PLOT, stage: SOWING, document: "sown" }),
      "StageRecordsNotRecorder",
      { subject: PLOT, stage: SOWING, party: neighbour.id },
    );
    const photo = await files.enter(grower, { subject: PLOT, stage: PHOTO, document: "photo" });
    await expectRefusal(files.advise(neighbour, photo, "buy my fertiliser", "grower"), "StageRecordsNotAdmitted", {
      ...{ plan: files.plan, party: neighbour.id, needed: Standing.ADVISER },
    });
    // The grower cannot pass its own word off as the expert's.
    await expectRefusal(
      files.advise({ agent: "grower", id: expert.id }, photo, "all is well", "grower"),
      "StageRecordsWrongSigner",
      { party: expert.id, signer: books.address("grower") },
    );
    expect((await books.contracts.stages.read.adviceOf({ id: photo, cursor: 0n, limit: 10n })).advice).to.deep.equal(
      [],
    );
  });
});
