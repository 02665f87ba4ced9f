import { refuseField } from "@banyan/app-common/story";
import { toHex } from "viem";
import { z } from "zod";

/** The trades of a story, by GB/T 4754-2017 class. */
export const TRADE = {
  FITNESS: "8930",
  TUTORING: "8394",
  YOUTH_SPORT: "8392",
  RETAIL: "5211",
  CATERING: "6210",
  BEAUTY: "8040",
  HOUSEHOLD: "8010",
} as const;

/** A trade by its word or by its class; read as the class in ASCII. */
export const trade = z.string().transform((word, context) => {
  const code = Object.entries(TRADE).find(([key]) => key === word)?.[1] ?? word;
  if (/^\d{4}$/.test(code)) return toHex(code);
  const known = Object.keys(TRADE);
  return refuseField(context, {
    en: `must be a class of GB/T 4754-2017 in four digits, or one of ${known.join(", ")}; it is "${word}"`,
    zh: `应为 GB/T 4754-2017 的四位小类代码，或 ${known.join("、")} 之一，而非 "${word}"`,
  });
});
