import { expect } from "chai";
import {
  commission,
  epcis,
  GTIN,
  loadTrace,
  PARTY,
  pack,
  receive,
  STATUS,
  sgtin,
  ship,
  sscc,
} from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const BOX = sgtin(GTIN.BOX, "1");
const OTHER = sgtin(GTIN.BOX, "2");
const PALLET = sscc(1);

async function stage() {
  const trace = await loadTrace();
  await trace.capture("processor", commission([BOX, OTHER]), pack(PALLET, [OTHER]));
  return trace;
}

describe("TraceState: shipping", () => {
  it("C-15: given a thing, when another than its possessor ships it, or nobody knows it, or it lies in a unit, then it is refused", async () => {
    const trace = await stage();
    await expectRevert(trace.capture("grower", ship([BOX], PARTY.shop)), trace.state, "TraceStateNotPossessor", [
      BOX,
      PARTY.processor,
      PARTY.grower,
    ]);
    const unknown = sgtin(GTIN.BOX, "9");
    await expectRevert(trace.capture("processor", ship([unknown], PARTY.shop)), trace.state, "TraceStateUnknown", [
      unknown,
    ]);
    await expectRevert(trace.capture("processor", ship([OTHER], PARTY.shop)), trace.state, "TraceStateContained", [
      OTHER,
      PALLET,
    ]);
  });

  it("given a shipping, when it names the shipper as its receiver, one that is not filed or another source, then it is refused", async () => {
    const trace = await stage();
    const own = ship([BOX], PARTY.processor);
    await expectRevert(trace.capture("processor", own), trace.state, "TraceStateInvalidReceiver", [PARTY.processor]);
    await expectRevert(trace.capture("processor", ship([BOX], 99)), trace.parties, "TradePartiesUnknown", [99]);
    const from = { flow: { fromHolder: PARTY.grower } };
    await expectRevert(
      trace.capture("processor", ship([BOX], PARTY.shop, from)),
      trace.state,
      "TraceStateFlowMismatch",
      [BOX, PARTY.grower, PARTY.processor],
    );
    const carried = { flow: { carrier: 98 } };
    await expectRevert(
      trace.capture("processor", ship([BOX], PARTY.shop, carried)),
      trace.parties,
      "TradePartiesUnknown",
      [98],
    );
  });

  it("given a shipping, when a carrier is named, then the carrier possesses in between, else the shipper", async () => {
    const trace = await stage();
    await trace.capture("processor", ship([BOX], PARTY.shop, { flow: { carrier: PARTY.carrier } }));
    await trace.capture("processor", ship([PALLET], PARTY.shop));
    const [box, inside] = [await trace.stateOf(BOX), await trace.stateOf(OTHER)];
    expect([box.possessor, box.consignee, box.shipper, box.owner]).to.deep.equal([
      PARTY.carrier,
      PARTY.shop,
      PARTY.processor,
      PARTY.processor,
    ]);
    expect([inside.possessor, inside.consignee, inside.shipper]).to.deep.equal([
      PARTY.processor,
      PARTY.shop,
      PARTY.processor,
    ]);
    await expectRevert(trace.capture("processor", ship([BOX], PARTY.shop)), trace.state, "TraceStateInTransit", [
      BOX,
      PARTY.shop,
    ]);
    expect(await trace.state.read.isShippable([BOX])).to.equal(false);
  });
});

describe("TraceState: receiving", () => {
  it("C-15: given no matching shipping, when something is received, then it is refused", async () => {
    const trace = await stage();
    await expectRevert(trace.capture("shop", receive([BOX], 0)), trace.state, "TraceStateNotInTransit", [BOX]);
    await expectRevert(trace.capture("processor", receive([BOX], 0)), trace.state, "TraceStateNotInTransit", [BOX]);
    await trace.capture("processor", ship([BOX], PARTY.shop));
    await expectRevert(trace.capture("lab", receive([BOX], 0)), trace.state, "TraceStateNotParty", [
      BOX,
      PARTY.shop,
      PARTY.lab,
    ]);
    await expectRevert(trace.capture("shop", receive([BOX], PARTY.grower)), trace.state, "TraceStateFlowMismatch", [
      BOX,
      PARTY.grower,
      PARTY.processor,
    ]);
    const to = { flow: { toHolder: PARTY.lab } };
    await expectRevert(
      trace.capture("shop", receive([BOX], PARTY.processor, to)),
      trace.state,
      "TraceStateFlowMismatch",
      [BOX, PARTY.lab, PARTY.shop],
    );
    await trace.capture("processor", ship([PALLET], PARTY.shop));
    await expectRevert(trace.capture("shop", receive([OTHER], 0)), trace.state, "TraceStateContained", [OTHER, PALLET]);
    const owner = { flow: { toOwner: 77 } };
    await expectRevert(trace.capture("shop", receive([BOX], 0, owner)), trace.parties, "TradePartiesUnknown", [77]);
  });

  it("given a thing in transit, when its consignee receives it, then possession passes, and ownership where it is stated", async () => {
    const trace = await stage();
    await trace.capture("processor", ship([BOX, PALLET], PARTY.shop, { flow: { carrier: PARTY.carrier } }));
    await trace.capture("shop", receive([BOX], PARTY.processor, { location: PARTY.shop }));
    const stated = { flow: { toOwner: PARTY.store }, location: PARTY.shop };
    await trace.capture("shop", receive([PALLET], PARTY.processor, stated));
    const [box, inside] = [await trace.stateOf(BOX), await trace.stateOf(OTHER)];
    expect([box.possessor, box.holder, box.owner, box.consignee, box.shipper, box.place]).to.deep.equal([
      PARTY.shop,
      PARTY.shop,
      PARTY.processor,
      0,
      0,
      PARTY.shop,
    ]);
    expect([inside.possessor, inside.holder, inside.owner, inside.place]).to.deep.equal([
      PARTY.shop,
      PARTY.processor,
      PARTY.store,
      PARTY.shop,
    ]);
  });

  it("given a thing received, when its holder accepts it, then nothing moves, and the receipt is not taken back before", async () => {
    const trace = await stage();
    const receipt = receive([BOX], PARTY.processor);
    const accepted = receive([BOX], 0, { step: "accepting" });
    await trace.capture("processor", ship([BOX], PARTY.shop));
    await expectRevert(trace.capture("lab", accepted), trace.state, "TraceStateNotParty", [BOX, PARTY.shop, PARTY.lab]);
    await trace.capture("shop", receipt, accepted);
    const last = await trace.repository.read.eventByContent([accepted.contentId]);
    await expectRevert(trace.declare("shop", receipt), trace.state, "TraceStateLaterEvent", [BOX, last]);
    await trace.declare("shop", accepted);
    await trace.declare("shop", receipt);
    const state = await trace.stateOf(BOX);
    expect([state.possessor, state.consignee, state.shipper]).to.deep.equal([
      PARTY.processor,
      PARTY.shop,
      PARTY.processor,
    ]);
  });
});

describe("TraceState: sending back", () => {
  const back = () => epcis({ step: "void_shipping", objects: [BOX] });

  it("given a thing, when it is not in transit or a stranger sends it back, then it is refused", async () => {
    const trace = await stage();
    await expectRevert(trace.capture("processor", back()), trace.state, "TraceStateNotInTransit", [BOX]);
    await trace.capture("processor", ship([BOX], PARTY.shop));
    await expectRevert(trace.capture("lab", back()), trace.state, "TraceStateNotParty", [
      BOX,
      PARTY.processor,
      PARTY.lab,
    ]);
  });

  for (const who of ["processor", "shop"] as const) {
    it(`given a thing in transit, when ${who === "shop" ? "its consignee refuses" : "its shipper recalls"} it, then the shipper has it again`, async () => {
      const trace = await stage();
      await trace.capture("processor", ship([BOX], PARTY.shop, { flow: { carrier: PARTY.carrier } }));
      const event = back();
      await trace.capture(who, event);
      const state = await trace.stateOf(BOX);
      expect([state.status, state.possessor, state.consignee]).to.deep.equal([STATUS.ACTIVE, PARTY.processor, 0]);
      await trace.declare(who, event);
      const again = await trace.stateOf(BOX);
      expect([again.possessor, again.consignee, again.shipper]).to.deep.equal([
        PARTY.carrier,
        PARTY.shop,
        PARTY.processor,
      ]);
    });
  }
});
