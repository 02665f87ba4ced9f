import { type Company, createCompany, type Notation } from "@banyan/trace-common/sample";

/** A party of the story with its keys; every name is invented. */
export interface Party {
  /** What the story calls it. */
  readonly name: string;
  readonly company: Company;
  /** Its legal entity, as its own documents write it. */
  readonly id: string;
  readonly gln: string;
  /** Its only place. */
  readonly place: string;
  readonly sgln: string;
  readonly notation: Notation;
  readonly roles: readonly string[];
  readonly kind: string;
  readonly region: string;
  readonly title: string;
}

const PARTY = "00001";
const PLACE = "00002";

function party(
  name: string,
  prefix: string,
  [region, kind, roles, title]: readonly [region: string, kind: string, roles: readonly string[], title: string],
  notation: Notation = "urn",
): Party {
  const company = createCompany(prefix);
  return {
    ...{ name, company, notation, roles, kind, region, title },
    id: company.party(PARTY, notation),
    gln: company.gln(PARTY),
    place: company.place(PLACE, "0", notation),
    sgln: company.place(PLACE),
  };
}

const GS1: Notation = { host: "https://id.gs1.org" };
const FACTORY: Notation = { host: "https://trace.qingwu-tea.example/c" };

/** Keeper of the protected origin: sets quotas, owns the intermediate products. */
export const association = party("association", "9521001", [
  ...["CN-ZJ-331100", "OTHER"] as const,
  ["ASSOCIATION", "BRAND_OWNER", "CERTIFIER"],
  "Sample association of Qingwu tea",
]);

/** The two factories; their documents write GS1 Digital Link URIs on a host of their own. */
export const factories: readonly Party[] = [
  party("factory-1", "9521201", ["CN-ZJ-331102", "FACTORY", ["PRODUCER", "PROCESSOR", "BRAND_OWNER"], "Sample tea factory Yunmen"], FACTORY),
  party("factory-2", "9521202", ["CN-ZJ-331121", "FACTORY", ["PRODUCER", "PROCESSOR", "BRAND_OWNER"], "Sample tea factory Songtao"], FACTORY),
];

/** Two co-operatives with a garden each; they sell their leaf to a factory. */
export const cooperatives: readonly Party[] = [
  party("cooperative-1", "9521101", ["CN-ZJ-331102", "GARDEN", ["PRODUCER"], "Sample tea co-operative at the ridge"]),
  party("cooperative-2", "9521102", ["CN-ZJ-331121", "GARDEN", ["PRODUCER"], "Sample tea co-operative in the valley"]),
];

/** A garden under quota. */
export interface Garden {
  readonly number: number;
  /** Who runs it and captures its harvest. */
  readonly owner: Party;
  /** The factory that its leaf goes to. */
  readonly factory: Party;
  readonly place: string;
  readonly sgln: string;
}

/** Six gardens on the mountain: each factory runs two of its own, and buys the leaf of a third from a co-operative. */
export const gardens: readonly Garden[] = factories.flatMap((factory, index) => {
  const cooperative = cooperatives[index];
  if (cooperative === undefined) throw new RangeError("Each factory has a co-operative");
  const estates = [0, 1].map((place): Garden => {
    const [reference, number] = [`0001${place}`, index * 3 + place + 1];
    return { number, owner: factory, factory, place: factory.company.place(reference, "0", factory.notation), sgln: factory.company.place(reference) };
  });
  return [...estates, { number: index * 3 + 3, owner: cooperative, factory, place: cooperative.place, sgln: cooperative.sgln }];
});

/** One wholesaler for each factory; each has its own territory. */
export const wholesalers: readonly Party[] = [
  party("wholesaler-1", "9521301", ["CN-SH-310115", "STORE", ["DISTRIBUTOR"], "Sample wholesaler in Shanghai"]),
  party("wholesaler-2", "9521302", ["CN-BJ-110106", "STORE", ["DISTRIBUTOR"], "Sample wholesaler in Beijing"]),
];

/** Three shops for each wholesaler; their tills write canonical GS1 Digital Link URIs. */
export const shops: readonly Party[] = [
  ["CN-SH-310101", "Sample tea shop on the river"],
  ["CN-ZJ-330106", "Sample tea shop at the lake"],
  ["CN-SH-310104", "Sample tea counter in a department store"],
  ["CN-BJ-110101", "Sample tea house in the old town"],
  ["CN-BJ-110105", "Sample tea shop in the east"],
  ["CN-TJ-120101", "Sample tea shop in Tianjin"],
].map(([region = "", title = ""], index) => party(`shop-${index + 1}`, `952150${index + 1}`, [region, "SHOP", ["RETAILER"], title], GS1));

/** Buys tins from a shop and sells them on. */
export const dealer = party("dealer", "9521507", ["CN-SH-310106", "SHOP", ["RETAILER"], "Sample dealer in gift tea"], GS1);

export const carrier = party("carrier", "9521401", ["CN-ZJ-330109", "VEHICLE", ["CARRIER"], "Sample carrier"]);

export const laboratory = party("laboratory", "9521601", ["CN-ZJ-330108", "OTHER", ["LABORATORY"], "Sample food laboratory"]);

export const office = party("office", "9521801", ["CN-ZJ-331100", "OTHER", ["OFFICE"], "Sample market regulation office"]);

/** Every party, in the order in which they are filed. */
export const parties: readonly Party[] = [
  association,
  ...factories,
  ...cooperatives,
  ...wholesalers,
  ...shops,
  dealer,
  carrier,
  laboratory,
  office,
];

/** References of the association's products below its prefix. */
const LEAF = "000101";
const RAW = "000102";
const FINISHED = "000103";
/** Reference of a factory's tin of 250 g. */
const TIN = "000201";

/** A product: its GTIN and how its lots and items are written. */
export interface Product {
  readonly gtin: string;
  lot(lot: string, by: Party): string;
  item(serial: string, by: Party): string;
}

function product(company: Company, reference: string): Product {
  return {
    gtin: company.gtin(reference),
    lot: (lot, by) => company.lot(reference, lot, by.notation),
    item: (serial, by) => company.item(reference, serial, by.notation),
  };
}

/** Fresh leaf, raw tea and finished tea, by weight. */
export const leaf = product(association.company, LEAF);
export const raw = product(association.company, RAW);
export const finished = product(association.company, FINISHED);
/** The tin of a factory. */
export const tinOf = (factory: Party): Product => product(factory.company, TIN);
