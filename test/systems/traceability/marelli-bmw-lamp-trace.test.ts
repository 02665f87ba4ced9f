import { BizStep, PartyRole } from "@banyan/trace-common/client";
import { expect } from "chai";
import type { Hex } from "viem";
import { ascii } from "../../fixtures/common.ts";
import type { Member } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal } from "../../fixtures/trace-books.ts";
import { commission, PIECES } from "../../fixtures/trace-events.ts";
import { gtinOf, itemOf } from "../../fixtures/trace-keys.ts";
import { loadTraceWorld, type TraceWorld } from "../../fixtures/trace-world.ts";
import { system } from "../../helpers/system.ts";

const LAMP = gtinOf(134);
const LAMPS = ["L-0001", "L-0002", "L-0003"].map((serial) => itemOf(LAMP, serial));
const PIECE = 1_000_000n;

system("marelli-bmw-lamp-trace", () => {
  let world: TraceWorld;
  let factory: Member;
  let plants: readonly [Member, Member];
  let demands: readonly bigint[];

  beforeEach(async () => {
    world = await loadTraceWorld();
    factory = await world.party("lamp factory", {
      ...{ roles: [PartyRole.PRODUCER, PartyRole.BRAND_OWNER], region: "MX-CHH" },
    });
    plants = [
      await world.party("plant in Leipzig", { region: "DE-SN" }),
      await world.party("plant in Shenyang", { region: "CN-LN-210100" }),
    ];
    await world.product("lamp factory", factory.id, LAMP);
    await world.capture("lamp factory", factory.id, commission(LAMPS));
    demands = [await order(plants[0], 2n), await order(plants[1], 1n)];
  });

  const order = async (plant: Member, count: bigint) => {
    const opened = await world.contracts.demands.writeAndWait.openDemand(
      {
        by: plant.id,
        line: {
          ...{ supplier: factory.id, product: LAMP, amount: count * PIECE, unit: PIECES, price: 0n },
          plan: digest(`call-off of ${plant.agent}`),
        },
      },
      await world.as(plant.agent),
    );
    return opened.event("DemandOpened").args.demand;
  };
  const deliver = async (plant: Member, demand: bigint, lamp: Hex) => {
    const announced = await world.contracts.demands.writeAndWait.announce(
      {
        ...{ by: factory.id, demand, object: lamp, amount: PIECE, payee: `0x${"00".repeat(20)}` },
        note: digest(`delivery note of ${lamp} for ${demand}`),
      },
      await world.as("lamp factory"),
    );
    const { delivery } = announced.event("DeliveryAnnounced").args;
    await world.hand(factory, plant, [lamp]);
    await world.contracts.demands.writeAndWait.confirm(
      { by: plant.id, delivery, weighed: PIECE, receipt: digest(`goods receipt ${delivery}`) },
      await world.as(plant.agent),
    );
  };
  const standing = async () =>
    await Promise.all(
      demands.map(async (demand) => (await world.contracts.demands.read.demandOf({ demand })).confirmed / PIECE),
    );

  it("traces a lamp from its factory to the plant that ordered it", async () => {
    const [demand = 0n] = demands;
    const [lamp] = LAMPS;
    await deliver(plants[0], demand, lamp as Hex);
    const { page } = world.contracts;
    const { steps } = await page.read.pageOf({ object: lamp as Hex, region: ascii(""), cursor: 0, limit: 50n });
    expect(steps.map(({ step, by }) => [step, by])).to.deep.equal([
      [BizStep.RECEIVING, plants[0].id],
      [BizStep.SHIPPING, factory.id],
      [BizStep.COMMISSIONING, factory.id],
    ]);
  });

  it("matches each plant's demand by recorded deliveries, one lamp once", async () => {
    const [leipzig = 0n, shenyang = 0n] = demands;
    await deliver(plants[0], leipzig, LAMPS[0] as Hex);
    await deliver(plants[1], shenyang, LAMPS[1] as Hex);
    expect(await standing()).to.deep.equal([1n, 1n]);
    await expectRefusal(deliver(plants[0], leipzig, LAMPS[1] as Hex), "DemandBookDeliveredBefore", {
      ...{ object: LAMPS[1] as Hex, note: digest(`delivery note of ${LAMPS[1]} for ${leipzig}`).value },
    });
    await expectRefusal(deliver(plants[1], shenyang, LAMPS[2] as Hex), "DemandBookInvalidAmount", {
      ...{ demand: shenyang, amount: PIECE, open: 0n },
    });
    await deliver(plants[0], leipzig, LAMPS[2] as Hex);
    expect(await standing()).to.deep.equal([2n, 1n]);
  });
});
