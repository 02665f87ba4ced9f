import { parseDigitalLink } from "./digital-link.ts";
import type { Identifier } from "./identifier.ts";

/** Application identifiers and the fixed length of their values; 0 = as far as the next separator. */
const LENGTHS: Readonly<Record<string, number>> = {
  "00": 18,
  "01": 14,
  "02": 14,
  "10": 0,
  "11": 6,
  "12": 6,
  "13": 6,
  "15": 6,
  "16": 6,
  "17": 6,
  "20": 2,
  "21": 0,
  "22": 0,
  "235": 0,
  "253": 0,
  "254": 0,
  "255": 0,
  "30": 0,
  "37": 0,
  "401": 0,
  "402": 17,
  "414": 13,
  "417": 13,
  "8003": 0,
  "8004": 0,
  "8006": 18,
  "8010": 0,
  "8011": 0,
  "8017": 18,
  "8018": 18,
};
const PRIMARY = ["00", "01", "253", "255", "401", "402", "414", "417", "8003", "8004", "8006", "8010", "8017", "8018"];
const SECONDARY = ["22", "10", "21", "235", "254", "8011"];
const SEPARATOR = "\u001d";

/**
 * Splits a GS1 element string into its values, by application identifier.
 *
 * @param text - with brackets, `(01)09506000134352(21)5Y`, or as scanned, with group separators after values of no fixed length
 * @returns nothing for a text that is none
 */
export function parseElements(text: string): ReadonlyMap<string, string> | undefined {
  return text.startsWith("(") ? parseBracketed(text) : parseScanned(text.replace(/^\](?:d2|C1|e0|Q3|J1)/, ""));
}

/**
 * Reads the key of a GS1 element string.
 *
 * @param text - see {@link parseElements}
 * @returns nothing for a text that is none or holds no key
 * @throws BanyanError as {@link parseDigitalLink}
 */
export function parseElementString(text: string): Identifier | undefined {
  const elements = parseElements(text);
  if (elements === undefined) return undefined;
  const primary = PRIMARY.find((ai) => elements.has(ai));
  if (primary === undefined) return undefined;
  // The same key as a URI says everything else that there is to check.
  const path = [primary, ...SECONDARY.filter((ai) => elements.has(ai))].map(
    (ai) => `${ai}/${encodeURIComponent(elements.get(ai) ?? "")}`,
  );
  return parseDigitalLink(`https://id.gs1.org/${path.join("/")}`)?.identifier;
}

/** A key in human-readable element string form, as printed under a symbol. */
export function formatElements(elements: Iterable<readonly [ai: string, value: string]>): string {
  return [...elements].map(([ai, value]) => `(${ai})${value}`).join("");
}

function parseBracketed(text: string): ReadonlyMap<string, string> | undefined {
  const elements = new Map<string, string>();
  const form = /\((\d{2,4})\)([^(]*(?:\((?!\d{2,4}\))[^(]*)*)/gy;
  while (form.lastIndex < text.length) {
    const [, ai, value] = form.exec(text) ?? [];
    if (ai === undefined || value === undefined) return undefined;
    elements.set(ai, value);
  }
  return elements;
}

function parseScanned(text: string): ReadonlyMap<string, string> | undefined {
  const elements = new Map<string, string>();
  let rest = text.replace(new RegExp(`^${SEPARATOR}`), "");
  while (rest !== "") {
    const ai = [2, 3, 4].map((size) => rest.slice(0, size)).find((known) => known in LENGTHS);
    if (ai === undefined) return undefined;
    const length = LENGTHS[ai] ?? 0;
    rest = rest.slice(ai.length);
    const end = length > 0 ? length : rest.indexOf(SEPARATOR);
    const value = end < 0 ? rest : rest.slice(0, end);
    if (value === "" || value.length < length) return undefined;
    elements.set(ai, value);
    rest = end < 0 ? "" : rest.slice(end).replace(new RegExp(`^${SEPARATOR}`), "");
  }
  return elements.size === 0 ? undefined : elements;
}
