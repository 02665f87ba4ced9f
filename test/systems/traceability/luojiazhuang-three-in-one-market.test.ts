import { PartyRole } from "@banyan/trace-common/client";
import { expect } from "chai";
import { layDown, type Member, type StageFiles, stageOf } from "../../fixtures/stage-files.ts";
import { expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf, lotOf, placeKeyOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const STALL = placeKeyOf(812);
const PORK = lotOf(gtinOf(89), "PORK-0304");
const GREENS = lotOf(gtinOf(90), "GREENS-0304");

system("luojiazhuang-three-in-one-market", () => {
  let books: TraceBooks;
  let files: StageFiles;
  let market: number;
  let butcher: Member;

  beforeEach(async () => {
    books = await loadTraceBooks();
    const { stalls } = books.contracts;
    files = await layDown(books, "MARKET-GOODS", [stageOf("SLAUGHTER"), stageOf("INSPECTION")]);
    market = await books.file("market", { roles: [PartyRole.MARKET] });
    butcher = await files.join("butcher");
    await files.open(butcher, PORK);
    await files.enter(butcher, { subject: PORK, stage: 0, document: "slaughtered at plant 3" });
    await files.enter(butcher, { subject: PORK, stage: 1, document: "passed inspection" });
    await stalls.writeAndWait.open(
      { by: market, stall: STALL, holder: butcher.id, payee: books.address("butcher's till") },
      await books.as("market"),
    );
    await stalls.writeAndWait.offer({ by: butcher.id, stall: STALL, lot: PORK }, await books.as("butcher"));
    await books.fund("shopper", 100_00n, stalls);
  });

  const pay = async (lot: typeof PORK, amount: bigint) =>
    await books.contracts.stalls.writeAndWait.pay({ stall: STALL, lot, amount }, await books.as("shopper"));

  it("leads from one code to the records of the stall's goods, to its till and to today's health check", async () => {
    const { stalls } = books.contracts;
    await stalls.writeAndWait.noteCheck({ by: market, stall: STALL }, await books.as("market"));
    const { found, lots } = await stalls.read.codeOf({ stall: STALL });
    expect(found).to.deep.include({ holder: butcher.id, payee: books.address("butcher's till"), lots: 1 });
    expect(found.checkedAt).to.equal(await books.now());
    expect(lots).to.deep.equal([PORK]);
    expect((await files.read(PORK)).map(({ stage }) => stage)).to.deep.equal([0, 1]);
  });

  it("ties a payment to the lot that was bought", async () => {
    const { stalls } = books.contracts;
    const paid = await pay(PORK, 36_50n);
    const { payment } = paid.event("StallPaid").args;
    expect(await stalls.read.paymentOf({ payment })).to.deep.include({
      ...{ stall: STALL, lot: PORK, payer: books.address("shopper"), amount: 36_50n },
    });
    expect(await books.depositOf("butcher's till")).to.equal(36_50n);
    await expectRefusal(pay(GREENS, 1_00n), "StallCodesNotOffered", { stall: STALL, lot: GREENS });
    await stalls.writeAndWait.takeOff({ by: butcher.id, stall: STALL, lot: PORK }, await books.as("butcher"));
    await expectRefusal(pay(PORK, 1_00n), "StallCodesNotOffered", { stall: STALL, lot: PORK });
  });

  it("keeps of the health check nothing but the moment: no field of it could hold a person or a result", async () => {
    const { stalls } = books.contracts;
    const note = stalls.abi.find((item) => item.type === "function" && item.name === "noteCheck");
    const told = stalls.abi.find((item) => item.type === "event" && item.name === "StallChecked");
    if (note?.type !== "function" || told?.type !== "event") throw new Error("the market cannot note its check");
    expect(note.inputs.map(({ name }) => name)).to.deep.equal(["by", "stall"]);
    expect(told.inputs.map(({ name }) => name)).to.deep.equal(["stall"]);
    await expectRefusal(
      stalls.writeAndWait.noteCheck({ by: butcher.id, stall: STALL }, await books.as("butcher")),
      "StallCodesNotParty",
      { stall: STALL, party: butcher.id },
    );
  });
});
