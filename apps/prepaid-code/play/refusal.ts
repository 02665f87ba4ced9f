import { BanyanError } from "@banyan/app-common";
import { type AnyError, decodeAnyError, type ErrorGuide, errorGuide } from "../client/index.ts";
import chinese from "../words/refusals.zh.json" with { type: "json" };

/** The custom error behind a failure, if a contract refused. */
export function refusalOf(error: unknown): AnyError | undefined {
  return decodeAnyError(error);
}

/**
 * Turns what an event threw into an error with a cure: a contract's refusal is named with its arguments, and with meaning and cure from the contracts' own
 * documentation and its translation. Anything else is given back as it is.
 *
 * @param error - what was caught
 */
export function explain(error: unknown): unknown {
  if (error instanceof BanyanError) return error;
  const refusal = refusalOf(error);
  if (refusal === undefined) return error;
  const { en, zh } = guideOf(refusal.errorName);
  const args = Object.entries(refusal.args).map(([key, value]) => `${key} ${show(value)}`);
  const call = `${refusal.errorName}(${args.join(", ")})`;
  return new BanyanError(
    "CONTRACT_REFUSED",
    {
      en: `the contracts refused with ${call}${en === undefined ? "" : `: ${en.meaning}`}`,
      zh: `合约拒绝执行：${call}${zh === undefined ? "" : `：${zh.meaning}`}`,
    },
    {
      cause: error,
      ...(en?.cure === undefined ? {} : { cure: { en: en.cure, zh: zh?.cure ?? en.cure } }),
    },
  );
}

function guideOf(name: string): { readonly en: ErrorGuide | undefined; readonly zh: ErrorGuide | undefined } {
  const translated: Readonly<Record<string, ErrorGuide>> = chinese;
  return { en: errorGuide[name], zh: translated[name] };
}

function show(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    return JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? item.toString() : item));
  }
  return String(value);
}
