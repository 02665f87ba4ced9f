import type { SealedBlock } from "../builder/build-block.ts";
import type { Hash } from "../types.ts";

/** Place of a mined transaction. */
export interface TransactionPlace {
  readonly sealed: SealedBlock;
  readonly index: number;
}

/** The sealed blocks, in a row from genesis, with the state root each left. */
export interface BlockStore {
  /** The last one. */
  head(): SealedBlock;
  append(sealed: SealedBlock): void;
  byNumber(number: bigint): SealedBlock | undefined;
  byHash(hash: Hash): SealedBlock | undefined;
  transaction(hash: Hash): TransactionPlace | undefined;
  /** Forgets all blocks above a height. Costs what is forgotten. */
  truncate(number: bigint): void;
}

/** A store in memory. */
export function createMemoryStore(genesis: SealedBlock): BlockStore {
  const blocks: SealedBlock[] = [genesis];
  const byHash = new Map<Hash, SealedBlock>([[genesis.block.hash, genesis]]);
  const transactions = new Map<Hash, TransactionPlace>();
  return {
    head: () => blocks[blocks.length - 1] ?? genesis,
    append(sealed) {
      blocks.push(sealed);
      byHash.set(sealed.block.hash, sealed);
      for (const [index, { hash }] of sealed.block.transactions.entries()) transactions.set(hash, { sealed, index });
    },
    byNumber: (number) => (number > BigInt(blocks.length) ? undefined : blocks[Number(number)]),
    byHash: (hash) => byHash.get(hash),
    transaction: (hash) => transactions.get(hash),
    truncate(number) {
      while (BigInt(blocks.length) > number + 1n) {
        const block = blocks.pop()?.block;
        if (block === undefined) return;
        byHash.delete(block.hash);
        for (const { hash } of block.transactions) transactions.delete(hash);
      }
    },
  };
}
