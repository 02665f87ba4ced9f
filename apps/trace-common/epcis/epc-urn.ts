import { checkDigit } from "./check-digit.ts";
import { CHARACTERS, type Identifier, type Scheme } from "./identifier.ts";
import { identifierError } from "./identifier-error.ts";

/**
 * How the digits of an EPC URI become a key. `digits`: company prefix and reference together, without the check digit; `lead`: digits of the
 * reference that stand before the company prefix; `fill`: what is put in front.
 */
interface UrnForm {
  readonly digits: number;
  readonly lead: number;
  readonly fill: string;
  /** Most characters of what follows the reference; 0 = nothing may follow. */
  readonly serial: number;
}

const FORMS: Readonly<Partial<Record<Scheme, UrnForm>>> = {
  sgtin: { digits: 13, lead: 1, fill: "", serial: 20 },
  lgtin: { digits: 13, lead: 1, fill: "", serial: 20 },
  upui: { digits: 13, lead: 1, fill: "", serial: 28 },
  itip: { digits: 13, lead: 1, fill: "", serial: 20 },
  sscc: { digits: 17, lead: 1, fill: "", serial: 0 },
  gsrn: { digits: 17, lead: 0, fill: "", serial: 0 },
  gsrnp: { digits: 17, lead: 0, fill: "", serial: 0 },
  gsin: { digits: 16, lead: 0, fill: "", serial: 0 },
  sgln: { digits: 12, lead: 0, fill: "", serial: 20 },
  pgln: { digits: 12, lead: 0, fill: "", serial: 0 },
  grai: { digits: 12, lead: 0, fill: "0", serial: 16 },
  gdti: { digits: 12, lead: 0, fill: "", serial: 17 },
  sgcn: { digits: 12, lead: 0, fill: "", serial: 12 },
};

const URN = /^urn:epc:(id|class|idpat):([a-z]+):(.*)$/;
/** GS1 company prefixes have 6 to 12 digits. */
const PREFIX = /^\d{6,12}$/;

/** Whether a text claims to be an EPC URI. */
export function isEpcUrn(text: string): boolean {
  return text.startsWith("urn:epc:");
}

/**
 * Reads an EPC URI, EPC class URI or EPC pattern URI.
 *
 * @param text - such as `urn:epc:id:sgtin:9506000.134352.5Y`
 * @throws BanyanError `IDENTIFIER_UNKNOWN`, `IDENTIFIER_LENGTH` or `IDENTIFIER_CHARACTER`
 */
export function parseEpcUrn(text: string): Identifier {
  const [, form, name, body] = URN.exec(text) ?? [];
  if (form === undefined || name === undefined || body === undefined) throw unknown(text);
  const scheme = name as Scheme;
  const pattern = form === "idpat";
  if ((scheme === "lgtin") !== (form === "class")) throw unknown(text);
  if (scheme === "giai" || scheme === "ginc") return assetOf(text, scheme, body, pattern);
  if (scheme === "cpi") return partOf(text, body, pattern);
  const rule = FORMS[scheme];
  if (rule === undefined) throw unknown(text);

  const [prefix = "", reference = "", ...rest] = body.split(".");
  if (!PREFIX.test(prefix) || !/^\d*$/.test(reference) || prefix.length + reference.length !== rule.digits) {
    throw identifierError(
      "IDENTIFIER_LENGTH",
      text,
      {
        en: `must have ${rule.digits} digits in company prefix and reference, of which 6 to 12 are the company prefix`,
        zh: `的厂商识别代码与参考代码应共 ${rule.digits} 位数字，其中厂商识别代码 6 至 12 位`,
      },
      { en: "Compare it with the GS1 EPC Tag Data Standard.", zh: "请对照 GS1 EPC 标签数据标准检查。" },
    );
  }
  const raw = rule.fill + reference.slice(0, rule.lead) + prefix + reference.slice(rule.lead);
  const key = raw + checkDigit(raw);
  if (scheme === "itip") {
    const [piece = "", total = "", serial, ...more] = rest;
    if (!/^\d\d$/.test(piece) || !/^\d\d$/.test(total) || more.length > 0) throw unknown(text);
    return { scheme, key: key + piece + total, qualifier: serialOf(text, serial, rule.serial, pattern) };
  }
  if (rule.serial === 0) {
    if (rest.length > 0 || pattern) throw unknown(text);
    return { scheme, key, qualifier: "" };
  }
  // A serial number may itself contain dots.
  const serial = serialOf(text, rest.length === 0 ? undefined : rest.join("."), rule.serial, pattern);
  if (scheme === "sgtin" && pattern) return { scheme: "gtin", key, qualifier: "" };
  if (scheme === "upui" && pattern) return { scheme: "gtin", key, qualifier: "" };
  if (scheme === "sgcn" && !/^\d*$/.test(serial)) throw characters(text);
  return { scheme, key, qualifier: scheme === "sgln" && serial === "0" ? "" : serial };
}

function serialOf(text: string, serial: string | undefined, most: number, pattern: boolean): string {
  if (pattern) {
    if (serial !== "*") throw unknown(text);
    return "";
  }
  if (serial === undefined || serial === "") throw unknown(text);
  const decoded = decode(text, serial);
  if (decoded.length > most) throw tooLong(text, most);
  return decoded;
}

function assetOf(text: string, scheme: "giai" | "ginc", body: string, pattern: boolean): Identifier {
  const dot = body.indexOf(".");
  const [prefix, reference] = [body.slice(0, Math.max(0, dot)), body.slice(dot + 1)];
  if (!PREFIX.test(prefix) || reference === "" || pattern) throw unknown(text);
  const key = prefix + decode(text, reference);
  if (key.length > 30) throw tooLong(text, 30 - prefix.length);
  return { scheme, key, qualifier: "" };
}

function partOf(text: string, body: string, pattern: boolean): Identifier {
  const [prefix = "", reference = "", serial = "", ...more] = body.split(".");
  if (!PREFIX.test(prefix) || reference === "" || more.length > 0) throw unknown(text);
  if (pattern ? serial !== "*" : !/^\d{1,12}$/.test(serial)) throw unknown(text);
  const key = prefix + decode(text, reference);
  if (key.length > 30) throw tooLong(text, 30 - prefix.length);
  return { scheme: "cpi", key, qualifier: pattern ? "" : serial };
}

function decode(text: string, part: string): string {
  if (/%(?![0-9A-Fa-f]{2})/.test(part) || /["&/<>?#^[\]`{|}\\]/.test(part)) throw characters(text);
  const decoded = part.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (!CHARACTERS.test(decoded) && !/^[#0-9A-Z/-]*$/.test(decoded)) throw characters(text);
  return decoded;
}

function unknown(text: string): Error {
  return identifierError(
    "IDENTIFIER_UNKNOWN",
    text,
    { en: "is not an EPC URI of a known form", zh: "不是已知形式的 EPC URI" },
    {
      en: "Write it as in the GS1 EPC Tag Data Standard, such as urn:epc:id:sgtin:9506000.134352.5Y, or as a GS1 Digital Link URI.",
      zh: "请按 GS1 EPC 标签数据标准书写，如 urn:epc:id:sgtin:9506000.134352.5Y，或使用 GS1 Digital Link URI。",
    },
  );
}

function characters(text: string): Error {
  return identifierError(
    "IDENTIFIER_CHARACTER",
    text,
    { en: "has a character that GS1 keys do not have", zh: "含有 GS1 标识不允许的字符" },
    {
      en: 'Percent-encode " % & / < > ? and use no others.',
      zh: '请对 " % & / < > ? 进行百分号编码，且不要使用其他字符。',
    },
  );
}

function tooLong(text: string, most: number): Error {
  return identifierError(
    "IDENTIFIER_TOO_LONG",
    text,
    { en: `has more than ${most} characters after the reference`, zh: `参考代码之后超过 ${most} 个字符` },
    { en: "Shorten the serial or lot number.", zh: "请缩短序列号或批号。" },
  );
}
