import type { Chain } from "../chain.ts";
import { logMatches } from "../store/log-search.ts";
import type { Block, Hash, Hex, LogFilter } from "../types.ts";
import type { Notify } from "./context.ts";
import { formatHeader, formatLog } from "./format.ts";
import { quantity } from "./hex.ts";

/** Hashes of waiting transactions that a filter keeps for its next poll; the oldest go first. */
const MOST_PENDING_HASHES = 10_000;

/** A filter remembers how far it was read, not what it matched: an idle filter costs nothing. */
type Filter =
  | { readonly kind: "blocks"; next: bigint }
  | { readonly kind: "logs"; readonly criteria: LogFilter; next: bigint }
  | { readonly kind: "pending"; hashes: Hash[]; readonly stop: () => void };

/** What a subscription tells about. */
export type Subject = "newHeads" | "logs" | "newPendingTransactions";

/** The filters and subscriptions of a chain. */
export interface FilterRegistry {
  /** @returns id of a filter for the hashes of new blocks */
  addBlockFilter(): Hex;
  /** @returns id of a filter for logs in new blocks */
  addLogFilter(criteria: LogFilter): Hex;
  /** @returns id of a filter for the hashes of transactions that enter the pool */
  addPendingFilter(): Hex;
  /** What is new since the last call, or `undefined` if there is no such filter. */
  changes(id: Hex): Promise<unknown[] | undefined>;
  /** Every log that a log filter matches, or `undefined` if there is no such log filter. */
  logs(id: Hex): Promise<unknown[] | undefined>;
  /** Removes a filter. @returns whether there was one */
  removeFilter(id: Hex): boolean;
  /** @returns id of a subscription whose notifications go to `notify` */
  subscribe(subject: Subject, criteria: LogFilter, notify: Notify): Hex;
  /** Ends a subscription of the session that `notify` stands for. @returns whether there was one */
  unsubscribe(id: Hex, notify: Notify): boolean;
  /** Ends all subscriptions of a session. */
  endSession(notify: Notify): void;
  /** The chain went back to an earlier head: later blocks are new again. */
  rewind(): void;
  /** Ends everything. */
  close(): void;
}

/**
 * Makes the registry of a chain's filters and subscriptions.
 * @param chain the chain they watch
 */
export function createFilterRegistry(chain: Chain): FilterRegistry {
  let lastId = 0;
  const filters = new Map<Hex, Filter>();
  const subscriptions = new Map<Hex, { readonly notify: Notify; readonly stop: () => void }>();
  const nextId = (): Hex => quantity(++lastId);
  const head = (): bigint => chain.latestBlock().header.number;

  function add(filter: Filter): Hex {
    const id = nextId();
    filters.set(id, filter);
    return id;
  }

  async function newBlockHashes(from: bigint): Promise<Hash[]> {
    const hashes: Hash[] = [];
    for (let number = from; number <= head(); number++) {
      const block = await chain.getBlock(number);
      if (block !== undefined) hashes.push(block.hash);
    }
    return hashes;
  }

  async function newLogs(criteria: LogFilter, from: bigint): Promise<unknown[]> {
    const { fromBlock, toBlock } = criteria;
    const first = typeof fromBlock === "bigint" && fromBlock > from ? fromBlock : from;
    const last = typeof toBlock === "bigint" && toBlock < head() ? toBlock : head();
    if (first > last) return [];
    const { addresses, topics } = criteria;
    const found = await chain.getLogs({
      fromBlock: first,
      toBlock: last,
      ...(addresses === undefined ? {} : { addresses }),
      ...(topics === undefined ? {} : { topics }),
    });
    return found.map(formatLog);
  }

  function listen(subject: Subject, criteria: LogFilter, id: Hex, notify: Notify): () => void {
    switch (subject) {
      case "newHeads":
        return chain.on("newHead", (block: Block) => notify(id, formatHeader(block)));
      case "logs":
        return chain.on("logs", (logs) => {
          for (const log of logs) if (logMatches(log, criteria)) notify(id, formatLog(log));
        });
      case "newPendingTransactions":
        return chain.on("pendingTransaction", (transaction) => notify(id, transaction.hash));
    }
  }

  return {
    addBlockFilter: () => add({ kind: "blocks", next: head() + 1n }),
    addLogFilter: (criteria) => add({ kind: "logs", criteria, next: head() + 1n }),
    addPendingFilter() {
      const hashes: Hash[] = [];
      const stop = chain.on("pendingTransaction", (transaction) => {
        if (hashes.length === MOST_PENDING_HASHES) hashes.shift();
        hashes.push(transaction.hash);
      });
      return add({ kind: "pending", hashes, stop });
    },
    async changes(id) {
      const filter = filters.get(id);
      if (filter === undefined) return undefined;
      if (filter.kind === "pending") return filter.hashes.splice(0);
      const from = filter.next;
      filter.next = head() + 1n;
      return filter.kind === "blocks" ? newBlockHashes(from) : newLogs(filter.criteria, from);
    },
    async logs(id) {
      const filter = filters.get(id);
      return filter?.kind === "logs" ? (await chain.getLogs(filter.criteria)).map(formatLog) : undefined;
    },
    removeFilter(id) {
      const filter = filters.get(id);
      if (filter?.kind === "pending") filter.stop();
      return filters.delete(id);
    },
    subscribe(subject, criteria, notify) {
      const id = nextId();
      subscriptions.set(id, { notify, stop: listen(subject, criteria, id, notify) });
      return id;
    },
    unsubscribe(id, notify) {
      const subscription = subscriptions.get(id);
      if (subscription === undefined || subscription.notify !== notify) return false;
      subscription.stop();
      return subscriptions.delete(id);
    },
    endSession(notify) {
      for (const [id, subscription] of subscriptions) {
        if (subscription.notify !== notify) continue;
        subscription.stop();
        subscriptions.delete(id);
      }
    },
    rewind() {
      const next = head() + 1n;
      for (const filter of filters.values()) if (filter.kind !== "pending" && filter.next > next) filter.next = next;
    },
    close() {
      for (const filter of filters.values()) if (filter.kind === "pending") filter.stop();
      for (const subscription of subscriptions.values()) subscription.stop();
      filters.clear();
      subscriptions.clear();
    },
  };
}
