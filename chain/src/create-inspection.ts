import { bytesToWord, fromHex } from "./codec/hex.ts";
import { keccak256Hex } from "./crypto/keccak.ts";
import { ChainError } from "./errors.ts";
import { replayUpTo } from "./executor/replay.ts";
import { touchedIn } from "./executor/touched.ts";
import type { ChainInspection } from "./inspection.ts";
import type { Ledger } from "./ledger.ts";
import { dumpAccounts } from "./state/dump-accounts.ts";
import { createTrieReader, type StateReader } from "./state/state-reader.ts";
import type { Views } from "./store/views.ts";
import type { Address, Awaitable, Block, Word } from "./types.ts";

const ZERO_WORD: Word = `0x${"0".repeat(64)}`;

/** What inspection works with. */
export interface InspectionModules {
  readonly ledger: Ledger;
  readonly views: Views;
  /** Waits for its turn among the orders of the chain. */
  order<T>(work: () => Awaitable<T>): Awaitable<T>;
}

/** Makes the inspection of a chain. */
export function createInspection({ ledger, views, order }: InspectionModules): ChainInspection {
  const { state, store } = ledger;
  const head = (): bigint => store.head().block.header.number;

  return {
    codeByHash: (hash) => state.codes.get(hash),

    storageRange: async ({ block, transactionIndex, address, start, limit }) =>
      order(async () => {
        const sealed = views.require(block);
        const { header, transactions, hash: blockHash } = sealed.block;
        if (transactionIndex > transactions.length) {
          throw new ChainError(
            "TRANSACTION_NOT_FOUND",
            `The block ${blockHash} has no transaction ${transactionIndex}`,
            {
              index: transactionIndex,
            },
          );
        }
        // What holds a value then holds it now, or a transaction since has taken it away.
        const touched = await touchedIn(ledger, store.kept(header.number, head()));
        const slots = new Set<Word>(touched.get(address));
        for (const slot of dumpAccounts(state).get(address)?.storage.keys() ?? []) slots.add(slot);
        return replayUpTo(ledger, sealed, transactionIndex, async (view) => {
          const found = [...slots]
            .map((key) => ({
              hash: keccak256Hex(fromHex(key)),
              key,
              value: bytesToWord(view.getStorage(address, key)),
            }))
            .filter(({ hash, value }) => value !== ZERO_WORD && hash >= start)
            .sort((a, b) => (a.hash < b.hash ? -1 : 1));
          return {
            storage: new Map(found.slice(0, limit).map(({ hash, key, value }) => [hash, { key, value }])),
            nextKey: found[limit]?.hash,
          };
        });
      }),

    blocksWithTransactions: (first, last, most) =>
      order(() => {
        const found: Block[] = [];
        for (const { block } of store.kept(first, last)) {
          if (found.length >= most) break;
          if (block.transactions.length > 0) found.push(block);
        }
        return found;
      }),

    modifiedAccounts: async (first, last) =>
      order(async () => {
        const [from, to] = [views.require(first), views.require(last)];
        const [begin, end] = [from.block.header.number, to.block.header.number];
        if (begin >= end) {
          throw new ChainError("BLOCK_ORDER", `The block ${begin} does not come before the block ${end}`, {
            first: begin,
            last: end,
          });
        }
        const touched = await touchedIn(ledger, store.kept(begin + 1n, end));
        // What was set without a transaction shows in what there is.
        for (const address of dumpAccounts(state).keys()) if (!touched.has(address)) touched.set(address, new Set());
        const [before, after] = [from, to].map((sealed) => createTrieReader(sealed.after, state.codes));
        if (before === undefined || after === undefined) return [];
        return [...touched]
          .filter(([address, slots]) => differs(before, after, address, slots))
          .map(([address]) => address)
          .sort();
      }),
  };
}

function differs(before: StateReader, after: StateReader, address: Address, slots: ReadonlySet<Word>): boolean {
  const [old, now] = [before.account(address), after.account(address)];
  if (old?.balance !== now?.balance || old?.nonce !== now?.nonce || old?.codeHash !== now?.codeHash) return true;
  for (const slot of slots)
    if (bytesToWord(before.storage(address, slot)) !== bytesToWord(after.storage(address, slot))) return true;
  return false;
}
