import { expect } from "chai";
import {
  BATCH,
  box,
  commission,
  destroy,
  GTIN,
  lgtin,
  loadBatch,
  PAPER,
  PLACE,
  pack,
  pieces,
  qty,
  sell,
  sscc,
  tea,
  transform,
  unpack,
} from "../../fixtures/recall.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";

const KG = 1_000_000n;
const EMPTY = { distributed: 0n, returned: 0n, destroyed: 0n, writtenOff: 0n, relabelled: 0n };

describe("RecallMarks, books after corrections", () => {
  it("C-12, C-29: given a recalled lot in kilograms, when its commissioning is declared erroneous, then the kilograms leave the books, and nothing else does", async () => {
    const { capture, declare, open, advance, notice, books, marks, recalls, as, isRecalled } = await loadBatch();
    const lot = tea("NEVER");
    const made = commission([qty(lot, 7)]);
    const label = lgtin(GTIN.LABEL, "S1");
    await capture("processor", made, commission([pieces(label, 5)]));
    const recall = await open([lot, label]);
    await advance(recall, 50);
    await notice(recall);
    expect((await books(recall))["0x4b474d"]).to.deep.equal({ ...EMPTY, distributed: 7n * KG, returned: 7n * KG });
    await declare("processor", made);
    const pieceBook = { ...EMPTY, distributed: 5n * KG, returned: 5n * KG };
    expect(await books(recall)).to.deep.equal({ "0x4b474d": EMPTY, "0x000000": pieceBook });
    expect([await isRecalled(lot), (await marks.read.progressOf([recall])).marked]).to.deep.equal([false, 1n]);
    expect(await marks.read.lineOf([recall, lot])).to.deep.equal(EMPTY);
    await capture("processor", commission([qty(lot, 3)]));
    expect(await isRecalled(lot)).to.equal(true);
    expect((await books(recall))["0x4b474d"]).to.deep.equal({ ...EMPTY, distributed: 3n * KG, returned: 3n * KG });
    await recalls.write.close([recall, PAPER], as("processor"));
  });

  it("C-12, C-29: given what had been destroyed before the recall, when that is declared erroneous, then it counts as distributed", async () => {
    const { capture, declare, open, advance, books } = await loadBatch();
    const lot = tea("PARTLY");
    const gone = destroy([qty(lot, 2)]);
    await capture("processor", commission([qty(lot, 10)]), gone, destroy([qty(lot, 1)]));
    const recall = await open([lot]);
    await advance(recall, 50);
    expect((await books(recall))["0x4b474d"]).to.deep.equal({ ...EMPTY, distributed: 7n * KG, returned: 7n * KG });
    await declare("processor", gone);
    expect((await books(recall))["0x4b474d"]).to.deep.equal({ ...EMPTY, distributed: 9n * KG, returned: 9n * KG });
  });

  it("C-29: given items that were used up before the recall, when it reaches them, then they are gone, and what came of them is recalled", async () => {
    const { capture, open, advance, placeOf, isRecalled, books } = await loadBatch();
    const lot = tea("USED");
    const [one, other, made] = [box("U1"), box("U2"), box("U3")];
    await capture("processor", commission([qty(lot, 1)]), commission([one, other], { ilmd: { lot } }));
    await capture("processor", transform([one, other], [made]));
    const recall = await open([lot]);
    await advance(recall, 50);
    expect([await placeOf(recall, one), await placeOf(recall, made)]).to.deep.equal([PLACE.GONE, PLACE.RETURNED]);
    expect(await isRecalled(made)).to.equal(true);
    expect((await books(recall))["0x000000"]).to.deep.equal({ ...EMPTY, distributed: KG, returned: KG });
  });
});

describe("RecallMarks, several recalls of one thing", () => {
  it("C-29: given eight recalls of a thing, when a ninth is opened, then it marks and follows nothing more, and the eight go on", async () => {
    const { open, marks, recalls, advance, isRecalled, asRegulator } = await loadBatch();
    const lot = BATCH.sound;
    for (let i = 1; i <= 9; i++) await open([lot]);
    expect(await marks.read.recallsOf([lot])).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await marks.read.isReached([8, lot])).to.equal(true);
    expect([await marks.read.isReached([9, lot]), await marks.read.isReached([0, lot])]).to.deep.equal([false, false]);
    expect(await marks.read.progressOf([9])).to.deep.include({ reached: 0n, marked: 0n, complete: true });
    expect(await marks.read.placeOf([9, BATCH.soundCases[0]])).to.equal(PLACE.NONE);
    for (let recall = 1; recall <= 8; recall++) {
      await advance(recall, 50);
      await recalls.write.withdraw([recall, PAPER], asRegulator);
      await marks.write.unmark([recall, 50n]);
      expect(await isRecalled(lot)).to.equal(recall < 8);
    }
  });

  it("C-29: given a recall that is withdrawn beside one that runs, when things come of the marked lot, then the running one alone reaches them", async () => {
    const { capture, open, advance, marks, recalls, asRegulator, isRecalled } = await loadBatch();
    const withdrawn = await open([BATCH.sound]);
    const running = await open([BATCH.sound]);
    await advance(withdrawn, 50);
    await advance(running, 50);
    await recalls.write.withdraw([withdrawn, PAPER], asRegulator);
    expect(await recalls.read.overdueOf([withdrawn])).to.deep.equal([false, false, false, false]);
    const part = tea("SOUND-A");
    await capture("processor", transform([qty(BATCH.sound, 2)], [qty(part, 2)]));
    expect(await marks.read.recallsOf([part])).to.deep.equal([running]);
    expect(await isRecalled(part)).to.equal(true);
  });
});

describe("RecallMarks.writeOff of a lot", () => {
  it("C-29: given a lot sold in part, when that is written off, then the books balance and the recall closes; what comes back lowers it", async () => {
    const { capture, open, advance, notice, books, marks, recalls, as, connection } = await loadBatch();
    const lot = tea("LOOSE");
    await capture("processor", commission([qty(lot, 5)]), sell([qty(lot, 2)]));
    const recall = await open([lot]);
    await advance(recall, 50);
    await notice(recall);
    expect((await books(recall))["0x4b474d"]).to.deep.equal({ ...EMPTY, distributed: 5n * KG, returned: 3n * KG });
    const call = marks.write.writeOff([recall, lot, 2n * KG, PAPER], as("processor"));
    await expectEvents(connection, call, [
      event(marks, "RecallWrittenOff", { recall, object: lot, amount: 2n * KG, reason: PAPER }),
    ]);
    const all = { ...EMPTY, distributed: 5n * KG, returned: 3n * KG, writtenOff: 2n * KG };
    expect((await books(recall))["0x4b474d"]).to.deep.equal(all);
    await recalls.write.close([recall, PAPER], as("processor"));
  });
});

describe("RecallMarks, containers around what is taken out", () => {
  it("C-29: given a recalled outer container, when the inner one is emptied without naming anything before the pages reach it, then items and lots of it are marked", async () => {
    const { capture, open, isRecalled } = await loadBatch();
    const [inner, outer] = [sscc(21), sscc(22)];
    const [item, lot] = [box("IN1"), tea("IN-LOT")];
    await capture("processor", commission([item, qty(lot, 4)]));
    await capture("processor", pack(inner, [item, qty(lot, 4)]), pack(outer, [inner]));
    await open([outer]);
    expect([await isRecalled(item), await isRecalled(lot)]).to.deep.equal([false, false]);

    await capture("processor", unpack(inner));
    expect([await isRecalled(item), await isRecalled(lot)]).to.deep.equal([true, true]);
  });
});

describe("RecallMarks.advance, what waits", () => {
  it("C-29: given a recall, when it is marked page by page, then each page tells how much waits, as the progress does after it", async () => {
    const { open, marks, as } = await loadBatch();
    const recall = await open([BATCH.root]);
    const told: bigint[] = [];
    while (!(await marks.read.progressOf([recall])).complete) {
      const { result } = await marks.simulate.advance([recall, 2n]);
      await marks.write.advance([recall, 2n], as("lab"));
      const [log] = await marks.getEvents.RecallAdvanced();
      const { waiting } = await marks.read.progressOf([recall]);
      expect([result, log?.args.waiting, log?.args.recall]).to.deep.equal([waiting, waiting, recall]);
      told.push(waiting);
    }
    expect([told.some((waiting) => waiting > 1n), told.at(-1)]).to.deep.equal([true, 0n]);
  });

  it("C-12, C-29: given a container that was marked wholly, when an unpacking from before the recall is declared erroneous, then what is back in it is marked by the next page", async () => {
    const { capture, declare, open, advance, marks, isRecalled } = await loadBatch();
    const [crate, left, taken] = [sscc(23), box("K1"), box("K2")];
    const out = unpack(crate, [taken]);
    await capture("processor", commission([left, taken]), pack(crate, [left, taken]), out);
    const recall = await open([crate]);
    await advance(recall, 50);
    expect([await isRecalled(left), await isRecalled(taken)]).to.deep.equal([true, false]);
    await declare("processor", out);
    expect((await marks.read.progressOf([recall])).waiting).to.equal(1n);
    await advance(recall, 50);
    expect(await isRecalled(taken)).to.equal(true);
  });

  it("C-29: given a container of more than a page, when it is marked in pages, then each page goes on where the last ended", async () => {
    const { capture, open, marks, as, isRecalled } = await loadBatch();
    const crate = sscc(24);
    const all = Array.from({ length: 20 }, (_, i) => box(`P${i}`));
    await capture("processor", commission(all), pack(crate, all));
    const recall = await open([crate]);
    for (let page = 0; page < 12; page++) await marks.write.advance([recall, 5n], as("lab"));
    expect((await marks.read.progressOf([recall])).complete).to.equal(true);
    for (const one of all) expect(await isRecalled(one)).to.equal(true);
  });
});
