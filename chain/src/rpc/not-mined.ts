import type { Hash } from "../types.ts";
import { RpcError, rpcErrorCodes } from "./rpc-error.ts";

/** The refusal of a receipt that was wanted at once: the transaction waits. */
export function notMined(transactionHash: Hash): RpcError {
  return new RpcError(
    rpcErrorCodes.invalidInput,
    "The transaction waits in the pool, for automine is off: mine a block",
    { data: { reason: "NOT_MINED", transactionHash } },
  );
}
