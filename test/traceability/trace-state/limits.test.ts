import { expect } from "chai";
import { KeyKind, packObjectId } from "../../../apps/trace-common/epcis/index.ts";
import { bond, commission, GTIN, loadTrace, loose, pack, sgtin, sscc, unpack } from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

type Hex = `0x${string}`;

const PALLET = sscc(1);
const PLACE = packObjectId({ kind: KeyKind.SGLN, number: "6975310000207", text: "1" });
const SHELF = packObjectId({ kind: KeyKind.SGLN, number: "6975310000207", text: "2" });
const MANY = 1_000;
const boxes = Array.from({ length: MANY + 2 }, (_, i) => sgtin(GTIN.BOX, `B${i}`));

/** Cuts a list into parts that one event takes. */
function parts(list: readonly Hex[], size = 20): Hex[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(size * i, size * (i + 1)));
}

async function stage(count: number) {
  const trace = await loadTrace();
  const all = boxes.slice(0, count);
  for (const part of parts(all)) await trace.capture("processor", commission(part));
  return { ...trace, all };
}

describe("TraceState: how much one parent holds", () => {
  it("given a container of a thousand, when one more is packed, then it is refused; nor comes one back into it by a declaration", async () => {
    const { capture, declare, state, all } = await stage(MANY + 2);
    const [first, last, one] = [all[0], all[MANY], all[MANY + 1]];
    if (first === undefined || last === undefined || one === undefined) throw new Error("There are too few boxes");
    for (const part of parts(all.slice(0, MANY))) await capture("processor", pack(PALLET, part));
    await expectRevert(capture("processor", pack(PALLET, [last])), state, "TraceStateFull", [PALLET, 1_000n]);
    const out = unpack(PALLET, [first]);
    await capture("processor", out, pack(PALLET, [last]));
    await expectRevert(declare("processor", out), state, "TraceStateFull", [PALLET, 1_000n]);
    await expectRevert(capture("processor", pack(PALLET, [one])), state, "TraceStateFull", [PALLET, 1_000n]);
    await expectRevert(capture("processor", unpack(PALLET)), state, "TraceStateFull", [PALLET, 100n]);
    await capture("processor", unpack(PALLET, [last]));
    await declare("processor", out);
    const [page] = await state.read.childrenOf([PALLET, 980n, 100n]);
    expect([page.length, page.at(-1)]).to.deep.equal([20, first]);
  }).timeout(300_000);

  it("given a parent with a thousand associated, when one more is, then it is refused", async () => {
    const { capture, state, all } = await stage(MANY + 1);
    const last = all[MANY];
    if (last === undefined) throw new Error("There are too few boxes");
    for (const part of parts(all.slice(0, MANY))) await capture("processor", bond(PLACE, part));
    await expectRevert(capture("processor", bond(PLACE, [last])), state, "TraceStateFull", [PLACE, 1_000n]);
    await capture("processor", loose(PLACE, all.slice(0, 1)), bond(PLACE, [last]));
  }).timeout(300_000);

  it("given a hundred in a container or associated with a parent, when all leave without being named, then they do; of one more it is refused", async () => {
    const { capture, state, all } = await stage(202);
    const [packed, bonded] = [all.slice(0, 101), all.slice(101)];
    for (const part of parts(packed)) await capture("processor", pack(PALLET, part));
    for (const part of parts(bonded)) await capture("processor", bond(SHELF, part));
    await expectRevert(capture("processor", unpack(PALLET)), state, "TraceStateFull", [PALLET, 100n]);
    await expectRevert(capture("processor", loose(SHELF)), state, "TraceStateFull", [SHELF, 100n]);
    await capture("processor", unpack(PALLET, packed.slice(0, 1)), loose(SHELF, bonded.slice(0, 1)));
    await capture("processor", unpack(PALLET));
    await capture("processor", loose(SHELF));
    expect(await state.read.childrenOf([PALLET, 0n, 100n])).to.deep.equal([[], 0n]);
    expect(await state.read.bondedTo([SHELF, 0n, 100n])).to.deep.equal([[], 0n]);
  }).timeout(300_000);
});
