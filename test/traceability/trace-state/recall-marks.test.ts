import { expect } from "chai";
import {
  commission,
  deployTrace,
  destroy,
  GTIN,
  lgtin,
  PARTY,
  pack,
  qty,
  receive,
  sell,
  sgtin,
  ship,
  sscc,
  transform,
  unpack,
} from "../../fixtures/trace.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const BOX = sgtin(GTIN.BOX, "1");
const OTHER = sgtin(GTIN.BOX, "2");
const PALLET = sscc(1);
const OUTER = sscc(2);
const TEA = lgtin(GTIN.TEA, "T1");

const fixture = defineFixture(async (connection) => {
  const trace = await deployTrace(connection);
  const { admin, auditor } = trace.accounts;
  await trace.authority.write.grantRole([302n, auditor.address, 0], { account: admin });
  await trace.capture("processor", commission([BOX, OTHER, qty(TEA, 10)]));
  const desk = { account: auditor };
  return {
    ...trace,
    desk,
    mark: (object: typeof BOX, recalled = true) => trace.state.write.mark([object, recalled], desk),
  };
});

const RETURNED = { disposition: "returned" };

describe("TraceState.mark", () => {
  it("given a stranger or a thing that does not exist, when it is marked, then it is refused", async () => {
    const trace = await fixture();
    const { stranger } = trace.accounts;
    await expectRevert(
      trace.state.write.mark([BOX, true], { account: stranger }),
      trace.state,
      "AccessManagedUnauthorized",
      [stranger.address],
    );
    await expectRevert(trace.mark(sgtin(GTIN.BOX, "9")), trace.state, "TraceStateUnknown", [sgtin(GTIN.BOX, "9")]);
    await expectRevert(trace.mark(lgtin(GTIN.TEA, "T9")), trace.lots, "TraceLotsUnknown", [lgtin(GTIN.TEA, "T9")]);
  });

  it("given a thing that lies in nothing, when it is marked and unmarked, then that alone is told, and nothing of a mark that stands already", async () => {
    const trace = await fixture();
    for (const recalled of [true, false]) {
      const told = [event(trace.state, "RecallMarked", { object: BOX, recalled })];
      await expectEvents(trace.connection, trace.mark(BOX, recalled), told);
      await expectEvents(trace.connection, trace.mark(BOX, recalled), []);
    }
  });

  it("C-29: given a marked thing, when it is shipped, received, packed, sold or transformed, then it is refused; returning, destroying are not", async () => {
    const trace = await fixture();
    await trace.capture("processor", ship([OTHER], PARTY.shop));
    await trace.mark(BOX);
    await trace.mark(OTHER);
    const tea = lgtin(GTIN.TEA, "T2");
    for (const one of [ship([BOX], PARTY.shop), pack(PALLET, [BOX]), sell([BOX]), transform([BOX], [qty(tea, 1)])]) {
      await expectRevert(trace.capture("processor", one), trace.state, "TraceStateRecalled", [BOX]);
    }
    await expectRevert(trace.capture("shop", receive([OTHER], 0)), trace.state, "TraceStateRecalled", [OTHER]);
    expect(await trace.state.read.isShippable([BOX])).to.equal(false);
    await trace.capture("shop", receive([OTHER], 0, RETURNED), ship([OTHER], PARTY.processor, RETURNED));
    await trace.capture("processor", receive([OTHER], 0, RETURNED), destroy([BOX]));
    expect(await trace.state.read.isRecalled([BOX])).to.equal(true);
  });

  it("C-29: given a marked thing in nested containers, when the outer one is shipped, then it is refused until it is taken out", async () => {
    const trace = await fixture();
    await trace.capture("processor", pack(PALLET, [BOX]), pack(OUTER, [PALLET]));
    await expectEvents(trace.connection, trace.mark(BOX), [
      event(trace.state, "RecalledInside", { container: PALLET, count: 1 }),
      event(trace.state, "RecalledInside", { container: OUTER, count: 1 }),
      event(trace.state, "RecallMarked", { object: BOX, recalled: true }),
    ]);
    await expectEvents(trace.connection, trace.mark(BOX), []);
    await expectRevert(trace.capture("processor", ship([OUTER], PARTY.shop)), trace.state, "TraceStateRecalledInside", [
      OUTER,
      1,
    ]);
    await expectRevert(trace.capture("processor", pack(OUTER, [OTHER])), trace.state, "TraceStateRecalledInside", [
      OUTER,
      1,
    ]);
    expect(await trace.state.read.isShippable([OUTER])).to.equal(false);
    const out = unpack(PALLET, [BOX]);
    await trace.capture("processor", out);
    expect((await trace.stateOf(OUTER)).recalledInside).to.equal(0);
    await trace.declare("processor", out);
    expect([(await trace.stateOf(OUTER)).recalledInside, (await trace.stateOf(PALLET)).recalledInside]).to.deep.equal([
      1, 1,
    ]);
    await trace.capture("processor", unpack(PALLET, [BOX]), ship([OUTER], PARTY.shop));
  });

  it("given a mark that is taken off, when things go on, then nothing is refused any more", async () => {
    const trace = await fixture();
    await trace.capture("processor", pack(PALLET, [BOX]));
    await trace.mark(BOX);
    await trace.mark(BOX, false);
    expect((await trace.stateOf(PALLET)).recalledInside).to.equal(0);
    await trace.capture("processor", ship([PALLET], PARTY.shop));
  });

  it("C-29: given a packed thing that was marked since, when its packing is declared erroneous, then the containers count it no longer", async () => {
    const trace = await fixture();
    const packed = pack(PALLET, [BOX]);
    await trace.capture("processor", pack(PALLET, [OTHER]), packed);
    await trace.mark(BOX);
    await trace.declare("processor", packed);
    expect((await trace.stateOf(PALLET)).recalledInside).to.equal(0);
  });

  it("C-29: given a marked lot, when items are commissioned of it, then they are marked", async () => {
    const trace = await fixture();
    await trace.mark(TEA);
    const item = sgtin(GTIN.BOX, "7");
    await trace.capture("processor", commission([item], { ilmd: { lot: TEA } }));
    expect(await trace.state.read.isRecalled([item])).to.equal(true);
  });
});

describe("TraceState.syncContainer", () => {
  it("C-29: given a quantity of a marked lot in a container, when the count is brought up to date, then the container does not ship until it is out", async () => {
    const trace = await fixture();
    const sync = () => trace.state.write.syncContainer([TEA, PALLET], trace.desk);
    await trace.capture("processor", pack(PALLET, [qty(TEA, 4)]));
    await expectEvents(trace.connection, sync(), []);
    await trace.mark(TEA);
    await expectEvents(trace.connection, sync(), [
      event(trace.state, "RecalledInside", { container: PALLET, count: 1 }),
    ]);
    await expectEvents(trace.connection, sync(), []);
    await expectRevert(
      trace.capture("processor", ship([PALLET], PARTY.shop)),
      trace.state,
      "TraceStateRecalledInside",
      [PALLET, 1],
    );
    await trace.capture("processor", unpack(PALLET, [qty(TEA, 1)]));
    expect((await trace.stateOf(PALLET)).recalledInside).to.equal(1);
    const rest = unpack(PALLET, [qty(TEA, 3)]);
    await trace.capture("processor", rest);
    expect((await trace.stateOf(PALLET)).recalledInside).to.equal(0);
    await trace.declare("processor", rest);
    expect((await trace.stateOf(PALLET)).recalledInside).to.equal(1);
    const all = unpack(PALLET);
    await trace.capture("processor", all);
    expect((await trace.stateOf(PALLET)).recalledInside).to.equal(0);
    await trace.declare("processor", all);
    expect((await trace.stateOf(PALLET)).recalledInside).to.equal(1);
    await trace.mark(TEA, false);
    await sync();
    await trace.capture("processor", ship([PALLET], PARTY.shop));
  });

  it("C-29: given a marked lot, when it is moved, then it is refused; a split marks its parts", async () => {
    const trace = await fixture();
    await trace.capture("processor", ship([qty(TEA, 2)], PARTY.shop));
    await trace.capture("shop", receive([qty(TEA, 2)], PARTY.processor));
    await trace.mark(TEA);
    const part = lgtin(GTIN.TEA, "T1A");
    const wrong = [
      ship([qty(TEA, 1)], PARTY.shop),
      pack(PALLET, [qty(TEA, 1)]),
      sell([qty(TEA, 1)]),
      transform([qty(TEA, 1)], [sgtin(GTIN.BOX, "8")]),
    ];
    for (const one of wrong) {
      await expectRevert(trace.capture("processor", one), trace.lots, "TraceLotsRecalled", [TEA]);
    }
    await trace.capture("processor", transform([qty(TEA, 3)], [qty(part, 3)]), destroy([qty(TEA, 1)]));
    expect(await trace.state.read.isRecalled([part])).to.equal(true);
    await trace.capture("shop", ship([qty(TEA, 1)], PARTY.processor, RETURNED));
    await trace.capture("processor", receive([qty(TEA, 1)], PARTY.shop, RETURNED));
  });
});
