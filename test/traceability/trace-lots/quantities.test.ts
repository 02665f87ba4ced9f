import { expect } from "chai";
import {
  ACTION,
  commission,
  destroy,
  epcis,
  GTIN,
  lgtin,
  loadTrace,
  observe,
  PARTY,
  PIECES,
  pack,
  qty,
  receive,
  START,
  STATUS,
  sell,
  sgtin,
  ship,
  sscc,
  transform,
  transformation,
  unpack,
} from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const LEAF = lgtin(GTIN.LEAF, "L1");
const TEA = lgtin(GTIN.TEA, "T1");
const PALLET = sscc(1);
const KG = 1_000_000n;

async function stage() {
  const trace = await loadTrace();
  await trace.capture("grower", commission([qty(LEAF, 100)]));
  return trace;
}

describe("TraceLots: creating", () => {
  it("given a lot, when amount, unit, product or producer is wrong, then it is refused", async () => {
    const trace = await stage();
    const { lots, catalogue } = trace;
    const other = lgtin(GTIN.LEAF, "L2");
    const none = { ...qty(other, 1), amount: 0n };
    await expectRevert(trace.capture("grower", commission([none])), lots, "TraceLotsAmountMissing", [other]);
    const inPieces = qty(other, 1, PIECES);
    const kgm = "0x4b474d" as const;
    await expectRevert(trace.capture("grower", commission([inPieces])), lots, "TraceLotsWrongUnit", [
      other,
      PIECES,
      kgm,
    ]);
    await expectRevert(trace.capture("shop", commission([qty(other, 1)])), catalogue, "ProductCatalogueMayNotProduce", [
      BigInt(GTIN.LEAF),
      PARTY.shop,
    ]);
    await expectRevert(trace.capture("grower", commission([qty(LEAF, 1, PIECES)])), lots, "TraceLotsWrongUnit", [
      LEAF,
      PIECES,
      kgm,
    ]);
    await expectRevert(trace.capture("shop", commission([qty(LEAF, 1)])), lots, "TraceLotsNotProducer", [
      LEAF,
      PARTY.grower,
      PARTY.shop,
    ]);
    await expectRevert(
      trace.capture("grower", commission([qty(other, 1), qty(other, 1)])),
      lots,
      "TraceLotsDuplicate",
      [other],
    );
  });

  it("given a lot, when its producer lets it grow, then there is more, and a declaration takes it back while nothing was taken", async () => {
    const trace = await stage();
    const more = commission([qty(LEAF, 50)], { location: PARTY.grower });
    await trace.capture("grower", more);
    expect([(await trace.lotOf(LEAF)).created, await trace.stock(LEAF, "grower")]).to.deep.equal([
      150n * KG,
      150n * KG,
    ]);
    const sent = ship([qty(LEAF, 10)], PARTY.shop);
    await trace.capture("grower", sent);
    await expectRevert(trace.declare("grower", more), trace.lots, "TraceLotsLaterEvent", [LEAF, 3]);
    await trace.declare("grower", sent);
    await trace.declare("grower", more);
    const lot = await trace.lotOf(LEAF);
    expect([lot.created, lot.live, lot.producer, lot.place, lot.lastEvent, lot.commissionedBy]).to.deep.equal([
      100n * KG,
      100n * KG,
      PARTY.grower,
      0,
      1,
      1,
    ]);
  });

  it("C-12: given a lot's creation, when it is declared erroneous, then it is gone and can be created anew, but not under what rests on it", async () => {
    const trace = await stage();
    const tea = commission([qty(TEA, 5)]);
    const seen = observe([qty(TEA, 1)]);
    await trace.capture("processor", tea, seen);
    await expectRevert(trace.declare("processor", tea), trace.lots, "TraceLotsLaterEvent", [TEA, 3]);
    await trace.declare("processor", seen);
    await trace.declare("processor", tea);
    expect(await trace.state.read.statusOf([TEA])).to.equal(STATUS.NONE);
    await trace.capture("processor", commission([qty(TEA, 7)]));
    expect((await trace.lotOf(TEA)).created).to.equal(7n * KG);
    expect(await trace.eventsOf(TEA)).to.deep.equal([2, 3, 4]);
  });
});

describe("TraceLots: moving", () => {
  it("given less than is stated, or nobody to take from, when a quantity moves, then it is refused", async () => {
    const trace = await stage();
    const { lots, state } = trace;
    const stock = await state.read.stockNode([PARTY.grower]);
    for (const one of [ship([qty(LEAF, 101)], PARTY.shop), destroy([qty(LEAF, 101)]), sell([qty(LEAF, 101)])]) {
      await expectRevert(trace.capture("grower", one), lots, "TraceLotsShort", [LEAF, stock, 100n * KG, 101n * KG]);
    }
    const transit = await state.read.transitNode([PARTY.grower, PARTY.shop]);
    await expectRevert(trace.capture("shop", receive([qty(LEAF, 1)], PARTY.grower)), lots, "TraceLotsShort", [
      LEAF,
      transit,
      0n,
      KG,
    ]);
    await expectRevert(trace.capture("shop", receive([qty(LEAF, 1)], 0)), lots, "TraceLotsPartyMissing", [LEAF]);
    const back = epcis({ step: "void_shipping", quantities: [qty(LEAF, 1)], flow: { toHolder: PARTY.shop } });
    await expectRevert(trace.capture("shop", back), lots, "TraceLotsPartyMissing", [LEAF]);
    await expectRevert(trace.capture("shop", observe([qty(TEA, 1)])), lots, "TraceLotsUnknown", [TEA]);
    const nothing = { ...qty(LEAF, 1), amount: 0n };
    await expectRevert(trace.capture("grower", ship([nothing], PARTY.shop)), lots, "TraceLotsAmountMissing", [LEAF]);
    await expectRevert(trace.capture("grower", ship([qty(LEAF, 1, PIECES)], PARTY.shop)), lots, "TraceLotsWrongUnit", [
      LEAF,
      PIECES,
      "0x4b474d",
    ]);
    await trace.capture("grower", observe([{ ...nothing, unit: PIECES }]));
  });

  it("given a shipping in part received, refused and taken back, when all is counted, then nothing is lost", async () => {
    const trace = await stage();
    const between = { flow: { fromHolder: PARTY.grower, toHolder: PARTY.shop }, step: "void_shipping" };
    const refused = epcis({ ...between, quantities: [qty(LEAF, 5)] });
    await trace.capture("grower", ship([qty(LEAF, 60)], PARTY.shop));
    await trace.capture("shop", receive([qty(LEAF, 30)], PARTY.grower), refused);
    await trace.capture("grower", epcis({ ...between, quantities: [qty(LEAF, 10)] }));
    const counted = async () => [
      await trace.stock(LEAF, "grower"),
      await trace.transit(LEAF, "grower", "shop"),
      await trace.stock(LEAF, "shop"),
    ];
    expect(await counted()).to.deep.equal([55n * KG, 15n * KG, 30n * KG]);
    await trace.capture("shop", receive([qty(LEAF, 15)], PARTY.grower, { step: "accepting" }));
    await trace.capture("shop", receive([qty(LEAF, 45)], 0, { step: "accepting" }));
    expect(await counted()).to.deep.equal([55n * KG, 0n, 45n * KG]);
    await trace.declare("shop", refused);
    expect(await counted()).to.deep.equal([50n * KG, 5n * KG, 45n * KG]);
  });

  it("given quantities that are sold, returned, destroyed and decommissioned, when the lot is read, then its totals tell", async () => {
    const trace = await stage();
    const back = receive([qty(LEAF, 3)], 0, { disposition: "returned" });
    const gone = epcis({ action: ACTION.DELETE, step: "decommissioning", quantities: [qty(LEAF, 1)] });
    const sold = sell([qty(LEAF, 10)]);
    await trace.capture("grower", sold, destroy([qty(LEAF, 20)]), gone, back);
    const totals = async () => {
      const { created, live, sold: sales, consumed, destroyed } = await trace.lotOf(LEAF);
      return [created, live, sales, consumed, destroyed].map((amount) => amount / KG);
    };
    expect(await totals()).to.deep.equal([100n, 72n, 7n, 0n, 21n]);
    await expectRevert(trace.declare("grower", sold), trace.lots, "TraceLotsLaterEvent", [LEAF, 5]);
    await trace.declare("grower", back);
    await trace.declare("grower", sold);
    expect(await totals()).to.deep.equal([100n, 79n, 0n, 0n, 21n]);
    const sellerOnly = receive([qty(LEAF, 3)], 0, { disposition: "returned" });
    const node = `0x82${"00".repeat(27)}0000000${PARTY.shop}` as const;
    await expectRevert(trace.capture("shop", sellerOnly), trace.lots, "TraceLotsShort", [LEAF, node, 0n, 3n * KG]);
    await trace.capture("grower", sell([qty(LEAF, 79)]));
    expect(await trace.state.read.statusOf([LEAF])).to.equal(STATUS.SOLD);
  });

  it("given a shelf life, when it is over, then the lot is not sold", async () => {
    const trace = await stage();
    const expiresAt = START - 3_600n;
    const old = lgtin(GTIN.LEAF, "OLD");
    await trace.capture("grower", commission([qty(old, 1)], { ilmd: { expiresAt } }));
    await expectRevert(
      trace.capture("grower", sell([qty(old, 1)], { eventTime: expiresAt * 1_000n })),
      trace.lots,
      "TraceLotsExpired",
      [old, expiresAt, expiresAt * 1_000n],
    );
    await trace.capture("grower", sell([qty(old, 1)], { eventTime: expiresAt * 1_000n - 1n }));
  });

  it("given lots in containers, when they are packed and taken out, then lists and amounts follow", async () => {
    const trace = await stage();
    const other = lgtin(GTIN.LEAF, "L2");
    const inside = async () => {
      const [lots, amounts] = await trace.state.read.lotsIn([PALLET]);
      return lots.map((lot, i) => [lot, amounts[i]]);
    };
    await trace.capture("grower", commission([qty(other, 5)]), pack(PALLET, [qty(LEAF, 10), qty(other, 5)]));
    expect(await inside()).to.deep.equal([
      [LEAF, 10n * KG],
      [other, 5n * KG],
    ]);
    const out = unpack(PALLET, [qty(LEAF, 10)]);
    await trace.capture("grower", out);
    expect(await inside()).to.deep.equal([[other, 5n * KG]]);
    await trace.declare("grower", out);
    expect(await inside()).to.deep.equal([
      [other, 5n * KG],
      [LEAF, 10n * KG],
    ]);
    expect((await trace.state.read.containersOf([LEAF, 0n, 10n]))[0]).to.deep.equal([PALLET]);
    await expectRevert(trace.capture("grower", unpack(PALLET, [qty(LEAF, 11)])), trace.lots, "TraceLotsShort", [
      LEAF,
      PALLET,
      10n * KG,
      11n * KG,
    ]);
  });
});

describe("TraceLots: transformations", () => {
  async function ready() {
    const trace = await stage();
    await trace.capture("grower", ship([qty(LEAF, 80)], PARTY.processor));
    await trace.capture("processor", receive([qty(LEAF, 80)], PARTY.grower));
    return trace;
  }

  it("C-06: given a yield factor, when more comes out than it allows, by a millionth, then it is refused", async () => {
    const trace = await ready();
    const over = { ...qty(TEA, 20), amount: 20n * KG + 1n };
    await expectRevert(
      trace.capture("processor", transform([qty(LEAF, 80)], [over])),
      trace.lots,
      "TraceLotsNotConserved",
      [trace.nothing, BigInt(GTIN.TEA), 20n * KG + 1n, 20n * KG],
    );
    const made = transform([qty(LEAF, 80)], [qty(TEA, 20)]);
    await trace.capture("processor", made);
    expect([(await trace.lotOf(LEAF)).consumed, (await trace.lotOf(TEA)).created]).to.deep.equal([80n * KG, 20n * KG]);
    await trace.declare("processor", made);
    expect([(await trace.lotOf(LEAF)).consumed, (await trace.lotOf(TEA)).created]).to.deep.equal([0n, 0n]);
    expect((await trace.lineage.read.walk([LEAF, 0, 10n]))[0]).to.deep.equal([]);
  });

  it("given two products out of one input, when their shares together exceed the whole, then it is refused", async () => {
    const trace = await ready();
    const [more, boxes] = [qty(TEA, 2), ["1", "2", "3"].map((serial) => sgtin(GTIN.BOX, serial))];
    await trace.capture("processor", transform([qty(LEAF, 40)], [qty(TEA, 10)]));
    const rest = lgtin(GTIN.TEA, "REST");
    const over = transform([qty(TEA, 2)], [{ ...more, object: rest, amount: 1_850_001n }, ...boxes]);
    await expectRevert(trace.capture("processor", over), trace.lots, "TraceLotsNotConserved", [
      trace.nothing,
      BigInt(GTIN.TEA),
      1_850_001n,
      2n * KG,
    ]);
    await trace.capture(
      "processor",
      transform([qty(TEA, 2)], [{ ...more, object: rest, amount: 1_850_000n }, ...boxes]),
    );
  });

  it("given no factor and another unit, when something comes out, then it is refused", async () => {
    const trace = await ready();
    const label = lgtin(GTIN.LABEL, "S1");
    await expectRevert(
      trace.capture("processor", transform([qty(LEAF, 1)], [qty(label, 1, PIECES)])),
      trace.lots,
      "TraceLotsNotConserved",
      [trace.nothing, BigInt(GTIN.LABEL), KG, 0n],
    );
  });

  it("given lots of one product, when they are split and merged, then the sum stays", async () => {
    const trace = await stage();
    const [a, b, c] = ["A", "B", "C"].map((lot) => lgtin(GTIN.LEAF, lot));
    if (a === undefined || b === undefined || c === undefined) throw new Error("three");
    await trace.capture("grower", transform([qty(LEAF, 100)], [qty(a, 60), qty(b, 40)]));
    await trace.capture("grower", transform([qty(a, 60), qty(b, 40)], [qty(c, 100)]));
    expect([await trace.stock(c, "grower"), (await trace.lotOf(a)).live]).to.deep.equal([100n * KG, 0n]);
    expect(await trace.state.read.statusOf([a])).to.equal(STATUS.CONSUMED);
    const [up] = await trace.lineage.read.walk([c, 1, 20n]);
    expect(up).to.include.members([a, b, LEAF]);
    const over = transform([qty(c, 100)], [{ ...qty(a, 1), object: lgtin(GTIN.LEAF, "D"), amount: 100n * KG + 1n }]);
    await expectRevert(trace.capture("grower", over), trace.lots, "TraceLotsNotConserved", [
      trace.nothing,
      BigInt(GTIN.LEAF),
      100n * KG + 1n,
      100n * KG,
    ]);
  });

  it("C-06: given a shared id, when events add up, then outputs never exceed the inputs before them, and corrections keep it so", async () => {
    const trace = await ready();
    const id = { transformation: transformation("T") };
    const [first, second] = [transform([qty(LEAF, 40)], [], id), transform([qty(LEAF, 40)], [], id)];
    const out = transform([], [qty(TEA, 15)], id);
    await trace.capture("processor", first);
    await expectRevert(trace.capture("processor", out), trace.lots, "TraceLotsNotConserved", [
      id.transformation,
      BigInt(GTIN.TEA),
      15n * KG,
      10n * KG,
    ]);
    await trace.capture("processor", second, out);
    const later = await trace.repository.read.eventByContent([out.contentId]);
    await expectRevert(trace.declare("processor", first), trace.lots, "TraceLotsLaterEvent", [
      id.transformation,
      later,
    ]);
    await expectRevert(trace.capture("grower", transform([qty(LEAF, 1)], [], id)), trace.lots, "TraceLotsNotYours", [
      id.transformation,
      PARTY.processor,
      PARTY.grower,
    ]);
    const [down] = await trace.lineage.read.walk([LEAF, 0, 50n]);
    expect(down).to.include(TEA);
    await trace.declare("processor", out);
    expect((await trace.lineage.read.walk([LEAF, 0, 50n]))[0]).not.to.include(TEA);
    await trace.declare("processor", first);
    const less = transform([], [qty(TEA, 10)], id);
    await trace.capture("processor", less);
    await expectRevert(
      trace.capture("processor", transform([], [{ ...qty(TEA, 1), amount: 1n }], id)),
      trace.lots,
      "TraceLotsNotConserved",
      [id.transformation, BigInt(GTIN.TEA), 10n * KG + 1n, 10n * KG],
    );
  });
});
