import { moment } from "./clock.ts";
import { association, cooperatives, factories, finished, gardens, leaf, parties, raw, shops, tinOf, wholesalers } from "./companies.ts";
import type { Harvest } from "./picking.ts";
import { kilograms, type World } from "./world.ts";

/** The day on which everything is filed, and the seconds between two filings. */
const FILING = -2;
const STEP = 20;
export const SEASON = 2030;
/** Most raw tea of a kilogram of leaf, finished tea of one of raw tea, and tins of 250 g of one of finished tea. */
const YIELDS = { raw: "0.23", finished: "0.92", tins: "4" } as const;
/** Labels that a kilogram of leaf bears: 0.23 x 0.92 x 4. */
const LABELS = "0.8464";
/** Kilograms above its season's harvest that a garden's quota leaves. */
const ROOM = 20;

/** Parties, places, products, yields, quotas and territories, before the picking. */
export function opening(world: World, harvests: readonly Harvest[]): void {
  let at = moment(FILING, 8);
  const step = (fields: Readonly<Record<string, unknown>> & { readonly event: string }): void => {
    world.story.step(at, fields);
    at += STEP;
  };
  step({ ...{ event: "open", format: "banyan-trace/1", region: "CN-ZJ-331100", salt: "sample-season-2030" }, title: "A season of a sample tea" });
  for (const { name, gln, roles, region, title, sgln, kind } of parties) {
    step({ event: "party", party: name, gln, roles, region, title });
    step({ event: "place", owner: name, sgln, kind, region, title: `premises of ${name}` });
  }
  for (const { number, owner, sgln } of gardens) {
    if (cooperatives.includes(owner)) continue;
    step({ event: "place", owner: owner.name, sgln, kind: "GARDEN", region: owner.region, title: `tea garden ${number}` });
  }
  products(step);
  quotas(step, harvests);
}

type Step = (fields: Readonly<Record<string, unknown>> & { readonly event: string }) => void;

function products(step: Step): void {
  const owner = association.name;
  step({ event: "product", gtin: leaf.gtin, owner, unit: "KGM", classes: ["LISTED_PRODUCE"], title: "fresh leaf of Qingwu tea" });
  step({ event: "product", gtin: raw.gtin, owner, unit: "KGM", classes: ["FOOD"], title: "raw tea" });
  step({ event: "product", gtin: finished.gtin, owner, unit: "KGM", classes: ["FOOD"], shelfLifeDays: 365, title: "finished tea, loose" });
  step({ event: "factor", input: leaf.gtin, output: raw.gtin, owner, factor: YIELDS.raw, basis: "sample drying trial of 2029" });
  step({ event: "factor", input: raw.gtin, output: finished.gtin, owner, factor: YIELDS.finished, basis: "sample sorting trial of 2029" });
  for (const producer of [...factories, ...cooperatives]) {
    step({ event: "license", gtin: leaf.gtin, owner, producer: producer.name });
  }
  for (const [index, factory] of factories.entries()) {
    for (const { gtin } of [raw, finished]) step({ event: "license", gtin, owner, producer: factory.name });
    const tin = tinOf(factory).gtin;
    step({ event: "product", gtin: tin, owner: factory.name, classes: ["FOOD"], shelfLifeDays: 365, title: `tin of 250 g of ${factory.name}` });
    step({ event: "factor", input: finished.gtin, output: tin, owner: factory.name, factor: YIELDS.tins, basis: "net weight on the label" });
    const sellers = [wholesalers[index], ...shops.slice(index * 3, index * 3 + 3)].flatMap((party) => party ?? []);
    const regions = [...new Set(sellers.map(({ region }) => region.split("-").slice(0, 2).join("-")))];
    step({ event: "territory", gtin: tin, owner: factory.name, regions: [...regions, "CN-ZJ"].filter((one, place, all) => all.indexOf(one) === place) });
  }
}

function quotas(step: Step, harvests: readonly Harvest[]): void {
  const keeper = association.name;
  step({ event: "protect", gtin: leaf.gtin, keeper });
  for (const garden of gardens) {
    const season = harvests.filter((harvest) => harvest.garden === garden).reduce((sum, { amount }) => sum + amount, 0);
    const amount = String(Math.ceil(kilograms(season)) + ROOM);
    step({ event: "grantGarden", gtin: leaf.gtin, keeper, garden: garden.sgln, season: SEASON, amount, basis: `area of garden ${garden.number}, survey of 2029` });
  }
  for (const factory of factories) {
    step({ event: "bindLabels", finished: tinOf(factory).gtin, raw: leaf.gtin, keeper, labels: LABELS });
  }
}
