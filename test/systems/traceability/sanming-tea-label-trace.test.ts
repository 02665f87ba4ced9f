import { BizStep, CodeVerdict, PartyRole, PlaceKind, WarningStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import { createDevicesActors, DeviceKind, MEASURE } from "../../fixtures/devices-actors.ts";
import { loadDevicesApp } from "../../fixtures/devices-app.ts";
import type { Member } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal } from "../../fixtures/trace-books.ts";
import { commission, KGM, qty, sell, transform } from "../../fixtures/trace-events.ts";
import { gtinOf, itemOf, lotOf } from "../../fixtures/trace-keys.ts";
import { loadTraceWorld, type TraceWorld } from "../../fixtures/trace-world.ts";
import { system } from "../../helpers/system.ts";

const [LEAF, TIN] = [gtinOf(160), gtinOf(161)];
const HARVEST = lotOf(LEAF, "SPRING-1");
const TINS = ["T-0001", "T-0002", "T-0003", "T-0004"].map((serial) => itemOf(TIN, serial));
const SEASON = 2030;
const KG = 1_000_000n;
/** Half a label for a kilogram of leaf: two kilograms make one tin. */
const HALF = 500_000n;

system("sanming-tea-label-trace", () => {
  let world: TraceWorld;
  let firm: Member;
  let bureau: Member;
  let garden: number;

  beforeEach(async () => {
    world = await loadTraceWorld();
    const region = "CN-FJ-350400";
    firm = await world.party("tea firm", { roles: [PartyRole.PRODUCER, PartyRole.BRAND_OWNER], region });
    bureau = await world.party("county tea bureau", { roles: [PartyRole.OFFICE], region });
    await world.product("tea firm", firm.id, LEAF, { unit: KGM });
    await world.product("tea firm", firm.id, TIN);
    await world.yieldOf("tea firm", LEAF, TIN, HALF);
    garden = await world.place("tea firm", firm.id, PlaceKind.GARDEN, region);
    const { quotas } = world.contracts;
    await quotas.writeAndWait.protect({ gtin: LEAF, keeper: bureau.id }, await world.as("regulator"));
    await quotas.writeAndWait.grantGarden(
      { gtin: LEAF, garden, season: SEASON, amount: 10n * KG, basis: digest("survey of the garden") },
      await world.as("county tea bureau"),
    );
    await quotas.writeAndWait.bindLabels({ finished: TIN, raw: LEAF, ppm: HALF }, await world.as("county tea bureau"));
    await pick(6);
  });

  const pick = async (kilograms: number, lot = HARVEST) =>
    await world.capture("tea firm", firm.id, commission([qty(lot, kilograms)], { readPoint: garden }));
  const issue = async (count: bigint) =>
    await world.contracts.quotas.writeAndWait.issueLabels(
      { finished: TIN, firm: firm.id, season: SEASON, count, numbers: digest(`numbers of ${count} labels`) },
      await world.as("county tea bureau"),
    );

  it("counts labels against the garden's output: beyond it none is issued, and beyond the labels no tin is made", async () => {
    await expectRefusal(issue(4n), "QuotaBookLabelsExceeded", {
      ...{ finished: TIN, firm: firm.id, season: SEASON, labels: 4n, allowed: 3n },
    });
    await issue(2n);
    const [first, second, third] = TINS as [`0x${string}`, `0x${string}`, `0x${string}`];
    await world.capture("tea firm", firm.id, transform([qty(HARVEST, 4)], [first, second]));
    await expectRefusal(world.capture("tea firm", firm.id, transform([qty(HARVEST, 2)], [third])), "QuotaBookNoLabel", {
      finished: TIN,
      firm: firm.id,
      season: SEASON,
      used: 3n,
      issued: 2n,
    });
    expect(await world.contracts.quotas.read.labelsOf({ finished: TIN, firm: firm.id, season: SEASON })).to.deep.equal({
      ...{ issued: 2n, used: 2n },
    });
    // And no more leaf comes out of a garden than the bureau granted it.
    await expectRefusal(pick(5, lotOf(LEAF, "SPRING-2")), "QuotaBookGardenExceeded", {
      ...{ gtin: LEAF, garden, season: SEASON, drawn: 11n * KG, granted: 10n * KG },
    });
  });

  it("shows whoever scans a tin its life, from the garden to the sale", async () => {
    await issue(1n);
    const [tin] = TINS as [`0x${string}`];
    await world.capture("tea firm", firm.id, transform([qty(HARVEST, 2)], [tin]), sell([tin]));
    const region = ascii("CN-FJ-350400");
    const page = await world.contracts.page.read.pageOf({ object: tin, region, cursor: 0, limit: 50n });
    expect(page.verdict).to.equal(CodeVerdict.SOLD);
    expect(page.steps.map(({ step }) => step)).to.deep.equal([BizStep.RETAIL_SELLING, BizStep.CREATING_CLASS_INSTANCE]);
    const picked = await world.contracts.page.read.pageOf({ object: HARVEST, region, cursor: 0, limit: 50n });
    expect(picked.steps.at(-1)).to.deep.include({ step: BizStep.COMMISSIONING, place: garden, by: firm.id });
  });

  it("raises an alarm when a sensor in the garden reads out of range", async () => {
    const app = await loadDevicesApp();
    const actors = createDevicesActors(app);
    const grower = await actors.party("tea grower", [PartyRole.PRODUCER], "CN-FJ-350400");
    const readings = await actors.group(grower, "tea grower", "garden 3");
    const station = await actors.enrol("garden station", {
      ...{ kind: DeviceKind.TERMINAL, owner: grower, group: readings },
    });
    await app.contracts.alarms.writeAndWait.setStrategy(
      {
        ...{ group: readings, device: 0, measure: MEASURE.TEMPERATURE, lower: 0n, upper: 3_500n },
        source: app.digest("range for young shoots"),
      },
      await app.as("bureau"),
    );
    const measure = async (values: readonly bigint[]) => {
      await app.pass(3_600n);
      await actors.post(station, { source: station, measure: MEASURE.TEMPERATURE, values });
      return await app.contracts.alarms.read.count();
    };
    expect(await measure([1_200n, 1_850n])).to.equal(0n);
    expect(await measure([400n, -150n])).to.equal(1n);
    const warned = (await app.contracts.alarms.events.WarningRaised.get()).at(-1);
    expect(warned?.args).to.include({ group: readings, value: -150n, source: station.id });
    const entry = await app.contracts.alarms.read.warningOf(
      { warning: warned?.args.warning ?? 0 },
      await app.as("bureau"),
    );
    expect(entry).to.include({ status: WarningStatus.OPEN, above: false });
  });
});
