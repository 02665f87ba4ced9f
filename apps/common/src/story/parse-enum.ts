import { z } from "zod";
import { refuseField } from "./field-error.ts";

/**
 * A field whose words stand for the numbers of a Solidity enum.
 *
 * @param words - the enum, as the typed client states it
 */
export function parseEnum<const words extends Readonly<Record<string, number>>>(words: words) {
  return z.string().transform((word, context): words[keyof words] => {
    if (Object.hasOwn(words, word)) return words[word as keyof words];
    const known = Object.keys(words);
    return refuseField(context, {
      en: `must be one of ${known.join(", ")}; it is "${word}"`,
      zh: `应为 ${known.join("、")} 之一，而非 "${word}"`,
    });
  });
}

/**
 * The word of an enum's number.
 *
 * @param words - the enum, as the typed client states it
 * @param value - a number of it
 */
export function wordOf(words: Readonly<Record<string, number>>, value: number): string {
  return Object.entries(words).find(([, number]) => number === value)?.[0] ?? String(value);
}
