import { hasCheckDigit } from "./check-digit.ts";
import {
  CHARACTERS,
  type Identifier,
  KEY_FORMS,
  type KeyForm,
  QUALIFIERS,
  SCHEMES,
  type Scheme,
} from "./identifier.ts";
import { checkDigitError, identifierError } from "./identifier-error.ts";

/** What a GS1 Digital Link URI says (C-16). */
export interface DigitalLink {
  /** The finest key of it. */
  readonly identifier: Identifier;
  /** Every key qualifier of the path, by application identifier. */
  readonly qualifiers: Readonly<Record<string, string>>;
  /** What stands in the query, by application identifier or name. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** How strictly a URI is read. */
export interface DigitalLinkOptions {
  /** Whether check digits and the order of qualifiers must be right; `true` unless said otherwise. */
  readonly strict?: boolean;
}

/** Where canonical URIs live. */
export const CANONICAL_HOST = "https://id.gs1.org";

const BY_NAME: ReadonlyMap<string, KeyForm> = new Map(
  Object.values(KEY_FORMS).flatMap((form) => [
    [form.ai, form],
    [form.name ?? form.ai, form],
  ]),
);
const QUALIFIER_NAMES: Readonly<Record<string, string>> = { cpv: "22", lot: "10", ser: "21" };

/**
 * Reads a GS1 Digital Link URI, on whatever host and below whatever path.
 *
 * @param text - such as `https://tea.example.com/01/09506000134352/10/A1/21/5Y?17=271231`
 * @param options - how strictly
 * @returns nothing for a URI that holds no GS1 key
 * @throws BanyanError `IDENTIFIER_CHECK_DIGIT`, `IDENTIFIER_LENGTH`, `IDENTIFIER_CHARACTER` or `IDENTIFIER_ORDER` for one that holds a wrong one
 */
export function parseDigitalLink(text: string, { strict = true }: DigitalLinkOptions = {}): DigitalLink | undefined {
  const [, path, query] = /^https?:\/\/[^/?#]+(\/[^?#]*)(?:\?([^#]*))?(?:#.*)?$/i.exec(text) ?? [];
  if (path === undefined) return undefined;
  const segments = path.replace(/\/$/, "").split("/").slice(1);
  for (let start = 0; start + 1 < segments.length; start++) {
    const form = BY_NAME.get(segments[start] ?? "");
    // What stands behind the primary key are pairs of qualifiers.
    if (form === undefined || (segments.length - start) % 2 !== 0) continue;
    const pairs = pairsOf(segments.slice(start + 2), form);
    if (pairs === undefined) continue;
    const value = decode(segments[start + 1] ?? "");
    const key = value === undefined ? undefined : keyOf(value, form);
    if (key === undefined) {
      if (strict && text.toLowerCase().startsWith(`${CANONICAL_HOST}/`)) throw lengthError(text, form);
      continue;
    }
    if (strict) requireRight(text, form, key, pairs);
    return {
      identifier: finest(form, key, new Map(pairs)),
      qualifiers: Object.fromEntries(pairs),
      attributes: attributesOf(query),
    };
  }
  return undefined;
}

/** The canonical URI of a key: the standard's own host, the finest level, nothing else. */
export function canonicalLink({ scheme, key, qualifier }: Identifier): string {
  const { ai, qualifier: second } = SCHEMES[scheme];
  if (second === undefined) return `${CANONICAL_HOST}/${ai}/${encode(key + qualifier)}`;
  return `${CANONICAL_HOST}/${ai}/${encode(key)}${qualifier === "" ? "" : `/${second}/${encode(qualifier)}`}`;
}

function pairsOf(segments: readonly string[], form: KeyForm): [string, string][] | undefined {
  const pairs: [string, string][] = [];
  for (let index = 0; index < segments.length; index += 2) {
    const name = segments[index] ?? "";
    const ai = QUALIFIER_NAMES[name] ?? name;
    const value = decode(segments[index + 1] ?? "");
    if (!form.qualifiers.includes(ai) || value === undefined || value === "") return undefined;
    pairs.push([ai, value]);
  }
  return pairs;
}

/** The key, padded, or nothing where its length is wrong. */
function keyOf(value: string, form: KeyForm): { readonly key: string; readonly tail: string } | undefined {
  if (form.digits === 0) return /^.{4,30}$/.test(value) ? { key: value, tail: "" } : undefined;
  if (form.ai === "01") {
    return /^(?:\d{8}|\d{12,14})$/.test(value) ? { key: value.padStart(14, "0"), tail: "" } : undefined;
  }
  const [key, tail] = [value.slice(0, form.digits), value.slice(form.digits)];
  return /^\d+$/.test(key) && key.length === form.digits && tail.length <= form.tail ? { key, tail } : undefined;
}

function finest(
  form: KeyForm,
  { key, tail }: { key: string; tail: string },
  pairs: ReadonlyMap<string, string>,
): Identifier {
  const of = (scheme: Scheme, qualifier: string): Identifier => ({ scheme, key, qualifier });
  switch (form.ai) {
    case "01": {
      const [serial, upui, lot] = [pairs.get("21"), pairs.get("235"), pairs.get("10")];
      if (serial !== undefined) return of("sgtin", serial);
      if (upui !== undefined) return of("upui", upui);
      return lot === undefined ? of("gtin", "") : of("lgtin", lot);
    }
    case "8006":
      return of("itip", pairs.get("21") ?? "");
    case "414": {
      const extension = pairs.get("254") ?? "";
      return of("sgln", extension === "0" ? "" : extension);
    }
    case "8010":
      return of("cpi", pairs.get("8011") ?? "");
    default: {
      const [scheme] = Object.entries(SCHEMES).find(([, { ai }]) => ai === form.ai) ?? ["giai"];
      return of(scheme as Scheme, tail);
    }
  }
}

function requireRight(
  text: string,
  form: KeyForm,
  { key, tail }: { key: string; tail: string },
  pairs: readonly [string, string][],
): void {
  if (form.ai === "8003" && !key.startsWith("0")) {
    throw identifierError(
      "IDENTIFIER_LENGTH",
      text,
      { en: "has a GRAI whose 14 digits do not begin with 0", zh: "中 GRAI 的 14 位数字未以 0 开头" },
      {
        en: "After /8003/ stand a 0, the 13 digits of the asset type, and its serial number.",
        zh: "/8003/ 之后依次为 0、资产类型的 13 位数字与序列号。",
      },
    );
  }
  if (form.check > 0 && !hasCheckDigit(key.slice(0, form.check))) throw checkDigitError(text, key.slice(0, form.check));
  const order = pairs.map(([ai]) => form.qualifiers.indexOf(ai));
  if (order.some((place, index) => index > 0 && place <= (order[index - 1] ?? 0))) {
    throw identifierError(
      "IDENTIFIER_ORDER",
      text,
      { en: "has its key qualifiers in a wrong order", zh: "的标识限定符顺序有误" },
      {
        en: `After /${form.ai}/ they stand in this order: ${form.qualifiers.join(", ")}.`,
        zh: `/${form.ai}/ 之后的顺序为：${form.qualifiers.join("、")}。`,
      },
    );
  }
  for (const [ai, value] of [...pairs, ["", tail] as const]) {
    if (!CHARACTERS.test(value)) {
      throw identifierError(
        "IDENTIFIER_CHARACTER",
        text,
        { en: "has a character that GS1 keys do not have", zh: "含有 GS1 标识不允许的字符" },
        {
          en: "Use letters, digits and the signs of GS1's character set 82.",
          zh: "请使用 GS1 字符集 82 中的字母、数字与符号。",
        },
      );
    }
    const most = QUALIFIERS[ai];
    if (most !== undefined && value.length > most) {
      throw identifierError(
        "IDENTIFIER_TOO_LONG",
        text,
        { en: `has more than ${most} characters in (${ai})`, zh: `的 (${ai}) 超过 ${most} 个字符` },
        { en: "Shorten the serial or lot number.", zh: "请缩短序列号或批号。" },
      );
    }
  }
}

function lengthError(text: string, form: KeyForm): Error {
  const digits = form.ai === "01" ? "8, 12, 13 or 14" : String(form.digits);
  const lengths = form.ai === "01" ? "8、12、13 或 14" : String(form.digits);
  return identifierError(
    "IDENTIFIER_LENGTH",
    text,
    { en: `must have ${digits} digits after /${form.ai}/`, zh: `在 /${form.ai}/ 之后应有 ${lengths} 位数字` },
    { en: "Compare with the label.", zh: "请与标签核对。" },
  );
}

function attributesOf(query: string | undefined): Record<string, string> {
  const pairs = (query ?? "").split(/[&;]/).filter((pair) => pair !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = "", value = ""] = pair.split("=", 2);
      return [decode(name) ?? name, decode(value) ?? value];
    }),
  );
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** Percent-encodes what GS1 Digital Link wants encoded; apostrophe, semicolon and equals sign stay. */
function encode(value: string): string {
  return encodeURIComponent(value)
    .replace(/[!()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%3B/g, ";")
    .replace(/%3D/g, "=");
}
