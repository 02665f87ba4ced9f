import { PartyRole, PlaceKind, ProductClass } from "@banyan/trace-common/client";
import { expect } from "chai";
import type { Member } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal } from "../../fixtures/trace-books.ts";
import { commission, pieces, ship, transform } from "../../fixtures/trace-events.ts";
import { gtinOf, lotOf } from "../../fixtures/trace-keys.ts";
import { loadTraceWorld, type TraceWorld } from "../../fixtures/trace-world.ts";
import { system } from "../../helpers/system.ts";

const [PIGS, PORK] = [gtinOf(151), gtinOf(152)];
const HERD = lotOf(PIGS, "STY-3-2030");
const STRANGE_HERD = lotOf(PIGS, "STY-9-2030");
const CARCASSES = lotOf(PORK, "PORK-0304");
const MONTH = 2_592_000n;

system("smart-livestock-cloud", () => {
  let world: TraceWorld;
  let farmer: Member;
  let plant: Member;
  let county: Member;
  let town: Member;
  let otherCounty: Member;
  let file: number;

  beforeEach(async () => {
    world = await loadTraceWorld();
    const region = "CN-HN-430100";
    const office = async (name: string, where: string) =>
      await world.party(name, { roles: [PartyRole.OFFICE], region: where });
    farmer = await world.party("farmer", { roles: [PartyRole.PRODUCER, PartyRole.BRAND_OWNER], region });
    plant = await world.party("plant", { roles: [PartyRole.PROCESSOR, PartyRole.BRAND_OWNER], region });
    county = await office("county agency", region);
    town = await office("town station", `${region}-430121`);
    otherCounty = await office("agency of another county", "CN-HN-430200");
    await world.product("farmer", farmer.id, PIGS, { classes: [ProductClass.LIVE_ANIMAL] });
    await world.product("plant", plant.id, PORK);
    await world.license("farmer", PIGS, plant.id);
    // A city's or county's office certifies, a town's does not; a certificate holds for a month.
    await world.publish({ "trace.quarantine.level": 2n, "trace.quarantine.seconds": MONTH });
    const sty = await world.place("farmer", farmer.id, PlaceKind.GARDEN, `${region}-430121`);
    const opened = await world.contracts.quarantines.writeAndWait.openFile(
      { farmer: farmer.id, place: sty, species: PIGS, digest: digest("farming file of sty 3") },
      await world.as("farmer"),
    );
    file = opened.event("FarmFileOpened").args.file;
    await world.contracts.quarantines.writeAndWait.addEntry(
      { file, entry: digest("vaccinated against swine fever") },
      await world.as("farmer"),
    );
    await world.capture("farmer", farmer.id, commission([pieces(HERD, 20)]));
  });

  const issue = async (office: Member, object = HERD, to = file) => {
    const issued = await world.contracts.quarantines.writeAndWait.issue(
      { office: office.id, file: to, object, finding: digest("no signs of disease") },
      await world.as(office.agent),
    );
    return issued.event("QuarantineIssued").args.quarantine;
  };
  /** What happens after the certificate: an event of now. */
  const today = async () => ({ eventTime: (await world.now()) * 1_000n });

  it("is issued only by an authorised agency of the right level and region, against a farming file", async () => {
    await expectRefusal(issue(town), "QuarantineDeskWrongLevel", { office: town.id, level: 3n, deepest: 2n });
    await expectRefusal(issue(otherCounty), "QuarantineDeskOutOfRegion", { office: otherCounty.id, place: 1 });
    await expectRefusal(issue(plant), "TradePartiesRoleMissing", { party: plant.id, role: PartyRole.OFFICE });
    await expectRefusal(issue(county, HERD, 9), "QuarantineDeskUnknownFile", { file: 9 });
    await world.capture("plant", plant.id, commission([pieces(STRANGE_HERD, 5)]));
    await expectRefusal(issue(county, STRANGE_HERD), "QuarantineDeskNotOfFile", { object: STRANGE_HERD, file });
    const quarantine = await issue(county);
    expect(await world.contracts.quarantines.read.quarantineOf({ quarantine })).to.deep.include({
      ...{ office: county.id, file, object: HERD, finding: digest("no signs of disease") },
    });
  });

  it("is verified at transport and processing: without one that holds nothing leaves the farm or is slaughtered", async () => {
    const { quarantines } = world.contracts;
    const missing = { object: HERD };
    const out = async () => ship([pieces(HERD, 20)], plant.id, await today());
    await expectRefusal(world.capture("farmer", farmer.id, await out()), "QuarantineDeskMissing", missing);
    const quarantine = await issue(county);
    await world.hand(farmer, plant, [pieces(HERD, 20)], await today());
    await quarantines.writeAndWait.revoke(
      { quarantine, reason: digest("fever at the plant") },
      await world.as("county agency"),
    );
    const slaughter = async () => transform([pieces(HERD, 20)], [pieces(CARCASSES, 20)], await today());
    await expectRefusal(world.capture("plant", plant.id, await slaughter()), "QuarantineDeskMissing", missing);
    await issue(county);
    await world.capture("plant", plant.id, await slaughter());
    expect(
      (
        await world.contracts.page.read.pageOf({
          ...{ object: HERD, region: `0x${"00".repeat(32)}`, cursor: 0, limit: 10n },
        })
      ).quarantine,
    ).to.equal(quarantine + 1);
  });

  it("ends with its term", async () => {
    await issue(county);
    await world.pass(MONTH);
    await expectRefusal(
      world.capture("farmer", farmer.id, ship([pieces(HERD, 20)], plant.id, await today())),
      "QuarantineDeskMissing",
      { object: HERD },
    );
  });
});
