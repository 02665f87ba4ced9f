import { createHash } from "node:crypto";
import type { Hex } from "viem";
import { canonicalUri } from "./canonical-uri.ts";
import { NO_DIGEST } from "./captured-event.ts";
import { canonicalJson, type Fields, isFields } from "./schema.ts";

/** SHA-256 of a text. */
export function digestText(text: string): Hex {
  return `0x${createHash("sha256").update(text).digest("hex")}`;
}

/** SHA-256 of the canonical form of a URI: of a certificate, an order, an own identifier. */
export function digestUri(uri: string): Hex {
  return digestText(canonicalUri(uri));
}

/** SHA-256 of a JSON value with the fields of its objects in order; zero for nothing. */
export function digestJson(value: unknown): Hex {
  const empty = value === undefined || (isFields(value) && Object.keys(value).length === 0);
  return empty || (Array.isArray(value) && value.length === 0) ? NO_DIGEST : digestText(canonicalJson(value));
}

/** The fields of an event that are somebody's own: with a prefix or a full URI as name. */
export function extensionsOf(event: Fields): Fields {
  return Object.fromEntries(Object.entries(event).filter(([name]) => name.includes(":")));
}
