import { expect } from "chai";
import { zeroAddress } from "viem";
import {
  BATCH,
  box,
  commission,
  loadBatch,
  PAPER,
  pack,
  qty,
  RECALL_STATUS,
  type Recalls,
  sscc,
  tea,
  transform,
  transformation,
} from "../../fixtures/recall.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

/** What a recall left behind, in an order of its own. */
async function outcome(recalls: Recalls, recall: number) {
  const { reached, isRecalled, stateOf, books, marks } = recalls;
  const { pallet, sack, soundCases, sound } = BATCH;
  const marked: Record<string, boolean> = {};
  for (const object of [...BATCH.parts, ...BATCH.cases, ...soundCases, sound, pallet, sack]) {
    marked[object] = await isRecalled(object);
  }
  return {
    reached: (await reached(recall)).toSorted(),
    marked,
    onPallet: (await stateOf(pallet)).recalledInside,
    inSack: (await stateOf(sack)).recalledInside,
    books: await books(recall),
    progress: await marks.read.progressOf([recall]),
  };
}

describe("RecallMarks.advance", () => {
  it("refuses an unknown recall, a withdrawn one, and a page of nothing or of more than 50", async () => {
    const { marks, recalls, open, as, asRegulator } = await loadBatch();
    const advance = (recall: number, limit: bigint) => marks.write.advance([recall, limit], as("shop"));
    await expectRevert(advance(1, 5n), marks, "RecallMarksUnknown", [1]);
    const recall = await open([BATCH.root]);
    for (const limit of [0n, 51n]) {
      await expectRevert(advance(recall, limit), marks, "RecallMarksLimitOutOfRange", [limit, 50n]);
    }
    await recalls.write.withdraw([recall, PAPER], asRegulator);
    await expectRevert(advance(recall, 5n), marks, "RecallMarksWrongStatus", [recall]);
  });

  it("C-29: given a lot with 3 parts, 12 cases and a mixed pallet, when it is recalled in pages of 5, then the outcome is that of one page of 50", async () => {
    const inOne = await loadBatch();
    const whole = await inOne.open([BATCH.root]);
    expect((await inOne.advance(whole, 50)).pages).to.equal(1);
    const expected = await outcome(inOne, whole);

    const paged = await loadBatch();
    const recall = await paged.open([BATCH.root]);
    expect((await paged.advance(recall, 5)).pages > 5).to.equal(true);
    expect(await outcome(paged, recall)).to.deep.equal(expected);

    expect(BATCH.cases.every((one) => expected.marked[one])).to.equal(true);
    expect(BATCH.parts.every((one) => expected.marked[one])).to.equal(true);
    for (const sound of [...BATCH.soundCases, BATCH.sound, BATCH.pallet, BATCH.sack]) {
      expect(expected.marked[sound], sound).to.equal(false);
    }
    expect([expected.onPallet, expected.inSack]).to.deep.equal([3, 1]);
    expect(expected.progress.marked).to.equal(16n);
    expect(await paged.isRecalled(BATCH.root)).to.equal(true);
  });

  it("C-29: given a recall under way, when a lot not yet reached is split, then its new lots are marked by the pages to come", async () => {
    const { open, capture, advance, isRecalled, marks, as } = await loadBatch();
    const recall = await open([BATCH.root]);
    await marks.write.advance([recall, 1n], as("shop"));
    expect(await isRecalled(BATCH.parts[0])).to.equal(false);
    await capture("processor", transform([qty(BATCH.parts[0], 4)], [qty(tea("A"), 2), qty(tea("B"), 2)]));
    await advance(recall, 5);
    expect([await isRecalled(tea("A")), await isRecalled(tea("B"))]).to.deep.equal([true, true]);
  });

  it("C-29: given a marked lot, when it is split before, while and after its way was read, then each new lot is marked in the same call and in the books", async () => {
    const { open, capture, advance, isRecalled, marks, as, books } = await loadBatch();
    const recall = await open([BATCH.root]);
    await capture("processor", transform([qty(BATCH.root, 1)], [qty(tea("A"), 1)]));
    expect(await isRecalled(tea("A"))).to.equal(true);
    await marks.write.advance([recall, 1n], as("shop"));
    await capture("processor", transform([qty(BATCH.root, 1)], [qty(tea("B"), 1)]));
    expect(await isRecalled(tea("B"))).to.equal(true);
    await advance(recall, 5);
    await capture("processor", transform([qty(tea("A"), 1)], [qty(tea("C"), 1)]));
    expect(await isRecalled(tea("C"))).to.equal(true);
    expect((await marks.read.progressOf([recall])).complete).to.equal(false);
    await advance(recall, 5);
    expect((await marks.read.lineOf([recall, tea("C")])).distributed).to.equal(1_000_000n);
    expect((await marks.read.lineOf([recall, tea("A")])).distributed).to.equal(0n);
    // What went from lot to lot is counted once.
    expect((await books(recall))["0x4b474d"]?.distributed).to.equal(40_000_000n);
  });

  it("C-29: given a marked lot, when items are commissioned of it, then they are marked", async () => {
    const { open, capture, isRecalled, advance, marks } = await loadBatch();
    const recall = await open([BATCH.root]);
    await advance(recall, 50);
    await capture("processor", commission([box(50)], { ilmd: { lot: BATCH.parts[1] } }));
    expect(await isRecalled(box(50))).to.equal(true);
    expect(await marks.read.isReached([recall, box(50)])).to.equal(true);
  });

  it("C-29: given a container that is itself recalled, when the recall advances, then its contents at any depth and the lots in it are marked", async () => {
    const { open, capture, isRecalled, advance } = await loadBatch();
    const outer = sscc(10);
    await capture("processor", commission([qty(tea("X"), 5)]), commission([box(60)]));
    await capture("processor", pack(sscc(11), [box(60), qty(tea("X"), 2)]), pack(outer, [sscc(11)]));
    const recall = await open([outer]);
    await advance(recall, 5);
    for (const object of [outer, sscc(11), box(60), tea("X")]) {
      expect(await isRecalled(object), object).to.equal(true);
    }
  });

  it("C-29: given a shared transformation that took a lot in, when a further event puts out of it, then the outputs are marked at once", async () => {
    const { open, capture, isRecalled, advance, marks } = await loadBatch();
    const blend = transformation("blend");
    await capture("processor", transform([qty(BATCH.parts[0], 2)], [qty(tea("D"), 1)], { transformation: blend }));
    const recall = await open([BATCH.root]);
    await advance(recall, 50);
    expect(await isRecalled(tea("D"))).to.equal(true);
    expect(await marks.read.isReached([recall, blend])).to.equal(true);
    await capture("processor", transform([], [qty(tea("E"), 1)], { transformation: blend }));
    expect(await isRecalled(tea("E"))).to.equal(true);
    expect((await marks.read.lineOf([recall, tea("E")])).distributed).to.equal(1_000_000n);
  });

  it("tells who reads what recalls reached an object", async () => {
    const { open, marks, advance, recalls } = await loadBatch();
    const first = await open([BATCH.root]);
    const second = await open([BATCH.parts[0]]);
    await advance(first, 50);
    await advance(second, 50);
    expect(await marks.read.recallsOf([BATCH.cases[0] ?? zeroAddress])).to.deep.equal([second, first].toSorted());
    expect(await marks.read.recallsOf([BATCH.sound])).to.deep.equal([]);
    expect((await recalls.read.recallOf([first])).status).to.equal(RECALL_STATUS.OPEN);
  });
});
