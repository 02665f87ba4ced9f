import { Direction, PartyRole } from "@banyan/trace-common/client";
import { expect } from "chai";
import type { Hex } from "viem";
import { ascii } from "../../fixtures/common.ts";
import type { Member } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal } from "../../fixtures/trace-books.ts";
import { commission, PIECES, pieces, transform } from "../../fixtures/trace-events.ts";
import { gtinOf, itemOf, lotOf } from "../../fixtures/trace-keys.ts";
import { loadTraceWorld, type TraceWorld } from "../../fixtures/trace-world.ts";
import { system } from "../../helpers/system.ts";

const [PANEL, CABLE, TELEVISION] = [gtinOf(131), gtinOf(132), gtinOf(133)];
const GOOD_PANELS = lotOf(PANEL, "P-1");
const BAD_PANELS = lotOf(PANEL, "P-2");
const CABLES = lotOf(CABLE, "K-1");
const [FAULTY, SOUND] = [itemOf(TELEVISION, "TV-0002"), itemOf(TELEVISION, "TV-0001")];
const PIECE = 1_000_000n;

system("changhong-material-quality", () => {
  let world: TraceWorld;
  let factory: Member;
  let supplier: Member;
  let cableMaker: Member;
  let demand: bigint;

  beforeEach(async () => {
    world = await loadTraceWorld();
    const making = { roles: [PartyRole.PRODUCER, PartyRole.PROCESSOR, PartyRole.BRAND_OWNER] };
    factory = await world.party("factory", making);
    supplier = await world.party("panel maker", making);
    cableMaker = await world.party("cable maker", making);
    await world.product("panel maker", supplier.id, PANEL);
    await world.product("cable maker", cableMaker.id, CABLE);
    await world.product("factory", factory.id, TELEVISION);
    await world.capture(
      "panel maker",
      supplier.id,
      commission([pieces(GOOD_PANELS, 10)]),
      commission([pieces(BAD_PANELS, 10)]),
    );
    await world.capture("cable maker", cableMaker.id, commission([pieces(CABLES, 20)]));
    await world.fund("factory", 100_000_00n, world.contracts.demands);
    // A line of the production plan: 15 panels at 800 each.
    const opened = await world.contracts.demands.writeAndWait.openDemand(
      {
        by: factory.id,
        line: {
          ...{ supplier: supplier.id, product: PANEL, amount: 15n * PIECE, unit: PIECES, price: 800_00n },
          plan: digest("production plan of week 10, line 2"),
        },
      },
      await world.as("factory"),
    );
    demand = opened.event("DemandOpened").args.demand;
  });

  const deliver = async (who: Member, object: Hex, count: bigint) => {
    const announced = await world.contracts.demands.writeAndWait.announce(
      {
        ...{ by: who.id, demand, object, amount: count * PIECE, payee: world.address(`${who.agent}'s bank`) },
        note: digest(`note for ${count} of ${object}`),
      },
      await world.as(who.agent),
    );
    return announced.event("DeliveryAnnounced").args.delivery;
  };
  const confirm = async (delivery: bigint, count: bigint) =>
    await world.contracts.demands.writeAndWait.confirm(
      { by: factory.id, delivery, weighed: count * PIECE, receipt: digest(`incoming inspection ${delivery}`) },
      await world.as("factory"),
    );

  it("pays a supplier for material that matches a line of the production plan, and for nothing else", async () => {
    const { demands } = world.contracts;
    await expectRefusal(deliver(cableMaker, CABLES, 5n), "DemandBookNotParty", { demand, party: cableMaker.id });
    await expectRefusal(deliver(supplier, CABLES, 5n), "DemandBookWrongProduct", { demand, object: CABLES });
    await confirm(await deliver(supplier, GOOD_PANELS, 10n), 10n);
    const rest = await deliver(supplier, BAD_PANELS, 5n);
    await expectRefusal(deliver(supplier, BAD_PANELS, 1n), "DemandBookInvalidAmount", {
      ...{ demand, amount: PIECE, open: 0n },
    });
    await demands.writeAndWait.refuse(
      { by: factory.id, delivery: rest, reason: digest("scratched") },
      await world.as("factory"),
    );
    expect(await world.depositOf("panel maker's bank")).to.equal(8_000_00n);
    expect(await demands.read.demandOf({ demand })).to.deep.include({
      ...{ confirmed: 10n * PIECE, announced: 0n, paid: 8_000_00n, held: 4_000_00n },
    });
  });

  it("traces a faulty product back to the exact batch of material and its supplier", async () => {
    const { demands, lineage, page } = world.contracts;
    for (const [lot, count] of [
      [GOOD_PANELS, 10n],
      [BAD_PANELS, 5n],
    ] as const) {
      await confirm(await deliver(supplier, lot, count), count);
      await world.hand(supplier, factory, [pieces(lot, Number(count))]);
    }
    await world.hand(cableMaker, factory, [pieces(CABLES, 20)]);
    await world.capture(
      "factory",
      factory.id,
      transform([pieces(GOOD_PANELS, 1), pieces(CABLES, 1)], [SOUND]),
      transform([pieces(BAD_PANELS, 1), pieces(CABLES, 1)], [FAULTY]),
    );

    const { nodes } = await lineage.read.walk({ object: FAULTY, direction: Direction.UP, maxNodes: 50n });
    const materials = nodes.filter((node) => node.startsWith("0x02"));
    expect(materials).to.have.members([BAD_PANELS, CABLES]);
    const told = await page.read.pageOf({ object: BAD_PANELS, region: ascii(""), cursor: 0, limit: 50n });
    expect(told.producer).to.equal(supplier.id);
    // The batch leads to its delivery, and the delivery to the line of the plan that it was paid for.
    const { deliveries } = await demands.read.deliveriesOf({ demand, cursor: 0n, limit: 10n });
    expect(deliveries.find(({ object }) => object === BAD_PANELS)).to.deep.include({
      confirmed: 5n * PIECE,
      paid: 4_000_00n,
    });
    expect((await demands.read.demandOf({ demand })).line.plan).to.deep.equal(
      digest("production plan of week 10, line 2"),
    );
  });
});
