import type { Transaction } from "../../types.ts";
import { formatTransaction } from "../format.ts";
import { quantity } from "../hex.ts";
import { method } from "./define.ts";

type BySender<T> = Record<string, Record<string, T>>;

function grouped<T>(transactions: readonly Transaction[], show: (transaction: Transaction) => T): BySender<T> {
  const groups: BySender<T> = {};
  for (const transaction of transactions) {
    const group = groups[transaction.from] ?? {};
    group[transaction.nonce.toString()] = show(transaction);
    groups[transaction.from] = group;
  }
  return groups;
}

const whole = (transaction: Transaction) => formatTransaction(transaction, undefined);

function inWords(transaction: Transaction): string {
  const target = transaction.to ?? "contract creation";
  return `${target}: ${transaction.value} wei + ${transaction.gasLimit} gas × ${transaction.maxFeePerGas} wei`;
}

/** What waits in the pool. */
export const poolMethods = {
  txpool_status: method({
    summary: "How many transactions can run, and how many wait for an earlier nonce.",
    params: [],
    handler({ chain }) {
      const { pending, queued } = chain.pooledTransactions();
      return { pending: quantity(pending.length), queued: quantity(queued.length) };
    },
  }),
  txpool_content: method({
    summary: "The waiting transactions, by sender and nonce.",
    params: [],
    handler({ chain }) {
      const { pending, queued } = chain.pooledTransactions();
      return { pending: grouped(pending, whole), queued: grouped(queued, whole) };
    },
  }),
  txpool_inspect: method({
    summary: "The waiting transactions in words, by sender and nonce.",
    params: [],
    handler({ chain }) {
      const { pending, queued } = chain.pooledTransactions();
      return { pending: grouped(pending, inWords), queued: grouped(queued, inWords) };
    },
  }),
} as const;
