import { bytesToBigInt } from "../codec/hex.ts";
import { encodedLength, type RlpItem } from "../codec/rlp.ts";
import { createRlpWriter } from "../codec/rlp-writer.ts";
import { keccak256, keccak256Hex } from "../crypto/keccak.ts";
import type { Hash, TransactionType } from "../types.ts";
import { ALL_TYPES, bytes, decodeFields, malformed, typeOf } from "./transaction-fields.ts";

/** What a sender is recovered from. */
export interface SignedDigest {
  /** Hash of the transaction. */
  readonly hash: Hash;
  /** What was signed, 32 bytes. */
  readonly digest: Uint8Array;
  /** r and s, 32 bytes each. */
  readonly signature: Uint8Array;
  readonly yParity: number;
}

/**
 * Takes out of a transaction what its sender is recovered from, and judges nothing else.
 * @throws ChainError `TX_MALFORMED`, `TX_TYPE_UNSUPPORTED`
 */
export function signedDigestOf(raw: Uint8Array): SignedDigest {
  const type = typeOf(raw, ALL_TYPES);
  const fields = decodeFields(type === 0 ? raw : raw.subarray(1));
  const signature = new Uint8Array(2 * WORD_LENGTH);
  placeScalar(signature, WORD_LENGTH, bytes(fields.at(-2), "r"));
  placeScalar(signature, 2 * WORD_LENGTH, bytes(fields.at(-1), "s"));
  const v = bytesToBigInt(bytes(fields.at(-3), "v"));
  const yParity = Number(type !== 0 ? (v > 1n ? 2n : v) : v < FIRST_EIP155_V ? v - FIRST_V : (v - FIRST_EIP155_V) % 2n);
  return { hash: keccak256Hex(raw), digest: signedDigest(raw, type, fields), signature, yParity };
}

const WORD_LENGTH = 32;
/** Of signatures without and with a chain id (EIP-155). */
const FIRST_V = 27n;
const FIRST_EIP155_V = 35n;
/** v, r and s. */
const SIGNATURE_FIELDS = 3;

/** Writes an integer so that it ends before `end`. */
function placeScalar(target: Uint8Array, end: number, digits: Uint8Array): void {
  if (digits.length > WORD_LENGTH) throw malformed("a part of the signature is too large");
  target.set(digits, end - digits.length);
}

const writer = createRlpWriter();

/** Hash of what was signed: the fields in front of the signature as they stand in the transaction, which is canonical, under a prefix of their own. */
export function signedDigest(raw: Uint8Array, type: TransactionType, fields: readonly RlpItem[]): Uint8Array {
  const shift = type === 0 ? 0 : 1;
  const prefix = raw[shift] ?? 0;
  const start = shift + (prefix < 0xf8 ? 1 : prefix - 0xf6);
  let end = raw.length;
  for (const field of fields.slice(-SIGNATURE_FIELDS)) end -= encodedLength(bytes(field, "a part of the signature"));
  writer.clear();
  if (type !== 0) writer.byte(type);
  const list = writer.begin();
  writer.raw(raw.subarray(start, end));
  const v = type === 0 ? bytesToBigInt(bytes(fields.at(-SIGNATURE_FIELDS), "v")) : 0n;
  if (v >= FIRST_EIP155_V) {
    writer.integer((v - FIRST_EIP155_V) / 2n);
    writer.integer(0n);
    writer.integer(0n);
  }
  writer.endList(list);
  return keccak256(writer.view());
}
