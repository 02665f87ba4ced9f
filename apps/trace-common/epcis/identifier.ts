/** The schemes of GS1 keys, named as in EPC URIs; `gtin` is a class of trade items. */
export type Scheme =
  | "sgtin"
  | "lgtin"
  | "gtin"
  | "upui"
  | "itip"
  | "sscc"
  | "sgln"
  | "pgln"
  | "grai"
  | "giai"
  | "gsrn"
  | "gsrnp"
  | "gdti"
  | "sgcn"
  | "ginc"
  | "gsin"
  | "cpi";

/** A GS1 key, whichever syntax it came in. */
export interface Identifier {
  readonly scheme: Scheme;
  /** The primary key with its check digit; GTINs have 14 digits. For an ITIP with piece and total; for a CPI the reference. */
  readonly key: string;
  /** The serial number, lot number or extension; empty where there is none, which makes a class of a GRAI or GDTI. */
  readonly qualifier: string;
}

/** How a primary key is written: its application identifier, its fixed digits, what may follow, and whether a check digit ends the digits. */
export interface KeyForm {
  readonly ai: string;
  /** Short name that older Digital Link URIs use. */
  readonly name?: string;
  /** Digits of the key, with the check digit; 0 where the key has no fixed number. */
  readonly digits: number;
  /** Where the check digit stands, counted from 1; 0 = nowhere. */
  readonly check: number;
  /** Characters that may follow the digits within the same value. */
  readonly tail: number;
  /** Key qualifiers, in the order in which they stand in a URI. */
  readonly qualifiers: readonly string[];
}

/** Every primary key of GS1 Digital Link that EPCIS uses, by application identifier. */
export const KEY_FORMS: Readonly<Record<string, KeyForm>> = {
  "00": { ai: "00", name: "sscc", digits: 18, check: 18, tail: 0, qualifiers: [] },
  "01": { ai: "01", name: "gtin", digits: 14, check: 14, tail: 0, qualifiers: ["22", "10", "21", "235"] },
  "253": { ai: "253", name: "gdti", digits: 13, check: 13, tail: 17, qualifiers: [] },
  "255": { ai: "255", name: "gcn", digits: 13, check: 13, tail: 12, qualifiers: [] },
  "401": { ai: "401", name: "ginc", digits: 0, check: 0, tail: 30, qualifiers: [] },
  "402": { ai: "402", name: "gsin", digits: 17, check: 17, tail: 0, qualifiers: [] },
  "414": { ai: "414", name: "gln", digits: 13, check: 13, tail: 0, qualifiers: ["254", "7040"] },
  "417": { ai: "417", name: "party", digits: 13, check: 13, tail: 0, qualifiers: ["7040"] },
  "8003": { ai: "8003", name: "grai", digits: 14, check: 14, tail: 16, qualifiers: [] },
  "8004": { ai: "8004", name: "giai", digits: 0, check: 0, tail: 30, qualifiers: [] },
  "8006": { ai: "8006", name: "itip", digits: 18, check: 14, tail: 0, qualifiers: ["22", "10", "21"] },
  "8010": { ai: "8010", name: "cpid", digits: 0, check: 0, tail: 30, qualifiers: ["8011"] },
  "8017": { ai: "8017", name: "gsrnp", digits: 18, check: 18, tail: 0, qualifiers: ["8019"] },
  "8018": { ai: "8018", name: "gsrn", digits: 18, check: 18, tail: 0, qualifiers: ["8019"] },
};

/** Qualifiers and the most characters that each may have. */
export const QUALIFIERS: Readonly<Record<string, number>> = {
  "22": 20,
  "10": 20,
  "21": 20,
  "235": 28,
  "254": 20,
  "7040": 4,
  "8011": 12,
  "8019": 10,
};

/** The characters that GS1 allows in serial and lot numbers (its character set 82). */
export const CHARACTERS = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/;

/** Which application identifiers a scheme is written with: primary key, qualifier. */
export const SCHEMES: Readonly<Record<Scheme, { readonly ai: string; readonly qualifier?: string }>> = {
  sgtin: { ai: "01", qualifier: "21" },
  lgtin: { ai: "01", qualifier: "10" },
  gtin: { ai: "01" },
  upui: { ai: "01", qualifier: "235" },
  itip: { ai: "8006", qualifier: "21" },
  sscc: { ai: "00" },
  sgln: { ai: "414", qualifier: "254" },
  pgln: { ai: "417" },
  grai: { ai: "8003" },
  giai: { ai: "8004" },
  gsrn: { ai: "8018" },
  gsrnp: { ai: "8017" },
  gdti: { ai: "253" },
  sgcn: { ai: "255" },
  ginc: { ai: "401" },
  gsin: { ai: "402" },
  cpi: { ai: "8010", qualifier: "8011" },
};
