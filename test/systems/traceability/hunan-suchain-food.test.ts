import { CodeVerdict, PartyRole } from "@banyan/trace-common/client";
import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import type { Member } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal } from "../../fixtures/trace-books.ts";
import { commission, receive, sell, ship } from "../../fixtures/trace-events.ts";
import { gtinOf, itemOf } from "../../fixtures/trace-keys.ts";
import { loadTraceWorld, type TraceWorld } from "../../fixtures/trace-world.ts";
import { system } from "../../helpers/system.ts";

const SAUCE = gtinOf(102);
const JAR = itemOf(SAUCE, "J-000001");
const CHANGSHA = ascii("CN-HN-430100");
const WUHAN = ascii("CN-HB-420100");

system("hunan-suchain-food", () => {
  let world: TraceWorld;
  let producer: Member;
  let importer: Member;
  let shop: Member;
  let other: Member;

  beforeEach(async () => {
    world = await loadTraceWorld();
    producer = await world.party("producer", { roles: [PartyRole.PRODUCER, PartyRole.BRAND_OWNER] });
    importer = await world.party("importer", { roles: [PartyRole.IMPORTER] });
    shop = await world.party("shop in Changsha", { roles: [PartyRole.RETAILER], region: "CN-HN-430100" });
    other = await world.party("shop in Wuhan", { roles: [PartyRole.RETAILER], region: "CN-HB-420100" });
    await world.product("producer", producer.id, SAUCE);
    await world.contracts.products.writeAndWait.setTerritory(
      { gtin: SAUCE, dealer: shop.id, regions: [CHANGSHA] },
      await world.as("producer"),
    );
    await world.capture("producer", producer.id, commission([JAR]));
  });

  it("records each transfer by both sides: what was shipped arrives only by the receipt of whom it was shipped to", async () => {
    const { state } = world.contracts;
    await world.capture("producer", producer.id, ship([JAR], importer.id));
    expect(await state.read.possessorOf({ object: JAR })).to.equal(producer.id);
    await expectRefusal(world.capture("shop in Wuhan", other.id, receive([JAR], producer.id)), "TraceStateNotParty", {
      object: JAR,
      expected: importer.id,
      by: other.id,
    });
    await world.capture("importer", importer.id, receive([JAR], producer.id));
    expect(await state.read.possessorOf({ object: JAR })).to.equal(importer.id);
    await expectRefusal(world.capture("importer", importer.id, receive([JAR], producer.id)), "TraceStateNotInTransit", {
      object: JAR,
    });
  });

  it("detects a product that turns up where it was never delivered", async () => {
    const { scans } = world.contracts;
    await world.hand(producer, importer, [JAR]);
    await world.hand(importer, shop, [JAR]);
    // The shop in Wuhan has the jar on its shelf: it can neither receive nor sell it, and a scan there warns.
    await expectRefusal(
      world.capture("shop in Wuhan", other.id, receive([JAR], importer.id)),
      "TraceStateNotInTransit",
      { object: JAR },
    );
    await expectRefusal(world.capture("shop in Wuhan", other.id, sell([JAR])), "TraceStateNotPossessor", {
      ...{ object: JAR, possessor: shop.id, by: other.id },
    });
    const scan = async (region: typeof WUHAN) =>
      (
        await scans.writeAndWait.scan({ object: JAR, region, scanner: digest("shopper") }, await world.as("shopper"))
      ).event("CodeScanned").args.verdict;
    expect(await scan(WUHAN)).to.equal(CodeVerdict.OUT_OF_TERRITORY);
    expect(await scan(CHANGSHA)).to.equal(CodeVerdict.GENUINE);
  });
});
