import { type Abi, type Address, type Hash, parseEventLogs } from "viem";
import type { Connection } from "./fixture.ts";
import { normalise } from "./normalise.ts";

/**
 * Waits for a transaction to succeed and reads the events that one contract emitted in it.
 *
 * @param connection - The connection that sent the transaction.
 * @param action - The pending transaction.
 * @param emitter - The contract.
 * @returns Its events in order: name and arguments, hex strings in lower case.
 */
export async function eventsOf(
  connection: Connection,
  action: Promise<Hash>,
  emitter: { readonly address: Address; readonly abi: Abi },
): Promise<readonly (readonly [name: string, args: unknown])[]> {
  const client = await connection.viem.getPublicClient();
  const receipt = await client.waitForTransactionReceipt({ hash: await action });
  if (receipt.status !== "success") throw new Error(`the transaction ${receipt.transactionHash} failed`);
  const own = receipt.logs.filter((log) => log.address.toLowerCase() === emitter.address.toLowerCase());
  return parseEventLogs({ abi: emitter.abi, logs: own }).map((log) => [log.eventName, normalise(log.args)] as const);
}
