import type { SolidityFrame } from "../trace/solidity/solidity-frame.ts";

/** JSON-RPC and Ethereum error codes that this chain answers with. */
export const rpcErrorCodes = {
  /** The text is not JSON. */
  parseError: -32700,
  /** The JSON is not a JSON-RPC request. */
  invalidRequest: -32600,
  /** There is no such method. */
  methodNotFound: -32601,
  /** A parameter is missing, malformed or superfluous; the message names it. */
  invalidParams: -32602,
  /** A defect of the chain itself. */
  internal: -32603,
  /** The request is well formed but cannot be carried out. */
  invalidInput: -32000,
  /** The method is known and makes no sense on this chain (EIP-1474). */
  methodNotSupported: -32004,
  /** A limit of the server is reached (EIP-1474). */
  limitExceeded: -32005,
  /** The execution reverted; `data` is the revert data as a hex string. */
  reverted: 3,
} as const;

/** What a refused request carries beside its code and message. */
export interface RpcErrorDetails {
  /** Revert data as hex for code 3; otherwise whatever explains the refusal. */
  data?: unknown;
  /** Hash of the transaction that failed, when it was mined all the same. */
  transactionHash?: string;
  /** The error behind this one. */
  cause?: unknown;
}

/**
 * A refused request in the shape that viem, ethers, Hardhat and Ignition decode: `code`, `message`, `data`, and `transactionHash`
 * when a failed transaction was mined.
 */
export class RpcError extends Error {
  override name = "RpcError";
  readonly code: number;
  readonly data?: unknown;
  readonly transactionHash?: string;

  /** Of a failed execution whose sources are known: the Solidity stack trace, innermost first. */
  get stackTrace(): readonly SolidityFrame[] | undefined {
    return undefined;
  }

  constructor(code: number, message: string, details: RpcErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    if (details.data !== undefined) this.data = details.data;
    if (details.transactionHash !== undefined) this.transactionHash = details.transactionHash;
  }
}

/** The `error` member of a JSON-RPC response. */
export interface JsonRpcErrorObject {
  code: number;
  message: string;
  data?: unknown;
  /** Of a failed execution whose sources are known: the Solidity stack trace, innermost first. */
  stackTrace?: readonly SolidityFrame[];
}

/**
 * Writes an error as the `error` member of a JSON-RPC response. Anything but an `RpcError` is a defect and becomes -32603.
 * @param error what was thrown
 * @returns a plain object
 */
export function toErrorObject(error: unknown): JsonRpcErrorObject {
  if (error instanceof RpcError) {
    const { code, message, data, stackTrace } = error;
    return {
      code,
      message,
      ...(data === undefined ? {} : { data }),
      ...(stackTrace === undefined ? {} : { stackTrace }),
    };
  }
  return { code: rpcErrorCodes.internal, message: error instanceof Error ? error.message : String(error) };
}
