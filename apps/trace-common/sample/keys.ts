import { checkDigit } from "../epcis/check-digit.ts";

/** How the keys of a company are written: as EPC URIs, or as GS1 Digital Link URIs on a host. */
export type Notation = "urn" | { readonly host: string };

/** The GS1 keys of a company, made from its company prefix. */
export interface Company {
  readonly prefix: string;
  /** A GTIN-14; the first digit of the reference is the indicator. */
  gtin(reference: string): string;
  /** A GLN of 13 digits. */
  gln(reference: string): string;
  /** An item. */
  item(reference: string, serial: string, notation?: Notation): string;
  /** A lot. */
  lot(reference: string, lot: string, notation?: Notation): string;
  /** A logistic unit; the first digit of the reference is the extension. */
  unit(reference: string, notation?: Notation): string;
  /** A place, with or without an extension. */
  place(reference: string, extension?: string, notation?: Notation): string;
  /** A legal entity. */
  party(reference: string, notation?: Notation): string;
  /** A returnable asset. */
  asset(reference: string, serial: string, notation?: Notation): string;
}

/**
 * Makes the keys of a company.
 *
 * @param prefix - its GS1 company prefix: for samples one of 952, which GS1 keeps for demonstrations
 */
export function createCompany(prefix: string): Company {
  const digits = (reference: string, length: number): string => {
    if (prefix.length + reference.length !== length) {
      throw new RangeError(`${prefix}.${reference} does not have ${length} digits`);
    }
    return `${reference.slice(0, 1)}${prefix}${reference.slice(1)}`;
  };
  const withCheck = (text: string): string => text + checkDigit(text);
  const gtin = (reference: string): string => withCheck(digits(reference, 13));
  const gln = (reference: string): string => {
    if (prefix.length + reference.length !== 12) throw new RangeError(`${prefix}.${reference} does not have 12 digits`);
    return withCheck(prefix + reference);
  };
  const sscc = (reference: string): string => withCheck(digits(reference, 17));
  const write = (urn: string, link: string, notation: Notation = "urn"): string =>
    notation === "urn" ? urn : `${notation.host}/${link}`;
  return {
    prefix,
    gtin,
    gln,
    item: (reference, serial, notation) =>
      write(`urn:epc:id:sgtin:${prefix}.${reference}.${serial}`, `01/${gtin(reference)}/21/${serial}`, notation),
    lot: (reference, lot, notation) =>
      write(`urn:epc:class:lgtin:${prefix}.${reference}.${lot}`, `01/${gtin(reference)}/10/${lot}`, notation),
    unit: (reference, notation) => write(`urn:epc:id:sscc:${prefix}.${reference}`, `00/${sscc(reference)}`, notation),
    place: (reference, extension = "0", notation = "urn") =>
      write(
        `urn:epc:id:sgln:${prefix}.${reference}.${extension}`,
        `414/${gln(reference)}${extension === "0" ? "" : `/254/${extension}`}`,
        notation,
      ),
    party: (reference, notation) => write(`urn:epc:id:pgln:${prefix}.${reference}`, `417/${gln(reference)}`, notation),
    asset: (reference, serial, notation) =>
      write(
        `urn:epc:id:grai:${prefix}.${reference}.${serial}`,
        `8003/0${withCheck(prefix + reference)}${serial}`,
        notation,
      ),
  };
}
