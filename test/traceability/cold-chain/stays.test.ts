import { expect } from "chai";
import { BOX, COLD, type ColdFixture, LEG, loadCold, VERDICT } from "../../fixtures/cold.ts";
import { digestOf } from "../../fixtures/common.ts";
import { commission, GTIN, lgtin, PARTY, pack, qty, receive, sgtin, ship, sscc, unpack } from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const [MILK, ICE] = ["06975310000054", "06975310000061"] as const;
const [milk, cream, ice] = [sgtin(MILK, "1"), sgtin(MILK, "2"), sgtin(ICE, "1")];

describe("ColdChain: what lies in a container", () => {
  let f: ColdFixture;
  const put = async (what: readonly `0x${string}`[], into = BOX) =>
    f.capture("store", pack(into, [...what], { eventTime: await f.moment() }));
  const classOf = (object: `0x${string}`) => f.cold.read.classOf([object]);
  beforeEach(async () => {
    f = await loadCold();
    for (const [gtin, temperature] of [
      [MILK, 1],
      [ICE, 2],
    ] as const) {
      await f.catalogue.write.file(
        [
          {
            ...{ gtin: BigInt(gtin), owner: PARTY.processor, unit: "0x000000", classes: 1 << 1, temperature },
            ...{ shelfLife: 0n, drug: "0x00000000000000", name: digestOf(gtin) },
          },
        ],
        f.as("processor"),
      );
      await f.catalogue.write.license([BigInt(gtin), PARTY.store, true], f.as("processor"));
    }
    await f.capture("store", commission([BOX, milk, cream, ice]));
  });

  it("C-39: given a container of chilled goods, when frozen ones are put in, then it is refused", async () => {
    await put([milk]);
    expect(await classOf(BOX)).to.equal(COLD.CHILLED);
    await expectRevert(put([ice]), f.cold, "ColdChainMixed", [BOX, COLD.CHILLED, COLD.FROZEN]);
    await put([cream]);
  });

  it("C-39: given a container in a container, when it holds other goods, then it is refused", async () => {
    const inner = sscc(902);
    await put([ice], inner);
    await put([milk]);
    await expectRevert(put([inner]), f.cold, "ColdChainMixed", [BOX, COLD.CHILLED, COLD.FROZEN]);
  });

  it("C-39: given a container that was emptied, when other goods are put in, then it is of their class", async () => {
    await put([milk]);
    await f.capture("store", unpack(BOX, [], { eventTime: await f.moment() }));
    await put([ice]);
    expect(await classOf(BOX)).to.equal(COLD.FROZEN);
  });

  it("C-12: given a packing declared erroneous, when the container travels, then what did not lie in it has nothing of its leg", async () => {
    const wrong = pack(BOX, [milk], { eventTime: await f.moment() });
    await f.capture("store", wrong);
    await f.declare("store", wrong);
    await f.plan(COLD.CHILLED);
    await f.capture("store", ship([BOX], PARTY.shop, { eventTime: await f.moment() }));
    await f.record({ values: [4_00] });
    expect((await f.cold.read.verdictOf([milk]))[2]).to.equal(0n);
    expect((await f.cold.read.verdictOf([BOX]))[2]).to.equal(1n);
  });

  it("C-12: given an unpacking declared erroneous, when the container travels on, then what lies in it has the leg", async () => {
    await put([milk, cream]);
    for (const named of [[], [milk]]) {
      const wrong = unpack(BOX, named, { eventTime: await f.moment() });
      await f.capture("store", wrong);
      await f.declare("store", wrong);
    }
    await f.plan(COLD.CHILLED);
    await f.capture("store", ship([BOX], PARTY.shop, { eventTime: await f.moment() }));
    await f.record({ values: [4_00] });
    await f.capture("shop", receive([BOX], PARTY.store, { eventTime: await f.moment() }));
    for (const item of [milk, cream]) {
      const [verdict, , legs] = await f.cold.read.verdictOf([item]);
      expect([verdict, legs]).to.deep.equal([VERDICT.CONFORMANT, 1n]);
    }
  });

  it("C-12: given a shipping of several lots and units that was declared erroneous, when it is captured again, then the unit's leg begins again", async () => {
    const lots = [lgtin(GTIN.TEA, "T1"), lgtin(GTIN.TEA, "T2")] as const;
    await f.capture("processor", commission(lots.map((lot) => qty(lot, 5))));
    for (const lot of lots) {
      await f.capture("processor", ship([qty(lot, 5)], PARTY.store, { eventTime: await f.moment() }));
      await f.capture("store", receive([qty(lot, 5)], PARTY.processor, { eventTime: await f.moment() }));
    }
    await f.plan(COLD.CHILLED);
    const out = async () => ship([BOX, ...lots.map((lot) => qty(lot, 2))], PARTY.shop, { eventTime: await f.moment() });
    const wrong = await out();
    await f.capture("store", wrong);
    await f.declare("store", wrong);
    expect((await f.cold.read.legOf([1])).status).to.equal(LEG.PLANNED);
    await f.pass(60n);
    const again = await out();
    await f.capture("store", again);
    expect(await f.cold.read.legOf([1])).to.include({ status: LEG.RUNNING, startedAt: again.eventTime / 1_000n });
  });
});
