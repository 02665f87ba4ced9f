import { Direction, PartyRole } from "@banyan/trace-common/client";
import { expect } from "chai";
import type { Hex } from "viem";
import { ascii } from "../../fixtures/common.ts";
import type { Member } from "../../fixtures/stage-files.ts";
import { expectRefusal } from "../../fixtures/trace-books.ts";
import { commission, pieces, transform } from "../../fixtures/trace-events.ts";
import { gtinOf, itemOf, lotOf } from "../../fixtures/trace-keys.ts";
import { loadTraceWorld, type TraceWorld } from "../../fixtures/trace-world.ts";
import { system } from "../../helpers/system.ts";

const [WAFER, CHIP, CAPACITOR, BOARD, RADIO] = [120, 121, 122, 123, 124].map(gtinOf) as [
  bigint,
  bigint,
  bigint,
  bigint,
  bigint,
];
const WAFERS = lotOf(WAFER, "W-77");
const CHIPS = lotOf(CHIP, "C-12");
const CAPACITORS = lotOf(CAPACITOR, "K-3");
const BOARDS = lotOf(BOARD, "B-5");
const SPARE_BOARDS = lotOf(BOARD, "B-6");
const SET = itemOf(RADIO, "R-0001");

system("electronic-components-supply-safety", () => {
  let world: TraceWorld;
  let foundry: Member;
  let chipMaker: Member;
  let passives: Member;
  let assembler: Member;

  beforeEach(async () => {
    world = await loadTraceWorld();
    const making = { roles: [PartyRole.PRODUCER, PartyRole.PROCESSOR, PartyRole.BRAND_OWNER] };
    foundry = await world.party("foundry", making);
    chipMaker = await world.party("chip maker", making);
    passives = await world.party("maker of capacitors", making);
    assembler = await world.party("assembler", making);
    await world.product("foundry", foundry.id, WAFER);
    await world.product("chip maker", chipMaker.id, CHIP);
    await world.product("maker of capacitors", passives.id, CAPACITOR);
    await world.product("assembler", assembler.id, BOARD);
    await world.product("assembler", assembler.id, RADIO);
    await world.yieldOf("chip maker", WAFER, CHIP, 100_000_000n);
    await world.capture("foundry", foundry.id, commission([pieces(WAFERS, 1)]));
    await world.hand(foundry, chipMaker, [pieces(WAFERS, 1)]);
    await world.capture("chip maker", chipMaker.id, transform([pieces(WAFERS, 1)], [pieces(CHIPS, 100)]));
    await world.hand(chipMaker, assembler, [pieces(CHIPS, 100)]);
    await world.capture("maker of capacitors", passives.id, commission([pieces(CAPACITORS, 500)]));
    await world.hand(passives, assembler, [pieces(CAPACITORS, 500)]);
    await world.capture(
      "assembler",
      assembler.id,
      transform([pieces(CHIPS, 10), pieces(CAPACITORS, 40)], [pieces(BOARDS, 10)]),
      transform([pieces(CAPACITORS, 20)], [pieces(SPARE_BOARDS, 5)]),
      transform([pieces(BOARDS, 1)], [SET]),
    );
  });

  const walk = async (object: Hex, direction: Direction) => {
    const { nodes, complete } = await world.contracts.lineage.read.walk({ object, direction, maxNodes: 200n });
    expect(complete).to.equal(true);
    return nodes.filter((node) => !node.startsWith("0x0b"));
  };
  const suppliersOf = async (object: Hex) => {
    const told = await Promise.all(
      (await walk(object, Direction.UP)).map(
        async (lot) =>
          (await world.contracts.page.read.pageOf({ object: lot, region: ascii(""), cursor: 0, limit: 50n })).producer,
      ),
    );
    return new Set(told);
  };

  it("returns a component's whole graph of suppliers upstream, with the transactions between them", async () => {
    expect(await walk(SET, Direction.UP)).to.have.members([BOARDS, CHIPS, CAPACITORS, WAFERS]);
    expect(await suppliersOf(SET)).to.deep.equal(new Set([assembler.id, chipMaker.id, passives.id, foundry.id]));
    const { page } = world.contracts;
    const { steps } = await page.read.pageOf({ object: CHIPS, region: ascii(""), cursor: 0, limit: 50n });
    expect(new Set(steps.map(({ by }) => by))).to.deep.equal(new Set([chipMaker.id, assembler.id]));
  });

  it("leads from a risk at one supplier to every product that depends on it, and to no other", async () => {
    expect(await walk(WAFERS, Direction.DOWN)).to.have.members([CHIPS, BOARDS, SET]);
    expect(await walk(CAPACITORS, Direction.DOWN)).to.have.members([BOARDS, SPARE_BOARDS, SET]);
    expect(await walk(WAFERS, Direction.DOWN)).not.to.include(SPARE_BOARDS);
  });

  it("lets nobody write dependencies but the chain itself, from events", async () => {
    await expectRefusal(
      world.contracts.lineage.writeAndWait.link({ from: WAFERS, to: SPARE_BOARDS }, await world.as("assembler")),
      "AccessManagedUnauthorized",
      { caller: world.address("assembler") },
    );
  });
});
