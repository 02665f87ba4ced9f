import type { SealedBlock } from "../builder/build-block.ts";
import type { Tracer } from "../engine/tracer.ts";
import type { Ledger } from "../ledger.ts";
import type { Address, Word } from "../types.ts";
import { authorityOf } from "./authorizations.ts";
import { executionOf } from "./executor.ts";
import { replayBlock } from "./replay.ts";

/** Accounts that executions may have changed, with the slots that they wrote. */
export type Touched = Map<Address, Set<Word>>;

/** Adds an account. @returns its slots */
export function touch(touched: Touched, address: Address): Set<Word> {
  const known = touched.get(address);
  if (known !== undefined) return known;
  const slots = new Set<Word>();
  touched.set(address, slots);
  return slots;
}

/**
 * What the transactions of blocks touched, found by executing them again: nothing of it is kept while blocks are made. What a frame did that
 * failed later counts too.
 */
export async function touchedIn(
  ledger: Ledger,
  blocks: Iterable<SealedBlock>,
  touched: Touched = new Map(),
): Promise<Touched> {
  const tracer: Tracer = {
    onEnter({ from, to }) {
      touch(touched, from);
      if (to !== undefined) touch(touched, to);
    },
    onExit({ createdAddress }) {
      if (createdAddress !== undefined) touch(touched, createdAddress);
    },
    onDestruction({ address, heir }) {
      touch(touched, address);
      touch(touched, heir);
    },
    onStorageWrite({ address, slot }) {
      touch(touched, address).add(slot);
    },
    // What it saw before a page was missing was so.
    onRestart() {},
  };
  for (const sealed of blocks) {
    const { header, transactions } = sealed.block;
    touch(touched, header.coinbase);
    if (transactions.length === 0) continue;
    await replayBlock(ledger, sealed, async (state, context) => {
      for (const transaction of transactions) {
        touch(touched, transaction.from);
        for (const authorization of transaction.authorizationList ?? []) {
          const authority = authorityOf(authorization);
          if (authority !== undefined) touch(touched, authority);
        }
        await ledger.executor.execute(state, executionOf(transaction), context, tracer);
      }
    });
  }
  return touched;
}
