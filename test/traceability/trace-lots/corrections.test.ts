import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import {
  ACTION,
  commission,
  destroy,
  epcis,
  GTIN,
  KIND,
  lgtin,
  loadTrace,
  observe,
  PARTY,
  pack,
  pieces,
  qty,
  receive,
  STATUS,
  sell,
  sgtin,
  ship,
  sscc,
  transform,
  transformation,
} from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const TEA = lgtin(GTIN.TEA, "T1");
const LEAF = lgtin(GTIN.LEAF, "L1");
const PALLET = sscc(1);
const KG = 1_000_000n;

async function stage() {
  const trace = await loadTrace();
  const made = commission([qty(TEA, 10)]);
  await trace.capture("processor", made);
  return { ...trace, made };
}

describe("TraceLots: what a lot tells", () => {
  it("given master data, when a lot is created, then it has it; what a later event of the same lot states changes nothing", async () => {
    const { capture, lotOf } = await loadTrace();
    const certificate = digestOf("certificate").value;
    const ilmd = { producedAt: 1_893_000_000n, expiresAt: 1_993_000_000n, certificate };
    await capture("processor", commission([qty(TEA, 3)], { ilmd }));
    await capture("processor", commission([qty(TEA, 4)], { ilmd: { producedAt: 5n, expiresAt: 6n } }));
    const lot = await lotOf(TEA);
    expect(lot).to.deep.include({
      ...ilmd,
      created: 7n * KG,
      live: 7n * KG,
      producer: PARTY.processor,
      recalled: false,
    });
    expect(lot.commissionedBy).to.equal(1);
  });

  it("given a lot that is used up, when its status is asked for, then it is what most of it went into; of equal parts sold before consumed before destroyed", async () => {
    const { capture, state } = await loadTrace();
    const box = sgtin(GTIN.BOX, "1");
    let boxes = 100;
    for (const [sold, consumed, destroyed, status] of [
      [1, 1, 0, STATUS.SOLD],
      [1, 0, 1, STATUS.SOLD],
      [0, 1, 1, STATUS.CONSUMED],
      [1, 2, 1, STATUS.CONSUMED],
      [1, 1, 2, STATUS.DESTROYED],
      [2, 1, 3, STATUS.DESTROYED],
      [1, 1, 1, STATUS.SOLD],
    ] as const) {
      const lot = lgtin(GTIN.TEA, `S${sold}${consumed}${destroyed}`);
      await capture("processor", commission([qty(lot, sold + consumed + destroyed)]));
      if (sold > 0) await capture("processor", sell([qty(lot, sold)]));
      if (consumed > 0) {
        const made = Array.from({ length: consumed }, () => sgtin(GTIN.BOX, String(++boxes)));
        await capture("processor", transform([qty(lot, consumed)], made));
      }
      expect(await state.read.statusOf([lot])).to.equal(destroyed > 0 ? STATUS.ACTIVE : status);
      if (destroyed > 0) await capture("processor", destroy([qty(lot, destroyed)]));
      expect(await state.read.statusOf([lot])).to.equal(status);
    }
    expect(await state.read.statusOf([lgtin(GTIN.TEA, "NONE")])).to.equal(STATUS.NONE);
    expect(await state.read.statusOf([box])).to.equal(STATUS.NONE);
  });

  it("given quantities that a transaction, an association or an observed packing names, when it is captured, then nothing moves", async () => {
    const { capture, declare, stock, lotOf, eventsOf } = await stage();
    const what = { quantities: [qty(TEA, 4)] };
    const transactions = [{ kind: 1, id: digestOf("order") }];
    const linked = epcis({ kind: KIND.TRANSACTION, action: ACTION.ADD, transactions, ...what });
    const seen = epcis({ kind: KIND.AGGREGATION, action: ACTION.OBSERVE, step: "inspecting", ...what });
    await capture("processor", linked, seen, observe([qty(TEA, 2)]));
    expect([await stock(TEA, "processor"), (await lotOf(TEA)).live]).to.deep.equal([10n * KG, 10n * KG]);
    expect(await eventsOf(TEA)).to.deep.equal([1, 2, 3, 4]);
    await declare("processor", linked);
    await declare("processor", seen);
    expect([await stock(TEA, "processor"), (await lotOf(TEA)).lastEvent]).to.deep.equal([10n * KG, 4]);
  });
});

describe("TraceLots: corrections in any order", () => {
  it("C-12: given debits of a stock, when they are taken back out of their order, then what came into it before can be taken back at last", async () => {
    const { capture, declare, stock, lots, repository, transit } = await stage();
    const shipped = ship([qty(TEA, 8)], PARTY.shop);
    await capture("processor", shipped);
    const received = receive([qty(TEA, 8)], PARTY.processor);
    const sales = [sell([qty(TEA, 1)]), sell([qty(TEA, 2)]), destroy([qty(TEA, 3)])] as const;
    await capture("shop", received, ...sales);
    const number = (event: typeof shipped) => repository.read.eventByContent([event.contentId]);
    const refused = async (last: typeof shipped) =>
      await expectRevert(declare("shop", received), lots, "TraceLotsLaterEvent", [TEA, await number(last)]);
    await refused(sales[2]);
    await declare("shop", sales[1]);
    await refused(sales[2]);
    await declare("shop", sales[0]);
    await refused(sales[2]);
    await declare("shop", sales[2]);
    expect(await stock(TEA, "shop")).to.equal(8n * KG);
    await declare("shop", received);
    expect([await stock(TEA, "shop"), await transit(TEA, "processor", "shop")]).to.deep.equal([0n, 8n * KG]);
    await declare("processor", shipped);
    expect(await stock(TEA, "processor")).to.equal(10n * KG);
  });

  it("C-12: given what was sold, returned and destroyed, when each is declared erroneous, then the totals and the stock are as before it", async () => {
    const { capture, declare, lotOf, stock } = await stage();
    const sold = sell([qty(TEA, 4)]);
    const back = receive([qty(TEA, 3)], 0, { disposition: "returned" });
    const gone = destroy([qty(TEA, 2)]);
    await capture("processor", sold, back, gone);
    const totals = async () => {
      const lot = await lotOf(TEA);
      return [lot.sold, lot.destroyed, lot.live, await stock(TEA, "processor")].map((amount) => amount / KG);
    };
    expect(await totals()).to.deep.equal([1n, 2n, 7n, 7n]);
    await declare("processor", gone);
    expect(await totals()).to.deep.equal([1n, 0n, 9n, 9n]);
    await declare("processor", back);
    expect(await totals()).to.deep.equal([4n, 0n, 6n, 6n]);
    await declare("processor", sold);
    expect(await totals()).to.deep.equal([0n, 0n, 10n, 10n]);
  });

  it("C-12: given a transformation in several events, when one that put out is taken back, then another product may come out of the same inputs, and inputs go only with nothing resting on them", async () => {
    const { capture, declare, lots, lotOf, repository, catalogue, as } = await stage();
    await catalogue.write.license([BigInt(GTIN.LEAF), PARTY.processor, true], as("grower"));
    const shared = { transformation: transformation("roast") };
    await capture("grower", commission([qty(LEAF, 40)]), ship([qty(LEAF, 40)], PARTY.processor));
    await capture("processor", receive([qty(LEAF, 40)], PARTY.grower));
    const [made, again] = [lgtin(GTIN.TEA, "R1"), lgtin(GTIN.TEA, "R2")];
    const input = transform([qty(LEAF, 20)], [], shared);
    const [first, second] = [transform([], [qty(made, 3)], shared), transform([], [qty(again, 2)], shared)];
    await capture("processor", input, first, second);
    const over = transform([], [qty(lgtin(GTIN.TEA, "R3"), 1)], shared);
    await expectRevert(capture("processor", over), lots, "TraceLotsNotConserved", [
      shared.transformation,
      BigInt(GTIN.TEA),
      6n * KG,
      5n * KG,
    ]);
    const last = await repository.read.eventByContent([second.contentId]);
    await expectRevert(declare("processor", input), lots, "TraceLotsLaterEvent", [shared.transformation, last]);
    await declare("processor", first);
    await expectRevert(declare("processor", input), lots, "TraceLotsLaterEvent", [shared.transformation, last]);
    await declare("processor", second);
    // Another product of the same leaf, where none of the tea is left to be counted.
    const herb = transform([], [qty(lgtin(GTIN.LEAF, "L2"), 20)], shared);
    await capture("processor", herb);
    await declare("processor", herb);
    await declare("processor", input);
    // What came of it before and counts for nothing now needs no input of what goes in next.
    const [label, cut] = [lgtin(GTIN.LABEL, "S1"), lgtin(GTIN.LABEL, "S2")];
    await capture("processor", commission([pieces(label, 4)]));
    await capture("processor", transform([pieces(label, 4)], [pieces(cut, 4)], shared));
    expect(await lotOf(LEAF)).to.deep.include({ consumed: 0n, live: 40n * KG });
  });

  it("C-12: given a quantity packed and the pack shipped, when the packing is declared erroneous, then the quantity is in stock again and the container empty", async () => {
    const { capture, declare, stock, within, state } = await stage();
    const packed = pack(PALLET, [qty(TEA, 4)]);
    await capture("processor", packed);
    expect([await stock(TEA, "processor"), await within(TEA, PALLET)]).to.deep.equal([6n * KG, 4n * KG]);
    await declare("processor", packed);
    expect([await stock(TEA, "processor"), await within(TEA, PALLET)]).to.deep.equal([10n * KG, 0n]);
    expect(await state.read.statusOf([PALLET])).to.equal(STATUS.NONE);
  });
});
