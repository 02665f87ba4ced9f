import { BanyanError } from "@banyan/app-common";
import type { Text } from "@banyan/app-common/app";
import { checkDigit } from "./check-digit.ts";

/** What can be wrong with an identifier. */
export type IdentifierFault =
  | "IDENTIFIER_UNKNOWN"
  | "IDENTIFIER_LENGTH"
  | "IDENTIFIER_CHARACTER"
  | "IDENTIFIER_CHECK_DIGIT"
  | "IDENTIFIER_ORDER"
  | "IDENTIFIER_TOO_LONG";

/**
 * The error for an identifier that cannot be read.
 *
 * @param code - what is wrong
 * @param text - the identifier as given
 * @param words - what is wrong with it
 * @param cure - what to do
 */
export function identifierError(code: IdentifierFault, text: string, words: Text, cure: Text): BanyanError {
  return new BanyanError(code, { en: `"${text}" ${words.en}`, zh: `"${text}"${words.zh}` }, { cure });
}

/** The error for a key whose check digit is wrong (C-17). */
export function checkDigitError(text: string, key: string): BanyanError {
  const right = checkDigit(key.slice(0, -1));
  return identifierError(
    "IDENTIFIER_CHECK_DIGIT",
    text,
    { en: `ends ${key} with a wrong check digit`, zh: `中 ${key} 的校验位有误` },
    {
      en: `Compare with the label: were the other digits right, the last one would be ${right}.`,
      zh: `请与标签核对：若其余数字无误，末位应为 ${right}。`,
    },
  );
}
