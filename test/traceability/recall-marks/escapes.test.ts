import { expect } from "chai";
import {
  ACTION,
  BATCH,
  box,
  commission,
  deployRecalls,
  destroy,
  epcis,
  lgtin,
  loadBatch,
  MEDICINE,
  pack,
  pieces,
  qty,
  STATUS,
  sscc,
  tea,
  transform,
  transformation,
  unpack,
} from "../../fixtures/recall.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const load = defineFixture(deployRecalls);

describe("RecallMarks: what does not lead out of a recall", () => {
  it("C-28: given no announcement, when a marked thing is ended by whatever step, then it is refused", async () => {
    const { capture, open, advance, marks } = await loadBatch();
    const recall = await open([BATCH.root]);
    await advance(recall, 50);
    const held = BATCH.cases[1];
    if (held === undefined) throw new Error("no case");
    const args = [recall, held, 0n] as const;
    for (const step of ["destroying", "decommissioning", undefined]) {
      const event = destroy([held], { step: step ?? 0, disposition: 0 });
      await expectRevert(capture("processor", event), marks, "RecallMarksDestructionNotAnnounced", args);
    }
    const lot = epcis({ action: ACTION.DELETE, quantities: [qty(BATCH.root, 1)] });
    await expectRevert(capture("processor", lot), marks, "RecallMarksDestructionNotAnnounced", [
      recall,
      BATCH.root,
      0n,
    ]);
  });

  it("C-32: given a recalled medicine, of which no announcement is asked, when it is destroyed, then it is at once", async () => {
    const { capture, open, advance, state, marks, piecesOf } = await load();
    const pills = lgtin(MEDICINE, "M9");
    await capture("processor", commission([pieces(pills, 5)]));
    const recall = await open([pills]);
    await advance(recall, 50);
    expect(await state.read.isRecalled([pills])).to.equal(true);
    await capture("processor", epcis({ action: ACTION.DELETE, quantities: [pieces(pills, 5)] }));
    expect((await state.read.lotOf([pills])).destroyed).to.equal(5_000_000n);
    expect(await piecesOf(recall)).to.include({ distributed: 5_000_000n, destroyed: 5_000_000n });
    expect((await marks.read.progressOf([recall])).complete).to.equal(true);
  });

  it("C-29: given a marked lot, when a split shares its transformation with other events, then it is refused", async () => {
    const { capture, open, lots } = await loadBatch();
    await open([BATCH.root]);
    const shared = { transformation: transformation("blend") };
    const split = transform([qty(BATCH.root, 10)], [qty(tea("NEW"), 1)], shared);
    await expectRevert(capture("processor", split), lots, "TraceLotsRecalled", [BATCH.root]);
    await capture("processor", transform([qty(BATCH.root, 10)], [qty(tea("NEW"), 1)]));
  });

  it("C-29: given a recalled pallet, when a box leaves a case on it before the pages come to it, then it is marked", async () => {
    const { capture, open, isRecalled } = await load();
    const [first, second, third] = [box(1), box(2), box(3)];
    const [pallet, layer, inner] = [sscc(10), sscc(11), sscc(12)];
    await capture("processor", commission([first, second, third]), pack(inner, [first, second, third]));
    await capture("processor", pack(layer, [inner]), pack(pallet, [layer]));
    await open([pallet]);
    await capture("processor", unpack(inner, [first]));
    expect(await isRecalled(first)).to.equal(true);
    expect(await isRecalled(second)).to.equal(false);
    await capture("processor", unpack(inner));
    expect([await isRecalled(second), await isRecalled(third)]).to.deep.equal([true, true]);
  });

  it("C-29: given a marked box, when its commissioning is declared erroneous and captured anew without its lot, then it is marked again", async () => {
    const { capture, declare, open, advance, isRecalled, stateOf, piecesOf } = await load();
    const lot = tea("T");
    const made = commission([box(1)], { ilmd: { lot } });
    await capture("processor", commission([qty(lot, 1)]));
    await capture("processor", made);
    const recall = await open([lot]);
    await advance(recall, 50);
    await declare("processor", made);
    expect((await piecesOf(recall))?.distributed).to.equal(0n);
    await capture("processor", commission([box(1)]));
    expect((await stateOf(box(1))).status).to.equal(STATUS.ACTIVE);
    expect(await isRecalled(box(1))).to.equal(true);
    expect((await piecesOf(recall))?.distributed).to.equal(1_000_000n);
  });
});
