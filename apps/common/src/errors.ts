import type { Language, Text } from "./app/language.ts";

/** Words of an error: in every language where users of an app meet it, in English alone where only developers do. */
export type ErrorWords = string | Text;

/** What a {@link BanyanError} may carry besides its message. */
export interface BanyanErrorOptions {
  /** What the reader can do about it, as one sentence. */
  readonly cure?: ErrorWords;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * The one error family of the apps and the tasks.
 *
 * Programs tell errors apart by {@link BanyanError.code}; the message and the cure are for people and may be reworded at any time.
 */
export class BanyanError extends Error {
  override readonly name = "BanyanError";
  /** Names the kind of failure, in upper case with underscores, and never changes. */
  readonly code: string;
  /** What the reader can do about it, in English. */
  readonly cure: string | undefined;
  readonly #message: ErrorWords;
  readonly #cure: ErrorWords | undefined;

  /**
   * @param code - the kind of failure, such as `BINDINGS_STALE`
   * @param message - what happened, naming the input
   * @param options - the cure and the cause
   */
  constructor(code: string, message: ErrorWords, options: BanyanErrorOptions = {}) {
    super(say(message, "en"), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.cure = options.cure === undefined ? undefined : say(options.cure, "en");
    this.#message = message;
    this.#cure = options.cure;
  }

  /** The message and the cure in a language. */
  in(language: Language): { readonly message: string; readonly cure: string | undefined } {
    return {
      message: say(this.#message, language),
      cure: this.#cure === undefined ? undefined : say(this.#cure, language),
    };
  }

  /**
   * The same error with the place of its cause in front of the message.
   *
   * @param place - such as `story.jsonl:17`
   */
  at(place: string): BanyanError {
    const { en, zh } = { en: this.in("en").message, zh: this.in("zh").message };
    return new BanyanError(
      this.code,
      { en: `${place}: ${en}`, zh: `${place}：${zh}` },
      { cause: this, ...(this.#cure === undefined ? {} : { cure: this.#cure }) },
    );
  }
}

function say(words: ErrorWords, language: Language): string {
  return typeof words === "string" ? words : words[language];
}
