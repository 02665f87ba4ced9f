import type { RpcSession } from "../rpc.ts";
import { RpcError, rpcErrorCodes } from "../rpc-error.ts";

/** Methods of the development namespaces that only tell something. */
const HARMLESS: ReadonlySet<string> = new Set([
  "anvil_getAutomine",
  "anvil_getGenesisTime",
  "anvil_getIntervalMining",
  "anvil_metadata",
  "anvil_nodeInfo",
  "hardhat_getAutomine",
  "hardhat_metadata",
  "personal_ecRecover",
]);

/** Methods elsewhere that use the node's keys or send for somebody. */
const WITH_KEYS: ReadonlySet<string> = new Set([
  "debug_clearTxpool",
  "eth_accounts",
  "eth_requestAccounts",
  "eth_sendTransaction",
  "eth_sendTransactionSync",
  "eth_sendUnsignedTransaction",
  "eth_sign",
  "eth_signTransaction",
  "eth_signTypedData",
  "eth_signTypedData_v3",
  "eth_signTypedData_v4",
]);

const DEVELOPMENT = /^(?:anvil|evm|hardhat|miner|personal|tenderly)_/;

/** Whether a method acts with the node's unlocked accounts, or on the chain itself. */
function isPrivileged(method: string): boolean {
  return WITH_KEYS.has(method) || (DEVELOPMENT.test(method) && !HARMLESS.has(method));
}

/**
 * A session that refuses privileged methods with -32004: that of a server which other machines reach.
 * @param session the session behind it
 */
export function guardSession(session: RpcSession): RpcSession {
  return {
    ...session,
    async request(method, params) {
      if (!isPrivileged(method)) return session.request(method, params);
      throw new RpcError(
        rpcErrorCodes.methodNotSupported,
        `The method ${method} is not served on an address that other machines reach: whoever asks could use the node's unlocked accounts. Sign on your side and send with eth_sendRawTransaction, or start the node with --unsafe`,
        { data: { reason: "METHOD_NOT_SERVED", method } },
      );
    },
  };
}
