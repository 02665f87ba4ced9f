import type { SealedBlock } from "../../builder/build-block.ts";
import { EMPTY_BYTES, fromHex } from "../../codec/hex.ts";
import type { Block, Hash } from "../../types.ts";
import type { BlockStore } from "../block-store.ts";
import { unpackBlock } from "./block-record.ts";
import type { CommitQueue, Entry } from "./commit-queue.ts";
import type { StoredStates } from "./stored-states.ts";
import { numberKey, type Tables } from "./tables.ts";

/** A block store over tables. */
export interface DurableBlocks extends BlockStore {
  /** A block by number, without its states. */
  block(number: number): Block | undefined;
}

/** What a durable store works with. */
export interface DurableBlocksModules {
  readonly tables: Tables;
  readonly queue: CommitQueue;
  readonly states: StoredStates;
  /** Turns what the state wrote down into rows. */
  entryOf(sealed: SealedBlock): Entry;
  /** Everything that a block changed, to take it away again. */
  undoneEntry(number: number, block: Block): Entry;
}

/** Of what a block changed, the tables keep rows. */
const NOT_KEPT = { edits: EMPTY_BYTES, all: EMPTY_BYTES };

/** Blocks that are kept unpacked. */
const UNPACKED = 64;

/** Makes the store over tables with a head. */
export function createDurableBlocks(headBlock: Block, modules: DurableBlocksModules): DurableBlocks {
  const { tables, queue, states, entryOf, undoneEntry } = modules;
  const unpacked = new Map<number, SealedBlock>();
  let head = place(headBlock);

  function place(block: Block): SealedBlock {
    const number = Number(block.header.number);
    return { block, before: states.before(number), after: states.after(number), changes: NOT_KEPT };
  }

  function load(number: number): SealedBlock | undefined {
    const headNumber = Number(head.block.header.number);
    if (number === headNumber) return head;
    if (number > headNumber || number < 0) return undefined;
    const known = unpacked.get(number);
    if (known !== undefined) return known;
    const fresh = queue.fresh(number);
    if (fresh !== undefined) return place(fresh.block);
    const record = tables.blocks.get(numberKey(number));
    if (record === undefined) return undefined;
    const sealed = place(unpackBlock(record, number));
    for (const oldest of unpacked.keys()) {
      if (unpacked.size < UNPACKED) break;
      unpacked.delete(oldest);
    }
    unpacked.set(number, sealed);
    return sealed;
  }

  // Blocks on their way to the tables, by what they are looked up with.
  const freshHashes = new Map<Hash, number>();
  const freshTransactions = new Map<Hash, { readonly number: number; readonly index: number }>();

  function forgetSettled(): void {
    const { floor } = queue;
    for (const [hash, number] of freshHashes) {
      if (number > floor) break;
      freshHashes.delete(hash);
    }
    for (const [hash, { number }] of freshTransactions) {
      if (number > floor) break;
      freshTransactions.delete(hash);
    }
  }

  return {
    head: () => head,
    block: (number) => load(number)?.block,
    append(sealed) {
      const entry = entryOf(sealed);
      queue.append(entry);
      head = place(sealed.block);
      forgetSettled();
      freshHashes.set(sealed.block.hash, entry.number);
      for (const [index, { hash }] of sealed.block.transactions.entries())
        freshTransactions.set(hash, { number: entry.number, index });
    },
    *kept(from, to, mayMatch) {
      const first = Number(from);
      const last = Math.min(Number(to), Number(head.block.header.number));
      const { floor } = queue;
      // Numbers first: the caller may take its time, and a cursor would hold pages of the database.
      const numbers: number[] = [];
      const range = { start: numberKey(first), end: numberKey(Math.min(last, floor) + 1) };
      if (mayMatch === undefined)
        for (const key of first > floor ? [] : tables.blocks.getKeys(range))
          numbers.push(Buffer.from(key).readUInt32BE());
      else
        for (const { key, value } of first > floor ? [] : tables.blooms.getRange(range))
          if (mayMatch(value)) numbers.push(Buffer.from(key).readUInt32BE());
      for (let number = Math.max(first, floor + 1); number <= last; number++) numbers.push(number);
      for (const number of numbers) {
        const sealed = load(number);
        if (sealed !== undefined) yield sealed;
      }
    },
    byNumber: (number) => load(Number(number)),
    byHash(hash) {
      const row = freshHashes.get(hash) ?? tables.hashes.get(fromHex(hash))?.readUInt32BE();
      const found = row === undefined ? undefined : load(row);
      return found?.block.hash === hash ? found : undefined;
    },
    transaction(hash) {
      let place = freshTransactions.get(hash);
      if (place === undefined) {
        const row = tables.transactions.get(fromHex(hash));
        if (row === undefined) return undefined;
        place = { number: row.readUInt32BE(), index: row.readUInt32BE(4) };
      }
      const sealed = load(place.number);
      return sealed?.block.transactions[place.index]?.hash === hash ? { sealed, index: place.index } : undefined;
    },
    truncate(number) {
      for (let last = Number(head.block.header.number); last > Number(number); last--) {
        const { block } = head;
        const entry = queue.fresh(last) ?? undoneEntry(last, block);
        const parent = load(last - 1);
        if (parent === undefined) return;
        queue.remove(entry);
        unpacked.delete(last);
        freshHashes.delete(block.hash);
        for (const { hash } of block.transactions) freshTransactions.delete(hash);
        head = parent;
      }
    },
  };
}
