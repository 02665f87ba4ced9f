import type { Hex } from "viem";
import {
  fromUnit,
  type Masters,
  type PartyMaster,
  PIECES,
  type PlaceMaster,
  type ProductMaster,
} from "../../epcis/index.ts";
import type { Task } from "./batches.ts";
import { gtinOf, type Needs } from "./needs.ts";

/** What a party that nobody tells of may do: everything that goods need on their way. */
const ANY_TRADER = ["producer", "processor", "importer", "warehouse", "distributor", "retailer", "brand_owner"];
/** GLNs of one company have this many digits in common at least. */
const COMMON = 7;

/**
 * Parties and places for what a document names and no master data tells of. The party of a place is the one with the company prefix that the place's URN
 * tells, else the one whose GLN has the most digits in common with it, else one with the place's own GLN.
 *
 * @param needs - what the document names
 * @param masters - what is told
 * @param knownParties - GLNs that are filed already
 */
export function deriveTraders(needs: Needs, masters: Masters, knownParties: ReadonlySet<string>): Masters {
  const parties = new Map<string, PartyMaster>(masters.parties.map((party) => [party.gln, party]));
  const places = new Map<string, PlaceMaster>(
    masters.places.map((place) => [`${place.gln}/${place.extension}`, place]),
  );
  const addParty = (gln: string): void => {
    if (!parties.has(gln) && !knownParties.has(gln)) {
      parties.set(gln, { gln, name: `GLN ${gln}`, roles: ANY_TRADER, region: undefined });
    }
  };
  for (const gln of needs.parties) if (/^\d{13}$/.test(gln)) addParty(gln);
  for (const product of masters.products) if (product.owner !== undefined) addParty(product.owner);
  for (const key of needs.places) {
    if (places.has(key)) continue;
    const [gln = "", extension = ""] = key.split("/");
    places.set(key, { gln, extension, name: `SGLN ${key}`, owner: undefined, kind: "other", region: undefined });
  }
  for (const [key, place] of places) {
    const strangers = needs.strangers.get(key);
    const candidates = [...knownParties, ...parties.keys()].filter((gln) => strangers?.has(gln) !== true);
    const owner = place.owner ?? ownerOf(place.gln, candidates, needs.prefixes) ?? place.gln;
    addParty(owner);
    places.set(key, { ...place, owner });
  }
  return { parties: [...parties.values()], places: [...places.values()], products: masters.products };
}

/**
 * Products for goods that no master data tells of: the party that first makes or declares them is their brand owner, and whoever else makes them may.
 *
 * @param tasks - the events, with who captures them
 * @param masters - what is told
 * @param known - GTINs that are filed already
 * @param glnOf - the GLN of a party
 */
export function deriveProducts(
  tasks: readonly Task[],
  masters: Masters,
  known: ReadonlySet<string>,
  glnOf: (party: number) => string | undefined,
): ProductMaster[] {
  const products = new Map(masters.products.map((product) => [product.gtin, product]));
  const units = new Map<string, string | undefined>();
  const makers = new Map<string, Set<string>>();
  const seen = (object: Hex, by: number, makes: boolean): void => {
    const gtin = gtinOf(object);
    const gln = glnOf(by);
    if (gtin === undefined || gln === undefined || known.has(gtin)) return;
    const already = makers.get(gtin);
    if (already === undefined) makers.set(gtin, new Set([gln]));
    else if (makes) already.add(gln);
  };
  // Makers come before those who only handle the goods.
  for (const creates of [true, false]) {
    for (const { by, event, opening } of tasks) {
      const makes = (event.kind === 1 && event.action === 1) || opening;
      const own = [...event.objects, ...event.quantities.map(({ object }) => object)];
      const made = [...event.outputs, ...event.outputQuantities.map(({ object }) => object), ...(makes ? own : [])];
      for (const object of creates ? made : own) seen(object, by, creates);
      for (const { object, unit } of [...event.quantities, ...event.outputQuantities]) {
        const gtin = gtinOf(object);
        if (gtin !== undefined && !units.has(gtin)) units.set(gtin, unit === PIECES ? undefined : fromUnit(unit));
      }
    }
  }
  for (const [gtin, glns] of makers) {
    const told = products.get(gtin);
    const [owner, ...producers] = glns;
    products.set(gtin, {
      gtin,
      name: told?.name ?? `GTIN ${gtin}`,
      owner: told?.owner ?? owner,
      unit: told?.unit ?? units.get(gtin),
      classes: told === undefined || told.classes.length === 0 ? ["food"] : told.classes,
      temperature: told?.temperature,
      shelfLifeDays: told?.shelfLifeDays,
      drug: told?.drug,
      producers: told === undefined ? producers : [...new Set([...told.producers, ...glns])],
      factors: told?.factors ?? [],
    });
  }
  return [...products.values()];
}

function ownerOf(
  gln: string,
  candidates: readonly string[],
  prefixes: ReadonlyMap<string, string>,
): string | undefined {
  if (candidates.includes(gln)) return gln;
  const prefix = prefixes.get(gln);
  const known = prefix === undefined ? undefined : candidates.find((one) => one.startsWith(prefix));
  if (known !== undefined) return known;
  const nearest = candidates
    .map((one) => ({ one, common: commonDigits(one, gln) }))
    .reduce((best, next) => (next.common > best.common ? next : best), { one: "", common: 0 });
  return prefix === undefined && nearest.common >= COMMON ? nearest.one : undefined;
}

function commonDigits(a: string, b: string): number {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count++;
  return count;
}
