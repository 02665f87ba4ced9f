import { BizStep, CodeVerdict, PartyRole } from "@banyan/trace-common/client";
import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import type { Member } from "../../fixtures/stage-files.ts";
import { expectRefusal } from "../../fixtures/trace-books.ts";
import { commission, observe, sell } from "../../fixtures/trace-events.ts";
import { gtinOf, itemOf } from "../../fixtures/trace-keys.ts";
import { loadTraceWorld, type TraceWorld } from "../../fixtures/trace-world.ts";
import { system } from "../../helpers/system.ts";

const PRODUCT = gtinOf(101);
const BOX = itemOf(PRODUCT, "AX-0000001");

system("tencent-anxin", () => {
  let world: TraceWorld;
  let brand: Member;
  let distributor: Member;
  let shop: Member;

  beforeEach(async () => {
    world = await loadTraceWorld();
    brand = await world.party("brand", { roles: [PartyRole.PRODUCER, PartyRole.BRAND_OWNER] });
    distributor = await world.party("distributor", { roles: [PartyRole.DISTRIBUTOR] });
    shop = await world.party("shop", { roles: [PartyRole.RETAILER] });
    await world.product("brand", brand.id, PRODUCT);
  });

  it("appends production, distribution and marketing under one identity and reads them from source to destination", async () => {
    const { page } = world.contracts;
    await world.capture("brand", brand.id, commission([BOX]));
    await world.hand(brand, distributor, [BOX]);
    await world.hand(distributor, shop, [BOX]);
    await world.capture("shop", shop.id, observe([BOX], { step: "stocking", disposition: "sellable_accessible" }));
    await world.capture("shop", shop.id, sell([BOX]));

    const read = await page.read.pageOf({ object: BOX, region: ascii(""), cursor: 0, limit: 50n });
    expect(read.steps.toReversed().map(({ step, by }) => [step, by])).to.deep.equal([
      [BizStep.COMMISSIONING, brand.id],
      [BizStep.SHIPPING, brand.id],
      [BizStep.RECEIVING, distributor.id],
      [BizStep.SHIPPING, distributor.id],
      [BizStep.RECEIVING, shop.id],
      [BizStep.STOCKING, shop.id],
      [BizStep.RETAIL_SELLING, shop.id],
    ]);
    expect([read.verdict, read.producer, read.complete]).to.deep.equal([CodeVerdict.SOLD, brand.id, true]);
  });

  it("gives a product no second identity, and lets nobody append who does not have it", async () => {
    await world.capture("brand", brand.id, commission([BOX]));
    await expectRefusal(world.capture("brand", brand.id, commission([BOX])), "TraceStateExists", {
      ...{ object: BOX, status: 1 },
    });
    await expectRefusal(world.capture("shop", shop.id, sell([BOX])), "TraceStateNotPossessor", {
      ...{ object: BOX, possessor: brand.id, by: shop.id },
    });
    await expectRefusal(world.hand(shop, distributor, [BOX]), "TraceStateNotPossessor", {
      ...{ object: BOX, possessor: brand.id, by: shop.id },
    });
  });
});
