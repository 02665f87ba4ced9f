import { readFileSync } from "node:fs";
import type { Hex } from "../../chain/src/types.ts";
import { ConformanceError } from "./conformance-error.ts";

/** An object of a case file. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Where a value stands in a file, for messages: `file: test.post.Cancun[0]`. */
export type Place = string;

/**
 * The tests of a file by name.
 * @throws ConformanceError `FILE_MALFORMED`
 */
export function readTests(path: string, file: string): [string, JsonObject][] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw malformed(file, `is no JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  return Object.entries(asObject(parsed, file)).map(([name, test]) => [name, asObject(test, `${file}: ${name}`)]);
}

/** A value that must be an object. */
export function asObject(value: unknown, place: Place): JsonObject {
  if (isObject(value)) return value;
  throw malformed(place, "is no object");
}

/** A value that must be a list. */
export function asList(value: unknown, place: Place): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw malformed(place, "is no list");
}

/** A value that must be a text. */
export function asText(value: unknown, place: Place): string {
  if (typeof value === "string") return value;
  throw malformed(place, "is no text");
}

/** A value that must be whole bytes in hexadecimal; `0x` may be missing. */
export function asHex(value: unknown, place: Place): Hex {
  const text = asText(value, place);
  const digits = text.startsWith("0x") ? text.slice(2) : text;
  if (digits.length % 2 === 0 && /^[0-9a-fA-F]*$/.test(digits)) return `0x${digits.toLowerCase()}`;
  throw malformed(place, "is no hexadecimal bytes");
}

/** A value that must be an unsigned integer, hexadecimal or decimal. `0x:bigint 0x…` is how the suites write one beyond 256 bits. */
export function asInteger(value: unknown, place: Place): bigint {
  const text = asText(value, place).replace(/^0x:bigint /, "");
  if (text === "0x") return 0n;
  if (/^(0x[0-9a-fA-F]+|[0-9]+)$/.test(text)) return BigInt(text);
  throw malformed(place, "is no integer");
}

/** An error about a value of a file. */
export function malformed(place: Place, what: string): ConformanceError {
  return new ConformanceError(
    "FILE_MALFORMED",
    `${place} ${what}`,
    "Take the file anew from github.com/ethereum/tests, or mend it.",
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
