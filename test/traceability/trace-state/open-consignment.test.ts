import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import {
  type Actor,
  commission,
  epcis,
  GTIN,
  lgtin,
  loadTrace,
  observe,
  PARTY,
  pack,
  qty,
  receive,
  STATUS,
  sgtin,
  ship,
  sscc,
} from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const [BOX, OTHER, PALLET] = [sgtin(GTIN.BOX, "1"), sgtin(GTIN.BOX, "2"), sscc(1)];
const LEAF = lgtin(GTIN.LEAF, "L1");
const KG = 1_000_000n;
/** The consignee of goods that whoever receives first has. */
const ANYBODY = 2 ** 32 - 1;
const [NOBODY, LONG_AGO] = [0, 1_546_272_000n];

/** A box, a pallet with another box in it, and 100 kg of leaf; open consignments are allowed, or not. */
async function stage(allowed = 1n) {
  const trace = await loadTrace();
  const { policy, accounts, authority } = trace;
  const published = [ascii("CN"), [ascii("trace.shipping.open")], [allowed], LONG_AGO, "Sample"] as const;
  await policy.write.publish(published, { account: accounts.regulator });
  await trace.capture("processor", commission([BOX, OTHER]), pack(PALLET, [OTHER]));
  await trace.capture("grower", commission([qty(LEAF, 100)]));
  await authority.write.grantRole([302n, accounts.auditor.address, 0], { account: accounts.admin });
  return {
    ...trace,
    /** Marks as a recall does. */
    mark: (object: `0x${string}`) => trace.state.write.mark([object, true], { account: accounts.auditor }),
    /** How much of the leaf a party shipped to anybody. */
    open: async (from: Actor) =>
      trace.state.read.amountAt([LEAF, await trace.state.read.transitNode([PARTY[from], ANYBODY])]),
  };
}

const sendBack = (what: { objects?: `0x${string}`[]; quantities?: ReturnType<typeof qty>[] }) =>
  epcis({ step: "void_shipping", ...what });

describe("Open consignment", () => {
  it("C-15: given a policy that does not allow it, or none, when a shipping names no receiver, then it is refused", async () => {
    const plain = await loadTrace();
    await plain.capture("processor", commission([BOX]));
    const shipping = ship([BOX], NOBODY);
    const error = ["EpcisRepositoryReceiverMissing", [PARTY.processor]] as const;
    await expectRevert(plain.capture("processor", shipping), plain.repository, ...error);
    const trace = await stage(0n);
    await expectRevert(trace.capture("processor", shipping), trace.repository, ...error);
    await expectRevert(trace.capture("grower", ship([qty(LEAF, 1)], NOBODY)), trace.repository, error[0], [
      PARTY.grower,
    ]);
    await trace.capture("processor", ship([BOX], PARTY.shop));
  });

  it("C-15: given a shipping to anybody, when captured, then its shipper or the carrier possesses and nobody is named", async () => {
    const trace = await stage();
    await expectRevert(trace.capture("shop", ship([BOX], NOBODY)), trace.state, "TraceStateNotPossessor", [
      BOX,
      PARTY.processor,
      PARTY.shop,
    ]);
    await trace.capture("processor", ship([PALLET], NOBODY), ship([BOX], NOBODY, { flow: { carrier: PARTY.carrier } }));
    const [box, inside] = [await trace.stateOf(BOX), await trace.stateOf(OTHER)];
    expect([box.possessor, box.consignee, box.shipper, box.owner]).to.deep.equal([
      PARTY.carrier,
      ANYBODY,
      PARTY.processor,
      PARTY.processor,
    ]);
    expect([inside.possessor, inside.consignee, inside.shipper]).to.deep.equal([
      PARTY.processor,
      ANYBODY,
      PARTY.processor,
    ]);
    expect(await trace.state.read.isShippable([BOX])).to.equal(false);
    for (const to of [NOBODY, PARTY.shop]) {
      await expectRevert(trace.capture("processor", ship([PALLET], to)), trace.state, "TraceStateInTransit", [
        PALLET,
        ANYBODY,
      ]);
    }
    await expectRevert(trace.capture("shop", observe([BOX])), trace.state, "TraceStateNotConcerned", [BOX, PARTY.shop]);
  });

  it("C-15: given goods on their way to anybody, when the first party receives them, then it possesses them, and owns them where it is stated", async () => {
    const trace = await stage();
    await trace.capture("processor", ship([BOX, PALLET], NOBODY));
    await expectRevert(trace.capture("shop", receive([BOX], PARTY.grower)), trace.state, "TraceStateFlowMismatch", [
      BOX,
      PARTY.grower,
      PARTY.processor,
    ]);
    await expectRevert(trace.capture("shop", receive([OTHER], 0)), trace.state, "TraceStateContained", [OTHER, PALLET]);
    await trace.capture("shop", receive([BOX], 0, { step: "accepting" }));
    await trace.capture("store", receive([PALLET], PARTY.processor, { flow: { toOwner: PARTY.store } }));
    await expectRevert(trace.capture("lab", receive([BOX], 0)), trace.state, "TraceStateNotInTransit", [BOX]);
    const [box, inside] = [await trace.stateOf(BOX), await trace.stateOf(OTHER)];
    expect([box.possessor, box.owner, box.consignee, box.shipper]).to.deep.equal([PARTY.shop, PARTY.processor, 0, 0]);
    expect([inside.possessor, inside.owner]).to.deep.equal([PARTY.store, PARTY.store]);
  });

  it("given goods on their way to anybody, when the shipper's own other site receives them, then the shipper has them", async () => {
    const trace = await stage();
    await trace.capture("processor", ship([BOX], NOBODY), receive([BOX], 0, { location: PARTY.processor }));
    const { possessor, consignee, place } = await trace.stateOf(BOX);
    expect([possessor, consignee, place]).to.deep.equal([PARTY.processor, 0, PARTY.processor]);
  });

  it("C-15: given goods on their way to anybody, when sent back, then only the shipper does so", async () => {
    const trace = await stage();
    await trace.capture("processor", ship([BOX], NOBODY, { flow: { carrier: PARTY.carrier } }));
    for (const other of ["shop", "carrier"] as const) {
      await expectRevert(trace.capture(other, sendBack({ objects: [BOX] })), trace.state, "TraceStateNotParty", [
        BOX,
        PARTY.processor,
        PARTY[other],
      ]);
    }
    await trace.capture("processor", sendBack({ objects: [BOX] }));
    const { possessor, consignee } = await trace.stateOf(BOX);
    expect([possessor, consignee]).to.deep.equal([PARTY.processor, 0]);
  });

  it("C-12: given goods shipped to anybody and received, when both are declared erroneous, then the state is as before each", async () => {
    const trace = await stage();
    const [shipping, receipt] = [ship([BOX], NOBODY), receive([BOX], 0)];
    await trace.capture("processor", shipping);
    await trace.capture("shop", receipt);
    const received = await trace.repository.read.eventByContent([receipt.contentId]);
    await expectRevert(trace.declare("processor", shipping), trace.state, "TraceStateLaterEvent", [BOX, received]);
    await trace.declare("shop", receipt);
    const again = await trace.stateOf(BOX);
    expect([again.possessor, again.consignee, again.shipper]).to.deep.equal([
      PARTY.processor,
      ANYBODY,
      PARTY.processor,
    ]);
    await trace.capture("store", receive([BOX], 0));
    expect((await trace.stateOf(BOX)).possessor).to.equal(PARTY.store);
  });

  it("C-29: given recalled goods, when shipped to anybody or received so, then it is refused, returned or not, and the shipper sends back", async () => {
    const trace = await stage();
    const returned = { disposition: "returned" };
    await trace.mark(BOX);
    for (const terms of [{}, returned]) {
      await expectRevert(trace.capture("processor", ship([BOX], NOBODY, terms)), trace.state, "TraceStateRecalled", [
        BOX,
      ]);
    }
    await trace.capture("processor", ship([PALLET], NOBODY, returned));
    await trace.mark(OTHER);
    for (const terms of [{}, returned]) {
      const receipt = receive([PALLET], 0, terms);
      await expectRevert(trace.capture("shop", receipt), trace.state, "TraceStateRecalledInside", [PALLET, 1]);
    }
    await trace.capture("processor", sendBack({ objects: [PALLET] }));
    const { status, possessor } = await trace.stateOf(PALLET);
    expect([status, possessor]).to.deep.equal([STATUS.ACTIVE, PARTY.processor]);
  });
});

describe("Open consignment of a lot", () => {
  it("C-15: given a quantity on its way to anybody, when parties receive parts of it, then each has its part and the rest stays", async () => {
    const trace = await stage();
    await trace.capture("grower", ship([qty(LEAF, 60)], NOBODY));
    expect(await trace.open("grower")).to.equal(60n * KG);
    await trace.capture("shop", receive([qty(LEAF, 20)], PARTY.grower));
    await trace.capture("store", receive([qty(LEAF, 30)], PARTY.grower, { step: "accepting" }));
    expect([
      await trace.open("grower"),
      await trace.stock(LEAF, "shop"),
      await trace.stock(LEAF, "store"),
    ]).to.deep.equal([10n * KG, 20n * KG, 30n * KG]);
    const named = await trace.state.read.transitNode([PARTY.grower, PARTY.lab]);
    await expectRevert(trace.capture("lab", receive([qty(LEAF, 11)], PARTY.grower)), trace.lots, "TraceLotsShort", [
      LEAF,
      named,
      0n,
      11n * KG,
    ]);
    await expectRevert(trace.capture("lab", receive([qty(LEAF, 1)], 0)), trace.lots, "TraceLotsPartyMissing", [LEAF]);
    await trace.capture("grower", receive([qty(LEAF, 10)], PARTY.grower));
    expect(await trace.stock(LEAF, "grower")).to.equal(50n * KG);
  });

  it("given a quantity on its way to a party and another to anybody, when the party receives, then first what was sent to it", async () => {
    const trace = await stage();
    await trace.capture("grower", ship([qty(LEAF, 30)], NOBODY), ship([qty(LEAF, 20)], PARTY.shop));
    await trace.capture("shop", receive([qty(LEAF, 20)], PARTY.grower));
    expect([await trace.open("grower"), await trace.transit(LEAF, "grower", "shop")]).to.deep.equal([30n * KG, 0n]);
    await trace.capture("shop", receive([qty(LEAF, 30)], PARTY.grower));
    expect([await trace.open("grower"), await trace.stock(LEAF, "shop")]).to.deep.equal([0n, 50n * KG]);
  });

  it("C-15: given a quantity on its way to anybody, when sent back, then only by its shipper, in part or whole", async () => {
    const trace = await stage();
    await trace.capture("grower", ship([qty(LEAF, 30)], NOBODY));
    const own = await trace.state.read.transitNode([PARTY.shop, ANYBODY]);
    const back = { quantities: [qty(LEAF, 30)] };
    await expectRevert(trace.capture("shop", sendBack(back)), trace.lots, "TraceLotsShort", [LEAF, own, 0n, 30n * KG]);
    const refusal = epcis({ step: "void_shipping", ...back, flow: { fromHolder: PARTY.grower } });
    const to = await trace.state.read.transitNode([PARTY.grower, PARTY.shop]);
    await expectRevert(trace.capture("shop", refusal), trace.lots, "TraceLotsShort", [LEAF, to, 0n, 30n * KG]);
    await trace.capture("grower", sendBack({ quantities: [qty(LEAF, 10)] }));
    const stated = { step: "void_shipping", quantities: [qty(LEAF, 20)], flow: { fromHolder: PARTY.grower } };
    await trace.capture("grower", epcis(stated));
    expect([await trace.open("grower"), await trace.stock(LEAF, "grower")]).to.deep.equal([0n, 100n * KG]);
  });

  it("C-12: given a quantity shipped to anybody and received, when both are declared erroneous, then the amounts are as before each", async () => {
    const trace = await stage();
    const [shipping, receipt] = [ship([qty(LEAF, 30)], NOBODY), receive([qty(LEAF, 10)], PARTY.grower)];
    await trace.capture("grower", shipping);
    await trace.capture("shop", receipt);
    const received = await trace.repository.read.eventByContent([receipt.contentId]);
    await expectRevert(trace.declare("grower", shipping), trace.lots, "TraceLotsLaterEvent", [LEAF, received]);
    await trace.declare("shop", receipt);
    expect([await trace.open("grower"), await trace.stock(LEAF, "shop")]).to.deep.equal([30n * KG, 0n]);
    await trace.declare("grower", shipping);
    expect([await trace.open("grower"), await trace.stock(LEAF, "grower")]).to.deep.equal([0n, 100n * KG]);
  });

  it("C-29: given a recalled lot, when shipped to anybody or received so, then it is refused, returned or not, and the shipper sends back", async () => {
    const trace = await stage();
    const returned = { disposition: "returned" };
    await trace.capture("grower", ship([qty(LEAF, 30)], NOBODY, returned), ship([qty(LEAF, 5)], PARTY.shop));
    await trace.mark(LEAF);
    for (const terms of [{}, returned]) {
      const [shipping, receipt] = [ship([qty(LEAF, 1)], NOBODY, terms), receive([qty(LEAF, 30)], PARTY.grower, terms)];
      await expectRevert(trace.capture("grower", shipping), trace.lots, "TraceLotsRecalled", [LEAF]);
      await expectRevert(trace.capture("shop", receipt), trace.lots, "TraceLotsRecalled", [LEAF]);
    }
    await trace.capture("shop", receive([qty(LEAF, 5)], PARTY.grower, returned));
    await trace.capture("grower", sendBack({ quantities: [qty(LEAF, 30)] }));
    expect(await trace.stock(LEAF, "grower")).to.equal(95n * KG);
  });
});
