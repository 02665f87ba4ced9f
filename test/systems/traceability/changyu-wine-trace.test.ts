import { CodeVerdict, PartyRole, RecallLevel } from "@banyan/trace-common/client";
import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import type { Member } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal } from "../../fixtures/trace-books.ts";
import { commission, pieces, sell, ship, transform } from "../../fixtures/trace-events.ts";
import { gtinOf, itemOf, lotOf } from "../../fixtures/trace-keys.ts";
import { loadTraceWorld, type TraceWorld } from "../../fixtures/trace-world.ts";
import { system } from "../../helpers/system.ts";

const WINE = gtinOf(103);
const CASK = gtinOf(104);
const BATCH = lotOf(CASK, "CABERNET-2028");
const [BOTTLE, SECOND] = [itemOf(WINE, "W-2028-0001"), itemOf(WINE, "W-2028-0002")];
const FAKE = itemOf(WINE, "W-2028-9999");
const YANTAI = ascii("CN-SD-370600");
const BEIJING = ascii("CN-BJ");

system("changyu-wine-trace", () => {
  let world: TraceWorld;
  let maker: Member;
  let dealer: Member;

  beforeEach(async () => {
    world = await loadTraceWorld();
    maker = await world.party("maker", { roles: [PartyRole.PRODUCER, PartyRole.BRAND_OWNER], region: "CN-SD-370600" });
    dealer = await world.party("dealer", { roles: [PartyRole.RETAILER], region: "CN-SD-370600" });
    await world.product("maker", maker.id, CASK);
    await world.product("maker", maker.id, WINE);
    await world.contracts.products.writeAndWait.setTerritory(
      { gtin: WINE, dealer: dealer.id, regions: [YANTAI] },
      await world.as("maker"),
    );
    await world.capture(
      "maker",
      maker.id,
      commission([pieces(BATCH, 2)]),
      transform([pieces(BATCH, 2)], [BOTTLE, SECOND]),
    );
  });

  const verdict = async (object: typeof BOTTLE, region: typeof YANTAI) =>
    await world.contracts.scans.read.verdictOf({ object, region });

  it("tells a genuine bottle from a code that nobody commissioned, and shows its way", async () => {
    await world.hand(maker, dealer, [BOTTLE]);
    expect(await verdict(BOTTLE, YANTAI)).to.equal(CodeVerdict.GENUINE);
    expect(await verdict(FAKE, YANTAI)).to.equal(CodeVerdict.UNKNOWN);
    const page = await world.contracts.page.read.pageOf({ object: BOTTLE, region: YANTAI, cursor: 0, limit: 50n });
    expect(page.steps.map(({ by }) => by)).to.deep.equal([dealer.id, maker.id, maker.id]);
  });

  it("detects a bottle that is sold outside its region", async () => {
    await world.hand(maker, dealer, [BOTTLE]);
    const { scans } = world.contracts;
    const scanned = await scans.writeAndWait.scan(
      { object: BOTTLE, region: BEIJING, scanner: digest("guest") },
      await world.as("guest"),
    );
    expect(scanned.event("CodeScanned").args).to.include({ verdict: CodeVerdict.OUT_OF_TERRITORY, count: 1n });
    expect(await verdict(BOTTLE, YANTAI)).to.equal(CodeVerdict.GENUINE);
  });

  it("recalls a batch: every bottle made of it is marked, is not sold or shipped on, and warns who scans it", async () => {
    const { recalls, marks } = world.contracts;
    await world.hand(maker, dealer, [BOTTLE]);
    const opened = await recalls.writeAndWait.open(
      {
        order: {
          ...{ by: maker.id, level: RecallLevel.TWO, labelOnly: false, knownAt: await world.now() },
          reason: digest("cork fault"),
        },
        roots: [BATCH],
      },
      await world.as("maker"),
    );
    const { recall } = opened.event("RecallOpened").args;
    for (let waiting = 1n; waiting > 0n; ) {
      await marks.writeAndWait.advance({ recall, limit: 5n }, await world.as("maker"));
      waiting = (await marks.read.progressOf({ recall })).waiting;
    }
    for (const bottle of [BOTTLE, SECOND]) expect(await verdict(bottle, YANTAI)).to.equal(CodeVerdict.RECALLED);
    await expectRefusal(world.capture("dealer", dealer.id, sell([BOTTLE])), "TraceStateRecalled", { object: BOTTLE });
    await expectRefusal(world.capture("maker", maker.id, ship([SECOND], dealer.id)), "TraceStateRecalled", {
      object: SECOND,
    });
  });
});
