import type { Hex } from "viem";
import { PartyRole, PlaceKind, ProductClass, TemperatureClass } from "../../client/index.ts";
import { canonicalLink, fromUnit, type Masters, type Names, PIECES } from "../../epcis/index.ts";
import type { TraceContracts } from "./trace-contracts.ts";

/** Who knows parties, places and products of a chain, once they were looked up. */
export interface KnownNames extends Names {
  /** What is filed of all that was looked up; the chain keeps names of parties and products as digests only, so they are left out. */
  readonly masters: Masters;
}

/** What is to be looked up. */
export interface Lookup {
  readonly parties: Iterable<number>;
  readonly places: Iterable<number>;
  readonly gtins: Iterable<string>;
}

const DAY = 86_400n;

/**
 * Looks parties, places and products up.
 *
 * @param contracts - the registers
 * @param lookup - the numbers
 */
export async function openNames(
  { parties, products }: Pick<TraceContracts, "parties" | "products">,
  lookup: Lookup,
): Promise<KnownNames> {
  const places = new Map<number, Awaited<ReturnType<typeof parties.read.placeOf>>>();
  const known = new Map<number, Awaited<ReturnType<typeof parties.read.recordOf>>>();
  const filed = new Map<string, Awaited<ReturnType<typeof products.read.productOf>>>();
  const numbers = new Set(lookup.parties);
  for (const place of new Set(lookup.places)) {
    if (place === 0) continue;
    const record = await parties.read.placeOf({ place });
    places.set(place, record);
    numbers.add(record.owner);
  }
  for (const gtin of new Set(lookup.gtins)) {
    if (!(await products.read.isFiled({ gtin: BigInt(gtin) }))) continue;
    const record = await products.read.productOf({ gtin: BigInt(gtin) });
    filed.set(gtin, record);
    numbers.add(record.owner);
  }
  const licences = await licencesOf(products, [...filed.keys()]);
  const factors = await factorsOf(products, [...filed.keys()]);
  for (const makers of licences.values()) for (const maker of makers) numbers.add(maker);
  for (const party of numbers) if (party !== 0) known.set(party, await parties.read.recordOf({ party }));

  const glnOf = (party: number): string | undefined => {
    const gln = known.get(party)?.gln ?? 0n;
    return gln === 0n ? undefined : gln.toString().padStart(13, "0");
  };
  return {
    party(party) {
      const gln = glnOf(party);
      if (gln !== undefined) return canonicalLink({ scheme: "pgln", key: gln, qualifier: "" });
      return `urn:banyan:partner:${(known.get(party)?.commitment ?? "0x").slice(2)}`;
    },
    place(place) {
      const record = places.get(place);
      if (record === undefined) throw new RangeError(`place ${place} was not looked up`);
      return { gln: record.gln.toString().padStart(13, "0"), extension: textOf(record.extension) };
    },
    masters: {
      parties: [...known].flatMap(([party, { roles, region }]) => {
        const gln = glnOf(party);
        return gln === undefined ? [] : [{ gln, name: "", roles: wordsOf(PartyRole, roles), region: textOf(region) }];
      }),
      places: [...places.values()].map(({ gln, extension, owner, kind, region }) => ({
        gln: gln.toString().padStart(13, "0"),
        extension: textOf(extension),
        name: "",
        owner: glnOf(owner),
        kind: wordOf(PlaceKind, kind),
        region: textOf(region),
      })),
      products: [...filed].map(([gtin, { owner, unit, classes, temperature, shelfLife, drug }]) => ({
        gtin,
        name: "",
        owner: glnOf(owner),
        unit: unit === PIECES ? undefined : fromUnit(unit),
        classes: wordsOf(ProductClass, classes),
        temperature: wordOf(TemperatureClass, temperature),
        shelfLifeDays: shelfLife === 0n ? undefined : Number(shelfLife / DAY),
        drug: textOf(drug) === "" ? undefined : textOf(drug),
        producers: (licences.get(gtin) ?? []).flatMap((party) => glnOf(party) ?? []),
        factors: factors.get(gtin) ?? [],
      })),
    },
  };
}

/** Who may produce besides the owner, by GTIN. */
async function licencesOf(
  products: TraceContracts["products"],
  gtins: readonly string[],
): Promise<ReadonlyMap<string, number[]>> {
  const licences = new Map<string, Set<number>>();
  if (gtins.length === 0) return new Map();
  for (const { args } of await products.events.ProducerLicensed.get({ args: { gtin: gtins.map(BigInt) } })) {
    const gtin = gtinText(args.gtin);
    const makers = licences.get(gtin) ?? new Set();
    if (args.licensed) makers.add(args.producer);
    else makers.delete(args.producer);
    licences.set(gtin, makers);
  }
  return new Map([...licences].map(([gtin, makers]) => [gtin, [...makers]]));
}

/** Yield factors that hold, by the output's GTIN. */
async function factorsOf(
  products: TraceContracts["products"],
  gtins: readonly string[],
): Promise<ReadonlyMap<string, { input: string; factor: number }[]>> {
  if (gtins.length === 0) return new Map();
  const stated = new Map<string, Map<string, number>>();
  for (const { args } of await products.events.FactorStated.get({ args: { output: gtins.map(BigInt) } })) {
    const inputs = stated.get(gtinText(args.output)) ?? new Map();
    if (args.ppm === 0n) inputs.delete(gtinText(args.input));
    else inputs.set(gtinText(args.input), Number(args.ppm) / 1_000_000);
    stated.set(gtinText(args.output), inputs);
  }
  return new Map(
    [...stated].map(([gtin, inputs]) => [gtin, [...inputs].map(([input, factor]) => ({ input, factor }))]),
  );
}

function gtinText(gtin: bigint): string {
  return gtin.toString().padStart(14, "0");
}

/** ASCII, left-aligned. */
function textOf(bytes: Hex): string {
  return Buffer.from(bytes.slice(2), "hex").toString("latin1").replace(/\0+$/, "");
}

function wordsOf(words: Readonly<Record<string, number>>, bits: number): string[] {
  return Object.entries(words)
    .filter(([, number]) => number > 0 && (bits >> number) & 1)
    .map(([word]) => word.toLowerCase());
}

function wordOf(words: Readonly<Record<string, number>>, number: number): string {
  return (Object.entries(words).find(([, one]) => one === number)?.[0] ?? "NONE").toLowerCase();
}
