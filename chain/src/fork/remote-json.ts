import { fromHex } from "../codec/hex.ts";
import type { Address, Hash, Hex } from "../types.ts";
import { malformed } from "./remote-failure.ts";

/** An object of a remote node's answer. */
export type RemoteObject = Readonly<Record<string, unknown>>;

/** Reads the fields of one answer; what does not fit is refused with the method's name. */
export interface RemoteDecoder {
  object(value: unknown): RemoteObject;
  list(value: unknown): readonly unknown[];
  quantity(value: unknown): bigint;
  /** The same; a field that is missing or null is the fallback. */
  quantityOr<T>(value: unknown, fallback: T): bigint | T;
  data(value: unknown): Uint8Array;
  hash(value: unknown): Hash;
  address(value: unknown): Address;
}

const HEX = /^0x[0-9a-fA-F]*$/;
const HASH_LENGTH = 66;
const ADDRESS_LENGTH = 42;

/**
 * Makes a decoder of answers to a method.
 * @param url for the refusal
 */
export function createDecoder(url: string, method: string): RemoteDecoder {
  function refuse(value: unknown, wanted: string): never {
    throw malformed(url, method, `${JSON.stringify(value)?.slice(0, 60) ?? "nothing"} instead of ${wanted}`);
  }
  function hex(value: unknown, wanted: string, length?: number): Hex {
    if (typeof value !== "string" || !HEX.test(value) || (length !== undefined && value.length !== length))
      return refuse(value, wanted);
    return value.toLowerCase() as Hex;
  }
  const quantity = (value: unknown): bigint => {
    const digits = hex(value, "a number");
    return digits === "0x" ? 0n : BigInt(digits);
  };
  return {
    object: (value) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? (value as RemoteObject)
        : refuse(value, "an object"),
    list: (value) => (Array.isArray(value) ? value : refuse(value, "a list")),
    quantity,
    quantityOr: (value, fallback) => (value === undefined || value === null ? fallback : quantity(value)),
    data(value) {
      const digits = hex(value, "bytes");
      return digits.length % 2 === 0 ? fromHex(digits) : refuse(value, "bytes");
    },
    hash: (value) => hex(value, "a hash", HASH_LENGTH),
    address: (value) => hex(value, "an address", ADDRESS_LENGTH),
  };
}

/** A number as parameters of requests have it. */
export function numberParam(number: bigint): Hex {
  return `0x${number.toString(16)}`;
}
