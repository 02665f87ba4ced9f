import { expect } from "chai";
import {
  box,
  commission,
  deployRecalls,
  GTIN,
  lgtin,
  PARTY,
  pieces,
  qty,
  STATUS,
  ship,
  tea,
  transform,
} from "../../fixtures/recall.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const load = defineFixture(deployRecalls);
/** A lot that items name as theirs and that was never commissioned itself. */
const LOT = lgtin(GTIN.BOX, "B-7");
const ofLot = { ilmd: { lot: LOT } };

describe("Recall of a lot that is known only by its items", () => {
  it("C-29: given a lot that nothing names, or a party that does not own its brand, when recalled, then it is refused", async () => {
    const { open, recalls, capture, catalogue, as } = await load();
    await expectRevert(open([LOT]), recalls, "RecallDeskUnknownObject", [LOT]);
    await catalogue.write.license([BigInt(GTIN.BOX), PARTY.grower, true], as("processor"));
    await capture("grower", commission([box(1)], ofLot));
    await expectRevert(open([LOT], { by: "grower" }), recalls, "RecallDeskNotResponsible", [LOT, PARTY.grower]);
    expect(await open([LOT])).to.equal(1);
  });

  it("C-29: given items of the lot, when it is recalled, then each is marked, also what is made of it later", async () => {
    const { open, advance, marks, capture, isRecalled, state, piecesOf } = await load();
    await capture(
      "processor",
      commission([box(1), box(2)], ofLot),
      commission([box(3)]),
      commission([qty(tea("T"), 1)]),
    );
    const recall = await open([LOT]);
    expect(await marks.read.isReached([recall, LOT])).to.equal(true);
    await advance(recall, 5);
    expect(await Promise.all([1, 2, 3].map((serial) => isRecalled(box(serial))))).to.deep.equal([true, true, false]);
    expect((await piecesOf(recall))?.distributed).to.equal(2_000_000n);
    await expectRevert(capture("processor", ship([box(1)], PARTY.shop)), state, "TraceStateRecalled", [box(1)]);
    // Commissioned later, or made of something else into the lot.
    await capture("processor", commission([box(4)], ofLot));
    expect(await isRecalled(box(4))).to.equal(true);
    await capture("processor", transform([qty(tea("T"), 0.1)], [box(5)], ofLot));
    expect(await isRecalled(box(5))).to.equal(true);
    expect((await piecesOf(recall))?.distributed).to.equal(4_000_000n);
    await advance(recall, 50);
    expect((await marks.read.progressOf([recall])).marked).to.equal(4n);
  });

  it("C-29: given the recall, when the lot itself is commissioned later, then it is marked at once", async () => {
    const { open, advance, marks, capture, isRecalled, state } = await load();
    await capture("processor", commission([box(1)], ofLot));
    const recall = await open([LOT]);
    await advance(recall, 50);
    expect(await isRecalled(LOT)).to.equal(false);
    await capture("processor", commission([pieces(LOT, 10)]));
    expect([await isRecalled(LOT), await state.read.statusOf([LOT])]).to.deep.equal([true, STATUS.ACTIVE]);
    expect((await marks.read.progressOf([recall])).marked).to.equal(2n);
  });

  it("given the recall, when it is withdrawn and taken off, then the items are free and new ones are not marked", async () => {
    const { open, advance, marks, recalls, capture, isRecalled, asRegulator, as } = await load();
    await capture("processor", commission([box(1)], ofLot));
    const recall = await open([LOT]);
    await advance(recall, 50);
    await recalls.write.withdraw([recall, (await recalls.read.recallOf([recall])).reason], asRegulator);
    await marks.write.unmark([recall, 50n], as("shop"));
    await capture("processor", commission([box(2)], ofLot));
    expect([await isRecalled(box(1)), await isRecalled(box(2))]).to.deep.equal([false, false]);
  });
});
