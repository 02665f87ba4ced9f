import { createHash } from "node:crypto";
import { toHex, zeroHash } from "viem";
import { z } from "zod";
import { type Digest, DigestAlgorithm } from "../../client/index.ts";
import { parseDay, parseInstant } from "../app/dates.ts";
import type { Text } from "../app/language.ts";
import { parseYuan } from "../app/money.ts";
import { BanyanError } from "../errors.ts";
import { refuseField } from "./field-error.ts";

/** Fen: a million million yuan, which every field of the contracts holds. */
const MOST_MONEY = 10n ** 14n;

/** What stands where no digest is required. */
export const NO_DIGEST: Digest = { value: zeroHash, algorithm: DigestAlgorithm.NONE };

/** An amount in yuan, such as `"304.50"`; read as fen. */
export const money = z
  .string()
  .transform(coded(parseYuan))
  .superRefine((fen, context) => {
    if (fen < 0n) refuseField(context, { en: "must not be below zero", zh: "不得为负" });
    if (fen > MOST_MONEY) refuseField(context, { en: "is more money than there is", zh: "金额过大" });
  });

/** A day, such as `"2026-03-01"`; read as its first second in China. */
export const day = z.string().transform(coded(parseDay));

/** A moment with its offset; read as seconds. */
export const instant = z.string().transform(coded(parseInstant));

/** A count: visits, days, working days. */
export const count = z.number().int().nonnegative().max(1_000_000_000);

/** A name given or used in the story. */
export const name = pattern(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/, {
  en: "must be a letter, then letters, digits, - or _ (at most 32 in all)",
  zh: "应以字母开头，后接字母、数字、- 或 _（共不超过 32 个字符）",
});

/** A document; what goes on chain is its salted digest. */
export const document = z.string().min(1).max(400);

/** A digest of a document that is kept elsewhere: SHA-256, salted by whoever made it. */
export type Document = z.infer<typeof document>;

/**
 * The salted digest of a document.
 *
 * @param salt - the story's salt
 * @param text - the document
 */
export function digestOf(salt: string, text: Document): Digest {
  return {
    value: toHex(createHash("sha256").update(salt).update("\n").update(text).digest()),
    algorithm: DigestAlgorithm.SHA256,
  };
}

/**
 * A text of a certain form.
 *
 * @param form - what it must match
 * @param words - what is said of one that does not
 */
export function pattern(form: RegExp, words: Text) {
  return z.string().superRefine((text, context) => {
    if (!form.test(text)) refuseField(context, words);
  });
}

/** Turns a parser that throws coded errors into one that zod can report. */
export function coded<T>(parse: (text: string) => T): (text: string, context: z.RefinementCtx) => T {
  return (text, context) => {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof BanyanError)) throw error;
      const [en, zh] = [error.in("en"), error.in("zh")];
      return refuseField(context, {
        en: `${en.message}. ${en.cure ?? ""}`.trim(),
        zh: `${zh.message}。${zh.cure ?? ""}`,
      });
    }
  };
}
