import { Recorder } from "@banyan/trace-common/client";
import { expect } from "chai";
import type { Hex } from "viem";
import { anytime, layDown, type Member, type StageFiles, stageOf } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { assetOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const COW = assetOf("CATTLE000501");
const CALF = assetOf("CATTLE000502");
const [REGISTERED, MEDICATION, DISINFECTION] = [0, 1, 2];

system("pengpai-niuren-cattle", () => {
  let books: TraceBooks;
  let files: StageFiles;
  let household: Member;
  let vet: Member;

  beforeEach(async () => {
    books = await loadTraceBooks();
    files = await layDown(books, "CATTLE", [
      stageOf("REGISTERED", { once: true }),
      anytime("MEDICATION", { recorder: Recorder.LISTED }),
      anytime("DISINFECTION", { recorder: Recorder.HOLDER_OR_LISTED }),
    ]);
    household = await files.join("household");
    vet = await files.join("vet");
    await files.list(MEDICATION, vet);
    for (const animal of [COW, CALF]) {
      await files.open(household, animal, `ear tag ${animal}`);
      await books.contracts.titles.writeAndWait.open(
        { thing: animal, owner: books.address("household"), title: digest(`birth of ${animal}`) },
        await books.as("platform"),
      );
    }
  });

  const sell = async (animal: Hex, from: string, to: string, price: bigint) => {
    const { titles } = books.contracts;
    const contractDigest = digest(`${from} to ${to}`);
    await titles.writeAndWait.offer(
      { thing: animal, to: books.address(to), price, contractDigest },
      await books.as(from),
    );
    return await titles.writeAndWait.accept({ thing: animal, price, contractDigest }, await books.as(to));
  };

  it("keeps one file of an animal, whose owner changes by a recorded trade and by nothing else", async () => {
    const { titles } = books.contracts;
    await expectRefusal(files.open(household, COW), "StageRecordsFileExists", { subject: COW });
    const sold = await sell(COW, "household", "buyer", 12_000_00n);
    expect(sold.event("TitlePassed").args).to.include({ sequence: 1n, price: 12_000_00n });
    expect((await titles.read.pageOf({ thing: COW })).owner).to.equal(books.address("buyer"));
    const { entries } = await titles.read.ownersOf({ thing: COW, cursor: 0n, limit: 10n });
    expect(entries.map(({ owner, price }) => [owner, price])).to.deep.equal([
      [books.address("household"), 0n],
      [books.address("buyer"), 12_000_00n],
    ]);
    // Who sold it owns it no more, and nobody takes what was not offered.
    await expectRefusal(sell(COW, "household", "thief", 1n), "TitleBookNotOwner", {
      ...{ thing: COW, caller: books.address("household") },
    });
    await expectRefusal(
      titles.writeAndWait.accept({ thing: CALF, price: 1n, contractDigest: digest("none") }, await books.as("thief")),
      "TitleBookNotOffered",
      { thing: CALF, caller: books.address("thief") },
    );
  });

  it("appends medication and disinfection, corrected by later entries and never changed", async () => {
    await files.enter(household, { subject: COW, stage: REGISTERED, document: "Simmental, 2 years" });
    const wrong = await files.enter(vet, { subject: COW, stage: MEDICATION, document: "penicillin 5 ml" });
    await files.enter(household, { subject: COW, stage: DISINFECTION, document: "stable limed" });
    await files.enter(vet, { subject: COW, stage: MEDICATION, document: "penicillin 15 ml", about: wrong });
    expect((await files.read(COW)).map(({ stage, by, content }) => [stage, by, content])).to.deep.equal([
      [REGISTERED, household.id, digest("Simmental, 2 years").value],
      [MEDICATION, vet.id, digest("penicillin 5 ml").value],
      [DISINFECTION, household.id, digest("stable limed").value],
      [MEDICATION, vet.id, digest("penicillin 15 ml").value],
    ]);
    await expectRefusal(
      files.enter(household, { subject: COW, stage: MEDICATION, document: "nothing was given" }),
      "StageRecordsNotRecorder",
      { subject: COW, stage: MEDICATION, party: household.id },
    );
  });

  it("ties a loan to the animals that it relies on, which are not sold until the lender lets them go", async () => {
    const { titles } = books.contracts;
    const lent = await titles.writeAndWait.pledge(
      { things: [COW, CALF], lender: books.address("lender"), document: digest("loan of 20,000") },
      await books.as("household"),
    );
    const { loan } = lent.event("Pledged").args;
    expect(await titles.read.loanOf({ loan })).to.deep.include({
      ...{ borrower: books.address("household"), lender: books.address("lender"), endedAt: 0n, things: [COW, CALF] },
    });
    await expectRefusal(sell(COW, "household", "buyer", 1n), "TitleBookPledged", { thing: COW, loan });
    await expectRefusal(
      titles.writeAndWait.pledge(
        { things: [COW], lender: books.address("second lender"), document: digest("loan again") },
        await books.as("household"),
      ),
      "TitleBookPledged",
      { thing: COW, loan },
    );
    await expectRefusal(titles.writeAndWait.release({ loan }, await books.as("household")), "TitleBookNotLender", {
      ...{ loan, caller: books.address("household") },
    });
    await titles.writeAndWait.release({ loan }, await books.as("lender"));
    await sell(COW, "household", "buyer", 12_000_00n);
    expect((await titles.read.pageOf({ thing: COW })).owner).to.equal(books.address("buyer"));
  });
});
