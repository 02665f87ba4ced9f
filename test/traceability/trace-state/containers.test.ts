import { expect } from "chai";
import { KeyKind, packObjectId } from "../../../apps/trace-common/epcis/index.ts";
import {
  bond,
  commission,
  destroy,
  GTIN,
  giai,
  grai,
  lgtin,
  loadTrace,
  loose,
  observe,
  PARTY,
  pack,
  qty,
  receive,
  STATUS,
  sell,
  sgtin,
  ship,
  sscc,
  unpack,
} from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const BOX = sgtin(GTIN.BOX, "1");
const OTHER = sgtin(GTIN.BOX, "2");
const PALLET = sscc(1);
const TEA = lgtin(GTIN.TEA, "T1");

async function stage() {
  const trace = await loadTrace();
  await trace.capture("processor", commission([BOX, OTHER, qty(TEA, 10)]));
  return trace;
}

describe("TraceState: packing", () => {
  it("C-15: given a child that lies in a container, when it is packed again, then it is refused: one parent at a time", async () => {
    const trace = await stage();
    await trace.capture("processor", pack(PALLET, [BOX]));
    await expectRevert(trace.capture("processor", pack(sscc(2), [BOX])), trace.state, "TraceStateContained", [
      BOX,
      PALLET,
    ]);
  });

  it("given a container, when it is unknown, somebody else's, in transit, ended, or would lie in itself, then packing is refused", async () => {
    const trace = await stage();
    const crate = grai("1");
    await expectRevert(trace.capture("processor", pack(crate, [BOX])), trace.state, "TraceStateUnknown", [crate]);
    await expectRevert(trace.capture("processor", unpack(PALLET, [BOX])), trace.state, "TraceStateUnknown", [PALLET]);
    await trace.capture("store", commission([crate]));
    await expectRevert(trace.capture("processor", pack(crate, [BOX])), trace.state, "TraceStateNotPossessor", [
      crate,
      PARTY.store,
      PARTY.processor,
    ]);
    await expectRevert(trace.capture("store", pack(crate, [BOX])), trace.state, "TraceStateNotPossessor", [
      BOX,
      PARTY.processor,
      PARTY.store,
    ]);
    await expectRevert(trace.capture("processor", pack(PALLET, [PALLET])), trace.state, "TraceStateCycle", [
      PALLET,
      PALLET,
    ]);
    await trace.capture("processor", pack(PALLET, [BOX]), pack(sscc(2), [PALLET]));
    await expectRevert(trace.capture("processor", pack(PALLET, [sscc(2)])), trace.state, "TraceStateCycle", [
      sscc(2),
      PALLET,
    ]);
    await trace.capture("processor", ship([sscc(2)], PARTY.shop));
    await expectRevert(trace.capture("processor", pack(PALLET, [OTHER])), trace.state, "TraceStateInTransit", [
      sscc(2),
      PARTY.shop,
    ]);
    await trace.capture("store", destroy([crate]));
    await expectRevert(trace.capture("store", pack(crate, [BOX])), trace.state, "TraceStateEnded", [
      crate,
      STATUS.DESTROYED,
    ]);
  });

  it("given eight levels, when a ninth is packed around, then it is refused; an emptied container counts anew", async () => {
    const trace = await stage();
    await trace.capture("processor", pack(sscc(1), [BOX]));
    for (let level = 2; level <= 8; level++) await trace.capture("processor", pack(sscc(level), [sscc(level - 1)]));
    await expectRevert(trace.capture("processor", pack(sscc(9), [sscc(8)])), trace.state, "TraceStateTooDeep", [
      sscc(8),
      sscc(9),
      8n,
    ]);
    expect(await trace.state.read.rootOf([BOX])).to.equal(sscc(8));
    await expectRevert(trace.capture("processor", pack(sscc(1), [sscc(20)])), trace.state, "TraceStateUnknown", [
      sscc(20),
    ]);
    await trace.capture("processor", unpack(sscc(8)), pack(sscc(8), [OTHER]), pack(sscc(9), [sscc(8)]));
  });

  it("given a packed child, when it is shipped, sold or taken from another container, then it is refused", async () => {
    const trace = await stage();
    await trace.capture("processor", pack(PALLET, [BOX]), pack(sscc(2), [OTHER]));
    for (const event of [ship([BOX], PARTY.shop), sell([BOX])]) {
      await expectRevert(trace.capture("processor", event), trace.state, "TraceStateContained", [BOX, PALLET]);
    }
    await expectRevert(trace.capture("processor", unpack(sscc(2), [BOX])), trace.state, "TraceStateNotChild", [
      BOX,
      sscc(2),
    ]);
    await expectRevert(trace.capture("shop", unpack(PALLET, [BOX])), trace.state, "TraceStateNotPossessor", [
      PALLET,
      PARTY.processor,
      PARTY.shop,
    ]);
  });

  it("C-03: given a container of items and quantities, when all children leave without being named, then all are out, and back by a declaration", async () => {
    const trace = await stage();
    const emptied = unpack(PALLET);
    await trace.capture("processor", pack(PALLET, [BOX, OTHER, qty(TEA, 4)]), ship([PALLET], PARTY.shop));
    await trace.capture("shop", receive([PALLET], 0), emptied);
    const children = async () => [...(await trace.state.read.childrenOf([PALLET, 0n, 10n]))[0]];
    expect(await children()).to.deep.equal([]);
    expect([(await trace.stateOf(BOX)).holder, await trace.stock(TEA, "shop")]).to.deep.equal([PARTY.shop, 4_000_000n]);
    await trace.declare("shop", emptied);
    expect(await children()).to.deep.equal([BOX, OTHER]);
    const box = await trace.stateOf(BOX);
    expect([box.parent, box.holder, box.possessor]).to.deep.equal([PALLET, PARTY.processor, PARTY.shop]);
    expect([await trace.stock(TEA, "shop"), await trace.within(TEA, PALLET)]).to.deep.equal([0n, 4_000_000n]);
    await trace.capture("shop", unpack(PALLET));
    expect(await children()).to.deep.equal([]);
  });

  it("C-12: given a child that was taken out, when everything was taken out later, then the first is not taken back before", async () => {
    const trace = await stage();
    const [one, half] = [unpack(PALLET, [BOX]), unpack(PALLET, [qty(TEA, 1)])];
    const all = unpack(PALLET);
    await trace.capture("processor", pack(PALLET, [BOX, OTHER, qty(TEA, 4)]), one, half, all);
    const later = await trace.repository.read.eventByContent([all.contentId]);
    for (const event of [one, half]) {
      await expectRevert(trace.declare("processor", event), trace.state, "TraceStateLaterEvent", [PALLET, later]);
    }
    await trace.declare("processor", all);
    await trace.declare("processor", half);
    await trace.declare("processor", one);
    const [children] = await trace.state.read.childrenOf([PALLET, 0n, 10n]);
    expect([...children].sort()).to.deep.equal([BOX, OTHER].sort());
    expect(await trace.within(TEA, PALLET)).to.equal(4_000_000n);
  });

  it("C-12: given a packing, when the container was shipped since, then it can be taken back, an unpacking cannot", async () => {
    const trace = await stage();
    const [packed, unpacked] = [pack(PALLET, [OTHER]), unpack(PALLET, [BOX])];
    await trace.capture("processor", pack(PALLET, [BOX]), packed, unpacked, ship([PALLET], PARTY.shop));
    await expectRevert(trace.declare("processor", unpacked), trace.state, "TraceStateLaterEvent", [PALLET, 5]);
    await trace.declare("processor", packed);
    const other = await trace.stateOf(OTHER);
    expect([other.parent, other.possessor]).to.deep.equal([trace.nothing, PARTY.processor]);
  });

  it("C-12: given a nested container, when something was packed into it, then what its surroundings did is not taken back before", async () => {
    const trace = await stage();
    const shipped = ship([sscc(2)], PARTY.shop);
    const received = receive([sscc(2)], 0);
    const inner = unpack(PALLET, [BOX]);
    await trace.capture("processor", pack(PALLET, [BOX]), pack(sscc(2), [PALLET]), shipped);
    await trace.capture("shop", received, inner);
    const last = await trace.repository.read.eventByContent([inner.contentId]);
    await expectRevert(trace.declare("shop", received), trace.state, "TraceStateLaterEvent", [sscc(2), last]);
    await trace.declare("shop", inner);
    await trace.declare("shop", received);
    await trace.declare("processor", shipped);
    expect((await trace.stateOf(BOX)).possessor).to.equal(PARTY.processor);
    expect(await trace.eventsOf(sscc(2))).to.deep.equal([3, 4, 5, 6]);
  });

  it("given pages of contents, when they are read, then they cover all of it", async () => {
    const trace = await stage();
    await trace.capture("processor", pack(PALLET, [BOX, OTHER]));
    const [first, next] = await trace.state.read.childrenOf([PALLET, 0n, 1n]);
    const [second, end] = await trace.state.read.childrenOf([PALLET, next, 1n]);
    expect([...first, ...second, end]).to.deep.equal([BOX, OTHER, 0n]);
    await expectRevert(trace.state.read.childrenOf([PALLET, 0n, 101n]), trace.state, "PagingLimitOutOfRange", [
      101n,
      100n,
    ]);
  });
});

describe("TraceState: associations", () => {
  const SENSOR = giai("SENSOR1");

  async function bonded() {
    const trace = await stage();
    await trace.capture("processor", commission([SENSOR]));
    return trace;
  }

  it("given an association, when its parts are unknown, associated, somebody else's or the same, then it is refused", async () => {
    const trace = await bonded();
    await expectRevert(trace.capture("processor", bond(PALLET, [SENSOR])), trace.state, "TraceStateUnknown", [PALLET]);
    await expectRevert(trace.capture("processor", bond(SENSOR, [SENSOR])), trace.state, "TraceStateCycle", [
      SENSOR,
      SENSOR,
    ]);
    await expectRevert(trace.capture("shop", bond(BOX, [SENSOR])), trace.state, "TraceStateNotPossessor", [
      SENSOR,
      PARTY.processor,
      PARTY.shop,
    ]);
    await trace.capture("processor", bond(BOX, [SENSOR]));
    await expectRevert(trace.capture("processor", bond(OTHER, [SENSOR])), trace.state, "TraceStateBonded", [
      SENSOR,
      BOX,
    ]);
    await expectRevert(trace.capture("processor", loose(OTHER, [SENSOR])), trace.state, "TraceStateNotChild", [
      SENSOR,
      OTHER,
    ]);
    await trace.capture("processor", destroy([OTHER]));
    const another = giai("SENSOR2");
    await trace.capture("processor", commission([another]));
    await expectRevert(trace.capture("processor", bond(OTHER, [another])), trace.state, "TraceStateEnded", [
      OTHER,
      STATUS.DESTROYED,
    ]);
  });

  it("C-04: given a place as the parent, when all associations end without being named, then they end, and are back by a declaration", async () => {
    const trace = await bonded();
    const place = packObjectId({ kind: KeyKind.SGLN, number: "6975310000207", text: "1" });
    const another = giai("SENSOR2");
    const ended = loose(place);
    await trace.capture("processor", commission([another]), bond(place, [SENSOR, another]), ended);
    const list = async () => [...(await trace.state.read.bondedTo([place, 0n, 10n]))[0]].sort();
    expect(await list()).to.deep.equal([]);
    await trace.declare("processor", ended);
    expect(await list()).to.deep.equal([SENSOR, another].sort());
    expect((await trace.stateOf(SENSOR)).bond).to.equal(place);
    const single = loose(place, [SENSOR]);
    const rest = loose(place);
    await trace.capture("processor", single, rest);
    const later = await trace.repository.read.eventByContent([rest.contentId]);
    await expectRevert(trace.declare("processor", single), trace.state, "TraceStateLaterEvent", [place, later]);
    await trace.declare("processor", rest);
    await trace.declare("processor", single);
    expect(await list()).to.deep.equal([SENSOR, another].sort());
  });

  it("given an association, when it is declared erroneous, then it is gone, and the parent can be too", async () => {
    const trace = await bonded();
    const event = bond(BOX, [SENSOR]);
    await trace.capture("processor", event);
    expect((await trace.stateOf(SENSOR)).bond).to.equal(BOX);
    await trace.declare("processor", event);
    expect((await trace.stateOf(SENSOR)).bond).to.equal(trace.nothing);
    expect((await trace.state.read.bondedTo([BOX, 0n, 10n]))[0]).to.deep.equal([]);
    await trace.capture("lab", observe([SENSOR]));
  });
});
