import { expect } from "chai";
import {
  commission,
  GTIN,
  lgtin,
  loadTrace,
  PARTY,
  pack,
  qty,
  receive,
  STATUS,
  sell,
  sgtin,
  ship,
  sscc,
  transform,
  unpack,
} from "../fixtures/trace.ts";

describe("A tea from the garden to the shop", () => {
  it("given leaf that is made into tea and boxes, when they are packed, shipped, received, unpacked and sold, then the state follows", async () => {
    const trace = await loadTrace();
    const leaf = lgtin(GTIN.LEAF, "L1");
    const tea = lgtin(GTIN.TEA, "T1");
    const first = sgtin(GTIN.BOX, "1");
    const box = [first, sgtin(GTIN.BOX, "2")];
    const pallet = sscc(1);
    await trace.capture("grower", commission([qty(leaf, 100)]), ship([qty(leaf, 80)], PARTY.processor));
    await trace.capture("processor", receive([qty(leaf, 60)], PARTY.grower));
    expect(await trace.stock(leaf, "grower")).to.equal(20_000_000n);
    expect(await trace.transit(leaf, "grower", "processor")).to.equal(20_000_000n);
    await trace.capture("processor", transform([qty(leaf, 60)], [qty(tea, 15)]));
    await trace.capture("processor", transform([qty(tea, 1)], box), pack(pallet, [...box, qty(tea, 2)]));
    await trace.capture("processor", ship([pallet], PARTY.shop, { flow: { carrier: PARTY.carrier } }));
    expect((await trace.stateOf(first)).possessor).to.equal(PARTY.carrier);
    await trace.capture("shop", receive([pallet], PARTY.processor, { flow: { toOwner: PARTY.shop } }), unpack(pallet));
    const sold = await trace.stateOf(first);
    expect([sold.possessor, sold.owner, sold.parent]).to.deep.equal([PARTY.shop, PARTY.shop, trace.nothing]);
    expect(await trace.stock(tea, "shop")).to.equal(2_000_000n);
    await trace.capture("shop", sell([first, qty(tea, 1)]));
    expect((await trace.stateOf(first)).status).to.equal(STATUS.SOLD);
    expect((await trace.lotOf(tea)).live).to.equal(13_000_000n);
  });
});
