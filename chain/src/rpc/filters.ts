import type { Chain } from "../chain.ts";
import { logMatches } from "../store/log-search.ts";
import type { Block, Hash, Hex, LogFilter } from "../types.ts";
import type { Notify } from "./context.ts";
import { formatHeader, formatLog } from "./format.ts";
import { quantity } from "./hex.ts";
import { limitExceeded, type RpcLimits } from "./limits.ts";

/** Hashes of waiting transactions that are kept for the next poll of all filters; the oldest go first. */
const MOST_PENDING_HASHES = 10_000;
/** Most block hashes that one poll returns: the latest. */
const MOST_BLOCK_HASHES = 10_000n;

/** A filter remembers how far it was read, not what it matched: an idle filter costs nothing. */
type Filter = { asked: number } & (
  | { readonly kind: "blocks"; next: bigint }
  | { readonly kind: "logs"; readonly criteria: LogFilter; next: bigint }
  | { readonly kind: "pending"; next: number }
);

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
  /** The chain went back to an earlier head (or to a height, and on from there): later blocks are new again. */
  rewind(height?: bigint): void;
  /** The chain began anew: only what comes from now on is new. */
  restart(): void;
  /** Ends everything. */
  close(): void;
}

/** Within which limits a registry works. */
export interface FilterOptions {
  readonly limits: Pick<RpcLimits, "filters" | "filterIdle" | "subscriptions" | "logs">;
  /** Milliseconds, from whenever. */
  readonly now: () => number;
}

/**
 * Makes the registry of a chain's filters and subscriptions.
 * @param chain the chain they watch
 * @param options how many there can be, and for how long
 */
export function createFilterRegistry(chain: Chain, { limits, now }: FilterOptions): FilterRegistry {
  let lastId = 0;
  /** In the order in which they were last asked. */
  const filters = new Map<Hex, Filter>();
  const subscriptions = new Map<Hex, { readonly notify: Notify; readonly stop: () => void }>();
  const subscribed = new Map<Notify, number>();
  /** Hashes of transactions that entered the pool, while a filter wants them; the first has this number. */
  let pending: Hash[] = [];
  let firstPending = 0;
  let stopPending: (() => void) | undefined;
  const nextId = (): Hex => quantity(++lastId);
  const head = (): bigint => chain.latestBlock().header.number;

  function dropIdle(): void {
    const oldest = now() - limits.filterIdle;
    for (const [id, { asked }] of filters) {
      if (asked >= oldest) return;
      remove(id);
    }
  }

  function add(filter: Filter): Hex {
    dropIdle();
    if (filters.size >= limits.filters) {
      const { filters: most } = limits;
      throw limitExceeded("filters", most, `${most} filters are open; remove some with eth_uninstallFilter`);
    }
    const id = nextId();
    filters.set(id, filter);
    return id;
  }

  /** The filter, asked now. */
  function ask(id: Hex): Filter | undefined {
    dropIdle();
    const filter = filters.get(id);
    if (filter === undefined) return undefined;
    filter.asked = now();
    filters.delete(id);
    filters.set(id, filter);
    return filter;
  }

  function remove(id: Hex): boolean {
    const known = filters.delete(id);
    if (stopPending !== undefined && ![...filters.values()].some(({ kind }) => kind === "pending")) {
      stopPending();
      stopPending = undefined;
      firstPending += pending.length;
      pending = [];
    }
    return known;
  }

  function keepPending(hash: Hash): void {
    pending.push(hash);
    // Cut off now and then, not each time.
    if (pending.length < 2 * MOST_PENDING_HASHES) return;
    pending = pending.slice(MOST_PENDING_HASHES);
    firstPending += MOST_PENDING_HASHES;
  }

  async function newBlockHashes(from: bigint): Promise<Hash[]> {
    const hashes: Hash[] = [];
    const oldest = head() - MOST_BLOCK_HASHES + 1n;
    for (let number = from > oldest ? from : oldest; number <= head(); number++) {
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
      limit: limits.logs,
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
    addBlockFilter: () => add({ kind: "blocks", asked: now(), next: head() + 1n }),
    addLogFilter: (criteria) => add({ kind: "logs", asked: now(), criteria, next: head() + 1n }),
    addPendingFilter() {
      const id = add({ kind: "pending", asked: now(), next: firstPending + pending.length });
      stopPending ??= chain.on("pendingTransaction", ({ hash }) => keepPending(hash));
      return id;
    },
    async changes(id) {
      const filter = ask(id);
      if (filter === undefined) return undefined;
      if (filter.kind === "pending") {
        const from = Math.max(filter.next - firstPending, pending.length - MOST_PENDING_HASHES, 0);
        filter.next = firstPending + pending.length;
        return pending.slice(from);
      }
      const from = filter.next;
      filter.next = head() + 1n;
      return filter.kind === "blocks" ? newBlockHashes(from) : newLogs(filter.criteria, from);
    },
    async logs(id) {
      const filter = ask(id);
      if (filter?.kind !== "logs") return undefined;
      return (await chain.getLogs({ ...filter.criteria, limit: limits.logs })).map(formatLog);
    },
    removeFilter: remove,
    subscribe(subject, criteria, notify) {
      const count = subscribed.get(notify) ?? 0;
      if (count >= limits.subscriptions) {
        const { subscriptions: most } = limits;
        throw limitExceeded("subscriptions", most, `the connection has ${most}; end some with eth_unsubscribe`);
      }
      subscribed.set(notify, count + 1);
      const id = nextId();
      subscriptions.set(id, { notify, stop: listen(subject, criteria, id, notify) });
      return id;
    },
    unsubscribe(id, notify) {
      const subscription = subscriptions.get(id);
      if (subscription === undefined || subscription.notify !== notify) return false;
      subscribed.set(notify, (subscribed.get(notify) ?? 1) - 1);
      subscription.stop();
      return subscriptions.delete(id);
    },
    endSession(notify) {
      if (!subscribed.delete(notify)) return;
      for (const [id, subscription] of subscriptions) {
        if (subscription.notify !== notify) continue;
        subscription.stop();
        subscriptions.delete(id);
      }
    },
    rewind(height = head()) {
      const next = height + 1n;
      for (const filter of filters.values()) if (filter.kind !== "pending" && filter.next > next) filter.next = next;
    },
    restart() {
      const next = head() + 1n;
      for (const filter of filters.values()) if (filter.kind !== "pending") filter.next = next;
    },
    close() {
      stopPending?.();
      stopPending = undefined;
      pending = [];
      for (const subscription of subscriptions.values()) subscription.stop();
      filters.clear();
      subscriptions.clear();
    },
  };
}
