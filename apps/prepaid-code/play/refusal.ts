import { BanyanError } from "@banyan/app-common";
import type { Language } from "@banyan/app-common/app";
import { type AnyError, decodeAnyError, errorGuide } from "../client/index.ts";

/** The custom error behind a failure, if a contract refused. */
export function refusalOf(error: unknown): AnyError | undefined {
  return decodeAnyError(error);
}

/**
 * Turns what an event threw into an error with a cure: a contract's refusal is named with its arguments, meaning and cure from the contracts' own
 * documentation.
 *
 * @param error - what was caught
 * @param _language - the documentation of the contracts is written in English
 */
export function explain(error: unknown, _language: Language): unknown {
  if (error instanceof BanyanError) return error;
  const refusal = refusalOf(error);
  if (refusal === undefined) return error;
  const guide = errorGuide[refusal.errorName];
  const args = Object.entries(refusal.args)
    .map(([key, value]) => `${key} ${show(value)}`)
    .join(", ");
  return new BanyanError(
    "CONTRACT_REFUSED",
    `the contracts refused with ${refusal.errorName}(${args})${guide === undefined ? "" : `: ${guide.meaning}`}`,
    { cause: error, ...(guide?.cure === undefined ? {} : { cure: guide.cure }) },
  );
}

function show(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    return JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? item.toString() : item));
  }
  return String(value);
}
