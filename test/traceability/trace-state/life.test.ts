import { expect } from "chai";
import {
  ACTION,
  commission,
  destroy,
  epcis,
  GTIN,
  giai,
  lgtin,
  loadTrace,
  observe,
  PARTY,
  pack,
  qty,
  receive,
  START,
  STATUS,
  sell,
  sgtin,
  ship,
  sscc,
  transformation,
} from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const BOX = sgtin(GTIN.BOX, "1");

describe("TraceState: commissioning", () => {
  it("C-15: given a code that was commissioned, when it is again, then it is refused, by whomever", async () => {
    const trace = await loadTrace();
    await trace.capture("processor", commission([BOX]));
    await expectRevert(trace.capture("processor", commission([BOX])), trace.state, "TraceStateExists", [
      BOX,
      STATUS.ACTIVE,
    ]);
    await trace.capture("processor", destroy([BOX]));
    await expectRevert(trace.capture("processor", commission([BOX])), trace.state, "TraceStateExists", [
      BOX,
      STATUS.DESTROYED,
    ]);
    const twice = giai("A");
    await expectRevert(trace.capture("shop", commission([twice, twice])), trace.state, "TraceStateExists", [
      twice,
      STATUS.ACTIVE,
    ]);
  });

  it("given a code, when it cannot be an item, is malformed or of another's product, then it is refused", async () => {
    const trace = await loadTrace();
    for (const code of [lgtin(GTIN.TEA, "T1"), transformation("x")]) {
      await expectRevert(trace.capture("processor", commission([code])), trace.state, "TraceStateWrongKey", [code]);
    }
    const wrong = BOX.replace("065810dfef9e", "065810dfef9f") as typeof BOX;
    await expectRevert(trace.capture("processor", commission([wrong])), trace.state, "TraceKeysInvalidNumber", [
      1,
      BigInt(GTIN.BOX) + 1n,
    ]);
    await expectRevert(trace.capture("shop", commission([BOX])), trace.catalogue, "ProductCatalogueMayNotProduce", [
      BigInt(GTIN.BOX),
      PARTY.shop,
    ]);
    const owner = { flow: { toOwner: 50 } };
    await expectRevert(
      trace.capture("processor", commission([BOX], owner)),
      trace.parties,
      "TradePartiesUnknown",
      [50],
    );
  });

  it("given master data, when items are commissioned, then each has it, and the lot's mark", async () => {
    const trace = await loadTrace();
    const lot = lgtin(GTIN.TEA, "T1");
    await trace.capture("processor", commission([qty(lot, 5)], { ilmd: { expiresAt: 2n ** 33n } }));
    const certificate = `0x${"c1".repeat(32)}` as const;
    const ilmd = { lot, producedAt: 7n, certificate };
    const flow = { toOwner: PARTY.store };
    await trace.capture("processor", commission([BOX, sscc(3)], { ilmd, flow, location: PARTY.processor }));
    const state = await trace.stateOf(BOX);
    expect([state.status, state.producer, state.possessor, state.owner, state.lot]).to.deep.equal([
      STATUS.ACTIVE,
      PARTY.processor,
      PARTY.processor,
      PARTY.store,
      lot,
    ]);
    expect([state.producedAt, state.expiresAt, state.certificate, state.opening]).to.deep.equal([
      7n,
      2n ** 33n,
      certificate,
      false,
    ]);
    expect([state.commissionedBy, state.lastEvent, state.place, state.disposition]).to.deep.equal([
      2,
      2,
      PARTY.processor,
      1,
    ]);
    const [down] = await trace.lineage.read.walk([lot, 0, 10n]);
    expect(down).to.include(BOX);
  });

  it("C-12: given a commissioning, when it is declared erroneous, then the code can be commissioned anew, but not while something rests on it", async () => {
    const trace = await loadTrace();
    const first = commission([BOX], { ilmd: { producedAt: 1n }, location: PARTY.shop });
    const seen = observe([BOX]);
    await trace.capture("processor", first, seen);
    await expectRevert(trace.declare("processor", first), trace.state, "TraceStateLaterEvent", [BOX, 2]);
    await trace.declare("processor", seen);
    await trace.declare("processor", first);
    const gone = await trace.stateOf(BOX);
    expect([gone.status, gone.possessor, gone.place, gone.commissionedBy]).to.deep.equal([STATUS.NONE, 0, 0, 0]);
    await expectRevert(trace.capture("processor", observe([BOX])), trace.state, "TraceStateUnknown", [BOX]);
    await trace.capture("processor", commission([BOX], { ilmd: { producedAt: 2n } }));
    const again = await trace.stateOf(BOX);
    expect([again.status, again.producedAt, again.commissionedBy, again.place]).to.deep.equal([
      STATUS.ACTIVE,
      2n,
      3,
      0,
    ]);
    expect(await trace.eventsOf(BOX)).to.deep.equal([1, 2, 3]);
  });
});

describe("TraceState: the end of a thing", () => {
  it("C-15: given a thing that ended, when anything but a return or a look happens to it, then it is refused", async () => {
    const trace = await loadTrace();
    const other = sgtin(GTIN.BOX, "2");
    await trace.capture("processor", commission([BOX, other]), sell([BOX]), destroy([other]));
    for (const [object, status] of [
      [BOX, STATUS.SOLD],
      [other, STATUS.DESTROYED],
    ] as const) {
      const events = [ship([object], PARTY.shop), sell([object]), destroy([object]), pack(sscc(1), [object])];
      for (const event of [...events, receive([object], 0)]) {
        await expectRevert(trace.capture("processor", event), trace.state, "TraceStateEnded", [object, status]);
      }
    }
    const returned = { disposition: "returned" };
    await expectRevert(trace.capture("processor", receive([other], 0, returned)), trace.state, "TraceStateEnded", [
      other,
      STATUS.DESTROYED,
    ]);
    await expectRevert(trace.capture("lab", receive([BOX], 0, returned)), trace.state, "TraceStateNotReturnable", [
      BOX,
      PARTY.lab,
    ]);
    const event = receive([BOX], 0, { ...returned, flow: { toOwner: PARTY.store } });
    await trace.capture("processor", event);
    const back = await trace.stateOf(BOX);
    expect([back.status, back.possessor, back.owner]).to.deep.equal([STATUS.ACTIVE, PARTY.processor, PARTY.store]);
    await trace.declare("processor", event);
    const sold = await trace.stateOf(BOX);
    expect([sold.status, sold.owner]).to.deep.equal([STATUS.SOLD, PARTY.processor]);
  });

  it("given the end of a thing, when its step differs, then so does its status, and a declaration brings it back", async () => {
    const trace = await loadTrace();
    await trace.capture("processor", commission([BOX]));
    const ends = [
      [sell([BOX]), STATUS.SOLD],
      [epcis({ step: "dispensing", objects: [BOX] }), STATUS.SOLD],
      [epcis({ action: ACTION.DELETE, step: "retail_selling", objects: [BOX] }), STATUS.SOLD],
      [destroy([BOX]), STATUS.DESTROYED],
      [epcis({ action: ACTION.DELETE, step: "decommissioning", objects: [BOX] }), STATUS.DECOMMISSIONED],
    ] as const;
    for (const [event, status] of ends) {
      await expectRevert(trace.capture("shop", event), trace.state, "TraceStateNotPossessor", [
        BOX,
        PARTY.processor,
        PARTY.shop,
      ]);
      await trace.capture("processor", event);
      expect((await trace.stateOf(BOX)).status).to.equal(status);
      await trace.declare("processor", event);
      expect((await trace.stateOf(BOX)).status).to.equal(STATUS.ACTIVE);
    }
  });

  it("given a container with something in it, when it ends, then it is refused", async () => {
    const trace = await loadTrace();
    const [pallet, tea] = [sscc(1), lgtin(GTIN.TEA, "T1")];
    await trace.capture("processor", commission([BOX, qty(tea, 2)]), pack(pallet, [BOX]), pack(sscc(2), [qty(tea, 1)]));
    for (const container of [pallet, sscc(2)]) {
      await expectRevert(trace.capture("processor", destroy([container])), trace.state, "TraceStateNotEmpty", [
        container,
      ]);
    }
  });

  it("given a shelf life, when it is over, then the thing is not sold, but destroyed", async () => {
    const trace = await loadTrace();
    const expiresAt = START - 3_600n;
    await trace.capture("processor", commission([BOX], { ilmd: { expiresAt } }));
    const late = expiresAt * 1_000n;
    await expectRevert(trace.capture("processor", sell([BOX], { eventTime: late })), trace.state, "TraceStateExpired", [
      BOX,
      expiresAt,
      late,
    ]);
    const sale = sell([BOX], { eventTime: late - 1n });
    await trace.capture("processor", sale);
    await trace.declare("processor", sale);
    await trace.capture("processor", destroy([BOX]));
  });
});

describe("TraceState: observing", () => {
  it("C-10: given observations, when some are declared erroneous in any order, then what stands was last stated by those that hold", async () => {
    const trace = await loadTrace();
    await trace.capture("processor", commission([BOX], { location: PARTY.processor }));
    const damaged = 8n;
    const seen = [
      observe([BOX], { location: PARTY.shop, disposition: "damaged", set: 1n << damaged }),
      observe([BOX], { disposition: "sellable_accessible" }),
      observe([BOX], { location: PARTY.lab, unset: 1n << damaged }),
    ];
    const now = async () => {
      const { place, disposition, persistent, lastEvent } = await trace.stateOf(BOX);
      return [place, disposition, persistent, lastEvent];
    };
    await trace.capture("lab", ...seen);
    expect(await now()).to.deep.equal([PARTY.lab, 29, 0n, 4]);
    const [first, second, third] = seen;
    if (first === undefined || second === undefined || third === undefined) throw new Error("three");
    await trace.declare("lab", second);
    expect(await now()).to.deep.equal([PARTY.lab, 8, 0n, 4]);
    await trace.declare("lab", third);
    expect(await now()).to.deep.equal([PARTY.shop, 8, 1n << damaged, 2]);
    await trace.declare("lab", first);
    expect(await now()).to.deep.equal([PARTY.processor, 1, 0n, 1]);
  });

  it("given a thing listed twice, when it is observed, then it is refused", async () => {
    const trace = await loadTrace();
    await trace.capture("processor", commission([BOX]));
    await expectRevert(trace.capture("lab", observe([BOX, BOX])), trace.state, "TraceStateDuplicate", [BOX]);
  });
});
