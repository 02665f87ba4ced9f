import { expect } from "chai";
import { type Abi, type Address, type ContractEventName, decodeEventLog, type GetEventArgs, type Hash } from "viem";
import type { Connection } from "./fixture.ts";
import { normalise } from "./normalise.ts";

/** An event as a test expects it: who emits it, its name and every argument by name. */
export interface ExpectedEvent {
  readonly emitter: { readonly address: Address; readonly abi: Abi };
  readonly eventName: string;
  readonly args: unknown;
}

type EventArgs<TAbi extends Abi, TName extends ContractEventName<TAbi>> = GetEventArgs<
  TAbi,
  TName,
  { EnableUnion: false; IndexedOnly: false; Required: true }
>;

/**
 * Describes an event for {@link expectEvents}; a wrong name or argument does not compile.
 *
 * @param emitter - The contract that emits it.
 * @param eventName - The event.
 * @param args - Every argument by name.
 */
export function event<const TAbi extends Abi, TName extends ContractEventName<TAbi>>(
  emitter: { readonly address: Address; readonly abi: TAbi },
  eventName: TName,
  args: EventArgs<TAbi, TName>,
): ExpectedEvent {
  return { emitter, eventName, args };
}

/**
 * Expects a transaction to succeed and to emit exactly these events, in this order and no others.
 *
 * @param connection - The connection that sent the transaction.
 * @param action - The pending transaction, or its hash.
 * @param expected - The events, made with {@link event}.
 * @returns The transaction's receipt.
 */
export async function expectEvents(
  connection: Connection,
  action: Hash | Promise<Hash>,
  expected: readonly ExpectedEvent[],
) {
  const client = await connection.viem.getPublicClient();
  const receipt = await client.waitForTransactionReceipt({ hash: await action });
  expect(receipt.status).to.equal("success");
  const emitted = receipt.logs.map((log) => {
    const emitter = expected.find((item) => sameAddress(item.emitter.address, log.address))?.emitter;
    if (emitter === undefined)
      return { address: normalise(log.address), eventName: "from a contract not expected", args: log.topics };
    const { eventName, args } = decodeEventLog({ abi: emitter.abi, data: log.data, topics: log.topics });
    return { address: normalise(log.address), eventName, args: normalise(args ?? {}) };
  });
  expect(emitted).to.deep.equal(
    expected.map(({ emitter, eventName, args }) => ({
      address: normalise(emitter.address),
      eventName,
      args: normalise(args),
    })),
  );
  return receipt;
}

function sameAddress(a: Address, b: Address): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
