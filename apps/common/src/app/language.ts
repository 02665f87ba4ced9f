/** The languages that words shown to people exist in. */
export type Language = "en" | "zh";

/** A text in every language. */
export type Text = Readonly<Record<Language, string>>;

/** The languages, the default first. */
export const LANGUAGES: readonly Language[] = ["en", "zh"];

/** Whether a value names a language. */
export function isLanguage(value: unknown): value is Language {
  return value === "en" || value === "zh";
}
