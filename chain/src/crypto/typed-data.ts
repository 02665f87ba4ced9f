import { toHex } from "../codec/hex.ts";
import type { Hex } from "../types.ts";
import { keccak256 } from "./keccak.ts";

/** A field of a struct type. */
export interface TypedField {
  readonly name: string;
  readonly type: string;
}

/** EIP-712 typed data as wallets take them. */
export interface TypedData {
  readonly types: Readonly<Record<string, readonly TypedField[]>>;
  readonly primaryType: string;
  readonly domain: Readonly<Record<string, unknown>>;
  readonly message: Readonly<Record<string, unknown>>;
}

const DOMAIN = "EIP712Domain";
/** What a domain may say, in the order of EIP-712: the type of a domain that is not declared. */
const DOMAIN_FIELDS: readonly TypedField[] = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
  { name: "chainId", type: "uint256" },
  { name: "verifyingContract", type: "address" },
  { name: "salt", type: "bytes32" },
];

type Types = ReadonlyMap<string, readonly TypedField[]>;

/** A struct type, ready to hash values: made once per request. */
interface StructType {
  readonly hash: Uint8Array;
  readonly fields: readonly { readonly name: string; readonly encode: Encode }[];
}

/** Encodes a value as a word; `at` is where it stands, for the refusal. */
type Encode = (value: unknown, at: string) => Uint8Array;

/**
 * The digest that a signature of typed data signs (EIP-712).
 * @returns 32 bytes
 * @throws TypeError that names the field, if a value does not fit its type or a type is unknown
 */
export function hashTypedData({ types: given, primaryType, domain, message }: TypedData): Uint8Array {
  const types: Types = new Map(
    Object.entries({ [DOMAIN]: DOMAIN_FIELDS.filter(({ name }) => domain[name] !== undefined), ...given }),
  );
  const structs = new Map<string, StructType>();
  const parts = [Uint8Array.of(0x19, 0x01), hashStruct(structOf(DOMAIN, types, structs), domain, "domain")];
  if (primaryType !== DOMAIN) parts.push(hashStruct(structOf(primaryType, types, structs), message, "message"));
  return keccak256(Buffer.concat(parts));
}

function structOf(name: string, types: Types, structs: Map<string, StructType>): StructType {
  const known = structs.get(name);
  if (known !== undefined) return known;
  const fields: { name: string; encode: Encode }[] = [];
  const struct = { hash: keccak256(Buffer.from(encodeType(name, types))), fields };
  // Before its fields: a type may name itself.
  structs.set(name, struct);
  for (const field of types.get(name) ?? [])
    fields.push({ name: field.name, encode: encoderOf(field.type, types, structs) });
  return struct;
}

/** `Mail(Person from,…)Person(…)`: the type, then those that it names, by the alphabet. */
function encodeType(name: string, types: Types): string {
  const found = new Set<string>();
  collect(name, types, found);
  found.delete(name);
  return [name, ...[...found].sort()]
    .map((type) => `${type}(${(types.get(type) ?? []).map((field) => `${field.type} ${field.name}`).join(",")})`)
    .join("");
}

function collect(type: string, types: Types, found: Set<string>): void {
  const name = /^[^[]*/.exec(type)?.[0] ?? "";
  const fields = types.get(name);
  if (fields === undefined || found.has(name)) return;
  found.add(name);
  for (const field of fields) collect(field.type, types, found);
}

function hashStruct({ hash, fields }: StructType, value: unknown, at: string): Uint8Array {
  if (typeof value !== "object" || value === null) throw new TypeError(`${at} is not an object`);
  const parts = [hash];
  for (const { name, encode } of fields) parts.push(encode(Reflect.get(value, name), `${at}.${name}`));
  return keccak256(Buffer.concat(parts));
}

function encoderOf(type: string, types: Types, structs: Map<string, StructType>): Encode {
  const array = /^(.*)\[(\d*)\]$/.exec(type);
  if (array !== null) return arrayEncoder(encoderOf(array[1] ?? "", types, structs), array[2] ?? "");
  if (types.has(type)) {
    const struct = structOf(type, types, structs);
    return (value, at) => hashStruct(struct, value, at);
  }
  if (type === "string") return (value, at) => keccak256(Buffer.from(textOf(value, at)));
  if (type === "bytes") return (value, at) => keccak256(bytesOf(value, at));
  if (type === "address") return (value, at) => addressOf(value, at);
  if (type === "bool") return (value, at) => boolOf(value, at);
  const [, kind, size] = /^(uint|int|bytes)(\d*)$/.exec(type) ?? [];
  const width = Number(size || "256");
  if (kind === "bytes" && width >= 1 && width <= 32) return (value, at) => fixedBytes(value, width, at);
  if ((kind === "uint" || kind === "int") && width % 8 === 0 && width >= 8 && width <= 256)
    return (value, at) => integer(value, width, kind === "int", at);
  return (_value, at) => {
    throw new TypeError(`${at} has the unknown type ${type}`);
  };
}

function arrayEncoder(encode: Encode, length: string): Encode {
  return (value, at) => {
    if (!Array.isArray(value)) throw new TypeError(`${at} is not a list`);
    if (length !== "" && value.length !== Number(length)) throw new TypeError(`${at} has not ${length} items`);
    return keccak256(Buffer.concat(value.map((item, index) => encode(item, `${at}[${index}]`))));
  };
}

function textOf(value: unknown, at: string): string {
  if (typeof value !== "string") throw new TypeError(`${at} is not a text`);
  return value;
}

function bytesOf(value: unknown, at: string): Buffer {
  if (typeof value !== "string" || !/^0x(?:[0-9a-fA-F]{2})*$/.test(value))
    throw new TypeError(`${at} is not bytes in hex`);
  return Buffer.from(value.slice(2), "hex");
}

function addressOf(value: unknown, at: string): Uint8Array {
  if (typeof value !== "string" || !/^0x[0-9a-fA-F]{40}$/.test(value)) throw new TypeError(`${at} is not an address`);
  return Buffer.from(value.slice(2).padStart(64, "0"), "hex");
}

function boolOf(value: unknown, at: string): Uint8Array {
  if (typeof value !== "boolean") throw new TypeError(`${at} is neither true nor false`);
  const word = new Uint8Array(32);
  word[31] = value ? 1 : 0;
  return word;
}

function fixedBytes(value: unknown, width: number, at: string): Uint8Array {
  const bytes = bytesOf(value, at);
  if (bytes.length !== width) throw new TypeError(`${at} is not ${width} bytes long`);
  const word = new Uint8Array(32);
  word.set(bytes);
  return word;
}

function integer(value: unknown, width: number, signed: boolean, at: string): Uint8Array {
  const number = numberOf(value);
  if (number === undefined) throw new TypeError(`${at} is not a whole number`);
  const fits = signed ? BigInt.asIntN(width, number) === number : BigInt.asUintN(width, number) === number;
  if (!fits) throw new TypeError(`${at} does not fit ${signed ? "int" : "uint"}${width}`);
  return Buffer.from(BigInt.asUintN(256, number).toString(16).padStart(64, "0"), "hex");
}

function numberOf(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== "string" || !/^(?:0x[0-9a-fA-F]+|-?[0-9]+)$/.test(value)) return undefined;
  return BigInt(value);
}

/** The digest that a signature of a message signs (EIP-191, version 0x45). */
export function hashMessage(message: Uint8Array): Uint8Array {
  return keccak256(Buffer.concat([Buffer.from(`\x19Ethereum Signed Message:\n${message.length}`), message]));
}

/** A signature as 65 bytes: r, s, and 27 or 28. */
export function signatureHex({ r, s, yParity }: { r: bigint; s: bigint; yParity: 0 | 1 }): Hex {
  const words = `${r.toString(16).padStart(64, "0")}${s.toString(16).padStart(64, "0")}`;
  return toHex(Buffer.from(`${words}${(27 + yParity).toString(16)}`, "hex"));
}
