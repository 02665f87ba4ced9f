import type { LocatedTransaction } from "../chain.ts";
import { type Ledger, nextBaseFee } from "../ledger.ts";
import { requireFork } from "../rules/require-fork.ts";
import type { Block, BlockSelector, FeeHistory, Hash, LogFilter, PlacedLog, Receipt } from "../types.ts";
import { feeHistoryOf } from "./fee-history.ts";
import { matchingLogs, mayMatch, withinLimit } from "./log-search.ts";
import type { Views } from "./views.ts";

/** What happened: transactions, receipts, logs and fees, those from before a fork included; for these, all may throw `MissingPage`. */
export interface History {
  /** Mined or waiting. */
  transaction(hash: Hash): LocatedTransaction | undefined;
  receipt(hash: Hash): Receipt | undefined;
  /** @throws ChainError `BLOCK_NOT_FOUND`, `TOO_MANY_LOGS` */
  logs(filter: LogFilter): readonly PlacedLog[];
  /** @throws ChainError `BLOCK_NOT_FOUND` */
  fees(count: number, newest: BlockSelector, percentiles: readonly number[]): FeeHistory;
}

/** Makes the history of a ledger. */
export function createHistory(ledger: Ledger, views: Views): History {
  const { store, pool, past, rules } = ledger;
  /** The chain's own blocks. */
  const own = past?.own ?? store;
  /** Number of the block forked from; -1 where there is none. */
  const forkedAt = past?.last.block.header.number ?? -1n;

  function ownTransaction(hash: Hash): LocatedTransaction | undefined {
    const place = own.transaction(hash);
    if (place === undefined) {
      const transaction = pool.get(hash);
      return transaction === undefined ? undefined : { transaction, receipt: undefined, block: undefined };
    }
    const { block } = place.sealed;
    const transaction = block.transactions[place.index];
    return transaction === undefined ? undefined : { transaction, receipt: block.receipts[place.index], block };
  }

  function logsBetween(filter: LogFilter, from: bigint, to: bigint): PlacedLog[] {
    const found: PlacedLog[] = [];
    if (past !== undefined && from <= forkedAt && from <= to)
      for (const log of past.logs(filter, from, to < forkedAt ? to : forkedAt)) found.push(log);
    for (const { block } of own.kept(from > forkedAt ? from : forkedAt + 1n, to, (bloom) => mayMatch(bloom, filter))) {
      for (const log of matchingLogs(block, filter)) found.push(log);
      withinLimit(found, filter);
    }
    return found;
  }

  function ownFees(from: bigint, to: bigint, percentiles: readonly number[]): FeeHistory {
    const blocks: Block[] = [];
    for (let height = from; height <= to; height++) {
      const block = own.byNumber(height)?.block;
      if (block !== undefined) blocks.push(block);
    }
    const isHead = to === store.head().block.header.number;
    const following = isHead ? nextBaseFee(ledger) : own.byNumber(to + 1n)?.block.header.baseFeePerGas;
    return feeHistoryOf(blocks, percentiles, rules, following);
  }

  return {
    transaction: (hash) => ownTransaction(hash) ?? past?.transaction(hash),
    receipt: (hash) => {
      const known = ownTransaction(hash);
      return known === undefined ? past?.receipt(hash) : known.receipt;
    },
    logs(filter) {
      const head = store.head().block.header.number;
      if (filter.blockHash !== undefined) {
        const { block } = views.require({ hash: filter.blockHash });
        return past !== undefined && block.header.number <= forkedAt
          ? past.logsOf(filter.blockHash, filter)
          : matchingLogs(block, filter);
      }
      const heightOf = (selector: BlockSelector): bigint => {
        if (typeof selector === "bigint") return selector;
        if (selector === "pending") return head;
        return selector === "earliest" ? 0n : views.require(selector).block.header.number;
      };
      const last = heightOf(filter.toBlock ?? "latest");
      return logsBetween(filter, heightOf(filter.fromBlock ?? "latest"), last < head ? last : head);
    },
    fees(count, newest, percentiles) {
      requireFork(rules, "london", "Base fees");
      const last = (newest === "pending" ? store.head() : views.require(newest)).block.header.number;
      const oldest = last + 1n > BigInt(count) ? last + 1n - BigInt(count) : 0n;
      if (past === undefined || oldest > forkedAt) return ownFees(oldest, last, percentiles);
      const lastBefore = last < forkedAt ? last : forkedAt;
      const before = past.feeHistory(Number(lastBefore - oldest + 1n), lastBefore, percentiles);
      if (last < forkedAt) return before;
      // What the remote chain expected to follow did not.
      const after = ownFees(forkedAt + 1n, last, percentiles);
      return {
        oldestBlock: before.oldestBlock,
        baseFeePerGas: [...before.baseFeePerGas.slice(0, before.gasUsedRatio.length), ...after.baseFeePerGas],
        gasUsedRatio: [...before.gasUsedRatio, ...after.gasUsedRatio],
        reward: [...before.reward, ...after.reward],
      };
    },
  };
}
