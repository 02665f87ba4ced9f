import { decodeRlp, type RlpItem } from "../codec/rlp.ts";
import { ChainError } from "../errors.ts";
import type { TransactionType } from "../types.ts";

/** Every type that a block may hold, whatever its fork. */
export const ALL_TYPES: readonly TransactionType[] = [0, 1, 2, 3, 4];

/**
 * Type of an envelope (EIP-2718).
 * @throws ChainError `TX_MALFORMED`, `TX_TYPE_UNSUPPORTED`
 */
export function typeOf(raw: Uint8Array, types: readonly TransactionType[]): TransactionType {
  const first = raw[0];
  if (first === undefined) throw malformed("it is empty");
  const type = first >= 0xc0 ? 0 : types.find((known) => known !== 0 && known === first);
  if (type !== undefined) return type;
  throw new ChainError(
    "TX_TYPE_UNSUPPORTED",
    `Transactions of type ${first} are not supported; types ${types.join(", ")} are`,
    { type: first },
  );
}

/**
 * Decodes the RLP list that an encoded transaction is, or is wrapped in.
 * @throws ChainError `TX_MALFORMED`
 */
export function decodeFields(bytes: Uint8Array): RlpItem[] {
  try {
    const item = decodeRlp(bytes);
    if (Array.isArray(item)) return item;
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : String(error));
  }
  throw malformed("it is not a list");
}

/** A field that is no list. @throws ChainError `TX_MALFORMED` with its name */
export function bytes(item: RlpItem | undefined, name: string): Uint8Array {
  if (item instanceof Uint8Array) return item;
  throw malformed(`${name} is not a byte string`);
}

/** What is thrown at bytes that are no transaction. */
export function malformed(why: string): ChainError {
  return new ChainError("TX_MALFORMED", `The transaction cannot be decoded: ${why}`, { why });
}
