import { fromHex } from "../../codec/hex.ts";
import { ChainError } from "../../errors.ts";
import type { Block, Hash, Transaction } from "../../types.ts";
import { packBlock } from "./block-record.ts";
import { packRows, type StateChange, type StateChanges } from "./state-change.ts";
import { numberKey, type Table, type Tables } from "./tables.ts";

/** A block with what it changed in the state. */
export interface Entry {
  readonly number: number;
  readonly block: Block;
  /** Everything since its parent. */
  readonly changes: StateChanges;
  /** The part of it that was set by hand before the transactions. */
  readonly edits: StateChanges;
  /** Codes that came with it, by hash. */
  readonly codes: ReadonlyMap<Hash, Uint8Array>;
}

/** When what was written counts as safe: `commit` survives the death of the process, `flush` also that of the machine. */
export type Safety = "commit" | "flush";

/** Brings blocks to the tables, all that came since the last time in one transaction of the database. */
export interface CommitQueue {
  append(entry: Entry): void;
  /** Takes the last block away again. */
  remove(entry: Entry): void;
  /** Up to here the tables have the blocks, and nothing on the way to them changes that. */
  readonly floor: number;
  /** A block above the floor. */
  fresh(number: number): Entry | undefined;
  /** Queues rows of another table for the next {@link flush}. An empty value removes. */
  write(table: Table, key: Uint8Array, value: Uint8Array): void;
  /** Begins to commit what is queued. */
  flush(): void;
  /** Resolves when all that was flushed so far is safe; `undefined` if it is. @throws ChainError `DATA_WRITE_FAILED` */
  settled(): Promise<void> | undefined;
}

type Step = { readonly kind: "append" | "remove"; readonly entry: Entry };

/** Makes the queue of tables that hold the blocks up to a head. */
export function createCommitQueue(tables: Tables, head: number, safety: Safety): CommitQueue {
  const fresh = new Map<number, Entry>();
  let steps: Step[] = [];
  let rows: { table: Table; key: Uint8Array; value: Uint8Array }[] = [];
  // For each group on its way, the last block it leaves alone; the last is that of `steps`.
  const untouched: number[] = [];
  let lowest = head;
  let last = head;
  let failure: ChainError | undefined;
  let pending: Promise<void> | undefined;

  function floor(): number {
    let least = Math.min(lowest, last);
    for (const number of untouched) if (number < least) least = number;
    return least;
  }

  function writeAll(group: readonly Step[], others: typeof rows): void {
    const state = new Map<string, { readonly key: Buffer; readonly value: Uint8Array }>();
    for (const { kind, entry } of group) {
      if (kind === "append") writeEntry(tables, entry);
      else removeEntry(tables, entry);
      for (const [name, { key, old, value }] of entry.changes)
        state.set(name, { key, value: kind === "append" ? value : old });
    }
    for (const { key, value } of state.values()) put(tables.state, key, value);
    for (const { table, key, value } of others) put(table, key, value);
  }

  function flush(): void {
    if (failure !== undefined || (steps.length === 0 && rows.length === 0)) return;
    const group = steps;
    const others = rows;
    steps = [];
    rows = [];
    untouched.push(lowest);
    lowest = last;
    const committed = tables
      .commit(() => writeAll(group, others))
      .then(() => (safety === "flush" ? tables.flushed() : undefined))
      .then(
        () => {
          untouched.shift();
          const upTo = floor();
          for (const number of fresh.keys()) if (number <= upTo) fresh.delete(number);
        },
        (error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          failure ??= new ChainError("DATA_WRITE_FAILED", `The chain cannot be written: ${reason}`, { reason });
        },
      );
    const mine = committed.then(() => {
      if (pending === mine) pending = undefined;
      if (failure !== undefined) throw failure;
    });
    // Who waits hears of a failure; if nobody does, the next order does.
    mine.catch(() => {});
    pending = mine;
  }

  return {
    append(entry) {
      if (failure !== undefined) throw failure;
      steps.push({ kind: "append", entry });
      fresh.set(entry.number, entry);
      last = entry.number;
    },
    remove(entry) {
      if (failure !== undefined) throw failure;
      fresh.delete(entry.number);
      last = entry.number - 1;
      if (steps.at(-1)?.entry === entry) {
        steps.pop();
        return;
      }
      steps.push({ kind: "remove", entry });
      if (last < lowest) lowest = last;
    },
    get floor() {
      return floor();
    },
    fresh: (number) => fresh.get(number),
    write(table, key, value) {
      rows.push({ table, key, value });
    },
    flush,
    settled() {
      if (failure !== undefined) return Promise.reject(failure);
      return pending;
    },
  };
}

function put(table: Table, key: Uint8Array, value: Uint8Array): void {
  if (value.length === 0) table.remove(key);
  else table.put(key, asBuffer(value));
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function writeEntry(tables: Tables, { number, block, changes, edits, codes }: Entry): void {
  const key = numberKey(number);
  tables.blocks.put(key, packBlock(block));
  tables.hashes.put(fromHex(block.hash), key);
  for (let index = 0; index < block.transactions.length; index++)
    tables.transactions.put(fromHex((block.transactions[index] as Transaction).hash), placeOf(number, index));
  if (block.receipts.some(({ logs }) => logs.length > 0)) tables.blooms.put(key, asBuffer(block.header.logsBloom));
  if (changes.size > 0) {
    tables.undo.put(key, packRows(changes.values(), "old"));
    for (const { key: row, old } of changes.values()) tables.history.put(historyKey(row, number), asBuffer(old));
  }
  if (edits.size > 0) tables.edits.put(key, packRows(edits.values(), "value"));
  for (const [hash, code] of codes) tables.codes.put(fromHex(hash), asBuffer(code));
}

function removeEntry(tables: Tables, { number, block, changes }: Entry): void {
  const key = numberKey(number);
  for (const table of [tables.blocks, tables.blooms, tables.undo, tables.edits]) table.remove(key);
  tables.hashes.remove(fromHex(block.hash));
  for (const { hash } of block.transactions) tables.transactions.remove(fromHex(hash));
  for (const { key: row } of changes.values()) tables.history.remove(historyKey(row, number));
}

/** Row of where a transaction is. */
export function placeOf(number: number, index: number): Buffer {
  const place = Buffer.allocUnsafe(8);
  place.writeUInt32BE(number);
  place.writeUInt32BE(index, 4);
  return place;
}

/** Key of what a row held before a block. */
export function historyKey(row: Uint8Array, number: number): Buffer {
  const key = Buffer.allocUnsafe(row.length + 4);
  key.set(row);
  key.writeUInt32BE(number, row.length);
  return key;
}

/** Changes with the roles of their values as they are read back from rows of old ones. */
export function undoneBy(rows: Iterable<{ readonly key: Buffer; readonly value: Buffer }>): Map<string, StateChange> {
  const changes = new Map<string, StateChange>();
  for (const { key, value } of rows) changes.set(key.toString("latin1"), { key, old: value, value });
  return changes;
}
