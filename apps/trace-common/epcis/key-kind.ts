/** What a traced thing's key is, numbered as `KeyKind` of the contracts: the first byte of its object id. */
export const KeyKind = {
  NONE: 0,
  /** One item: GTIN and serial number. */
  SGTIN: 1,
  /** A quantity of a lot: GTIN and lot number; of the class, where the lot number is empty. */
  LGTIN: 2,
  /** A logistic unit. */
  SSCC: 3,
  /** A returnable asset. */
  GRAI: 4,
  /** An individual asset. */
  GIAI: 5,
  /** A place as a parent. */
  SGLN: 6,
  /** A document. */
  GDTI: 7,
  /** A medicine's 20 characters (NMPAB/T 1002-2019). */
  MEDICINE: 8,
  /** A battery's 24 characters (GB/T 34014-2017). */
  BATTERY: 9,
  /** Any other EPC or own URI, by its digest. */
  URI: 10,
  /** A transformation, by the digest of its id. */
  TRANSFORMATION: 11,
} as const;

/** One of the numbers of {@link KeyKind}. */
export type KeyKind = (typeof KeyKind)[keyof typeof KeyKind];

/** A traced thing's key as its label says it. */
export interface ObjectKey {
  readonly kind: KeyKind;
  /** The GTIN-14, SSCC-18, GRAI of 14 digits, GLN-13 or GDTI of 13 digits; empty for keys without a fixed number. */
  readonly number: string;
  /** The serial number, lot number, extension or the whole key where it has no fixed number; may be empty. */
  readonly text: string;
}
