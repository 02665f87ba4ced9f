import { EMPTY_BYTES, fromHex, toHex } from "../../codec/hex.ts";
import { ChainError } from "../../errors.ts";
import { type AccountTrie, accountsRoot } from "../../state/account-leaf.ts";
import type { PastState } from "../../state/past-state.ts";
import type { State } from "../../state/state.ts";
import type { CodeTable, StateReader } from "../../state/state-reader.ts";
import { applyRows } from "./apply-rows.ts";
import type { CommitQueue } from "./commit-queue.ts";
import {
  accountKey,
  incarnationKey,
  ROW,
  readKey,
  type StateChanges,
  slotKey,
  unpackAccount,
  unpackIncarnation,
  unpackRows,
} from "./state-change.ts";
import { storedRow } from "./stored-blocks.ts";
import { numberKey, type Tables } from "./tables.ts";

/** The states that blocks left and started from, read out of what each block changed. */
export interface StoredStates {
  after(number: number): PastState;
  /** With what was set by hand before the block's transactions. */
  before(number: number): PastState;
  /** What a block set by hand before its transactions, as rows. */
  edits(number: number): Iterable<{ readonly key: Buffer; readonly value: Uint8Array }>;
  /** What a block changed, as rows with the values before. */
  undo(number: number): Iterable<{ readonly key: Buffer; readonly value: Uint8Array }>;
}

/** What stored states are read from. */
export interface StoredStateModules {
  readonly tables: Tables;
  readonly queue: CommitQueue;
  /** The live state: proofs of old blocks are made on it, and undone. */
  readonly state: State;
  /** Number and state root of the head, and the state root of a block. */
  readonly head: () => number;
  readonly stateRootOf: (number: number) => string;
  /** What was set by hand since the head. */
  readonly unsealed: () => StateChanges;
}

/** Makes the reader of past states. */
export function createStoredStates({
  tables,
  queue,
  state,
  head,
  stateRootOf,
  unsealed,
}: StoredStateModules): StoredStates {
  const codes: CodeTable = state.codes;

  /** A row of the state after a block. */
  function valueAt(row: Buffer, number: number): Uint8Array {
    const { floor } = queue;
    if (number > floor) {
      const name = row.toString("latin1");
      for (let at = number; at > floor; at--) {
        const change = queue.fresh(at)?.changes.get(name);
        if (change !== undefined) return change.value;
      }
    }
    return storedRow(tables, row, Math.min(number, floor));
  }

  function readerOf(read: (row: Buffer) => Uint8Array): StateReader {
    return {
      account: (address) => unpackAccount(read(accountKey(fromHex(address)))),
      storage(address, slot) {
        const account = fromHex(address);
        const incarnation = unpackIncarnation(read(incarnationKey(account)));
        return plain(read(slotKey(account, incarnation, fromHex(slot))));
      },
      code: (codeHash) => codes.get(codeHash) ?? EMPTY_BYTES,
    };
  }

  function undo(number: number): Iterable<{ readonly key: Buffer; readonly value: Uint8Array }> {
    const fresh = queue.fresh(number);
    if (fresh !== undefined) return [...fresh.changes.values()].map(({ key, old }) => ({ key, value: old }));
    return unpackRows(tables.undo.get(numberKey(number)) ?? Buffer.alloc(0));
  }

  function edits(number: number): Iterable<{ readonly key: Buffer; readonly value: Uint8Array }> {
    const fresh = queue.fresh(number);
    if (fresh !== undefined) return fresh.edits.values();
    return unpackRows(tables.edits.get(numberKey(number)) ?? Buffer.alloc(0));
  }

  /** Lends the live state as it was after a block, with further rows on top. */
  function lend<T>(
    number: number,
    further: Iterable<{ readonly key: Buffer; readonly value: Uint8Array }>,
    work: (root: AccountTrie | undefined) => T,
    expected: string | undefined,
  ): T {
    const present = state.snapshot();
    try {
      restoreRows(number);
      applyRows(state, further, codes);
      const root = state.root();
      if (expected !== undefined && toHex(accountsRoot(root)) !== expected) {
        throw new ChainError("DATA_DAMAGED", `The state of block ${number} cannot be restored: its root differs`, {
          block: number,
        });
      }
      return work(root);
    } finally {
      state.restore(present);
      state.release(present);
    }
  }

  function restoreRows(number: number): void {
    const rows = new Map<string, { readonly key: Buffer; readonly value: Uint8Array }>();
    for (let at = number + 1; at <= head(); at++) {
      for (const row of undo(at)) {
        const name = row.key.toString("latin1");
        if (!rows.has(name)) rows.set(name, row);
      }
    }
    // What was set since the head goes too.
    for (const [name, { key, old }] of unsealed()) if (!rows.has(name)) rows.set(name, { key, value: old });
    // The slots of an incarnation that came back stand in the rows of the state; those that changed are among the rows already.
    for (const { key } of [...rows.values()]) {
      const { kind, address } = readKey(key);
      if (kind !== ROW.incarnation) continue;
      const account = fromHex(address);
      const prefix = slotKey(account, unpackIncarnation(valueAt(incarnationKey(account), number)));
      const end = Buffer.concat([prefix, Buffer.alloc(33, 0xff)]);
      for (const { key: slot } of tables.state.getRange({ start: prefix, end })) {
        const name = Buffer.from(slot).toString("latin1");
        if (!rows.has(name)) rows.set(name, { key: Buffer.from(slot), value: valueAt(Buffer.from(slot), number) });
      }
    }
    applyRows(state, rows.values(), codes);
  }

  return {
    edits,
    undo,
    after: (number) => ({
      reader: () => readerOf((row) => valueAt(row, number)),
      root: (work) => lend(number, [], work, stateRootOf(number)),
    }),
    before: (number) => ({
      reader() {
        const set = new Map([...edits(number)].map(({ key, value }) => [key.toString("latin1"), value]));
        return readerOf((row) => set.get(row.toString("latin1")) ?? valueAt(row, number - 1));
      },
      root: (work) => lend(number - 1, edits(number), work, undefined),
    }),
  };
}

/** Values of rows are Buffers; outside they are plain bytes. */
function plain(value: Uint8Array): Uint8Array {
  return value.length === 0 ? EMPTY_BYTES : new Uint8Array(value.buffer, value.byteOffset, value.length);
}
