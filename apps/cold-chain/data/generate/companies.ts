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
const GS1: Notation = { host: "https://id.gs1.org" };

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

// -- frozen food ------------------------------------------------------------------------------------

export const importer = party("importer", "9522001", ["CN-HI-460100", "PORT", ["IMPORTER", "BRAND_OWNER"], "Sample importer of seafood"]);

/** The first cold store in the province: gives each package its code. */
export const portStore = party("port-store", "9522101", ["CN-HI-460100", "COLD_STORE", ["WAREHOUSE"], "Sample cold store at the port"]);

export const markets: readonly Party[] = [
  party("market-1", "9522201", ["CN-HI-460105", "SHOP", ["RETAILER"], "Sample supermarket by the bay"], GS1),
  party("market-2", "9522202", ["CN-HI-460106", "SHOP", ["RETAILER"], "Sample supermarket in the old town"], GS1),
  party("market-3", "9522203", ["CN-HI-460200", "SHOP", ["RETAILER"], "Sample supermarket in the south"], GS1),
];

// -- vaccine ----------------------------------------------------------------------------------------

/** Licence holder and maker of the vaccine. */
export const maker = party("vaccine-maker", "9522301", ["CN-HB-420100", "FACTORY", ["PRODUCER", "BRAND_OWNER"], "Sample maker of vaccines"], GS1);

export const province = party("province-store", "9522401", ["CN-HI", "COLD_STORE", ["WAREHOUSE", "MEDICAL"], "Sample vaccine store of the province"]);

export const district = party("district-store", "9522402", ["CN-HI-460105", "COLD_STORE", ["WAREHOUSE", "MEDICAL"], "Sample vaccine store of the district"]);

export const clinics: readonly Party[] = [
  party("clinic-1", "9522501", ["CN-HI-460105", "CLINIC", ["MEDICAL"], "Sample vaccination point at the harbour"]),
  party("clinic-2", "9522502", ["CN-HI-460105", "CLINIC", ["MEDICAL"], "Sample vaccination point on the hill"]),
  party("clinic-3", "9522503", ["CN-HI-460105", "CLINIC", ["MEDICAL"], "Sample vaccination point in the new quarter"]),
];

// -- both -------------------------------------------------------------------------------------------

/** Owns the boxes and cages that travel, and the loggers in them. */
export const carrier = party("carrier", "9522601", ["CN-HI-460100", "VEHICLE", ["CARRIER", "OPERATOR"], "Sample cold chain carrier"]);

export const office = party("office", "9522801", ["CN-HI", "OTHER", ["OFFICE"], "Sample office of market regulation"]);

/** Every party, in the order in which they are filed. */
export const parties: readonly Party[] = [importer, portStore, ...markets, maker, province, district, ...clinics, carrier, office];

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

/** Packages of 1 kg of frozen prawns. */
export const prawns = product(importer.company, "000101");
/** Single-dose vials. */
export const vaccine = product(maker.company, "000201");
/** The first seven characters of the vaccine's codes. */
export const DRUG = "8395012";

/** A vial's code: 20 characters, the drug in front. */
export const vialCode = (serial: number): string => `urn:banyan:medicine:${DRUG}${String(serial).padStart(13, "0")}`;

/** A cage or cooler of the carrier. */
export const carrierAsset = (number: number, by: Party): string =>
  carrier.company.asset("00101", `BOX${String(number).padStart(3, "0")}`, by.notation);
