import { Recorder } from "@banyan/trace-common/client";
import { expect } from "chai";
import { layDown, type Member, type StageFiles, stageOf } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { assetOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const STEER = assetOf("CATTLE000417");
const [BREEDING, VACCINATION, FATTENING, SLAUGHTER] = [0, 1, 2, 3];

system("kezuozhongqi-beef-park", () => {
  let books: TraceBooks;
  let files: StageFiles;
  let farmer: Member;
  let vet: Member;
  let plant: Member;

  beforeEach(async () => {
    books = await loadTraceBooks();
    const listed = { recorder: Recorder.LISTED };
    files = await layDown(books, "BEEF-CATTLE", [
      stageOf("BREEDING"),
      stageOf("VACCINATION", listed),
      stageOf("FATTENING"),
      stageOf("SLAUGHTER", { ...listed, once: true }),
    ]);
    farmer = await files.join("farmer");
    vet = await files.join("vet");
    plant = await files.join("plant");
    await files.list(VACCINATION, vet);
    await files.list(SLAUGHTER, plant);
    await files.open(farmer, STEER);
  });

  it("returns breeding, vaccination, fattening and slaughter of an animal in order, each from an authorised party", async () => {
    await files.enter(farmer, { subject: STEER, stage: BREEDING, document: "born on 3 March" });
    await files.enter(vet, { subject: STEER, stage: VACCINATION, document: "foot-and-mouth, batch 88" });
    await files.enter(farmer, { subject: STEER, stage: FATTENING, document: "412 kg" });
    await files.enter(plant, { subject: STEER, stage: SLAUGHTER, document: "carcass 238 kg" });

    // An enforcement officer compares the documents that it is shown with what was recorded: who, what and when.
    const { records } = await books.contracts.stages.read.recordsOf(
      { subject: STEER, cursor: 0n, limit: 10n },
      await books.as("regulator"),
    );
    expect(records.map(({ stage, by, content }) => [stage, by, content])).to.deep.equal([
      [BREEDING, farmer.id, digest("born on 3 March")],
      [VACCINATION, vet.id, digest("foot-and-mouth, batch 88")],
      [FATTENING, farmer.id, digest("412 kg")],
      [SLAUGHTER, plant.id, digest("carcass 238 kg")],
    ]);
    expect(records.every(({ recordedAt, occurredAt }) => recordedAt >= occurredAt && occurredAt > 0n)).to.equal(true);
  });

  it("refuses a stage from a party that is not authorised for it, and a stage that was skipped", async () => {
    await files.enter(farmer, { subject: STEER, stage: BREEDING, document: "born" });
    await expectRefusal(
      files.enter(farmer, { subject: STEER, stage: VACCINATION, document: "vaccinated it myself" }),
      "StageRecordsNotRecorder",
      { subject: STEER, stage: VACCINATION, party: farmer.id },
    );
    await expectRefusal(
      files.enter(farmer, { subject: STEER, stage: FATTENING, document: "fattened" }),
      "StageRecordsOutOfOrder",
      { subject: STEER, stage: FATTENING, reached: BREEDING + 1 },
    );
    await expectRefusal(
      files.enter(plant, { subject: STEER, stage: SLAUGHTER, document: "slaughtered" }),
      "StageRecordsOutOfOrder",
      { subject: STEER, stage: SLAUGHTER, reached: BREEDING + 1 },
    );
  });

  it("slaughters an animal once, and lets no vaccination follow", async () => {
    await files.enter(farmer, { subject: STEER, stage: BREEDING, document: "born" });
    await files.enter(vet, { subject: STEER, stage: VACCINATION, document: "vaccinated" });
    await files.enter(farmer, { subject: STEER, stage: FATTENING, document: "fattened" });
    await files.enter(plant, { subject: STEER, stage: SLAUGHTER, document: "slaughtered" });
    await expectRefusal(
      files.enter(plant, { subject: STEER, stage: SLAUGHTER, document: "again" }),
      "StageRecordsOnlyOnce",
      { subject: STEER, stage: SLAUGHTER },
    );
    await expectRefusal(
      files.enter(vet, { subject: STEER, stage: VACCINATION, document: "late" }),
      "StageRecordsOutOfOrder",
      { subject: STEER, stage: VACCINATION, reached: SLAUGHTER + 1 },
    );
  });
});
