import { ChainError } from "../errors.ts";
import type { Address, Hash, Transaction } from "../types.ts";
import { mergeRuns } from "./merge-runs.ts";

/** Next nonce of an account in the state the pool stands on. */
export type NonceReader = (address: Address) => bigint;

/** Valid transactions that wait for a block. */
export interface TransactionPool {
  readonly size: number;
  /**
   * Takes a transaction in; one with the sender and nonce of another replaces it if both its caps are 10 % higher. With blobs it replaces only
   * one with blobs, and all three caps must be twice as high, as in geth.
   * @throws ChainError `TX_ALREADY_KNOWN`, `TX_REPLACEMENT_UNDERPRICED`, `TX_REPLACEMENT_TYPE`, `POOL_FULL`
   */
  add(transaction: Transaction): void;
  get(hash: Hash): Transaction | undefined;
  /** @returns false if it is not there */
  remove(hash: Hash): boolean;
  /** Transactions without nonce gap in the order a block takes them: highest tip first (or not), then first come, each sender's by nonce. */
  executable(nonceOf: NonceReader, baseFeePerGas: bigint, blobBaseFee?: bigint): Transaction[];
  /** Those behind a nonce gap, by sender and nonce. */
  gapped(nonceOf: NonceReader): Transaction[];
  /** Nonce the next transaction of a sender should carry. */
  nextNonce(address: Address, nonceOf: NonceReader): bigint;
  /** Forgets what the state has overtaken. */
  prune(nonceOf: NonceReader): void;
  /** All there is, in order of arrival. */
  snapshot(): readonly Transaction[];
  restore(transactions: readonly Transaction[]): void;
}

/** How a pool orders and what it holds. */
export interface PoolOptions {
  /** Which transactions come first: those with the highest tip (default), or those that came first. */
  readonly order?: "fee" | "arrival";
  /** Most transactions. Default: no limit. */
  readonly limit?: number;
  /** Most transactions of one sender. Default: no limit. */
  readonly senderLimit?: number;
}

const BUMP_PERCENT = 10n;
const BLOB_BUMP_PERCENT = 100n;

/** Makes an empty pool. */
export function createTransactionPool(options: PoolOptions = {}): TransactionPool {
  const { order = "fee", limit = Number.POSITIVE_INFINITY, senderLimit = limit } = options;
  const byHash = new Map<Hash, Transaction>();
  const bySender = new Map<Address, Map<bigint, Transaction>>();

  function insert(transaction: Transaction): void {
    byHash.set(transaction.hash, transaction);
    let own = bySender.get(transaction.from);
    if (own === undefined) {
      own = new Map();
      bySender.set(transaction.from, own);
    }
    own.set(transaction.nonce, transaction);
  }

  /** By sender: all nonces from the first up to the second wait here. Kept so that a long run is not walked again for every newcomer. */
  const gapless = new Map<Address, { readonly from: bigint; readonly to: bigint }>();

  function remove(hash: Hash): boolean {
    const transaction = byHash.get(hash);
    if (transaction === undefined) return false;
    byHash.delete(hash);
    const own = bySender.get(transaction.from);
    own?.delete(transaction.nonce);
    gapless.delete(transaction.from);
    if (own?.size === 0) bySender.delete(transaction.from);
    return true;
  }

  function checkRoom({ from }: Transaction): void {
    const own = bySender.get(from)?.size ?? 0;
    if (byHash.size < limit && own < senderLimit) return;
    const whose = byHash.size < limit ? `of ${from} ` : "";
    throw new ChainError(
      "POOL_FULL",
      `The pool holds ${byHash.size < limit ? own : byHash.size} transactions ${whose}already`,
      {
        from,
        size: byHash.size,
        limit,
        senderLimit,
      },
    );
  }

  /** A sender's transactions without gap, from its nonce in the state. */
  function run(sender: Address, nonceOf: NonceReader): Transaction[] {
    const own = bySender.get(sender);
    const found: Transaction[] = [];
    if (own === undefined) return found;
    for (let nonce = nonceOf(sender); ; nonce++) {
      const transaction = own.get(nonce);
      if (transaction === undefined) return found;
      found.push(transaction);
    }
  }

  return {
    get size() {
      return byHash.size;
    },
    add(transaction) {
      if (byHash.has(transaction.hash))
        throw new ChainError("TX_ALREADY_KNOWN", `The transaction ${transaction.hash} is waiting already`, {
          hash: transaction.hash,
        });
      const rival = bySender.get(transaction.from)?.get(transaction.nonce);
      if (rival !== undefined) {
        checkReplacement(rival, transaction);
        remove(rival.hash);
      } else {
        checkRoom(transaction);
      }
      insert(transaction);
    },
    get: (hash) => byHash.get(hash),
    remove,
    executable(nonceOf, baseFeePerGas, blobBaseFee = 0n) {
      if (byHash.size === 0) return [];
      const runs: Transaction[][] = [];
      for (const sender of bySender.keys()) {
        const own = run(sender, nonceOf);
        if (own.length > 0) runs.push(own);
      }
      if (runs.length === 1) return payable(runs[0] ?? [], baseFeePerGas, blobBaseFee);
      const arrival = new Map([...byHash.keys()].map((hash, index) => [hash, index]));
      const heads = runs.map((own) => payable(own, baseFeePerGas, blobBaseFee));
      return mergeRuns(heads, arrival, order === "fee" ? baseFeePerGas : undefined);
    },
    gapped(nonceOf) {
      const found: Transaction[] = [];
      for (const [sender, own] of bySender) {
        const reachable = new Set(run(sender, nonceOf));
        found.push(
          ...[...own.values()]
            .filter((transaction) => !reachable.has(transaction))
            .sort((a, b) => (a.nonce < b.nonce ? -1 : 1)),
        );
      }
      return found;
    },
    nextNonce(address, nonceOf) {
      const nonce = nonceOf(address);
      const own = bySender.get(address);
      if (own === undefined) return nonce;
      const known = gapless.get(address);
      let next = known !== undefined && known.from <= nonce && nonce <= known.to ? known.to : nonce;
      while (own.has(next)) next++;
      gapless.set(address, { from: nonce, to: next });
      return next;
    },
    prune(nonceOf) {
      for (const [sender, own] of bySender) {
        const nonce = nonceOf(sender);
        for (const transaction of own.values()) if (transaction.nonce < nonce) remove(transaction.hash);
      }
    },
    snapshot: () => [...byHash.values()],
    restore(transactions) {
      byHash.clear();
      bySender.clear();
      gapless.clear();
      for (const transaction of transactions) insert(transaction);
    },
  };
}

/** Those of a run up to the first whose fee caps do not reach the base fees. */
function payable(run: Transaction[], baseFeePerGas: bigint, blobBaseFee: bigint): Transaction[] {
  const stop = run.findIndex(
    ({ maxFeePerGas, maxFeePerBlobGas }) =>
      maxFeePerGas < baseFeePerGas || (maxFeePerBlobGas !== undefined && maxFeePerBlobGas < blobBaseFee),
  );
  return stop < 0 ? run : run.slice(0, stop);
}

function checkReplacement(old: Transaction, replacement: Transaction): void {
  const hasBlobs = replacement.blobHashes !== undefined;
  if ((old.blobHashes !== undefined) !== hasBlobs) {
    throw new ChainError(
      "TX_REPLACEMENT_TYPE",
      `A transaction with blobs and one without do not replace each other, as ${old.hash} would be`,
      { replaced: old.hash },
    );
  }
  const bump = hasBlobs ? BLOB_BUMP_PERCENT : BUMP_PERCENT;
  const enough = (now: bigint, before: bigint): boolean => now * 100n >= before * (100n + bump);
  if (
    enough(replacement.maxFeePerGas, old.maxFeePerGas) &&
    enough(replacement.maxPriorityFeePerGas, old.maxPriorityFeePerGas) &&
    enough(replacement.maxFeePerBlobGas ?? 0n, old.maxFeePerBlobGas ?? 0n)
  )
    return;
  throw new ChainError(
    "TX_REPLACEMENT_UNDERPRICED",
    `The transaction that replaces ${old.hash} must raise its fee caps by ${bump} %`,
    {
      replaced: old.hash,
      maxFeePerGas: old.maxFeePerGas,
      maxPriorityFeePerGas: old.maxPriorityFeePerGas,
      ...(hasBlobs ? { maxFeePerBlobGas: old.maxFeePerBlobGas } : {}),
    },
  );
}
