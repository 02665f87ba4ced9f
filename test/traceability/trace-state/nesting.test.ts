import { expect } from "chai";
import { KeyKind, packObjectId } from "../../../apps/trace-common/epcis/index.ts";
import {
  ACTION,
  bond,
  commission,
  epcis,
  GTIN,
  giai,
  KIND,
  lgtin,
  loadTrace,
  loose,
  PARTY,
  pack,
  qty,
  STATUS,
  sgtin,
  sscc,
  transform,
  unpack,
} from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const box = (serial: number) => sgtin(GTIN.BOX, String(serial));
const TEA = lgtin(GTIN.TEA, "T1");
const PALLET = sscc(1);

async function stage() {
  const trace = await loadTrace();
  await trace.capture("processor", commission([1, 2, 3, 4, 5, 6].map(box)), commission([qty(TEA, 10)]));
  return trace;
}

describe("TraceState: levels of containers", () => {
  it("given a container inside others, when something with levels of its own is packed into it, then those around count them", async () => {
    const { capture, state } = await stage();
    // A tower of five, and a stack of two into which it goes; a side stack that is deeper stays as it was.
    await capture("processor", pack(sscc(1), [box(1)]));
    for (let level = 2; level <= 5; level++) await capture("processor", pack(sscc(level), [sscc(level - 1)]));
    await capture("processor", pack(sscc(11), [box(2)]), pack(sscc(12), [sscc(11)]));
    await capture("processor", pack(sscc(11), [sscc(5)]));
    await capture("processor", pack(sscc(13), [sscc(12)]));
    await expectRevert(capture("processor", pack(sscc(14), [sscc(13)])), state, "TraceStateTooDeep", [
      sscc(13),
      sscc(14),
      8n,
    ]);
    await expectRevert(capture("processor", pack(sscc(1), [sscc(21)])), state, "TraceStateUnknown", [sscc(21)]);
    expect(await state.read.rootOf([box(1)])).to.equal(sscc(13));
    // What is flat still goes in beside it, and at the lowest level a unit with something in it does not.
    await capture("processor", pack(sscc(13), [box(3)]), pack(sscc(22), [box(4)]));
    await capture("processor", pack(sscc(1), [box(5)]));
    await expectRevert(capture("processor", pack(sscc(1), [sscc(22)])), state, "TraceStateTooDeep", [
      sscc(22),
      sscc(1),
      8n,
    ]);
  });
});

describe("TraceState: emptied more than once", () => {
  it("C-12: given a container emptied twice, when the later is taken back, then what was taken out before the earlier still is not", async () => {
    const { capture, declare, state, repository } = await stage();
    const one = unpack(PALLET, [box(1)]);
    const [first, second] = [unpack(PALLET), unpack(PALLET)];
    await capture("processor", pack(PALLET, [1, 2, 3].map(box)), one, first, pack(PALLET, [box(2)]), second);
    const number = (event: typeof one) => repository.read.eventByContent([event.contentId]);
    await expectRevert(declare("processor", one), state, "TraceStateLaterEvent", [PALLET, await number(second)]);
    await declare("processor", second);
    await expectRevert(declare("processor", one), state, "TraceStateLaterEvent", [PALLET, await number(first)]);
    expect((await state.read.childrenOf([PALLET, 0n, 10n]))[0]).to.deep.equal([box(2)]);
  });

  it("C-12: given associations that all ended twice, when the later is taken back, then one that ended before the earlier does not come back", async () => {
    const { capture, declare, state, repository } = await stage();
    const place = packObjectId({ kind: KeyKind.SGLN, number: "6975310000207", text: "1" });
    const one = loose(place, [box(1)]);
    const [first, second] = [loose(place), loose(place)];
    await capture("processor", bond(place, [1, 2, 3].map(box)), one, first, bond(place, [box(2)]), second);
    const number = (event: typeof one) => repository.read.eventByContent([event.contentId]);
    await expectRevert(declare("processor", one), state, "TraceStateLaterEvent", [place, await number(second)]);
    await declare("processor", second);
    await expectRevert(declare("processor", one), state, "TraceStateLaterEvent", [place, await number(first)]);
    expect((await state.read.bondedTo([place, 0n, 10n]))[0]).to.deep.equal([box(2)]);
  });
});

describe("TraceState: items that are used up", () => {
  it("given items that become others, when that is captured, then they are consumed and lead to what came of them; declared erroneous, they are back", async () => {
    const { capture, declare, stateOf, lineage, lots } = await stage();
    const made = transform([box(1), box(2)], [box(41), box(42)]);
    const over = transform([box(3)], [box(43), box(44)]);
    await expectRevert(capture("processor", over), lots, "TraceLotsNotConserved", [
      `0x${"00".repeat(32)}`,
      BigInt(GTIN.BOX),
      2_000_000n,
      1_000_000n,
    ]);
    await capture("processor", made);
    const statuses = async () => await Promise.all([1, 2, 41, 42].map(async (one) => (await stateOf(box(one))).status));
    expect(await statuses()).to.deep.equal([STATUS.CONSUMED, STATUS.CONSUMED, STATUS.ACTIVE, STATUS.ACTIVE]);
    const [[node = box(1)]] = await lineage.read.down([box(1), 0n, 10n]);
    expect(await lineage.read.up([node, 0n, 10n])).to.deep.equal([[box(1), box(2)], 0n]);
    expect(await lineage.read.down([node, 0n, 10n])).to.deep.equal([[box(41), box(42)], 0n]);
    await declare("processor", made);
    expect(await statuses()).to.deep.equal([STATUS.ACTIVE, STATUS.ACTIVE, STATUS.NONE, STATUS.NONE]);
    expect(await lineage.read.down([box(1), 0n, 10n])).to.deep.equal([[], 0n]);
  });

  it("given boxes filled of a lot that is stated as their lot too, when that is captured, then the lot leads to the event once", async () => {
    const { capture, lineage, stateOf } = await stage();
    await capture("processor", transform([qty(TEA, 1)], [box(51)], { ilmd: { lot: TEA } }));
    expect((await lineage.read.down([TEA, 0n, 10n]))[0].length).to.equal(1);
    expect((await stateOf(box(51))).lot).to.equal(TEA);
    const other = lgtin(GTIN.BOX, "B1");
    await capture("processor", transform([qty(TEA, 1)], [box(52)], { ilmd: { lot: other } }));
    expect((await lineage.read.down([other, 0n, 10n]))[0].length).to.equal(1);
    expect((await lineage.read.down([TEA, 0n, 10n]))[0].length).to.equal(2);
  });
});

describe("TraceState: looking at associations", () => {
  it("given an asset with a sensor, when the association is observed, then both were seen there, and nothing else changes", async () => {
    const { capture, stateOf, eventsOf } = await stage();
    const sensor = giai("SENSOR1");
    await capture("processor", commission([sensor]), bond(box(1), [sensor]));
    const seen = epcis({
      ...{ kind: KIND.ASSOCIATION, action: ACTION.OBSERVE, step: "inspecting" },
      ...{ parent: box(1), objects: [sensor], location: PARTY.processor },
    });
    await capture("processor", seen);
    const [asset, bonded] = [await stateOf(box(1)), await stateOf(sensor)];
    expect([asset.place, bonded.place, bonded.bond]).to.deep.equal([PARTY.processor, PARTY.processor, box(1)]);
    expect(await eventsOf(sensor)).to.deep.equal([3, 4, 5]);
  });
});
