import { beginBlock } from "../builder/block-steps.ts";
import type { SealedBlock } from "../builder/build-block.ts";
import type { Miner } from "../builder/miner.ts";
import type { BlockContext } from "../engine/engine.ts";
import { ChainError } from "../errors.ts";
import { environmentOf, type Ledger, nextEnvironment } from "../ledger.ts";
import type { AccountTrie } from "../state/account-leaf.ts";
import { withRoot } from "../state/past-state.ts";
import { createState, type State } from "../state/state.ts";
import { createTrieReader } from "../state/state-reader.ts";
import type { Awaitable, BlockSelector } from "../types.ts";

/** Finds blocks and the states they left. */
export interface Views {
  /** A sealed block, `undefined` if there is none; `pending` is none. */
  sealed(selector: BlockSelector): SealedBlock | undefined;
  /** The same. @throws ChainError `BLOCK_NOT_FOUND` */
  require(selector: BlockSelector): SealedBlock;
  /** Reads the state at a block; the head's includes edits made since. `work` does not wait, and does not keep the state. */
  read<T>(selector: BlockSelector, miner: Miner, work: (state: State) => T): Awaitable<T>;
  /** Root of the state at a block. */
  root<T>(selector: BlockSelector, miner: Miner, work: (root: AccountTrie | undefined) => T): Awaitable<T>;
  /** Lends the state at a block and the context to execute in. `work` leaves it as it was. */
  execute<T>(
    selector: BlockSelector,
    miner: Miner,
    work: (state: State, context: BlockContext) => Promise<T>,
  ): Promise<T>;
}

/** Makes the views of a ledger. */
export function createViews(ledger: Ledger): Views {
  const { store, state, pool } = ledger;

  function sealed(selector: BlockSelector): SealedBlock | undefined {
    if (typeof selector === "bigint") return store.byNumber(selector);
    if (typeof selector === "object") return store.byHash(selector.hash);
    if (selector === "earliest") return store.byNumber(0n);
    return selector === "pending" ? undefined : store.head();
  }

  function require(selector: BlockSelector): SealedBlock {
    const found = sealed(selector);
    if (found !== undefined) return found;
    const name = typeof selector === "object" ? selector.hash : String(selector);
    throw new ChainError(
      "BLOCK_NOT_FOUND",
      `There is no block ${name}; the latest is ${store.head().block.header.number}`,
      {
        block: name,
        latest: store.head().block.header.number,
      },
    );
  }

  /** The state after a sealed block: the live one for the head, one laid over the kept root for older ones. */
  function stateAfter(block: SealedBlock): State {
    if (block === store.head()) return state;
    const { codes } = state;
    return createState({ base: createTrieReader(block.after, codes), codes });
  }

  /** Ends a state that {@link stateAfter} gave, unless it is the live one. */
  function finish(view: State): void {
    if (view !== state) view.close();
  }

  return {
    sealed,
    require,
    read(selector, miner, work) {
      if (selector === "pending" && pool.size > 0) return miner.withPending(() => work(state));
      const view = stateAfter(selector === "pending" ? store.head() : require(selector));
      try {
        return work(view);
      } finally {
        finish(view);
      }
    },
    root(selector, miner, work) {
      if (selector === "pending" && pool.size > 0) return miner.withPending((pending) => work(pending.after));
      const block = selector === "pending" ? store.head() : require(selector);
      return block === store.head() ? work(state.root()) : withRoot(block.after, work);
    },
    async execute(selector, miner, work) {
      if (selector !== "pending") {
        const block = require(selector);
        const view = stateAfter(block);
        try {
          return await work(view, environmentOf(ledger, block));
        } finally {
          finish(view);
        }
      }
      const environment = nextEnvironment(ledger);
      if (pool.size > 0) return miner.withPending(() => work(state, environment));
      const mark = state.checkpoint();
      try {
        beginBlock(state, ledger.rules, environment);
        return await work(state, environment);
      } finally {
        state.revert(mark);
      }
    },
  };
}
