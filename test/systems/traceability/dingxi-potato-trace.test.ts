import { Recorder } from "@banyan/trace-common/client";
import { expect } from "chai";
import { layDown, type Member, type StageFiles, stageOf } from "../../fixtures/stage-files.ts";
import { expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf, itemOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const POTATO = itemOf(gtinOf(74), "DX-0012-000345");
const [FERTILISING, WATERING, TESTING, PACKING] = [0, 1, 2, 3];

system("dingxi-potato-trace", () => {
  let books: TraceBooks;
  let files: StageFiles;
  let grower: Member;
  let inspector: Member;
  let packer: Member;

  beforeEach(async () => {
    books = await loadTraceBooks();
    const listed = { recorder: Recorder.LISTED };
    files = await layDown(books, "POTATO", [
      stageOf("FERTILISING"),
      stageOf("WATERING"),
      stageOf("TESTING", listed),
      stageOf("PACKING", { handover: true }),
    ]);
    grower = await files.join("grower", undefined, "CN-GS-621102");
    inspector = await files.join("inspector");
    packer = await files.join("packer", undefined, "CN-GS-621121");
    await files.list(TESTING, inspector);
    await files.open(grower, POTATO, "origin code of plot 12");
  });

  it("appends each stage's data when it scans, and shows a consumer when and where it was done", async () => {
    const { stages, parties } = books.contracts;
    const now = await books.now();
    const scan = { subject: POTATO };
    await files.enter(grower, { ...scan, stage: FERTILISING, document: "manure", occurredAt: now - 9_000n });
    await files.enter(grower, { ...scan, stage: WATERING, document: "12 mm", occurredAt: now - 8_000n });
    await files.enter(inspector, { ...scan, stage: TESTING, document: "no residues", occurredAt: now - 7_000n });
    await files.takeOver(grower, packer, {
      ...scan,
      stage: PACKING,
      document: "net of 5 kg",
      occurredAt: now - 6_000n,
    });

    const { records } = await stages.read.recordsOf({ subject: POTATO, cursor: 0n, limit: 10n });
    const shown = await Promise.all(
      records.map(async ({ stage, occurredAt, by }) => [
        ...[stage, occurredAt - now],
        Buffer.from((await parties.read.regionOf({ party: by })).slice(2), "hex")
          .toString()
          .replaceAll("\0", ""),
      ]),
    );
    expect(shown).to.deep.equal([
      [FERTILISING, -9_000n, "CN-GS-621102"],
      [WATERING, -8_000n, "CN-GS-621102"],
      [TESTING, -7_000n, "CN-SH-310101"],
      [PACKING, -6_000n, "CN-GS-621121"],
    ]);
  });

  it("gives one potato one identity, and takes no data of a stage from who did not scan in its place", async () => {
    await expectRefusal(files.open(packer, POTATO), "StageRecordsFileExists", { subject: POTATO });
    await expectRefusal(
      files.enter(packer, { subject: POTATO, stage: FERTILISING, document: "none" }),
      "StageRecordsNotRecorder",
      { subject: POTATO, stage: FERTILISING, party: packer.id },
    );
    const timestamp = (await books.now()) + 60n;
    await books.pin(timestamp);
    await expectRefusal(
      files.enter(grower, { subject: POTATO, stage: FERTILISING, document: "soon", occurredAt: timestamp + 1n }),
      "StageRecordsInFuture",
      { occurredAt: timestamp + 1n, timestamp },
    );
  });
});
