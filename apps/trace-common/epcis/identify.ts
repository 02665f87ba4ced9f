import { BanyanError } from "@banyan/app-common";
import type { Hex } from "viem";
import { canonicalLink, parseDigitalLink } from "./digital-link.ts";
import { parseElementString } from "./element-string.ts";
import { isEpcUrn, parseEpcUrn } from "./epc-urn.ts";
import type { Identifier } from "./identifier.ts";
import { KeyKind } from "./key-kind.ts";
import { packObjectId, packOwnUrn, packUri } from "./object-id.ts";

/**
 * Reads the GS1 key of a URI, if it holds one.
 *
 * @param uri - an EPC URI, a GS1 Digital Link URI, or any other
 * @throws BanyanError for a URI that claims to hold a GS1 key and holds a wrong one
 */
export function parseIdentifier(uri: string): Identifier | undefined {
  return isEpcUrn(uri) ? parseEpcUrn(uri) : parseDigitalLink(uri)?.identifier;
}

/**
 * The object id of an instance, or of whatever stands where one may stand: an item, a container, an asset, a place as a parent, an own URI.
 *
 * @param uri - as in `epcList` or `parentID`
 * @throws BanyanError `IDENTIFIER_CLASS` for a class, and as {@link parseIdentifier}
 */
export function instanceId(uri: string): Hex {
  const identifier = parseIdentifier(uri);
  if (identifier === undefined) return packOwnUrn(uri) ?? packUri(KeyKind.URI, uri);
  const { scheme, key, qualifier } = identifier;
  switch (scheme) {
    case "sgtin":
      return packObjectId({ kind: KeyKind.SGTIN, number: key, text: qualifier });
    case "sscc":
      return packObjectId({ kind: KeyKind.SSCC, number: key, text: "" });
    case "grai":
      if (qualifier === "") throw classError(uri);
      return packObjectId({ kind: KeyKind.GRAI, number: key, text: qualifier });
    case "giai":
      return packObjectId({ kind: KeyKind.GIAI, number: "", text: key });
    case "sgln":
      return packObjectId({ kind: KeyKind.SGLN, number: key, text: qualifier });
    case "gdti":
      if (qualifier === "") throw classError(uri);
      return packObjectId({ kind: KeyKind.GDTI, number: key, text: qualifier });
    case "gtin":
    case "lgtin":
      throw classError(uri);
    case "itip":
    case "cpi":
      if (qualifier === "") throw classError(uri);
      return packUri(KeyKind.URI, canonicalLink(identifier));
    default:
      return packUri(KeyKind.URI, canonicalLink(identifier));
  }
}

/**
 * The object id of a class or lot, as in a quantity element.
 *
 * @param uri - as in `epcClass`
 * @throws BanyanError `IDENTIFIER_INSTANCE` for an instance, `IDENTIFIER_CLASS_UNKNOWN` for what no product catalogue can hold, and as
 *   {@link parseIdentifier}
 */
export function classId(uri: string): Hex {
  const identifier = parseIdentifier(uri);
  if (identifier === undefined) throw unknownClass(uri);
  const { scheme, key, qualifier } = identifier;
  if (scheme === "gtin" || scheme === "lgtin")
    return packObjectId({ kind: KeyKind.LGTIN, number: key, text: qualifier });
  if (scheme === "sgtin") {
    throw new BanyanError(
      "IDENTIFIER_INSTANCE",
      { en: `"${uri}" is one item, not a quantity`, zh: `"${uri}" 是单个物品，而不是数量` },
      { cure: { en: "Put it into the list of EPCs.", zh: "请放入 EPC 列表。" } },
    );
  }
  throw unknownClass(uri);
}

/**
 * The object id of a code as a person gives it: a URI, a GS1 element string, an SSCC, a medicine's or a battery's code, or an object id.
 *
 * @param text - the code
 * @throws BanyanError `IDENTIFIER_UNKNOWN` and as {@link parseIdentifier}
 */
export function identify(text: string): Hex {
  const code = text.trim();
  if (/^0x[0-9a-fA-F]{64}$/.test(code)) return code.toLowerCase() as Hex;
  const elements = /^[a-z][a-z0-9+.-]*:/i.test(code) ? undefined : parseElementString(code);
  const uri = elements === undefined ? code : canonicalLink(elements);
  if (/^[a-z][a-z0-9+.-]*:/i.test(uri)) {
    const identifier = parseIdentifier(uri);
    return identifier?.scheme === "lgtin" || identifier?.scheme === "gtin" ? classId(uri) : instanceId(uri);
  }
  if (/^\d{18}$/.test(code)) return packObjectId({ kind: KeyKind.SSCC, number: code, text: "" });
  if (/^\d{20}$/.test(code)) return packObjectId({ kind: KeyKind.MEDICINE, number: "", text: code });
  if (/^[0-9A-Z]{24}$/.test(code)) return packObjectId({ kind: KeyKind.BATTERY, number: "", text: code });
  throw new BanyanError(
    "IDENTIFIER_UNKNOWN",
    { en: `"${text}" is no code of a thing`, zh: `"${text}" 不是物品编码` },
    {
      cure: {
        en: "Give an EPC URI, a GS1 Digital Link URI, an element string such as (01)09506000134352(21)5Y, an SSCC, or the code of a medicine or a battery.",
        zh: "请给出 EPC URI、GS1 Digital Link URI、元素串（如 (01)09506000134352(21)5Y）、SSCC，或药品、电池编码。",
      },
    },
  );
}

/** The number of a party or place: its GLN, and the extension where it has one. */
export function parseGln(
  uri: string,
): { readonly gln: string; readonly extension: string; readonly party: boolean } | undefined {
  const identifier = parseIdentifier(uri);
  if (identifier?.scheme === "pgln") return { gln: identifier.key, extension: "", party: true };
  if (identifier?.scheme === "sgln") return { gln: identifier.key, extension: identifier.qualifier, party: false };
  return undefined;
}

function classError(uri: string): BanyanError {
  return new BanyanError(
    "IDENTIFIER_CLASS",
    { en: `"${uri}" names a class, not one item`, zh: `"${uri}" 是类别，而不是单个物品` },
    {
      cure: {
        en: "Put it into the quantity list, or give it a serial number.",
        zh: "请放入数量列表，或补上序列号。",
      },
    },
  );
}

function unknownClass(uri: string): BanyanError {
  return new BanyanError(
    "IDENTIFIER_CLASS_UNKNOWN",
    { en: `"${uri}" is no class or lot of a GTIN`, zh: `"${uri}" 不是 GTIN 的类别或批次` },
    {
      cure: {
        en: "Quantities are kept of trade items: give a GTIN, with a lot number where there is one.",
        zh: "数量按贸易项目记录：请给出 GTIN，有批号时一并给出。",
      },
    },
  );
}
