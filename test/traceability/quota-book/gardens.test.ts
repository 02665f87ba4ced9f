import { expect } from "chai";
import {
  commission,
  type EventTerms,
  GTIN,
  lgtin,
  loadRules,
  MISSING,
  NO_PAPER,
  PAPER,
  PARTY,
  PLACE_KIND,
  qty,
  ROLE_BIT,
  transform,
} from "../../fixtures/trace-rules.ts";
import { eventsOf } from "../../helpers/events-of.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const LEAF = BigInt(GTIN.LEAF);
const KG = 1_000_000n;
const SEASON = 2030;
// Every party's first place is a garden, with the party's number.
const GARDEN = PARTY.grower;
const lot = lgtin(GTIN.LEAF, "L1");
const inGarden: EventTerms = { readPoint: GARDEN };

/** Leaf under the quota of the store, which is an association. */
async function guarded() {
  const rules = await loadRules();
  const { parties, quotas, accounts, asRegulator, as } = rules;
  await parties.write.changeRoles([PARTY.store, ROLE_BIT.ASSOCIATION, PAPER], { account: accounts.platform });
  await quotas.write.protect([LEAF, PARTY.store], asRegulator);
  const grant = (amount: bigint, { garden = GARDEN, season = SEASON } = {}) =>
    quotas.write.grantGarden([LEAF, garden, season, amount, PAPER], as("store"));
  const quota = async (season = SEASON) => {
    const { granted, drawn } = await quotas.read.gardenQuotaOf([LEAF, GARDEN, season]);
    return [granted, drawn];
  };
  const harvest = (kilograms: number, terms: EventTerms = {}) =>
    commission([qty(lot, kilograms)], { ...inGarden, ...terms });
  return { ...rules, grant, quota, harvest };
}

describe("QuotaBook: gardens", () => {
  it("given anybody but the regulator, or a keeper that is neither association nor office, when a product is protected, then it is refused", async () => {
    const { quotas, catalogue, accounts, as, asRegulator } = await loadRules();
    const stranger = quotas.write.protect([LEAF, PARTY.store], as("grower"));
    await expectRevert(stranger, quotas, "AccessManagedUnauthorized", [accounts.grower.address]);
    const keeper = quotas.write.protect([LEAF, PARTY.store], asRegulator);
    await expectRevert(keeper, quotas, "QuotaBookInvalidKeeper", [PARTY.store]);
    const product = quotas.write.protect([6975310000993n, PARTY.store], asRegulator);
    await expectRevert(product, catalogue, "ProductCatalogueUnknown", [6975310000993n]);
    expect(await quotas.read.keeperOf([LEAF])).to.equal(0);
  });

  it("given the regulator, when it protects a product and takes that back, then the keeper stands as said and harvest is free again", async () => {
    const { quotas, connection, asRegulator, capture, harvest, stock } = await guarded();
    expect(await quotas.read.keeperOf([LEAF])).to.equal(PARTY.store);
    await expectEvents(connection, quotas.write.protect([LEAF, 0], asRegulator), [
      event(quotas, "ProductProtected", { gtin: LEAF, keeper: 0 }),
    ]);
    await capture("grower", harvest(7));
    expect(await stock(lot, "grower")).to.equal(7n * KG);
    expect(await quotas.read.harvestOf([LEAF, PARTY.grower, SEASON])).to.equal(0n);
  });

  it("given a stranger, no garden, no place, no paper or less than was drawn, when a quota is granted, then it is refused", async () => {
    const { quotas, parties, accounts, as, grant, filePlace, capture, harvest, quota } = await guarded();
    const foreign = quotas.write.grantGarden([LEAF, GARDEN, SEASON, KG, PAPER], as("grower"));
    await expectRevert(foreign, quotas, "QuotaBookNotKeeper", [PARTY.store, accounts.grower.address]);
    // Nobody keeps a product that is not protected.
    const free = quotas.write.grantGarden([BigInt(GTIN.TEA), GARDEN, SEASON, KG, PAPER], as("store"));
    await expectRevert(free, quotas, "QuotaBookNotKeeper", [0, accounts.store.address]);
    await expectRevert(grant(KG, { garden: 99 }), parties, "TradePartiesUnknownPlace", [99]);
    const shop = await filePlace("grower", PLACE_KIND.SHOP, "CN-FJ");
    await expectRevert(grant(KG, { garden: shop }), quotas, "QuotaBookNotAGarden", [shop]);
    const bare = quotas.write.grantGarden([LEAF, GARDEN, SEASON, KG, NO_PAPER], as("store"));
    await expectRevert(bare, quotas, "DigestsMissing", MISSING);
    await grant(10n * KG);
    await capture("grower", harvest(6));
    await expectRevert(grant(6n * KG - 1n), quotas, "QuotaBookBelowDrawn", [6n * KG, 6n * KG - 1n]);
    await grant(6n * KG);
    expect(await quota()).to.deep.equal([6n * KG, 6n * KG]);
  });

  it("given the keeper, when it grants a garden, then the quota stands for that season alone", async () => {
    const { quotas, connection, grant, quota } = await guarded();
    await expectEvents(connection, grant(10n * KG), [
      event(quotas, "GardenQuotaGranted", {
        ...{ gtin: LEAF, garden: GARDEN, season: SEASON, amount: 10n * KG, basis: PAPER },
      }),
    ]);
    expect(await quota()).to.deep.equal([10n * KG, 0n]);
    expect(await quota(2031)).to.deep.equal([0n, 0n]);
  });

  it("given a harvest over the grant, in no garden or in another's, when it is captured, then it is refused and nothing is drawn", async () => {
    const { quotas, parties, capture, grant, harvest, quota, filePlace } = await guarded();
    await grant(10n * KG);
    const over = capture("grower", harvest(10.000001));
    await expectRevert(over, quotas, "QuotaBookGardenExceeded", [LEAF, GARDEN, SEASON, 10n * KG + 1n, 10n * KG]);
    // Together the events of a call count as one after the other.
    const both = capture("grower", harvest(6), harvest(5));
    await expectRevert(both, quotas, "QuotaBookGardenExceeded", [LEAF, GARDEN, SEASON, 11n * KG, 10n * KG]);
    await expectRevert(capture("grower", harvest(1, { readPoint: 0 })), parties, "TradePartiesUnknownPlace", [0]);
    const shop = await filePlace("grower", PLACE_KIND.SHOP, "CN-FJ");
    await expectRevert(capture("grower", harvest(1, { readPoint: shop })), quotas, "QuotaBookNotAGarden", [shop]);
    const foreign = capture("grower", harvest(1, { readPoint: PARTY.lab }));
    await expectRevert(foreign, quotas, "QuotaBookNotOwnGarden", [PARTY.lab, PARTY.grower]);
    expect(await quota()).to.deep.equal([10n * KG, 0n]);
  });

  it("given a grant, when the garden harvests, then exactly that is drawn, in the season of the production date", async () => {
    const { quotas, connection, capture, grant, harvest, quota } = await guarded();
    await grant(10n * KG);
    await grant(2n * KG, { season: 2029 });
    expect(await eventsOf(connection, capture("grower", harvest(10)), quotas)).to.deep.equal([
      ["GardenQuotaDrawn", { gtin: LEAF, garden: GARDEN, season: SEASON, drawn: 10n * KG }],
    ]);
    // Midnight of 1 January in China is still the old year in Greenwich: the event's own zone counts.
    const midnight = BigInt(Date.parse("2030-01-01T00:00:00+08:00") / 1000);
    const last = harvest(2, { ilmd: { producedAt: midnight - 1n } });
    await capture("grower", last);
    expect(await quota()).to.deep.equal([10n * KG, 10n * KG]);
    expect(await quota(2029)).to.deep.equal([2n * KG, 2n * KG]);
    const first = capture("grower", harvest(1, { ilmd: { producedAt: midnight } }));
    await expectRevert(first, quotas, "QuotaBookGardenExceeded", [LEAF, GARDEN, SEASON, 11n * KG, 10n * KG]);
    expect(await quotas.read.harvestOf([LEAF, PARTY.grower, SEASON])).to.equal(10n * KG);
  });

  it("C-12: given a harvest declared erroneous, when the declaration is booked, then the quota is as without it", async () => {
    const { quotas, connection, capture, declare, grant, harvest, quota } = await guarded();
    await grant(10n * KG);
    const wrong = commission([qty(lgtin(GTIN.LEAF, "L2"), 3), qty(lgtin(GTIN.LEAF, "L3"), 2)], inGarden);
    await capture("grower", wrong, harvest(4));
    expect(await quota()).to.deep.equal([10n * KG, 9n * KG]);
    expect(await eventsOf(connection, declare("grower", wrong), quotas)).to.deep.equal([
      ["GardenQuotaDrawn", { gtin: LEAF, garden: GARDEN, season: SEASON, drawn: 4n * KG }],
    ]);
    expect(await quotas.read.harvestOf([LEAF, PARTY.grower, SEASON])).to.equal(4n * KG);
  });

  it("C-12: given a harvest from before the protection, when it is declared erroneous, then nothing of a later harvest comes back", async () => {
    const { quotas, capture, declare, grant, harvest, quota, asRegulator } = await guarded();
    await quotas.write.protect([LEAF, 0], asRegulator);
    const before = harvest(5);
    await capture("grower", before);
    await quotas.write.protect([LEAF, PARTY.store], asRegulator);
    await grant(10n * KG);
    await capture("grower", commission([qty(lgtin(GTIN.LEAF, "L2"), 10)], inGarden));
    await declare("grower", before);
    expect(await quota()).to.deep.equal([10n * KG, 10n * KG]);
    const more = capture("grower", harvest(1));
    await expectRevert(more, quotas, "QuotaBookGardenExceeded", [LEAF, GARDEN, SEASON, 11n * KG, 10n * KG]);
  });

  it("given a protected product, when it comes out of anything but itself, then it is refused; a split of its own lot draws nothing", async () => {
    const { quotas, capture, catalogue, as, grant, harvest, quota } = await guarded();
    await grant(10n * KG);
    await capture("grower", harvest(10));
    await catalogue.write.stateFactor([BigInt(GTIN.TEA), LEAF, 1_000_000n, PAPER], as("grower"));
    await catalogue.write.license([LEAF, PARTY.processor, true], as("grower"));
    await capture("processor", commission([qty(lgtin(GTIN.TEA, "T1"), 5)]));
    const made = transform([qty(lgtin(GTIN.TEA, "T1"), 5)], [qty(lgtin(GTIN.LEAF, "L9"), 5)]);
    await expectRevert(capture("processor", made), quotas, "QuotaBookNotHarvested", [LEAF]);
    await capture("grower", transform([qty(lot, 4)], [qty(lgtin(GTIN.LEAF, "L1-A"), 4)]));
    expect(await quota()).to.deep.equal([10n * KG, 10n * KG]);
  });

  it("given anybody but the repository, when the guard is called, then it is refused", async () => {
    const { quotas, accounts, as } = await guarded();
    const harvest = commission([qty(lot, 1)], inGarden);
    for (const call of ["beforeCapture", "afterCapture", "afterDeclaration"] as const) {
      const direct = quotas.write[call]([PARTY.grower, 1, harvest], as("grower"));
      await expectRevert(direct, quotas, "AccessManagedUnauthorized", [accounts.grower.address]);
    }
  });
});
