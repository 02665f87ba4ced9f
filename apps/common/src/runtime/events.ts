import {
  type Abi,
  type AbiEvent,
  type Address,
  type Chain,
  decodeEventLog,
  type Hash,
  type Hex,
  type Log,
  toEventSelector,
} from "viem";
import { getLogs, watchEvent } from "viem/actions";
import { formatAbiItem } from "viem/utils";
import type { Target } from "./methods.ts";
import { indexBy } from "./named.ts";
import type { GetEventsOptions, WatchEventsOptions } from "./types.ts";

/** An event before it is given its type. */
export interface LooseEvent {
  readonly eventName: string;
  readonly args: object;
  readonly address: Address;
  readonly blockHash: Hash;
  readonly blockNumber: bigint;
  readonly transactionHash: Hash;
  readonly transactionIndex: number;
  readonly logIndex: number;
}

type Filter = Readonly<Record<string, unknown>>;

interface LooseEventSource {
  get(options?: GetEventsOptions<Filter>): Promise<readonly LooseEvent[]>;
  watch(onEvents: (events: readonly LooseEvent[]) => void, options?: WatchEventsOptions<Filter>): () => void;
}

/** One source per event, by name, or by signature where the name is overloaded. */
export function eventSources(target: Target): Record<string, LooseEventSource> {
  const entries = [...eventsByKey(target.abi)].map(([key, event]): [string, LooseEventSource] => [
    key,
    {
      async get({ args, fromBlock = "earliest", toBlock = "latest" } = {}) {
        const { address, clients } = target;
        const filter = args === undefined ? {} : { args };
        return decodeOwnEvents(
          target,
          await getLogs<Chain | undefined, AbiEvent>(clients.public, { address, event, ...filter, fromBlock, toBlock }),
        );
      },
      watch(onEvents, { args, fromBlock, pollingInterval, onError } = {}) {
        const { address, clients } = target;
        return watchEvent<Chain | undefined, AbiEvent>(clients.public, {
          ...{ address, event, fromBlock, onLogs: (logs: Log[]) => onEvents(decodeOwnEvents(target, logs)) },
          ...(args === undefined ? {} : { args }),
          ...(pollingInterval === undefined ? {} : { pollingInterval }),
          ...(onError === undefined ? {} : { onError }),
        });
      },
    },
  ]);
  return Object.fromEntries(entries);
}

/** The events among the logs that this contract itself emitted and its ABI knows, in their order. */
export function decodeOwnEvents({ abi, address }: Pick<Target, "abi" | "address">, logs: readonly Log[]): LooseEvent[] {
  const known = eventsByTopic(abi);
  const own = address.toLowerCase();
  return logs.flatMap((log) => {
    const entry = known.get(log.topics[0] ?? "");
    if (entry === undefined || log.address.toLowerCase() !== own || !isSealed(log)) return [];
    const { topics, data, blockHash, blockNumber, transactionHash, transactionIndex, logIndex } = log;
    const decoded = decodeEventLog({ abi: [entry.item], data, topics });
    const args = decoded.args ?? {};
    return [
      { eventName: entry.key, args, address, blockHash, blockNumber, transactionHash, transactionIndex, logIndex },
    ];
  });
}

const eventsByKey = indexBy((abi) => keyed(abi).map(({ key, item }) => [key, item]));
const eventsByTopic = indexBy((abi) =>
  keyed(abi).map((entry): [Hex, KeyedEvent] => [toEventSelector(formatAbiItem(entry.item)), entry]),
);

interface KeyedEvent {
  readonly key: string;
  readonly item: AbiEvent;
}

function keyed(abi: Abi): KeyedEvent[] {
  const events = abi.filter((item): item is AbiEvent => item.type === "event" && item.anonymous !== true);
  return events.map((item) => {
    const overloaded = events.filter(({ name }) => name === item.name).length > 1;
    return { key: overloaded ? formatAbiItem(item) : item.name, item };
  });
}

function isSealed(log: Log): log is Log<bigint, number, false> {
  return log.blockNumber !== null;
}
