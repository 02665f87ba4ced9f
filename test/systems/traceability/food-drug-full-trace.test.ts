import { Direction, PartyRole, RecallLevel } from "@banyan/trace-common/client";
import { expect } from "chai";
import type { Hex } from "viem";
import { ascii } from "../../fixtures/common.ts";
import type { Member } from "../../fixtures/stage-files.ts";
import { DAY, digest, expectRefusal } from "../../fixtures/trace-books.ts";
import { commission, KGM, qty, ship, transform } from "../../fixtures/trace-events.ts";
import { gtinOf, lotOf } from "../../fixtures/trace-keys.ts";
import { loadTraceWorld, type TraceWorld } from "../../fixtures/trace-world.ts";
import { system } from "../../helpers/system.ts";

const [GINSENG, HONEY, SYRUP] = [gtinOf(106), gtinOf(107), gtinOf(108)];
const FIELD = lotOf(GINSENG, "FIELD-3");
const HIVES = lotOf(HONEY, "HIVES-12");
const MADE = lotOf(SYRUP, "SYRUP-0304");
const OTHER = lotOf(SYRUP, "SYRUP-0305");
const CONTACTS = ascii("CONTACTS");

system("food-drug-full-trace", () => {
  let world: TraceWorld;
  let [grower, beekeeper, processor, merchant, canteen, restaurant]: Member[] = [];

  beforeEach(async () => {
    world = await loadTraceWorld();
    const producing = { roles: [PartyRole.PRODUCER, PartyRole.BRAND_OWNER], region: "CN-JL-220600" };
    const file = async (name: string, roles: readonly PartyRole[]) =>
      await world.party(name, { roles, region: "CN-JL-220600" });
    grower = await world.party("grower", producing);
    beekeeper = await world.party("beekeeper", producing);
    processor = await file("processor", [PartyRole.PROCESSOR, PartyRole.BRAND_OWNER]);
    merchant = await file("merchant", [PartyRole.DISTRIBUTOR]);
    canteen = await file("school canteen", [PartyRole.CATERER]);
    restaurant = await file("restaurant", [PartyRole.CATERER]);
    await world.product("grower", grower.id, GINSENG, { unit: KGM });
    await world.product("beekeeper", beekeeper.id, HONEY, { unit: KGM });
    await world.product("processor", processor.id, SYRUP, { unit: KGM });
    await world.capture("grower", grower.id, commission([qty(FIELD, 10)]));
    await world.capture("beekeeper", beekeeper.id, commission([qty(HIVES, 90)]));
    await world.hand(grower, processor, [qty(FIELD, 10)]);
    await world.hand(beekeeper, processor, [qty(HIVES, 90)]);
    await world.capture(
      "processor",
      processor.id,
      transform([qty(FIELD, 10), qty(HIVES, 80)], [qty(MADE, 90)]),
      transform([qty(HIVES, 10)], [qty(OTHER, 10)]),
    );
    await world.hand(processor, merchant, [qty(MADE, 60), qty(OTHER, 10)]);
    await world.hand(merchant, canteen, [qty(MADE, 20)]);
    await world.hand(merchant, restaurant, [qty(MADE, 15)]);
    // Who answers at each link, and how to reach them, stands sealed; the regulator has the key.
    for (const { agent, id } of [grower, beekeeper, processor, merchant, canteen, restaurant]) {
      await world.contracts.sealed.writeAndWait.sealFor(
        { by: id, scope: CONTACTS, content: digest(`person in charge at ${agent}`) },
        await world.as(agent),
      );
      await world.contracts.sealed.writeAndWait.grantFor(
        {
          ...{ by: id, scope: CONTACTS, reader: world.address("regulator"), until: (await world.now()) + 365n * DAY },
          ...{ window: 3_600, envelope: "0x" },
        },
        await world.as(agent),
      );
    }
  });

  /** Everybody who ever had goods of a lot, by the events that name it. */
  const holdersOf = async (lot: Hex) => {
    const { steps } = await world.contracts.page.read.pageOf({ object: lot, region: ascii(""), cursor: 0, limit: 50n });
    return [...new Set(steps.map(({ by }) => by))];
  };
  const responsibleAt = async (party: number) => {
    const { sealed } = world.contracts;
    const owner = await sealed.read.ownerOfParty({ party });
    const opened = await sealed.writeAndWait.openQuery(
      { owner, scope: CONTACTS, purpose: digest("incident 4") },
      await world.as("regulator"),
    );
    const { query } = opened.event("QueryOpened").args;
    const { records } = await sealed.read.read({ query, cursor: 0n, limit: 10n }, await world.as("regulator"));
    return records[0]?.content;
  };

  it("follows one code back to every source and forward to every buyer, with who is responsible at each link", async () => {
    const { lineage } = world.contracts;
    const up = await lineage.read.walk({ object: MADE, direction: Direction.UP, maxNodes: 50n });
    expect(up.complete).to.equal(true);
    expect(up.nodes).to.include.members([FIELD, HIVES]);
    const sources = (await Promise.all([holdersOf(FIELD), holdersOf(HIVES)])).flat();
    expect(sources).to.include.members([grower?.id, beekeeper?.id]);
    const buyers = await holdersOf(MADE);
    expect(buyers).to.have.members([processor, merchant, canteen, restaurant].map((member) => member?.id));
    for (const member of [grower, beekeeper, processor, merchant, canteen, restaurant]) {
      expect(await responsibleAt(member?.id ?? 0)).to.deep.equal(digest(`person in charge at ${member?.agent}`));
    }
  });

  it("recalls the affected lot wherever it is, and leaves alone what the fault did not reach", async () => {
    const { recalls, marks, state } = world.contracts;
    const opened = await recalls.writeAndWait.orderRecall(
      {
        order: {
          ...{ by: grower?.id ?? 0, level: RecallLevel.ONE, labelOnly: false, knownAt: await world.now() },
          reason: digest("heavy metal in field 3"),
        },
        roots: [FIELD],
      },
      await world.as("regulator"),
    );
    const { recall } = opened.event("RecallOpened").args;
    while ((await marks.read.progressOf({ recall })).waiting > 0n) {
      await marks.writeAndWait.advance({ recall, limit: 5n }, await world.as("grower"));
    }
    expect(await state.read.isRecalled({ object: MADE })).to.equal(true);
    expect(await state.read.isRecalled({ object: OTHER })).to.equal(false);
    const [from, to] = [merchant?.id ?? 0, canteen?.id ?? 0];
    await expectRefusal(world.capture("merchant", from, ship([qty(MADE, 1)], to)), "TraceLotsRecalled", {
      lot: MADE,
    });
    await world.capture("merchant", from, ship([qty(OTHER, 1)], to));
  });
});
