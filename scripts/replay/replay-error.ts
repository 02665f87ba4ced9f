/** What stops a replay. */
export type ReplayErrorCode =
  | "OPTION_INVALID"
  | "LOG_NOT_FOUND"
  | "LOG_UNREADABLE"
  | "LOG_DAMAGED"
  | "LOG_EMPTY"
  | "LINE_MALFORMED"
  | "CONFIG_MALFORMED"
  | "CONFIG_UNSUPPORTED"
  | "EXPECTED_NOT_FOUND"
  | "EXPECTED_MALFORMED"
  | "SIDE_FAILED";

/** A replay cannot go on. The message names the input; {@link cure} says what to do. */
export class ReplayError extends Error {
  readonly code: ReplayErrorCode;
  readonly cure: string;

  constructor(code: ReplayErrorCode, message: string, cure: string) {
    super(message);
    this.name = "ReplayError";
    this.code = code;
    this.cure = cure;
  }
}
