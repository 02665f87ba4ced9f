import type { Abi, Account, Address, BlockTag, Chain, Client, Hash, Hex, TransactionReceipt, Transport } from "viem";
import type { EventFilter } from "./abi-types.ts";

/** A viem client that may or may not know its chain and an account. */
export type ViemClient = Client<Transport, Chain | undefined, Account | undefined>;

/** The viem clients that a contract client works through. */
export interface ContractClients {
  /** Reads: calls, logs and receipts. */
  readonly public: ViemClient;
  /** Sends transactions. Leave it out for a client that only reads. */
  readonly wallet?: ViemClient | undefined;
}

/** How a read is done. */
export interface ReadOptions {
  /** The caller the contract sees; nobody (the zero address) when left out. */
  readonly account?: Account | Address | undefined;
  /** The block whose state is read; the latest when left out. */
  readonly blockNumber?: bigint | undefined;
  /** Instead of a number. */
  readonly blockTag?: BlockTag | undefined;
}

/** How a transaction is sent. */
export interface WriteOptions {
  /** The sender; the wallet's own account when left out. */
  readonly account?: Account | Address | undefined;
  /** Wei sent along, for payable functions. */
  readonly value?: bigint | undefined;
  /** The gas limit; estimated by the node when left out. */
  readonly gas?: bigint | undefined;
  /** The sender's transaction count; asked from the node when left out. */
  readonly nonce?: number | undefined;
}

/** How a contract is deployed. */
export interface DeployOptions extends WriteOptions {
  /** The addresses of the libraries that the contract links to, by library name. */
  readonly libraries?: Readonly<Record<string, Address>> | undefined;
}

/** A range of blocks, both ends included. */
export interface BlockRange {
  /** The first block; `"earliest"` when left out. */
  readonly fromBlock?: bigint | BlockTag | undefined;
  /** The last block; `"latest"` when left out. */
  readonly toBlock?: bigint | BlockTag | undefined;
}

/** One event as the chain recorded it, told apart by `eventName`. */
export type ContractEvent<events> = {
  [name in keyof events]: {
    /** The event's name. */
    readonly eventName: name;
    /** Its arguments, by name. */
    readonly args: events[name];
    /** The contract that emitted it. */
    readonly address: Address;
    readonly blockHash: Hash;
    readonly blockNumber: bigint;
    readonly transactionHash: Hash;
    readonly transactionIndex: number;
    /** The place of the event within its block. */
    readonly logIndex: number;
  };
}[keyof events];

/** One custom error as a contract threw it, told apart by `errorName`. */
export type ContractError<errors> = {
  [name in keyof errors]: {
    /** The error's name. */
    readonly errorName: name;
    /** Its arguments, by name. */
    readonly args: errors[name];
  };
}[keyof errors];

/** A mined transaction with the events that the contract itself emitted in it. */
export interface Outcome<events> {
  readonly hash: Hash;
  readonly receipt: TransactionReceipt;
  /** In the order they were emitted. */
  readonly events: readonly ContractEvent<events>[];
  /**
   * The first event of that name.
   *
   * @throws BanyanError `EVENT_MISSING` when the transaction emitted none.
   */
  event<name extends keyof events>(name: name): Extract<ContractEvent<events>, { readonly eventName: name }>;
}

/** The views of a contract: `read.balanceOf({ cardId })`. */
export type Reads<views> = {
  readonly [name in keyof views]: views[name] extends () => infer result
    ? (options?: ReadOptions) => Promise<result>
    : views[name] extends (args: infer input) => infer result
      ? (args: input, options?: ReadOptions) => Promise<result>
      : never;
};

type Sender<method, result> = method extends () => unknown
  ? (options?: WriteOptions) => Promise<result>
  : method extends (args: infer input) => unknown
    ? (args: input, options?: WriteOptions) => Promise<result>
    : never;

/** The transactions of a contract, each sent and not waited for: the result is the transaction's hash. */
export type Writes<transactions> = { readonly [name in keyof transactions]: Sender<transactions[name], Hash> };

/** The transactions of a contract, each sent, mined and read back. */
export type WritesAndWaits<transactions, events> = {
  readonly [name in keyof transactions]: Sender<transactions[name], Outcome<events>>;
};

/** The transactions of a contract, each tried on the latest state without being sent: the result is what it would return. */
export type Simulations<transactions> = {
  readonly [name in keyof transactions]: transactions[name] extends () => infer result
    ? (options?: WriteOptions & ReadOptions) => Promise<result>
    : transactions[name] extends (args: infer input) => infer result
      ? (args: input, options?: WriteOptions & ReadOptions) => Promise<result>
      : never;
};

/** How events are read. */
export interface GetEventsOptions<filter> extends BlockRange {
  /** Only events whose indexed arguments have these values. */
  readonly args?: filter | undefined;
}

/** How events are watched. */
export interface WatchEventsOptions<filter> {
  /** Only events whose indexed arguments have these values. */
  readonly args?: filter | undefined;
  /** The first block looked at; the next one when left out. */
  readonly fromBlock?: bigint | undefined;
  /** Milliseconds between two looks, where the transport cannot push. */
  readonly pollingInterval?: number | undefined;
  /** Told of a failed look; watching goes on. */
  readonly onError?: ((error: Error) => void) | undefined;
}

/** One kind of event of a contract. */
export interface EventSource<event, filter> {
  /** The events of a range of blocks, oldest first. */
  get(options?: GetEventsOptions<filter>): Promise<readonly event[]>;
  /** Calls back for each batch of new events, oldest first, until the returned function is called. */
  watch(onEvents: (events: readonly event[]) => void, options?: WatchEventsOptions<filter>): () => void;
}

/** The events of a contract: `events.CardIssued.get({ args: { merchantId } })`. */
export type EventSources<abi extends Abi, events> = {
  readonly [name in keyof events]: EventSource<
    Extract<ContractEvent<events>, { readonly eventName: name }>,
    EventFilter<abi, name>
  >;
};

/** Where a library's address belongs in a bytecode. */
export interface LinkReference {
  /** The library's name. */
  readonly library: string;
  /** The offset of its address in the bytecode, in bytes. */
  readonly start: number;
}

/** What a contract is deployed from. */
export interface Bytecode {
  /** The creation code, with zeroes where libraries are to be linked. */
  readonly object: Hex;
  readonly links: readonly LinkReference[];
}
