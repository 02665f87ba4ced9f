import { Recorder } from "@banyan/trace-common/client";
import { expect } from "chai";
import { anytime, layDown, type Member, type StageFiles, stageOf } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf, itemOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const TIN = itemOf(gtinOf(75), "GP-2030-00017");
const [ORIGIN, TESTING, ENDORSEMENT, CIRCULATION, GARDEN, INPUT] = [0, 1, 2, 3, 4, 5];

system("xihu-longjing-tea-trace", () => {
  let books: TraceBooks;
  let files: StageFiles;
  let company: Member;
  let laboratory: Member;
  let district: Member;
  let shop: Member;

  beforeEach(async () => {
    books = await loadTraceBooks();
    const listed = { recorder: Recorder.LISTED, once: true };
    files = await layDown(books, "LONGJING", [
      stageOf("ORIGIN", { once: true }),
      stageOf("TESTING", listed),
      stageOf("ENDORSEMENT", listed),
      stageOf("CIRCULATION", { handover: true }),
      anytime("GARDEN"),
      anytime("INPUT"),
    ]);
    company = await files.join("tea company");
    laboratory = await files.join("laboratory");
    district = await files.join("district government");
    shop = await files.join("tea shop");
    await files.list(TESTING, laboratory);
    await files.list(ENDORSEMENT, district);
    await books.contracts.stages.writeAndWait.admitDevice(
      { device: books.address("garden station"), party: company.id },
      await books.as("platform"),
    );
    await files.open(company, TIN, "identity of the tin");
  });

  it("shows of a tin its origin, the garden's readings, fertiliser and pesticide, tests, the endorsement and its way", async () => {
    await files.enter(company, { subject: TIN, stage: ORIGIN, document: "garden 3, picked by hand" });
    await files.send("garden station", { subject: TIN, stage: GARDEN, document: "soil 14 degrees" });
    await files.enter(company, { subject: TIN, stage: INPUT, document: "rapeseed cake, no pesticide" });
    await files.enter(laboratory, { subject: TIN, stage: TESTING, document: "report 88: no residues" });
    await files.enter(district, { subject: TIN, stage: ENDORSEMENT, document: "endorsed" });
    await files.takeOver(company, shop, { subject: TIN, stage: CIRCULATION, document: "to the shop" });

    expect((await files.read(TIN)).map(({ stage, by, device }) => [stage, by, device])).to.deep.equal([
      [ORIGIN, company.id, false],
      [GARDEN, company.id, true],
      [INPUT, company.id, false],
      [TESTING, laboratory.id, false],
      [ENDORSEMENT, district.id, false],
      [CIRCULATION, shop.id, false],
    ]);
  });

  it("lets nobody endorse but the government, nothing untested be endorsed, and nothing unendorsed be sold on", async () => {
    const endorse = { subject: TIN, stage: ENDORSEMENT, document: "endorsed" };
    await files.enter(company, { subject: TIN, stage: ORIGIN, document: "garden 3" });
    await expectRefusal(files.enter(company, endorse), "StageRecordsNotRecorder", {
      ...{ subject: TIN, stage: ENDORSEMENT, party: company.id },
    });
    await expectRefusal(files.enter(district, endorse), "StageRecordsOutOfOrder", {
      ...{ subject: TIN, stage: ENDORSEMENT, reached: ORIGIN + 1 },
    });
    await files.enter(laboratory, { subject: TIN, stage: TESTING, document: "report" });
    await expectRefusal(
      files.takeOver(company, shop, { subject: TIN, stage: CIRCULATION, document: "to the shop" }),
      "StageRecordsOutOfOrder",
      { subject: TIN, stage: CIRCULATION, reached: TESTING + 1 },
    );
  });

  it("edits nothing after entry and gives no code twice", async () => {
    const test = { subject: TIN, stage: TESTING, document: "report 88" };
    await files.enter(company, { subject: TIN, stage: ORIGIN, document: "garden 3" });
    const first = await files.enter(laboratory, test);
    await expectRefusal(files.enter(laboratory, { ...test, document: "a better report" }), "StageRecordsOnlyOnce", {
      ...{ subject: TIN, stage: TESTING },
    });
    expect((await books.contracts.stages.read.recordOf({ id: first })).content).to.deep.equal(digest("report 88"));
    await expectRefusal(files.open(shop, TIN), "StageRecordsFileExists", { subject: TIN });
  });
});
