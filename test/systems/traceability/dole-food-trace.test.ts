import { Direction, PartyRole } from "@banyan/trace-common/client";
import { expect } from "chai";
import type { Hex } from "viem";
import { ascii } from "../../fixtures/common.ts";
import type { Member } from "../../fixtures/stage-files.ts";
import { expectRefusal } from "../../fixtures/trace-books.ts";
import { commission, KGM, qty, transform } from "../../fixtures/trace-events.ts";
import { gtinOf, lotOf } from "../../fixtures/trace-keys.ts";
import { loadTraceWorld, type TraceWorld } from "../../fixtures/trace-world.ts";
import { system } from "../../helpers/system.ts";

const [LETTUCE, SALAD, BAG] = [gtinOf(109), gtinOf(110), gtinOf(111)];
const FIELDS = ["FIELD-1", "FIELD-2", "FIELD-3"].map((field) => lotOf(LETTUCE, field));
const CLEAN_FIELD = lotOf(LETTUCE, "FIELD-9");
const BATCH = lotOf(SALAD, "WASH-0304");
const CLEAN_BATCH = lotOf(SALAD, "WASH-0305");
const RETAIL = ["BAG-A", "BAG-B"].map((bag) => lotOf(BAG, bag));
const CLEAN_RETAIL = lotOf(BAG, "BAG-Z");

system("dole-food-trace", () => {
  let world: TraceWorld;
  let grower: Member;
  let processor: Member;
  let shops: readonly Member[];

  beforeEach(async () => {
    world = await loadTraceWorld();
    grower = await world.party("grower", { roles: [PartyRole.PRODUCER, PartyRole.BRAND_OWNER] });
    processor = await world.party("processor", { roles: [PartyRole.PROCESSOR, PartyRole.BRAND_OWNER] });
    shops = [await world.party("shop 1"), await world.party("shop 2"), await world.party("shop 3")];
    await world.product("grower", grower.id, LETTUCE, { unit: KGM });
    await world.product("processor", processor.id, SALAD, { unit: KGM });
    await world.product("processor", processor.id, BAG, { unit: KGM });
    const fields = [...FIELDS, CLEAN_FIELD];
    await world.capture("grower", grower.id, ...fields.map((field) => commission([qty(field, 100)])));
    await world.hand(
      grower,
      processor,
      fields.map((field) => qty(field, 100)),
    );
    await world.capture(
      "processor",
      processor.id,
      transform(
        FIELDS.map((field) => qty(field, 100)),
        [qty(BATCH, 300)],
      ),
      transform([qty(CLEAN_FIELD, 100)], [qty(CLEAN_BATCH, 100)]),
      transform(
        [qty(BATCH, 300)],
        RETAIL.map((bag) => qty(bag, 150)),
      ),
      transform([qty(CLEAN_BATCH, 100)], [qty(CLEAN_RETAIL, 100)]),
    );
    const [first, second, third] = shops;
    if (first === undefined || second === undefined || third === undefined) throw new Error("no shops");
    await world.hand(processor, first, [qty(RETAIL[0] as Hex, 150)]);
    await world.hand(processor, second, [qty(RETAIL[1] as Hex, 150)]);
    await world.hand(processor, third, [qty(CLEAN_RETAIL, 100)]);
  });

  it("finds every field upstream of one retail lot in a single query", async () => {
    const { lineage } = world.contracts;
    const { nodes, complete } = await lineage.read.walk({
      ...{ object: RETAIL[0] as Hex, direction: Direction.UP, maxNodes: 200n },
    });
    expect(complete).to.equal(true);
    expect(nodes).to.include.members([BATCH, ...FIELDS]);
    expect(nodes).not.to.include(CLEAN_FIELD);
    // Four lots, and the two transformations between them.
    expect(nodes).to.have.length(6);
  });

  it("finds every shop that has goods of the same batch, and none of another", async () => {
    const { lineage, page } = world.contracts;
    const { nodes, complete } = await lineage.read.walk({ object: BATCH, direction: Direction.DOWN, maxNodes: 200n });
    expect(complete).to.equal(true);
    const lots = nodes.filter((node) => node.startsWith("0x02"));
    expect(lots).to.have.members(RETAIL);
    const receivers = await Promise.all(
      lots.map(async (object) => {
        const told = await page.read.pageOf({ object, region: ascii(""), cursor: 0, limit: 50n });
        return told.steps.map(({ by }) => by).filter((by) => by !== processor.id);
      }),
    );
    expect(new Set(receivers.flat())).to.deep.equal(new Set([shops[0]?.id, shops[1]?.id]));
  });

  it("says so when a query was too small to be the whole answer", async () => {
    const { lineage } = world.contracts;
    const asked = { object: RETAIL[0] as Hex, direction: Direction.UP };
    expect((await lineage.read.walk({ ...asked, maxNodes: 3n })).complete).to.equal(false);
    await expectRefusal(lineage.read.walk({ ...asked, maxNodes: 201n }), "TraceLineageWalkOutOfRange", {
      ...{ maxNodes: 201n, max: 200n },
    });
  });
});
