import { bigIntToBytes, bytesToBigInt, bytesToWord, EMPTY_BYTES, fromHex, toHex } from "../codec/hex.ts";
import { type Encoded, encodeList, type RlpItem } from "../codec/rlp.ts";
import { keccak256, keccak256Hex } from "../crypto/keccak.ts";
import { HALF_ORDER, recoverAddress } from "../crypto/secp256k1.ts";
import { ChainError } from "../errors.ts";
import { type Fork, isAtLeast } from "../rules/fork.ts";
import type { AccessListEntry, Address, Authorization, Hash, Transaction, TransactionType } from "../types.ts";
import { keepSender, knownSender } from "./sender-cache.ts";
import { signOnce } from "./signature-cache.ts";
import { signedDigest } from "./signed-digest.ts";
import { ALL_TYPES, bytes, decodeFields, malformed, typeOf } from "./transaction-fields.ts";

/** A transaction before it is signed. */
export type UnsignedTransaction = Omit<
  Transaction,
  "hash" | "from" | "v" | "r" | "s" | "raw" | "impersonated" | "reported"
>;

const MAX_UINT8 = 255n;
const MAX_UINT64 = 2n ** 64n - 1n;
const MAX_UINT256 = 2n ** 256n - 1n;

/** Signs a transaction with a private key whose address is `from`. */
export function signTransaction(unsigned: UnsignedTransaction, from: Address, privateKey: Uint8Array): Transaction {
  const fields = fieldsOf(unsigned);
  const { r, s, yParity } = signOnce(digestOf(unsigned, fields), from, privateKey);
  const transaction = complete(unsigned, fields, from, yParity, r, s, false);
  keepSender(transaction.hash, from);
  return transaction;
}

/**
 * Marks a transaction as sent by an impersonated account. The marker (r and s hold the address) makes hashes of different senders differ; it is
 * that of Hardhat's network, and so are the hashes.
 */
export function markTransaction(unsigned: UnsignedTransaction, from: Address): Transaction {
  return complete(unsigned, fieldsOf(unsigned), from, unsigned.type === 0 ? 0 : 1, BigInt(from), BigInt(from), true);
}

/** Under which rules {@link decodeTransaction} reads. */
export interface DecodeOptions {
  readonly chainId: bigint;
  /** Envelopes that are accepted (EIP-2718). Default: types 0, 1 and 2. */
  readonly types?: readonly TransactionType[];
  /** Rules of signatures: any `s` before Homestead (EIP-2), no chain id before Spurious Dragon (EIP-155). Default: Cancun. */
  readonly fork?: Fork;
}

/**
 * Decodes a signed transaction, strictly, and recovers its sender, unless that is known. Of a transaction with blobs: the form that blocks
 * hold, without the blobs.
 * @throws ChainError `TX_MALFORMED`, `TX_TYPE_UNSUPPORTED`, `TX_CHAIN_ID`, `TX_SIGNATURE`
 */
export function decodeTransaction(raw: Uint8Array, options: DecodeOptions): Transaction {
  const { chainId, types = DEFAULT_TYPES, fork = "cancun" } = options;
  const { unsigned, signature, fields } = decodeEnvelope(raw, types);
  const { v, r, s, yParity } = signature;
  if (unsigned.type === 0 && unsigned.chainId !== undefined && !isAtLeast(fork, "spuriousDragon"))
    throw new ChainError("TX_SIGNATURE", `The signature's v is ${v}; before EIP-155 it must be 27 or 28`, { v });
  if (unsigned.chainId !== undefined && unsigned.chainId !== chainId) {
    throw new ChainError(
      "TX_CHAIN_ID",
      `The transaction is signed for chain ${unsigned.chainId}; this is chain ${chainId}`,
      { chainId: unsigned.chainId, expected: chainId },
    );
  }
  const highest = isAtLeast(fork, "homestead") ? HALF_ORDER : MAX_UINT256;
  if (r === 0n || s === 0n || s > highest || yParity > 1)
    throw new ChainError("TX_SIGNATURE", "The signature is outside the permitted range (EIP-2)", { v, r, s });
  const hash = keccak256Hex(raw);
  let from = knownSender(hash);
  if (from === undefined) {
    from = recoverAddress(signedDigest(raw, unsigned.type, fields), r, s, yParity);
    if (from === undefined) throw new ChainError("TX_SIGNATURE", "No key can have made this signature", { v, r, s });
    keepSender(hash, from);
  }
  return { ...unsigned, from, v, r, s, raw, hash, impersonated: false };
}

/** Decodes a transaction that was checked before, of any type, and whose sender is known. */
export function restoreTransaction(raw: Uint8Array, from: Address, impersonated: boolean): Transaction {
  const { unsigned, signature } = decodeEnvelope(raw, ALL_TYPES);
  const { v, r, s } = signature;
  return { ...unsigned, from, v, r, s, raw, hash: keccak256Hex(raw), impersonated };
}

const DEFAULT_TYPES: readonly TransactionType[] = [0, 1, 2];
function decodeEnvelope(
  raw: Uint8Array,
  types: readonly TransactionType[],
): Decoded & { readonly fields: readonly RlpItem[] } {
  const type = typeOf(raw, types);
  const fields = decodeFields(type === 0 ? raw : raw.subarray(1));
  const { unsigned, signature } = type === 0 ? legacyFields(fields) : typedFields(type, fields);
  return { unsigned, signature, fields };
}

function complete(
  unsigned: UnsignedTransaction,
  fields: readonly (Uint8Array | Encoded)[],
  from: Address,
  yParity: 0 | 1,
  r: bigint,
  s: bigint,
  impersonated: boolean,
): Transaction {
  const parity = BigInt(yParity);
  const v =
    unsigned.type !== 0 ? parity : unsigned.chainId === undefined ? 27n + parity : 35n + 2n * unsigned.chainId + parity;
  const raw = encodeList([...fields, v, r, s], unsigned.type === 0 ? undefined : unsigned.type);
  return { ...unsigned, from, v, r, s, raw, hash: keccak256Hex(raw), impersonated };
}

/** The canonical encoding of a transaction with its signature. */
export function encodeSigned(unsigned: UnsignedTransaction, v: bigint, r: bigint, s: bigint): Uint8Array {
  return encodeList([...fieldsOf(unsigned), v, r, s], unsigned.type === 0 ? undefined : unsigned.type);
}

/** Hash of what is signed. */
function digestOf({ type, chainId }: UnsignedTransaction, fields: readonly (Uint8Array | Encoded)[]): Uint8Array {
  if (type !== 0) return keccak256(encodeList(fields, type));
  return keccak256(encodeList(chainId === undefined ? fields : [...fields, chainId, 0n, 0n]));
}

/** The fields in front of the signature, as they are sent. */
function fieldsOf(transaction: UnsignedTransaction): (Uint8Array | Encoded)[] {
  const { type, chainId, value, data, blobHashes, authorizationList } = transaction;
  const nonce = bigIntToBytes(transaction.nonce);
  const gasLimit = bigIntToBytes(transaction.gasLimit);
  const maxFeePerGas = bigIntToBytes(transaction.maxFeePerGas);
  const to = transaction.to === undefined ? EMPTY_BYTES : fromHex(transaction.to);
  if (type === 0) return [nonce, maxFeePerGas, gasLimit, to, bigIntToBytes(value), data];
  const fields: (Uint8Array | Encoded)[] = [bigIntToBytes(chainId ?? 0n), nonce];
  if (type !== 1) fields.push(bigIntToBytes(transaction.maxPriorityFeePerGas));
  fields.push(maxFeePerGas, gasLimit, to, bigIntToBytes(value), data, encodeAccessList(transaction.accessList));
  if (blobHashes !== undefined)
    fields.push(bigIntToBytes(transaction.maxFeePerBlobGas ?? 0n), { encoded: encodeList(blobHashes.map(fromHex)) });
  if (authorizationList !== undefined) fields.push(encodeAuthorizations(authorizationList));
  return fields;
}

const NO_ACCESS_LIST: Encoded = { encoded: Uint8Array.of(0xc0) };

function encodeAccessList(list: readonly AccessListEntry[]): Encoded {
  if (list.length === 0) return NO_ACCESS_LIST;
  const entries = list.map(
    ({ address, storageKeys }): Encoded => ({
      encoded: encodeList([fromHex(address), { encoded: encodeList(storageKeys.map(fromHex)) }]),
    }),
  );
  return { encoded: encodeList(entries) };
}

function encodeAuthorizations(list: readonly Authorization[]): Encoded {
  const entries = list.map(
    ({ chainId, address, nonce, yParity, r, s }): Encoded => ({
      encoded: encodeList([chainId, fromHex(address), nonce, yParity, r, s]),
    }),
  );
  return { encoded: encodeList(entries) };
}

interface Decoded {
  readonly unsigned: UnsignedTransaction;
  readonly signature: { readonly v: bigint; readonly r: bigint; readonly s: bigint; readonly yParity: number };
}

function legacyFields(fields: RlpItem[]): Decoded {
  expectLength(fields, 9);
  const gasPrice = integer(fields[1], "gasPrice", MAX_UINT256);
  const v = integer(fields[6], "v", MAX_UINT256);
  if (v !== 27n && v !== 28n && v < 35n)
    throw new ChainError("TX_SIGNATURE", `The signature's v is ${v}; it must be 27, 28 or at least 35 (EIP-155)`, {
      v,
    });
  const chainId = v >= 35n ? (v - 35n) / 2n : undefined;
  return {
    unsigned: {
      type: 0,
      chainId,
      nonce: integer(fields[0], "nonce", MAX_UINT64),
      maxFeePerGas: gasPrice,
      maxPriorityFeePerGas: gasPrice,
      gasLimit: integer(fields[2], "gasLimit", MAX_UINT64),
      to: recipient(fields[3]),
      value: integer(fields[4], "value", MAX_UINT256),
      data: bytes(fields[5], "data"),
      accessList: [],
    },
    signature: {
      v,
      r: integer(fields[7], "r", MAX_UINT256),
      s: integer(fields[8], "s", MAX_UINT256),
      yParity: Number(chainId === undefined ? v - 27n : (v - 35n) % 2n),
    },
  };
}

/** How many fields each type has, its signature's three among them. */
const FIELD_COUNTS = { 1: 11, 2: 12, 3: 14, 4: 13 } as const;

function typedFields(type: 1 | 2 | 3 | 4, fields: RlpItem[]): Decoded {
  expectLength(fields, FIELD_COUNTS[type]);
  const at = type === 1 ? 3 : 4;
  const end = FIELD_COUNTS[type] - 3;
  const maxPriorityFeePerGas = integer(fields[2], type === 1 ? "gasPrice" : "maxPriorityFeePerGas", MAX_UINT256);
  const v = integer(fields[end], "yParity", MAX_UINT256);
  const unsigned: UnsignedTransaction = {
    type,
    chainId: integer(fields[0], "chainId", MAX_UINT256),
    nonce: integer(fields[1], "nonce", MAX_UINT64),
    maxPriorityFeePerGas,
    maxFeePerGas: type === 1 ? maxPriorityFeePerGas : integer(fields[3], "maxFeePerGas", MAX_UINT256),
    gasLimit: integer(fields[at], "gasLimit", MAX_UINT64),
    to: recipient(fields[at + 1]),
    value: integer(fields[at + 2], "value", MAX_UINT256),
    data: bytes(fields[at + 3], "data"),
    accessList: accessList(fields[at + 4]),
  };
  return {
    unsigned: type < 3 ? unsigned : { ...unsigned, ...laterFields(type, fields, at + 5) },
    signature: {
      v,
      r: integer(fields[end + 1], "r", MAX_UINT256),
      s: integer(fields[end + 2], "s", MAX_UINT256),
      yParity: v > 1n ? 2 : Number(v),
    },
  };
}

/** What types 3 and 4 have behind the access list. */
function laterFields(type: 1 | 2 | 3 | 4, fields: RlpItem[], at: number): Partial<UnsignedTransaction> {
  if (type !== 3) return { authorizationList: decodeAuthorizations(fields[at]) };
  return {
    maxFeePerBlobGas: integer(fields[at], "maxFeePerBlobGas", MAX_UINT256),
    blobHashes: blobHashes(fields[at + 1]),
  };
}

function blobHashes(item: RlpItem | undefined): Hash[] {
  if (!Array.isArray(item)) throw malformed("blobVersionedHashes is not a list");
  return item.map((hash) => {
    if (!(hash instanceof Uint8Array) || hash.length !== 32)
      throw malformed("a hash of blobVersionedHashes is not 32 bytes long");
    return toHex(hash);
  });
}

function decodeAuthorizations(item: RlpItem | undefined): Authorization[] {
  if (!Array.isArray(item)) throw malformed("authorizationList is not a list");
  return item.map((entry) => {
    if (!Array.isArray(entry) || entry.length !== 6) throw malformed("an authorization has not six fields");
    const address = recipient(entry[1]);
    if (address === undefined) throw malformed("the address of an authorization is empty");
    return {
      chainId: integer(entry[0], "chainId of an authorization", MAX_UINT256),
      address,
      nonce: integer(entry[2], "nonce of an authorization", MAX_UINT64),
      yParity: integer(entry[3], "yParity of an authorization", MAX_UINT8),
      r: integer(entry[4], "r of an authorization", MAX_UINT256),
      s: integer(entry[5], "s of an authorization", MAX_UINT256),
    };
  });
}

function accessList(item: RlpItem | undefined): AccessListEntry[] {
  if (!Array.isArray(item)) throw malformed("accessList is not a list");
  return item.map((entry) => {
    if (!Array.isArray(entry) || entry.length !== 2) throw malformed("an entry of accessList is not a pair");
    const [address, keys] = entry;
    if (!(address instanceof Uint8Array) || address.length !== 20)
      throw malformed("an address of accessList is not 20 bytes long");
    if (!Array.isArray(keys)) throw malformed("storage keys of accessList are not a list");
    return {
      address: toHex(address),
      storageKeys: keys.map((key) => {
        if (!(key instanceof Uint8Array) || key.length !== 32)
          throw malformed("a storage key of accessList is not 32 bytes long");
        return bytesToWord(key);
      }),
    };
  });
}

function integer(item: RlpItem | undefined, name: string, max: bigint): bigint {
  const digits = bytes(item, name);
  if (digits[0] === 0) throw malformed(`${name} has leading zeros`);
  const value = bytesToBigInt(digits);
  if (value > max) throw malformed(`${name} is too large`);
  return value;
}

function recipient(item: RlpItem | undefined): Address | undefined {
  const address = bytes(item, "to");
  if (address.length === 0) return undefined;
  if (address.length !== 20) throw malformed("to is not 20 bytes long");
  return toHex(address);
}

function expectLength(fields: RlpItem[], length: number): void {
  if (fields.length !== length) throw malformed(`it has ${fields.length} fields instead of ${length}`);
}
