import { BanyanError } from "../errors.ts";

/** A custom error of a contract. */
interface Refusal {
  readonly errorName: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What a custom error means and what can be done about it. */
interface Guide {
  readonly meaning: string;
  readonly cure?: string;
}

/** What the refusals of a domain are told with. */
export interface RefusalWords {
  /** The custom error behind a failure, if a contract refused. */
  readonly refusalOf: (error: unknown) => Refusal | undefined;
  /** Meaning and cure by the error's name, in English. */
  readonly english: Readonly<Record<string, Guide>>;
  /** The same in Chinese. */
  readonly chinese: Readonly<Record<string, Guide>>;
  /** A value as the trade writes it; undefined for any other, which is written as it is. */
  readonly show?: (value: unknown) => string | undefined;
}

/**
 * Makes the function that turns what an event threw into an error with a cure: a contract's refusal is named with its arguments, and with meaning
 * and cure from the contracts' own documentation and its translation. Anything else is given back as it is.
 *
 * @param words - the errors of the domain
 */
export function createExplanation({
  refusalOf,
  english,
  chinese,
  show = () => undefined,
}: RefusalWords): (error: unknown) => unknown {
  return (error) => {
    if (error instanceof BanyanError) return error;
    const refusal = refusalOf(error);
    if (refusal === undefined) return error;
    const [en, zh] = [english[refusal.errorName], chinese[refusal.errorName]];
    const args = Object.entries(refusal.args).map(([key, value]) => `${key} ${show(value) ?? plain(value)}`);
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
  };
}

function plain(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    return JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? item.toString() : item));
  }
  return String(value);
}
