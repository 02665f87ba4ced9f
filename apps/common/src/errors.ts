/** What a {@link BanyanError} may carry besides its message. */
export interface BanyanErrorOptions {
  /** What the reader can do about it, as one sentence. */
  readonly cure?: string;
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
  /** What the reader can do about it. */
  readonly cure: string | undefined;

  /**
   * @param code - the kind of failure, such as `BINDINGS_STALE`
   * @param message - what happened, naming the input
   * @param options - the cure and the cause
   */
  constructor(code: string, message: string, options: BanyanErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.cure = options.cure;
  }
}
