import { BanyanError } from "@banyan/app-common";
import { DigestAlgorithm } from "@banyan/app-common/client";
import { type Address, type Hex, padHex, stringToHex, toHex, zeroHash } from "viem";
import { PartyRole, PlaceKind, ProductClass, TemperatureClass } from "../../client/index.ts";
import {
  digestText,
  KeyKind,
  type Masters,
  type PartyMaster,
  type PlaceMaster,
  type ProductMaster,
  packObjectId,
  toUnit,
} from "../../epcis/index.ts";
import type { TraceContracts } from "./trace-contracts.ts";

/** Who files what is not filed yet. */
export interface RegisterOptions {
  readonly contracts: TraceContracts;
  /** The platform's account. */
  readonly platform: Address;
  /** The account that acts for a party which is filed here, by its GLN. */
  readonly agentOf: (gln: string) => Address;
  /** Keeps an account able to pay for gas. */
  readonly fill: (account: Address) => Promise<void>;
  /** The region of what master data gives none for. */
  readonly region: string;
}

const DAY = 86_400n;

/**
 * Files what of the masters is not filed yet. Each party filed here gets an agent of its own, which gives the platform its mandate, so that the platform
 * can file its places and products and capture for it.
 *
 * @param masters - parties, places, products
 * @param options - the contracts and the accounts
 * @param extend - GTINs of products whose further producers are licensed although they are filed
 * @returns how many of each were filed
 */
export async function registerMasters(
  masters: Masters,
  options: RegisterOptions,
  extend: ReadonlySet<string> = new Set(),
): Promise<{ parties: number; places: number; products: number }> {
  let [parties, places, products] = [0, 0, 0];
  for (const party of masters.parties) if (await fileParty(party, options)) parties++;
  for (const place of masters.places) if (await filePlace(place, options)) places++;
  for (const product of masters.products) if (await fileProduct(product, options, extend)) products++;
  for (const product of masters.products) await stateFactors(product, options);
  return { parties, places, products };
}

async function fileParty(party: PartyMaster, options: RegisterOptions): Promise<boolean> {
  const { contracts, platform, agentOf, fill, region } = options;
  const gln = BigInt(party.gln);
  if ((await contracts.parties.read.partyByGln({ gln })) !== 0) return false;
  const agent = agentOf(party.gln);
  const outcome = await contracts.parties.writeAndWait.file(
    {
      filing: {
        gln,
        region: regionId(party.region ?? region),
        roles: bits(PartyRole, party.roles.length === 0 ? ["producer"] : [...party.roles, "brand_owner"]),
        agent,
        name: digest(party.name),
      },
    },
    { account: platform },
  );
  await fill(agent);
  const { party: id } = outcome.event("PartyFiled").args;
  await contracts.parties.writeAndWait.setMandate({ party: id, given: true }, { account: agent });
  return true;
}

async function filePlace(place: PlaceMaster, { contracts, platform, region }: RegisterOptions): Promise<boolean> {
  const key = packObjectId({ kind: KeyKind.SGLN, number: place.gln, text: place.extension });
  if ((await contracts.parties.read.placeByKey({ key })) !== 0) return false;
  const owner = await partyOf(place.owner ?? place.gln, contracts);
  await contracts.parties.writeAndWait.filePlace(
    {
      filing: {
        owner,
        gln: BigInt(place.gln),
        extension: padHex(toHex(place.extension), { dir: "right", size: 20 }),
        kind: wordOf(PlaceKind, place.kind ?? "other"),
        region: regionId(place.region ?? region),
        description: digest(place.name),
      },
    },
    { account: platform },
  );
  return true;
}

async function fileProduct(
  product: ProductMaster,
  { contracts, platform }: RegisterOptions,
  extend: ReadonlySet<string>,
): Promise<boolean> {
  const gtin = BigInt(product.gtin);
  const filed = await contracts.products.read.isFiled({ gtin });
  const owner = product.owner === undefined ? undefined : await partyOf(product.owner, contracts);
  if (!filed && owner !== undefined) {
    await contracts.products.writeAndWait.file(
      {
        filing: {
          gtin,
          owner,
          unit: toUnit(product.unit),
          classes: bits(ProductClass, product.classes.length === 0 ? ["food"] : product.classes),
          temperature: wordOf(TemperatureClass, product.temperature ?? "none"),
          shelfLife: BigInt(product.shelfLifeDays ?? 0) * DAY,
          drug: padHex(toHex(product.drug ?? ""), { dir: "right", size: 7 }),
          name: digest(product.name),
        },
      },
      { account: platform },
    );
  }
  if (filed && !extend.has(product.gtin)) return false;
  const makers = new Set([...product.producers, ...(filed && product.owner !== undefined ? [product.owner] : [])]);
  for (const gln of makers) {
    const producer = await partyOf(gln, contracts);
    if (await contracts.products.read.isProducer({ gtin, party: producer })) continue;
    await contracts.products.writeAndWait.license({ gtin, producer, licensed: true }, { account: platform });
  }
  return !filed;
}

async function stateFactors({ gtin, factors }: ProductMaster, { contracts, platform }: RegisterOptions): Promise<void> {
  for (const { input, factor } of factors) {
    const pair = { input: BigInt(input), output: BigInt(gtin) };
    const ppm = BigInt(Math.round(factor * 1_000_000));
    const known = await contracts.products.read.factorOf(pair);
    if (known.stated && known.ppm === ppm) continue;
    const basis = digest(`${input} ${gtin} ${factor}`);
    await contracts.products.writeAndWait.stateFactor({ ...pair, ppm, basis }, { account: platform });
  }
}

async function partyOf(gln: string, { parties }: TraceContracts): Promise<number> {
  const party = await parties.read.partyByGln({ gln: BigInt(gln) });
  if (party !== 0) return party;
  throw new BanyanError(
    "TRACE_PARTY_UNKNOWN",
    { en: `no party is filed under GLN ${gln}`, zh: `没有登记 GLN 为 ${gln} 的交易方` },
    { cure: { en: "Name the party in the master data too.", zh: "请在主数据中同时给出该交易方。" } },
  );
}

/** A region's code as the contracts keep it. */
function regionId(code: string): Hex {
  return padHex(stringToHex(code), { dir: "right", size: 32 });
}

function digest(text: string): { readonly value: Hex; readonly algorithm: DigestAlgorithm } {
  return text === ""
    ? { value: zeroHash, algorithm: DigestAlgorithm.NONE }
    : { value: digestText(text), algorithm: DigestAlgorithm.SHA256 };
}

function bits(words: Readonly<Record<string, number>>, names: readonly string[]): number {
  return names.reduce((all, name) => all | (1 << wordOf(words, name)), 0);
}

/** The number of a word of an enum of the contracts. */
function wordOf<value extends number>(words: Readonly<Record<string, value>>, name: string): value {
  const found = words[name.toUpperCase()];
  if (found !== undefined) return found;
  const known = Object.keys(words).map((word) => word.toLowerCase());
  throw new BanyanError(
    "MASTER_WORD_UNKNOWN",
    { en: `the master data says "${name}", which is no such word`, zh: `主数据中的 "${name}" 不是有效的词` },
    { cure: { en: `Choose one of: ${known.join(", ")}.`, zh: `请选择：${known.join("、")}。` } },
  );
}
