import type { Address, Chain, Hash } from "@banyan/chain";
import { createRpc, type RpcSession } from "../../../chain/src/rpc/rpc.ts";
import { account, bytes, mined } from "../support.ts";

/** One JSON-RPC session on a chain. */
export function sessionOn(chain: Chain): RpcSession {
  return createRpc(chain, { print: () => undefined }).openSession();
}

/** How a request is refused: the code, and what `data` says of it. */
export async function refusalOf(
  session: RpcSession,
  method: string,
  params: readonly unknown[],
): Promise<{ code: number; reason?: unknown }> {
  try {
    await session.request(method, params);
  } catch (error) {
    const { code, data } = Object(error);
    const { parameter, reason } = Object(data);
    return parameter === undefined && reason === undefined ? { code } : { code, reason: parameter ?? reason };
  }
  throw new Error(`${method} answered ${JSON.stringify(params)}`);
}

/** Sends call data to a contract and returns the hash of the transaction. */
export async function hashOf(chain: Chain, to: Address, data = "12345678", gasLimit = 300_000n): Promise<Hash> {
  const sent = await chain.sendTransaction({ from: account(chain, 1), to, data: bytes(data), gasLimit });
  return mined(sent).transaction.hash;
}

/** What `debug_traceTransaction` answers. */
export async function trace(chain: Chain, hash: Hash, options: unknown = {}): Promise<ReturnType<typeof Object>> {
  return Object(await sessionOn(chain).request("debug_traceTransaction", [hash, options]));
}
