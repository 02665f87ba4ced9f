import { bytesToBigInt, bytesToWord, fromHex, toHex } from "../codec/hex.ts";
import { decodeRlp, type Encoded, encodeList, type RlpInput, type RlpItem } from "../codec/rlp.ts";
import { keccak256, keccak256Hex } from "../crypto/keccak.ts";
import { HALF_ORDER, recoverAddress, sign } from "../crypto/secp256k1.ts";
import { ChainError } from "../errors.ts";
import { type Fork, isAtLeast } from "../rules/fork.ts";
import type { AccessListEntry, Address, Hash, Transaction, TransactionType } from "../types.ts";

/** A transaction before it is signed. */
export type UnsignedTransaction = Omit<Transaction, "hash" | "from" | "v" | "r" | "s" | "raw" | "impersonated">;

const MAX_UINT64 = 2n ** 64n - 1n;
const MAX_UINT256 = 2n ** 256n - 1n;

/** Signs a transaction with a private key whose address is `from`. */
export function signTransaction(unsigned: UnsignedTransaction, from: Address, privateKey: Uint8Array): Transaction {
  const { r, s, yParity } = sign(keccak256(encode(unsigned)), privateKey);
  return complete(unsigned, from, yParity, r, s, false);
}

/** Marks a transaction as sent by an impersonated account. The marker (r and s hold the address) makes hashes of different senders differ. */
export function markTransaction(unsigned: UnsignedTransaction, from: Address): Transaction {
  return complete(unsigned, from, 0, BigInt(from), BigInt(from), true);
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
 * Decodes a signed transaction, strictly, and recovers its sender. Of a transaction with blobs: the form that blocks hold, without the blobs.
 * @throws ChainError `TX_MALFORMED`, `TX_TYPE_UNSUPPORTED`, `TX_CHAIN_ID`, `TX_SIGNATURE`
 */
export function decodeTransaction(raw: Uint8Array, options: DecodeOptions): Transaction {
  const { chainId, types = [0, 1, 2], fork = "cancun" } = options;
  const first = raw[0];
  if (first === undefined) throw malformed("it is empty");
  const type = first >= 0xc0 ? 0 : types.find((known) => known !== 0 && known === first);
  if (type === undefined) {
    throw new ChainError(
      "TX_TYPE_UNSUPPORTED",
      `Transactions of type ${first} are not supported; types ${types.join(", ")} are`,
      { type: first },
    );
  }
  const fields = decodeFields(type === 0 ? raw : raw.subarray(1));
  const { unsigned, signature } = type === 0 ? legacyFields(fields) : typedFields(type, fields);
  const { v, r, s, yParity } = signature;
  if (type === 0 && unsigned.chainId !== undefined && !isAtLeast(fork, "spuriousDragon"))
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
  const from = recoverAddress(keccak256(encode(unsigned)), r, s, yParity);
  if (from === undefined) throw new ChainError("TX_SIGNATURE", "No key can have made this signature", { v, r, s });
  return { ...unsigned, from, v, r, s, raw, hash: keccak256Hex(raw), impersonated: false };
}

function complete(
  unsigned: UnsignedTransaction,
  from: Address,
  yParity: 0 | 1,
  r: bigint,
  s: bigint,
  impersonated: boolean,
): Transaction {
  const parity = BigInt(yParity);
  const v =
    unsigned.type !== 0 ? parity : unsigned.chainId === undefined ? 27n + parity : 35n + 2n * unsigned.chainId + parity;
  const raw = encode(unsigned, [v, r, s]);
  return { ...unsigned, from, v, r, s, raw, hash: keccak256Hex(raw), impersonated };
}

/** The encoding that is signed, or with a signature the one that is sent. */
function encode(transaction: UnsignedTransaction, signature?: readonly [v: bigint, r: bigint, s: bigint]): Uint8Array {
  const { type, chainId, nonce, gasLimit, value, data, maxFeePerGas, maxPriorityFeePerGas } = transaction;
  const to = transaction.to === undefined ? new Uint8Array(0) : fromHex(transaction.to);
  if (type === 0) {
    const body: RlpInput[] = [nonce, maxFeePerGas, gasLimit, to, value, data];
    if (signature !== undefined) return encodeList([...body, ...signature]);
    return encodeList(chainId === undefined ? body : [...body, chainId, 0n, 0n]);
  }
  const { blobHashes, maxFeePerBlobGas } = transaction;
  const fees = type === 1 ? [maxFeePerGas] : [maxPriorityFeePerGas, maxFeePerGas];
  const body: RlpInput[] = [
    chainId ?? 0n,
    nonce,
    ...fees,
    gasLimit,
    to,
    value,
    data,
    encodeAccessList(transaction.accessList),
  ];
  if (blobHashes !== undefined) body.push(maxFeePerBlobGas ?? 0n, { encoded: encodeList(blobHashes.map(fromHex)) });
  return encodeList(signature === undefined ? body : [...body, ...signature], type);
}

function encodeAccessList(list: readonly AccessListEntry[]): Encoded {
  const entries = list.map(
    ({ address, storageKeys }): Encoded => ({
      encoded: encodeList([fromHex(address), { encoded: encodeList(storageKeys.map(fromHex)) }]),
    }),
  );
  return { encoded: encodeList(entries) };
}

interface Decoded {
  readonly unsigned: UnsignedTransaction;
  readonly signature: { readonly v: bigint; readonly r: bigint; readonly s: bigint; readonly yParity: number };
}

function decodeFields(bytes: Uint8Array): RlpItem[] {
  try {
    const item = decodeRlp(bytes);
    if (Array.isArray(item)) return item;
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : String(error));
  }
  throw malformed("it is not a list");
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

function typedFields(type: 1 | 2 | 3, fields: RlpItem[]): Decoded {
  expectLength(fields, type === 1 ? 11 : type === 2 ? 12 : 14);
  const at = type === 1 ? 3 : 4;
  const end = type === 3 ? at + 7 : at + 5;
  const maxPriorityFeePerGas = integer(fields[2], type === 1 ? "gasPrice" : "maxPriorityFeePerGas", MAX_UINT256);
  const v = integer(fields[end], "yParity", MAX_UINT256);
  return {
    unsigned: {
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
      ...(type === 3
        ? {
            maxFeePerBlobGas: integer(fields[at + 5], "maxFeePerBlobGas", MAX_UINT256),
            blobHashes: blobHashes(fields[at + 6]),
          }
        : {}),
    },
    signature: {
      v,
      r: integer(fields[end + 1], "r", MAX_UINT256),
      s: integer(fields[end + 2], "s", MAX_UINT256),
      yParity: v > 1n ? 2 : Number(v),
    },
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

function bytes(item: RlpItem | undefined, name: string): Uint8Array {
  if (item instanceof Uint8Array) return item;
  throw malformed(`${name} is not a byte string`);
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

function malformed(why: string): ChainError {
  return new ChainError("TX_MALFORMED", `The transaction cannot be decoded: ${why}`, { why });
}
