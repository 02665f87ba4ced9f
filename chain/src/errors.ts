/** Codes of {@link ChainError}. Tests and the rpc layer look at these, never at the text. */
export type ChainErrorCode =
  // A transaction that cannot enter a block: nothing was spent, nothing was mined.
  | "TX_MALFORMED"
  | "TX_TYPE_UNSUPPORTED"
  | "TX_CHAIN_ID"
  | "TX_SIGNATURE"
  | "TX_NONCE_TOO_LOW"
  | "TX_NONCE_TOO_HIGH"
  | "TX_NONCE_MAX"
  | "TX_INSUFFICIENT_FUNDS"
  | "TX_FEE_CAP_BELOW_BASE_FEE"
  | "TX_TIP_ABOVE_FEE_CAP"
  | "TX_GAS_BELOW_INTRINSIC"
  | "TX_GAS_ABOVE_BLOCK_LIMIT"
  | "TX_SENDER_NOT_EOA"
  | "TX_INITCODE_TOO_LARGE"
  | "TX_FEE_OVERFLOW"
  | "TX_GAS_ABOVE_CAP"
  | "TX_BLOB_COUNT"
  | "TX_BLOB_HASH_VERSION"
  | "TX_BLOB_CREATION"
  | "TX_BLOB_FEE_CAP_BELOW_BASE_FEE"
  | "TX_BLOB_SIDECAR_MISSING"
  | "TX_BLOB_SIDECAR_INVALID"
  | "TX_AUTHORIZATIONS_EMPTY"
  | "TX_AUTHORIZATIONS_CREATION"
  | "TX_UNDERPRICED"
  | "TX_ALREADY_KNOWN"
  | "TX_REPLACEMENT_UNDERPRICED"
  | "TX_REPLACEMENT_TYPE"
  | "TX_ALREADY_MINED"
  | "ACCOUNT_UNKNOWN"
  // Questions and orders that do not fit the chain as it stands.
  | "BLOCK_NOT_FOUND"
  | "TRANSACTION_NOT_FOUND"
  | "SNAPSHOT_NOT_FOUND"
  | "BLOCK_ORDER"
  | "ROLLBACK_TOO_DEEP"
  | "ROLLBACK_STATE_LOST"
  | "TOO_MANY_LOGS"
  | "TIMESTAMP_NOT_AFTER_PARENT"
  | "TIMESTAMP_TOO_HIGH"
  | "POOL_FULL"
  | "OPTION_INVALID"
  // The chain's fork does not have what is asked for.
  | "FORK_TOO_OLD"
  // A fork and the remote node it reads from.
  | "PROOF_UNAVAILABLE"
  | "REMOTE_UNREACHABLE"
  | "REMOTE_BUSY"
  | "REMOTE_REFUSED"
  | "REMOTE_STATE_MISSING"
  | "REMOTE_MALFORMED"
  // Overrides of a call.
  | "OVERRIDE_NOT_PRECOMPILE"
  | "OVERRIDE_SELF_MOVE"
  | "OVERRIDE_TARGET_TAKEN"
  // Simulated blocks.
  | "SIMULATION_NUMBER_ORDER"
  | "SIMULATION_TIME_ORDER"
  | "SIMULATION_TOO_LONG"
  // Traces.
  | "TRACE_GENESIS"
  | "TRACE_TOO_LARGE"
  | "TRACE_TIMEOUT"
  // Serving.
  | "PORT_IN_USE"
  | "LISTEN_FAILED"
  // A chain on disk.
  | "DATA_FOLDER"
  | "DATA_LOCKED"
  | "DATA_FORMAT"
  | "DATA_SETTINGS"
  | "DATA_DAMAGED"
  | "DATA_WRITE_FAILED"
  | "DATA_RESET"
  | "DATA_EMPTY"
  | "DATA_NOT_EMPTY"
  | "FILE_EXISTS"
  | "FILE_UNREADABLE"
  | "FILE_MALFORMED"
  // A block executed again is not what it was.
  | "REPLAY_DIFFERENCE"
  | "RUN_TOO_LONG"
  // The memory of a state is used up.
  | "STATE_FULL"
  // A defect.
  | "ENGINE_FAILURE"
  // In cross-check: the engines do not agree.
  | "ENGINE_DIFFERENCE";

/** The chain refuses an input. `code` says which rule, `details` carries the figures the rule compared. */
export class ChainError extends Error {
  /** Which rule refused. */
  readonly code: ChainErrorCode;
  /** The figures behind the refusal, by name. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ChainErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "ChainError";
    this.code = code;
    this.details = details;
  }
}
