import type { Abi, Address } from "viem";
import { getLogs, watchEvent } from "viem/actions";
import type { Agreeing, EventsOf, FunctionsOf } from "./abi-types.ts";
import { decodeOwnEvents, eventSources } from "./events.ts";
import { readMethods, simulateMethods, type Target, writeAndWaitMethods, writeMethods } from "./methods.ts";
import type {
  BlockRange,
  ContractClients,
  ContractEvent,
  EventSources,
  Reads,
  Simulations,
  ViemClient,
  WatchEventsOptions,
  Writes,
  WritesAndWaits,
} from "./types.ts";

/**
 * What every generated contract client shares. The generated class says, by its type arguments, which views, transactions and events there
 * are; the ABI does the work at run time.
 */
export abstract class ContractClient<
  abi extends Abi,
  views extends Agreeing<views, FunctionsOf<abi, "view" | "pure">>,
  transactions extends Agreeing<transactions, FunctionsOf<abi, "nonpayable" | "payable">>,
  events extends Agreeing<events, EventsOf<abi>>,
> {
  /** The contract's ABI. */
  readonly abi: abi;
  /** Where the contract is. */
  readonly address: Address;
  /** The viem clients in use. */
  readonly clients: ContractClients;
  /** Reads, one method per view. */
  readonly read: Reads<views>;
  /** Sends a transaction and gives its hash. A refusal that the node sees at once is thrown; `decodeError` names it. */
  readonly write: Writes<transactions>;
  /** Sends a transaction, waits until it is mined and decodes the contract's events. A refusal is thrown; `decodeError` names it. */
  readonly writeAndWait: WritesAndWaits<transactions, events>;
  /** Tries a transaction on the latest state without sending it. */
  readonly simulate: Simulations<transactions>;
  /** Reads and watches events, one source per event. */
  readonly events: EventSources<abi, events>;

  /**
   * @param abi - the contract's ABI
   * @param address - where the contract is
   * @param clients - the viem clients to work through
   */
  protected constructor(abi: abi, address: Address, clients: ContractClients) {
    this.abi = abi;
    this.address = address;
    this.clients = clients;
    const target: Target = { abi, address, clients };
    // The methods are made from the same ABI that the type arguments are checked against.
    this.read = readMethods(target) as Reads<views>;
    this.write = writeMethods(target) as Writes<transactions>;
    this.writeAndWait = writeAndWaitMethods(target) as WritesAndWaits<transactions, events>;
    this.simulate = simulateMethods(target) as Simulations<transactions>;
    this.events = eventSources(target) as EventSources<abi, events>;
  }

  /** The same contract through another wallet: `cards.as(merchant).write.issue({ … })`. */
  abstract as(wallet: ViemClient): ContractClient<abi, views, transactions, events>;

  /** All events of the contract in a range of blocks, oldest first. */
  async getEvents({
    fromBlock = "earliest",
    toBlock = "latest",
  }: BlockRange = {}): Promise<readonly ContractEvent<events>[]> {
    const logs = await getLogs(this.clients.public, { address: this.address, fromBlock, toBlock });
    return decodeOwnEvents(this, logs) as ContractEvent<events>[];
  }

  /** Calls back for each batch of new events of the contract, until the returned function is called. */
  watchEvents(
    onEvents: (events: readonly ContractEvent<events>[]) => void,
    { fromBlock, pollingInterval, onError }: Omit<WatchEventsOptions<never>, "args"> = {},
  ): () => void {
    return watchEvent(this.clients.public, {
      ...{ address: this.address, fromBlock },
      onLogs: (logs) => onEvents(decodeOwnEvents(this, logs) as ContractEvent<events>[]),
      ...(pollingInterval === undefined ? {} : { pollingInterval }),
      ...(onError === undefined ? {} : { onError }),
    });
  }
}
