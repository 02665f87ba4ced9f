import { fromHex } from "../codec/hex.ts";
import type { Address, BlockSelector, Hash, Hex, Word } from "../types.ts";
import { wordOf } from "./hex.ts";
import type { Param } from "./method.ts";
import { RpcError, rpcErrorCodes } from "./rpc-error.ts";

// As in Hardhat's network, 0x may be missing in front of bytes, and be written with a capital letter.
const ADDRESS = /^(?:0[xX])?[0-9a-fA-F]{40}$/;
const HASH = /^(?:0[xX])?[0-9a-fA-F]{64}$/;
const BYTES = /^(?:0[xX])?(?:[0-9a-fA-F]{2})*$/;
const DATA = /^0x(?:[0-9a-fA-F]{2})*$/;
/** Hex, leading zeros included, decimal, or no digits at all (zero): what Hardhat's network lets pass. */
const QUANTITY = /^(?:0[xX]0*[0-9a-fA-F]{0,64}|[0-9]{0,78})$/;
const SLOT = /^(?:0x)?[0-9a-fA-F]{0,64}$/;
const MAX_WORD = 2n ** 256n - 1n;
const TAGS: ReadonlySet<unknown> = new Set(["latest", "pending", "earliest", "safe", "finalized"]);

/** Decodes one JSON value; `name` is where it stood, for the refusal. */
export type Decoder<T> = (value: unknown, name: string) => T;

const MOST_SHOWN = 100;

/** The beginning of a value. What is inside of lists and objects is not looked at: it may be deep, or long. */
function shortOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, MOST_SHOWN));
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null)
    return `an object {${Object.keys(value).slice(0, 5).join(", ").slice(0, MOST_SHOWN)}}`;
  return String(value);
}

/**
 * The refusal of a parameter: -32602, naming it.
 * @param name where it stood, as `transaction.gas`
 * @param accepts what it should have been
 * @param value what it was
 */
export function invalidParam(name: string, accepts: string, value: unknown): RpcError {
  const shown = value === undefined ? "it is missing" : `got ${shortOf(value)}`;
  return new RpcError(rpcErrorCodes.invalidParams, `Invalid params: "${name}" must be ${accepts}; ${shown}`, {
    data: { parameter: name },
  });
}

/** The same for a value that is well formed and cannot be: -32000, as in Hardhat's network. */
export function unfitParam(name: string, accepts: string, value: unknown): RpcError {
  const { message, data } = invalidParam(name, accepts, value);
  return new RpcError(rpcErrorCodes.invalidInput, message, { data });
}

/** @returns the value as a record if it is a JSON object */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function matching<T>(pattern: RegExp, accepts: string, convert: (hex: Hex) => T): Decoder<T> {
  return (value, name) => {
    if (typeof value !== "string" || !pattern.test(value)) throw invalidParam(name, accepts, value);
    return convert(value.startsWith("0x") ? (value as Hex) : `0x${value.replace(/^0X/, "")}`);
  };
}

/** Whether a value is bytes in hex. */
export function isData(value: unknown): value is Hex {
  return typeof value === "string" && DATA.test(value);
}

const acceptsAddress = "a 20-byte address in hex";
const acceptsHash = "a 32-byte hash in hex";
const acceptsWord = "32 bytes in hex";
const acceptsData = "bytes in hex, two digits each, best with 0x in front";
const acceptsQuantity = "a number below 2^256, in hex";
const acceptsSlot = "a storage slot in hex, at most 32 bytes";
const acceptsInteger = "a whole number, as a JSON number or in hex";
const acceptsBlock =
  "a block number in hex, one of latest, pending, earliest, safe, finalized, or {blockHash} or {blockNumber}";

/** An address, in lower case. */
export const decodeAddress: Decoder<Address> = matching(ADDRESS, acceptsAddress, (hex) => hex.toLowerCase() as Address);
/** A hash, in lower case. */
export const decodeHash: Decoder<Hash> = matching(HASH, acceptsHash, (hex) => hex.toLowerCase() as Hash);
/** A full 32-byte word, in lower case. */
export const decodeWord: Decoder<Word> = matching(HASH, acceptsWord, (hex) => hex.toLowerCase() as Word);
/** Bytes. */
export const decodeData: Decoder<Uint8Array> = matching(BYTES, acceptsData, fromHex);
/** A storage slot of any width, widened to 32 bytes. */
export const decodeSlot: Decoder<Word> = (value, name) => {
  if (typeof value !== "string" || value === "" || !SLOT.test(value)) throw invalidParam(name, acceptsSlot, value);
  return wordOf(value.startsWith("0x") ? value : `0x${value}`);
};

/** Hardhat's network reads JSON numbers of 64 bits, and who writes 1e18 means it. */
const MOST_JSON_NUMBER = 2 ** 64;

function isDecimal(text: string): boolean {
  return text[1] !== "x" && text[1] !== "X";
}

function numberOf(value: unknown): bigint | undefined {
  if (typeof value === "number")
    return Number.isInteger(value) && value >= 0 && value < MOST_JSON_NUMBER ? BigInt(value) : undefined;
  if (typeof value !== "string" || !QUANTITY.test(value)) return undefined;
  const number = value.length === 2 && !isDecimal(value) ? 0n : BigInt(value);
  return number <= MAX_WORD ? number : undefined;
}

/** A QUANTITY, in the forms that Hardhat's network lets pass: hex with leading zeros, decimal text, a JSON number. */
export const decodeQuantity: Decoder<bigint> = (value, name) => {
  const number = numberOf(value);
  if (number === undefined) throw invalidParam(name, acceptsQuantity, value);
  return number;
};

/** The same, but in hex only: what Hardhat's network asks of amounts that are set. */
const decodeHexQuantity: Decoder<bigint> = (value, name) => {
  const number = typeof value === "string" && value.startsWith("0x") ? numberOf(value) : undefined;
  if (number === undefined) throw invalidParam(name, acceptsQuantity, value);
  return number;
};

/** The same, for parameters that people write as plain numbers. */
export const decodeInteger: Decoder<bigint> = (value, name) => {
  const number = numberOf(value);
  if (number === undefined) throw invalidParam(name, acceptsInteger, value);
  return number;
};

const MAX_UINT64 = 2n ** 64n - 1n;

/** Bounds a decoder to what fits into 64 bits: nonces, timestamps, numbers of seconds. */
function within64Bits(decode: Decoder<bigint>): Decoder<bigint> {
  return (value, name) => {
    const number = decode(value, name);
    if (number > MAX_UINT64) throw invalidParam(name, "a number below 2^64", value);
    return number;
  };
}

/** A QUANTITY of at most 64 bits. */
export const decodeQuantity64 = within64Bits(decodeQuantity);
/** The same, in hex only. */
const decodeHexQuantity64 = within64Bits(decodeHexQuantity);
/** A whole number of at most 64 bits, as {@link decodeInteger} takes it. */
export const decodeInteger64 = within64Bits(decodeInteger);

/** A boolean. */
export const decodeBoolean: Decoder<boolean> = (value, name) => {
  if (typeof value !== "boolean") throw invalidParam(name, "true or false", value);
  return value;
};

/** A text. */
export const decodeText: Decoder<string> = (value, name) => {
  if (typeof value !== "string") throw invalidParam(name, "a text", value);
  return value;
};

/** A block by number, tag, or EIP-1898 object. */
export const decodeBlock: Decoder<BlockSelector> = (value, name) => {
  if (typeof value === "string") {
    if (TAGS.has(value)) return value as BlockSelector;
    const number = value.startsWith("0x") ? numberOf(value) : undefined;
    if (number !== undefined) return number;
  }
  const record = asRecord(value);
  if (record?.blockHash !== undefined && record.blockNumber !== undefined)
    throw invalidParam(`${name}.blockNumber`, "absent if blockHash is given", record.blockNumber);
  if (record?.blockHash !== undefined) return { hash: decodeHash(record.blockHash, `${name}.blockHash`) };
  if (record?.blockNumber !== undefined) return decodeQuantity(record.blockNumber, `${name}.blockNumber`);
  throw invalidParam(name, acceptsBlock, value);
};

/** The same; where nothing but a block's number is asked for, also as a JSON number or in decimal. */
export const decodeBlockNumber: Decoder<BlockSelector> = (value, name) => numberOf(value) ?? decodeBlock(value, name);

/** Makes a decoder of lists. */
export function listOf<T>(decodeItem: Decoder<T>, accepts: string): Decoder<T[]> {
  return (value, name) => {
    if (!Array.isArray(value)) throw invalidParam(name, accepts, value);
    return value.map((item, index) => decodeItem(item, `${name}[${index}]`));
  };
}

/** A parameter that must be given. */
export function required<T>(name: string, accepts: string, decode: Decoder<T>): Param<T> {
  return { name, accepts, optional: false, decode };
}

/** A parameter that may be left out (or be null), with the value it then has. */
export function optional<T, D>(name: string, accepts: string, decode: Decoder<T>, fallback: D): Param<T | D> {
  return {
    name,
    accepts,
    optional: true,
    decode: (value, at) => (value === undefined || value === null ? fallback : decode(value, at)),
  };
}

/** The account that a method is about. */
export const address = required("address", acceptsAddress, decodeAddress);
/** The block whose state or content is asked for, by default the latest. */
export const block = optional("block", acceptsBlock, decodeBlock, "latest" as const);
/** The block that is asked for; must be given. */
export const blockNumber = required("block", acceptsBlock, decodeBlockNumber);
/** Hash of a block. */
export const blockHash = required("blockHash", acceptsHash, decodeHash);
/** Hash of a transaction. */
export const transactionHash = required("transactionHash", acceptsHash, decodeHash);

/** A parameter of a common kind, named. */
export const param = {
  address: (name: string) => required(name, acceptsAddress, decodeAddress),
  word: (name: string) => required(name, acceptsWord, decodeWord),
  data: (name: string) => required(name, acceptsData, decodeData),
  quantity: (name: string) => required(name, acceptsQuantity, decodeQuantity),
  hexQuantity64: (name: string) => required(name, acceptsQuantity, decodeHexQuantity64),
  hexQuantity: (name: string) => required(name, acceptsQuantity, decodeHexQuantity),
  slot: (name: string) => required(name, acceptsSlot, decodeSlot),
  quantity64: (name: string) => required(name, acceptsQuantity, decodeQuantity64),
  integer: (name: string) => required(name, acceptsInteger, decodeInteger),
  integer64: (name: string) => required(name, acceptsInteger, decodeInteger64),
  optionalInteger: (name: string) => optional(name, acceptsInteger, decodeInteger64, undefined),
  optionalText: (name: string) => optional(name, "a text", decodeText, ""),
  any: (name: string) => required(name, "anything", (value: unknown) => value),
  boolean: (name: string) => required(name, "true or false", decodeBoolean),
} as const;
