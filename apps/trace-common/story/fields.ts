import { regionId } from "@banyan/app-common/policy";
import { coded, pattern, refuseField } from "@banyan/app-common/story";
import { type Hex, stringToHex } from "viem";
import { z } from "zod";
import { hasCheckDigit, identify, parseGln } from "../epcis/index.ts";

/** Amounts count in millionths of their unit. */
const MILLIONTHS = 6;
const MILLION = 1_000_000;
const MOST_YIELD = 1_000_000;

/** A GLN of 13 digits; read as a number. */
export const gln = z.string().transform((text, context) => {
  if (/^\d{13}$/.test(text) && hasCheckDigit(text)) return BigInt(text);
  return refuseField(context, {
    en: `must be a GLN of 13 digits, the last of them its check digit; it is "${text}"`,
    zh: `应为 13 位全球位置码（GLN），末位为校验码，而非 "${text}"`,
  });
});

/** A GTIN of 8 to 14 digits; read as a number. */
export const gtin = z.string().transform((text, context) => {
  if (/^(?:\d{8}|\d{12,14})$/.test(text) && hasCheckDigit(text)) return BigInt(text);
  return refuseField(context, {
    en: `must be a GTIN of 8, 12, 13 or 14 digits, the last of them its check digit; it is "${text}"`,
    zh: `应为 8、12、13 或 14 位商品条码（GTIN），末位为校验码，而非 "${text}"`,
  });
});

/** A code as it stands on a label or in a document; read as the object id. */
export const code = z.string().min(1).max(300).transform(coded(identify));

/** A place: the URI of its SGLN; read as number and extension. */
export const sgln = z.string().transform((text, context) => {
  const found = coded(parseGln)(text, context);
  if (found !== undefined && !found.party)
    return { gln: BigInt(found.gln), extension: extensionOf(found.extension), text };
  return refuseField(context, {
    en: `must be the SGLN of a place, such as urn:epc:id:sgln:9521001.00002.0; it is "${text}"`,
    zh: `应为场所的 SGLN，例如 urn:epc:id:sgln:9521001.00002.0，而非 "${text}"`,
  });
});

function extensionOf(extension: string): Hex {
  return stringToHex(extension, { size: 20 });
}

const REGION = /^[A-Z]{2}(?:-[A-Z0-9]+)*$/;

/** A region: the ISO 3166 code, a district's GB/T 2260 code after a further hyphen; read as the contracts write it. */
export const region = pattern(REGION, {
  en: 'must be an ISO 3166 code in capitals, such as "CN-ZJ" or "CN-ZJ-331102"',
  zh: '应为大写的 ISO 3166 代码，例如 "CN-ZJ" 或 "CN-ZJ-331102"',
}).transform((text) => regionId(text));

/** A unit of UN/CEFACT Recommendation 20, such as `KGM`; pieces where it is left out. */
export const unit = pattern(/^[A-Z0-9]{2,3}$/, {
  en: 'must be a code of UN/CEFACT Recommendation 20, such as "KGM"',
  zh: '应为 UN/CEFACT 第 20 号建议书的单位代码，例如 "KGM"',
})
  .optional()
  .transform((text) => stringToHex(text ?? "", { size: 3 }));

/** An amount with at most six decimals, such as `"12.5"`; read in millionths. */
export const amount = z.string().transform((text, context) => {
  const [, whole, part = ""] = /^(0|[1-9]\d{0,12})(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  if (whole !== undefined) return BigInt(whole) * BigInt(MILLION) + BigInt(part.padEnd(MILLIONTHS, "0"));
  return refuseField(context, {
    en: `must be an amount with at most six decimals, such as "12.5"; it is "${text}"`,
    zh: `应为最多六位小数的数量，例如 "12.5"，而非 "${text}"`,
  });
});

/** How much of one product one unit of another gives, such as `"0.23"`; read in millionths. */
export const factor = amount.refine((value) => value <= BigInt(MOST_YIELD) * BigInt(MILLION), {
  message: "is more than any yield can be",
});

/** The amount in millionths as text. */
export function plainAmount(millionths: bigint): string {
  const [whole, part] = [millionths / BigInt(MILLION), millionths % BigInt(MILLION)];
  const decimals = part.toString().padStart(MILLIONTHS, "0").replace(/0+$/, "");
  return decimals === "" ? whole.toString() : `${whole}.${decimals}`;
}

/**
 * Words of an enum as a set of bits `1 << word`.
 *
 * @param words - the enum, as the typed client states it
 */
export function parseBits<const words extends Readonly<Record<string, number>>>(words: words) {
  return z
    .array(z.string())
    .min(1)
    .transform((list, context) => {
      let bits = 0;
      for (const word of list) {
        const number = Object.hasOwn(words, word) ? words[word] : undefined;
        if (number === undefined || number === 0) {
          const known = Object.keys(words).filter((one) => words[one] !== 0);
          return refuseField(context, {
            en: `must be some of ${known.join(", ")}; it has "${word}"`,
            zh: `应为 ${known.join("、")} 中的若干项，而其中有 "${word}"`,
          });
        }
        bits |= 1 << number;
      }
      return bits;
    });
}
