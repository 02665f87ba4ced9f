import type { Address, Awaitable, Block, BlockSelector, Hash, Hex, Word } from "./types.ts";

/** A part of an account's storage at one moment, in the order of the hashes of the slots. */
export interface StorageRange {
  /** By the hash of the slot. */
  readonly storage: ReadonlyMap<Hash, { readonly key: Word; readonly value: Word }>;
  /** Hash of the first slot that is not listed; `undefined` if there is none. */
  readonly nextKey: Hash | undefined;
}

/** What to list of an account's storage. */
export interface StorageRangeRequest {
  readonly block: BlockSelector;
  /** Before this transaction of the block. */
  readonly transactionIndex: number;
  readonly address: Address;
  /** The least hash of a slot. */
  readonly start: Hex;
  /** Most slots. */
  readonly limit: number;
}

/** What is behind accounts, found by executing blocks again: nothing is kept for it while they are made. */
export interface ChainInspection {
  /** Code by its hash, of any contract there ever was here; `undefined` if there was none. */
  codeByHash(hash: Hash): Uint8Array | undefined;
  /**
   * Slots of an account that are not zero, before a transaction of a block. A slot that an order set to zero since, without a transaction, is missing.
   * @throws ChainError `BLOCK_NOT_FOUND`, `TRANSACTION_NOT_FOUND` for an index that the block has not
   */
  storageRange(request: StorageRangeRequest): Promise<StorageRange>;
  /**
   * Accounts whose state after one block is not what it was after another, in the order of their addresses.
   * @throws ChainError `BLOCK_NOT_FOUND`, `BLOCK_ORDER` if the first is not the earlier one
   */
  modifiedAccounts(first: BlockSelector, last: BlockSelector): Promise<readonly Address[]>;
  /** The first blocks of a range of heights, both among them, that were made here and hold transactions; runs of empty blocks cost nothing. */
  blocksWithTransactions(first: bigint, last: bigint, most: number): Awaitable<readonly Block[]>;
}
