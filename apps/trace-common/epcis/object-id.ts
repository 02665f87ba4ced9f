import { createHash } from "node:crypto";
import { BanyanError } from "@banyan/app-common";
import type { Hex } from "viem";
import { canonicalUri } from "./canonical-uri.ts";
import { hasCheckDigit } from "./check-digit.ts";
import { canonicalLink } from "./digital-link.ts";
import { identifierError } from "./identifier-error.ts";
import { KeyKind, type ObjectKey } from "./key-kind.ts";

/** What a word of each kind holds: digits of its number and where its text begins and ends. */
const LAYOUT: Readonly<Record<number, { readonly digits: number; readonly from: number; readonly most: number }>> = {
  [KeyKind.SGTIN]: { digits: 14, from: 9, most: 20 },
  [KeyKind.LGTIN]: { digits: 14, from: 9, most: 20 },
  [KeyKind.SSCC]: { digits: 18, from: 9, most: 0 },
  [KeyKind.GRAI]: { digits: 14, from: 9, most: 16 },
  [KeyKind.GIAI]: { digits: 0, from: 1, most: 30 },
  [KeyKind.SGLN]: { digits: 13, from: 9, most: 20 },
  [KeyKind.GDTI]: { digits: 13, from: 9, most: 17 },
  [KeyKind.MEDICINE]: { digits: 0, from: 1, most: 20 },
  [KeyKind.BATTERY]: { digits: 0, from: 1, most: 24 },
};
const WORD = 32;
const DIGEST_BYTES = 31;
const OWN_URN = "urn:banyan:";
const MEDICINE_URN = "urn:banyan:medicine:";
const BATTERY_URN = "urn:banyan:battery:";

/** No object. */
export const NO_OBJECT: Hex = `0x${"00".repeat(WORD)}`;

/**
 * Packs a key into the one word that the chain keeps it as: the code itself, not a hash of it.
 *
 * @param key - the key
 * @throws BanyanError `OBJECT_ID_INVALID` for a number without its check digit or a text that does not fit
 */
export function packObjectId({ kind, number, text }: ObjectKey): Hex {
  const layout = LAYOUT[kind];
  const right =
    layout !== undefined &&
    number.length === layout.digits &&
    (layout.digits === 0 ? text !== "" : hasCheckDigit(number)) &&
    text.length <= layout.most &&
    /^[\x21-\x7e]*$/.test(text);
  if (!right) {
    throw new BanyanError(
      "OBJECT_ID_INVALID",
      {
        en: `key ${kind} "${number}" "${text}" does not fit into a word`,
        zh: `标识 ${kind} "${number}" "${text}" 无法打包`,
      },
      { cure: { en: "Check the number's digits and the length of the serial.", zh: "请检查数字位数与序列号长度。" } },
    );
  }
  const word = Buffer.alloc(WORD);
  word[0] = kind;
  if (layout.digits > 0) word.writeBigUInt64BE(BigInt(number), 1);
  word.write(text, layout.from, "latin1");
  return `0x${word.toString("hex")}`;
}

/**
 * The word of something that is only known by a URI, or of a transformation.
 *
 * @param kind - `URI` or `TRANSFORMATION`
 * @param uri - its URI; spellings of the same GS1 key give the same word
 */
export function packUri(kind: typeof KeyKind.URI | typeof KeyKind.TRANSFORMATION, uri: string): Hex {
  const digest = createHash("sha256").update(canonicalUri(uri)).digest().subarray(0, DIGEST_BYTES);
  return `0x${Buffer.from([kind]).toString("hex")}${digest.toString("hex")}`;
}

/**
 * Reads a word back.
 *
 * @param id - the object id
 * @returns the key; for a URI or a transformation the digest in hexadecimal digits as its text
 * @throws BanyanError `OBJECT_ID_INVALID`
 */
export function unpackObjectId(id: Hex): ObjectKey {
  const word = Buffer.from(id.slice(2), "hex");
  const kind = (word[0] ?? 0) as KeyKind;
  if (word.length === WORD && (kind === KeyKind.URI || kind === KeyKind.TRANSFORMATION)) {
    return { kind, number: "", text: word.subarray(1).toString("hex") };
  }
  const layout = LAYOUT[kind];
  if (word.length !== WORD || layout === undefined) {
    throw new BanyanError(
      "OBJECT_ID_INVALID",
      { en: `${id} is no object id`, zh: `${id} 不是有效的对象编号` },
      { cure: { en: "Give a code as printed on the label instead.", zh: "请改用标签上印刷的编码。" } },
    );
  }
  const number = layout.digits === 0 ? "" : word.readBigUInt64BE(1).toString().padStart(layout.digits, "0");
  const text = word.subarray(layout.from).toString("latin1").replace(/\0+$/, "");
  return { kind, number, text };
}

/**
 * A key as a URI that other systems read: the canonical GS1 Digital Link URI, or for own kinds an URN.
 *
 * @param id - the object id
 */
export function objectUri(id: Hex): string {
  const { kind, number, text } = unpackObjectId(id);
  switch (kind) {
    case KeyKind.SGTIN:
      return canonicalLink({ scheme: "sgtin", key: number, qualifier: text });
    case KeyKind.LGTIN:
      return canonicalLink({ scheme: "lgtin", key: number, qualifier: text });
    case KeyKind.SSCC:
      return canonicalLink({ scheme: "sscc", key: number, qualifier: "" });
    case KeyKind.GRAI:
      return canonicalLink({ scheme: "grai", key: number, qualifier: text });
    case KeyKind.GIAI:
      return canonicalLink({ scheme: "giai", key: text, qualifier: "" });
    case KeyKind.SGLN:
      return canonicalLink({ scheme: "sgln", key: number, qualifier: text });
    case KeyKind.GDTI:
      return canonicalLink({ scheme: "gdti", key: number, qualifier: text });
    case KeyKind.MEDICINE:
      return MEDICINE_URN + text;
    case KeyKind.BATTERY:
      return BATTERY_URN + text;
    default:
      return `urn:banyan:${kind === KeyKind.TRANSFORMATION ? "transformation" : "uri"}:${text}`;
  }
}

/**
 * A value of a contract as the trade writes it, if it is a packed code.
 *
 * @param value - an argument of an event or of an error
 */
export function showCode(value: unknown): string | undefined {
  return typeof value === "string" && /^0x0[1-9a-b][0-9a-f]{62}$/.test(value) ? objectUri(value as Hex) : undefined;
}

/**
 * The word that one of this repository's own URNs stands for, if it is one.
 *
 * @throws BanyanError `IDENTIFIER_CHARACTER` for one that is wrong
 */
export function packOwnUrn(uri: string): Hex | undefined {
  if (!uri.startsWith(OWN_URN)) return undefined;
  const medicine = /^urn:banyan:medicine:([0-9A-Z]{20})$/.exec(uri)?.[1];
  if (medicine !== undefined) return packObjectId({ kind: KeyKind.MEDICINE, number: "", text: medicine });
  const battery = /^urn:banyan:battery:([0-9A-Z]{24})$/.exec(uri)?.[1];
  if (battery !== undefined) return packObjectId({ kind: KeyKind.BATTERY, number: "", text: battery });
  const [, kind, digest] = /^urn:banyan:(uri|transformation):([0-9a-f]{62})$/.exec(uri) ?? [];
  if (digest !== undefined) return `0x${kind === "uri" ? "0a" : "0b"}${digest}`;
  if (!uri.startsWith(MEDICINE_URN) && !uri.startsWith(BATTERY_URN)) return undefined;
  throw identifierError(
    "IDENTIFIER_CHARACTER",
    uri,
    {
      en: "must end with the code: 20 digits or capitals of a medicine, 24 of a battery",
      zh: "应以编码结尾：药品 20 位、电池 24 位数字或大写字母",
    },
    { en: "Write the code as printed on the package.", zh: "请按包装上印刷的编码填写。" },
  );
}
