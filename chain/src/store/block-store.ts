import type { SealedBlock } from "../builder/build-block.ts";
import { type EmptyRun, emptyBlock } from "../builder/empty-run.ts";
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
  /** Puts a run of empty blocks behind the head, of which none is kept one by one. An {@link append} must follow. Absent: each is kept. */
  readonly appendEmpty?: (run: EmptyRun) => void;
  /**
   * The blocks from one height to another that are kept one by one, in ascending order: all that hold transactions, or at least those of them
   * whose bloom passes a test.
   */
  kept(from: bigint, to: bigint, mayMatch?: (bloom: Uint8Array) => boolean): Iterable<SealedBlock>;
  byNumber(number: bigint): SealedBlock | undefined;
  byHash(hash: Hash): SealedBlock | undefined;
  transaction(hash: Hash): TransactionPlace | undefined;
  /** Forgets all blocks above a height. Costs what is forgotten. */
  truncate(number: bigint): void;
}

/** Heights whose empty blocks are told by hash once they were shown. */
const MOST_SHOWN = 65_536;

interface Gap {
  readonly run: EmptyRun;
  /** Index of the first kept block behind it. */
  readonly at: number;
}

/** A store in memory. It begins with `genesis`, whatever its number. */
export function createMemoryStore(genesis: SealedBlock): BlockStore {
  const blocks: SealedBlock[] = [genesis];
  const first = genesis.block.header.number;
  const byHash = new Map<Hash, SealedBlock>([[genesis.block.hash, genesis]]);
  const transactions = new Map<Hash, TransactionPlace>();
  /** Runs of empty blocks, in ascending order. */
  const gaps: Gap[] = [];
  /** Heights of empty blocks that were shown, by hash. */
  const shown = new Map<Hash, bigint>();

  const heightOf = (sealed: SealedBlock): bigint => sealed.block.header.number;
  const lastKept = (): SealedBlock => blocks[blocks.length - 1] ?? genesis;

  function head(): SealedBlock {
    const gap = gaps[gaps.length - 1];
    if (gap === undefined || gap.at < blocks.length) return lastKept();
    return emptyBlock(gap.run, gap.run.first + gap.run.count - 1n);
  }

  /** Index of the first kept block from a height on. */
  function indexFrom(number: bigint): number {
    let skipped = 0n;
    for (const { run, at } of gaps) {
      if (number < run.first) break;
      if (number < run.first + run.count) return at;
      skipped += run.count;
    }
    const index = number - first - skipped;
    if (index < 0n) return 0;
    return index > BigInt(blocks.length) ? blocks.length : Number(index);
  }

  function byNumber(number: bigint): SealedBlock | undefined {
    if (number < first) return undefined;
    if (gaps.length === 0) return number - first > BigInt(blocks.length) ? undefined : blocks[Number(number - first)];
    const gap = gaps.find(({ run }) => number >= run.first && number < run.first + run.count);
    if (gap === undefined) return blocks[indexFrom(number)];
    const sealed = emptyBlock(gap.run, number);
    if (shown.size >= MOST_SHOWN) shown.clear();
    shown.set(sealed.block.hash, number);
    return sealed;
  }

  return {
    head,
    append(sealed) {
      blocks.push(sealed);
      byHash.set(sealed.block.hash, sealed);
      for (const [index, { hash }] of sealed.block.transactions.entries()) transactions.set(hash, { sealed, index });
    },
    appendEmpty(run) {
      gaps.push({ run, at: blocks.length });
    },
    *kept(from, to) {
      for (let index = indexFrom(from); index < blocks.length; index++) {
        const sealed = blocks[index] as SealedBlock;
        if (heightOf(sealed) > to) return;
        yield sealed;
      }
    },
    byNumber,
    byHash(hash) {
      const kept = byHash.get(hash);
      if (kept !== undefined || gaps.length === 0) return kept;
      const number = shown.get(hash);
      if (number !== undefined) return byNumber(number);
      // The parents of kept blocks are known without having been shown.
      for (const { run } of gaps) {
        const last = emptyBlock(run, run.first + run.count - 1n);
        if (last.block.hash === hash) return last;
      }
      return undefined;
    },
    transaction: (hash) => transactions.get(hash),
    truncate(number) {
      while (heightOf(lastKept()) > number) {
        const block = blocks.pop()?.block;
        if (block === undefined) return;
        byHash.delete(block.hash);
        for (const { hash } of block.transactions) transactions.delete(hash);
      }
      while ((gaps[gaps.length - 1]?.run.first ?? 0n) > number) gaps.pop();
      const gap = gaps[gaps.length - 1];
      if (gap !== undefined && gap.run.first + gap.run.count - 1n > number)
        gaps[gaps.length - 1] = { ...gap, run: { ...gap.run, count: number - gap.run.first + 1n } };
      shown.clear();
    },
  };
}
