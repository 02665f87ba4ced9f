/** What stops a run, or makes a whole file fail. */
export type ConformanceErrorCode =
  | "DATA_NOT_FOUND"
  | "DATA_NOT_UNPACKED"
  | "DATA_EMPTY"
  | "FILE_MALFORMED"
  | "FORK_UNKNOWN"
  | "OPTION_INVALID";

/** A run, or a file of it, cannot go on. The message names the input; {@link cure} says what to do. */
export class ConformanceError extends Error {
  readonly code: ConformanceErrorCode;
  readonly cure: string;

  constructor(code: ConformanceErrorCode, message: string, cure: string) {
    super(message);
    this.name = "ConformanceError";
    this.code = code;
    this.cure = cure;
  }
}
