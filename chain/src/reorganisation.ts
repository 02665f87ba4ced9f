import type { Block, TransactionRequest } from "./types.ts";

/** A transaction for a chain's other branch: signed bytes, or a request of an account that the chain sends for. */
export interface BranchTransaction {
  readonly transaction: TransactionRequest | Uint8Array;
  /** In which of the new blocks it is, from 0. */
  readonly block: number;
}

/** Takes blocks away, as a chain does that goes over to another branch. Where a snapshot was taken before, a return to it costs less. */
export interface ChainReorganisation {
  /**
   * Takes the last blocks away, with what was set since. Their transactions do not come back into the pool; snapshots of what is gone are
   * forgotten. Costs an execution of the blocks and a walk over the state.
   * @param depth how many blocks
   * @returns the block that is the last one now
   * @throws ChainError `ROLLBACK_TOO_DEEP` beyond genesis or a fork's first block; `ROLLBACK_STATE_LOST` if the state of that block cannot be
   * found again. Either way nothing changes
   */
  rollback(depth: bigint): Promise<Block>;
  /**
   * Takes the last blocks away and makes as many others, with the transactions given.
   * @throws ChainError as {@link rollback}, and the `TX_*` code of a transaction that the branch cannot take: then nothing changes
   */
  reorganise(depth: bigint, transactions: readonly BranchTransaction[]): Promise<readonly Block[]>;
}
