import { ChainError, type ChainErrorCode } from "../errors.ts";
import { quantity } from "./hex.ts";
import { RpcError, rpcErrorCodes } from "./rpc-error.ts";

/** How Ethereum nodes begin their refusals: viem and ethers recognise a refusal by these words, not by a code. */
const standardWords: Partial<Record<ChainErrorCode, string>> = {
  TX_NONCE_TOO_LOW: "nonce too low",
  TX_NONCE_TOO_HIGH: "nonce too high",
  TX_NONCE_MAX: "nonce has max value",
  TX_INSUFFICIENT_FUNDS: "insufficient funds",
  TX_FEE_CAP_BELOW_BASE_FEE: "max fee per gas less than block base fee",
  TX_TIP_ABOVE_FEE_CAP: "max priority fee per gas higher than max fee per gas",
  TX_GAS_BELOW_INTRINSIC: "intrinsic gas too low",
  TX_GAS_ABOVE_BLOCK_LIMIT: "exceeds block gas limit",
  TX_ALREADY_KNOWN: "already known",
  TX_REPLACEMENT_UNDERPRICED: "replacement transaction underpriced",
};

const malformed: ReadonlySet<ChainErrorCode> = new Set([
  "TX_MALFORMED",
  "TX_TYPE_UNSUPPORTED",
  "TX_SIGNATURE",
  "TX_CHAIN_ID",
  "OPTION_INVALID",
  "ROLLBACK_TOO_DEEP",
]);

function plain(value: unknown): unknown {
  return typeof value === "bigint" ? quantity(value) : value;
}

/**
 * Turns what a handler threw into what a client sees. The chain's refusals keep their code in `data.reason`, with the figures beside it.
 */
export function toRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  if (error instanceof ChainError) {
    const figures = Object.fromEntries(Object.entries(error.details).map(([name, value]) => [name, plain(value)]));
    const code = malformed.has(error.code) ? rpcErrorCodes.invalidParams : rpcErrorCodes.invalidInput;
    const words = standardWords[error.code];
    const message = words === undefined ? error.message : `${words}: ${error.message}`;
    return new RpcError(code, message, { data: { reason: error.code, ...figures }, cause: error });
  }
  return new RpcError(rpcErrorCodes.internal, error instanceof Error ? error.message : String(error), { cause: error });
}
