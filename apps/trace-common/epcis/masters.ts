import { BanyanError } from "@banyan/app-common";
import type { Text } from "@banyan/app-common/app";
import { type Prefixes, readContext } from "./context.ts";
import { MASTER_DATA } from "./document-rules.ts";
import { parseGln, parseIdentifier } from "./identify.ts";
import { parseJson } from "./parse-json.ts";
import type { Refusal } from "./refusal.ts";
import { type Fields, isFields } from "./schema.ts";
import { BANYAN_NAMESPACE } from "./to-epcis.ts";

/** A party as master data tells of it. */
export interface PartyMaster {
  readonly gln: string;
  readonly name: string;
  /** Words of the contracts' `PartyRole` in lower case. */
  readonly roles: readonly string[];
  /** ISO 3166, such as `CN-33`. */
  readonly region: string | undefined;
}

/** A place as master data tells of it. */
export interface PlaceMaster {
  readonly gln: string;
  readonly extension: string;
  readonly name: string;
  /** GLN of the party that runs it. */
  readonly owner: string | undefined;
  /** A word of the contracts' `PlaceKind` in lower case. */
  readonly kind: string | undefined;
  readonly region: string | undefined;
}

/** A product as master data tells of it. */
export interface ProductMaster {
  readonly gtin: string;
  readonly name: string;
  /** GLN of the brand owner. */
  readonly owner: string | undefined;
  readonly unit: string | undefined;
  /** Words of the contracts' `ProductClass` in lower case. */
  readonly classes: readonly string[];
  /** A word of the contracts' `TemperatureClass` in lower case. */
  readonly temperature: string | undefined;
  readonly shelfLifeDays: number | undefined;
  /** The first seven characters of its medicine codes. */
  readonly drug: string | undefined;
  /** GLNs of those who may produce it besides the owner. */
  readonly producers: readonly string[];
  /** What one unit of an input gives of it at most: the input's GTIN and the factor. */
  readonly factors: readonly { readonly input: string; readonly factor: number }[];
}

/** Parties, places and products that a document or a file of its own tells of. */
export interface Masters {
  readonly parties: readonly PartyMaster[];
  readonly places: readonly PlaceMaster[];
  readonly products: readonly ProductMaster[];
}

/** No master data. */
export const NO_MASTERS: Masters = { parties: [], places: [], products: [] };

/**
 * Reads master data: the vocabularies of a document's header. Vocabularies of parties, of locations, read points and business locations, and of classes
 * are read. Of attributes of any namespace the name, the description and the country are read; `roles`, `region`, `owner`, `kind`, `unit`, `classes`,
 * `temperature`, `shelfLifeDays`, `drug`, `producers` and `factors` are words of this repository's own namespace.
 *
 * @param vocabularies - the list of vocabularies
 * @param context - the `@context` that they stand under
 */
export function readMasters(vocabularies: readonly unknown[], context?: unknown): Masters {
  const prefixes = readContext(context);
  const parties = new Map<string, PartyMaster>();
  const places = new Map<string, PlaceMaster>();
  const products = new Map<string, ProductMaster>();
  for (const vocabulary of vocabularies) {
    if (!isFields(vocabulary) || !Array.isArray(vocabulary.vocabularyElementList)) continue;
    for (const element of vocabulary.vocabularyElementList) {
      if (!isFields(element) || typeof element.id !== "string") continue;
      readElement(prefixes.expand(element.id), attributesOf(element, prefixes), { parties, places, products });
    }
  }
  return { parties: [...parties.values()], places: [...places.values()], products: [...products.values()] };
}

/**
 * Reads a file of master data: `{"vocabularyList": […]}`, with a `@context` where prefixes are used.
 *
 * @param source - the file, as it is or as text
 * @returns the masters, and what is wrong with the file
 */
export function readMasterFile(source: string | Uint8Array): {
  readonly masters: Masters;
  readonly refusals: readonly Refusal[];
} {
  const refusals: Refusal[] = [];
  const parsed = parseJson(source);
  if ("refusal" in parsed) {
    const cure: Text = { en: 'Write {"vocabularyList": […]}.', zh: '请写 {"vocabularyList": […]}。' };
    return { masters: NO_MASTERS, refusals: [{ ...parsed.refusal, cure }] };
  }
  const json = parsed.value;
  MASTER_DATA(json, "", (code, pointer, rule, message, cure) => {
    refusals.push({ code, pointer, rule, message, cure });
  });
  const list = isFields(json) && Array.isArray(json.vocabularyList) ? json.vocabularyList : [];
  return { masters: readMasters(list, isFields(json) ? json["@context"] : undefined), refusals };
}

/** Master data as the header of a document carries it. */
export function mastersJson({ parties, places, products }: Masters): Fields {
  const vocabulary = (type: string, elements: readonly Fields[]): Fields[] =>
    elements.length === 0 ? [] : [{ type: `urn:epcglobal:epcis:vtype:${type}`, vocabularyElementList: elements }];
  const element = (id: string, attributes: Readonly<Record<string, unknown>>): Fields => ({
    id,
    attributes: Object.entries(attributes).flatMap(([name, attribute]) =>
      attribute === undefined || attribute === "" ? [] : [{ id: BANYAN_NAMESPACE + name, attribute }],
    ),
  });
  return {
    epcisMasterData: {
      vocabularyList: [
        ...vocabulary(
          "Party",
          parties.map(({ gln, name, roles, region }) =>
            element(`https://id.gs1.org/417/${gln}`, { name, roles: roles.join(" "), region }),
          ),
        ),
        ...vocabulary(
          "Location",
          places.map(({ gln, extension, ...more }) =>
            element(
              `https://id.gs1.org/414/${gln}${extension === "" ? "" : `/254/${encodeURIComponent(extension)}`}`,
              more,
            ),
          ),
        ),
        ...vocabulary(
          "EPCClass",
          products.map(({ gtin, classes, producers, factors, ...more }) =>
            element(`https://id.gs1.org/01/${gtin}`, {
              ...more,
              classes: classes.join(" "),
              producers: producers.join(" "),
              factors: factors.map(({ input, factor }) => `${input}:${factor}`).join(" "),
            }),
          ),
        ),
      ],
    },
  };
}

interface Found {
  readonly parties: Map<string, PartyMaster>;
  readonly places: Map<string, PlaceMaster>;
  readonly products: Map<string, ProductMaster>;
}

function readElement(id: string, said: ReadonlyMap<string, string>, { parties, places, products }: Found): void {
  const words = (name: string): string[] => (said.get(name) ?? "").split(/[\s,;]+/).filter((word) => word !== "");
  const name = said.get("name") ?? said.get("descriptionShort") ?? said.get("description") ?? id;
  const country = said.get("countryCode");
  const region = said.get("region") ?? (country !== undefined && /^[A-Z]{2}$/.test(country) ? country : undefined);
  const identifier = quiet(() => parseIdentifier(id));
  const gln = quiet(() => parseGln(id));
  if (gln?.party === true) {
    parties.set(gln.gln, { gln: gln.gln, name, roles: words("roles"), region });
  } else if (gln !== undefined) {
    const owner = quiet(() => parseGln(said.get("owner") ?? ""))?.gln ?? said.get("owner");
    const { gln: number, extension } = gln;
    const place = { gln: number, extension, name, owner, kind: said.get("kind"), region };
    places.set(`${number}/${extension}`, place);
  } else if (identifier !== undefined && ["gtin", "lgtin", "sgtin"].includes(identifier.scheme)) {
    const days = Number(said.get("shelfLifeDays"));
    products.set(identifier.key, {
      gtin: identifier.key,
      name,
      owner: quiet(() => parseGln(said.get("owner") ?? ""))?.gln ?? said.get("owner"),
      unit: said.get("unit"),
      classes: words("classes"),
      temperature: said.get("temperature"),
      shelfLifeDays: Number.isFinite(days) && days > 0 ? days : undefined,
      drug: said.get("drug"),
      producers: words("producers"),
      factors: words("factors").flatMap((pair) => {
        const [input = "", factor = ""] = pair.split(":");
        return Number(factor) > 0 ? [{ input: input.padStart(14, "0"), factor: Number(factor) }] : [];
      }),
    });
  }
}

const COMMON: ReadonlySet<string> = new Set(["name", "description", "descriptionShort", "countryCode"]);

function attributesOf({ attributes }: Fields, prefixes: Prefixes): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  for (const one of Array.isArray(attributes) ? attributes : []) {
    if (!isFields(one) || typeof one.id !== "string") continue;
    const full = prefixes.expand(one.id);
    const last = /[^#/:]+$/.exec(full)?.[0];
    // Words of others may be spelt the same and mean something else: of theirs only names and countries are read.
    if (last === undefined || !(full.startsWith(BANYAN_NAMESPACE) || COMMON.has(last))) continue;
    if (typeof one.attribute === "string" || typeof one.attribute === "number") {
      said.set(last, String(one.attribute));
    }
  }
  return said;
}

/** What cannot be read as an identifier is none. */
function quiet<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof BanyanError) return undefined;
    throw error;
  }
}
