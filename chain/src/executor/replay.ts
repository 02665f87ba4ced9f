import { beginBlock } from "../builder/block-steps.ts";
import type { SealedBlock } from "../builder/build-block.ts";
import type { BlockContext } from "../engine/engine.ts";
import { ChainError } from "../errors.ts";
import { environmentOf, type Ledger } from "../ledger.ts";
import { createState, type State } from "../state/state.ts";
import { createTrieReader } from "../state/state-reader.ts";
import type { Hash, Transaction } from "../types.ts";
import { executionOf } from "./executor.ts";

/** Lends the state that a sealed block began on, laid over the chain's, and the context its transactions saw. */
export async function replayBlock<T>(
  ledger: Ledger,
  sealed: SealedBlock,
  work: (state: State, context: BlockContext) => Promise<T>,
): Promise<T> {
  const { codes } = ledger.state;
  const state = createState({ base: createTrieReader(sealed.before, codes), codes });
  try {
    const environment = environmentOf(ledger, sealed);
    beginBlock(state, ledger.rules, environment);
    return await work(state, environment);
  } finally {
    state.close();
  }
}

/** Lends the state of a block before one of its transactions. */
export function replayUpTo<T>(
  ledger: Ledger,
  sealed: SealedBlock,
  index: number,
  work: (state: State, context: BlockContext) => Promise<T>,
): Promise<T> {
  return replayBlock(ledger, sealed, async (state, context) => {
    for (const earlier of sealed.block.transactions.slice(0, index))
      await ledger.executor.execute(state, executionOf(earlier), context);
    return work(state, context);
  });
}

/** A mined transaction with its place. @throws ChainError `TRANSACTION_NOT_FOUND` */
export function requireMined(
  { store }: Ledger,
  hash: Hash,
): { readonly sealed: SealedBlock; readonly index: number; readonly transaction: Transaction } {
  const place = store.transaction(hash);
  const transaction = place?.sealed.block.transactions[place.index];
  if (place === undefined || transaction === undefined)
    throw new ChainError("TRANSACTION_NOT_FOUND", `No block holds the transaction ${hash}`, { hash });
  return { ...place, transaction };
}
