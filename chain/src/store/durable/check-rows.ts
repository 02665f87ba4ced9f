import { fromHex, toHex } from "../../codec/hex.ts";
import { decodeRlp } from "../../codec/rlp.ts";
import { keccak256Hex } from "../../crypto/keccak.ts";
import { ChainError } from "../../errors.ts";
import type { Block } from "../../types.ts";
import { unpackTransaction } from "./block-record.ts";
import { historyKey, placeOf } from "./commit-queue.ts";
import { ROW, readChanges, unpackIncarnation, unpackRows } from "./state-change.ts";
import { numberKey, type Table, type Tables } from "./tables.ts";

/** Compares the rows beside the blocks with what executing the blocks again gives. Blocks are given in order, from the first. */
export interface RowChecker {
  /**
   * Compares the rows of one block: its places in the indexes, its bloom, what it changed and what was there before.
   * @param log what the state wrote down (`State.changes`)
   * @throws ChainError `DATA_DAMAGED` with table and block
   */
  block(tables: Tables, block: Block, log: Uint8Array): void;
  /** Once all blocks are through: no table has rows beyond theirs, and code and waiting transactions have their hashes. */
  rest(tables: Tables): void;
}

type Counted = "blocks" | "hashes" | "transactions" | "blooms" | "undo" | "history";

/** Makes a checker of a chain of which no block was checked yet. */
export function createRowChecker(): RowChecker {
  const incarnations = new Map<string, number>();
  const counts: Record<Counted, number> = { blocks: 0, hashes: 0, transactions: 0, blooms: 0, undo: 0, history: 0 };

  function checkIndexes(tables: Tables, block: Block, number: number): void {
    const key = numberKey(number);
    expectRow(tables, "hashes", Buffer.from(fromHex(block.hash)), key, number);
    for (const [index, { hash }] of block.transactions.entries()) {
      expectRow(tables, "transactions", Buffer.from(fromHex(hash)), placeOf(number, index), number);
    }
    const hasLogs = block.receipts.some(({ logs }) => logs.length > 0);
    expectRow(tables, "blooms", key, hasLogs ? Buffer.from(block.header.logsBloom) : undefined, number);
    counts.blocks++;
    counts.hashes++;
    counts.transactions += block.transactions.length;
    if (hasLogs) counts.blooms++;
  }

  return {
    block(tables, block, log) {
      const number = Number(block.header.number);
      checkIndexes(tables, block, number);
      const changes = readChanges(log, (address) => incarnations.get(address.toString("latin1")) ?? 0);
      const undo = tables.undo.get(numberKey(number));
      const kept = new Map([...unpackRows(undo ?? Buffer.alloc(0))].map(({ key, value }) => [text(key), value]));
      if (kept.size !== changes.size) throw damaged("undo", number);
      for (const [row, { key, old, value }] of changes) {
        if (kept.get(row)?.equals(old) !== true) throw damaged("undo", number);
        expectRow(tables, "history", historyKey(key, number), Buffer.from(old), number);
        if (key[0] === ROW.incarnation) incarnations.set(text(key.subarray(1)), unpackIncarnation(value));
      }
      if (changes.size > 0) counts.undo++;
      counts.history += changes.size;
    },
    rest(tables) {
      for (const [table, expected] of Object.entries(counts)) {
        const found = tables[table as Counted].getCount();
        if (found !== expected) throw damaged(table, undefined, `it has ${found} rows, and should have ${expected}`);
      }
      for (const { key, value } of tables.codes.getRange({}))
        if (keccak256Hex(new Uint8Array(value)) !== toHex(Buffer.from(key))) throw damaged("codes");
      for (const { key, value } of tables.pool.getRange({}))
        if (!isTransaction(value, toHex(Buffer.from(key)))) throw damaged("pool");
    },
  };
}

function isTransaction(packed: Uint8Array, hash: string): boolean {
  try {
    return unpackTransaction(decodeRlp(new Uint8Array(packed))).hash === hash;
  } catch {
    return false;
  }
}

function expectRow(tables: Tables, name: Counted, key: Buffer, value: Buffer | undefined, number: number): void {
  const table: Table = tables[name];
  const found = table.get(key);
  const isSame = found === undefined || value === undefined ? found === value : found.equals(value);
  if (!isSame) throw damaged(name, number);
}

function text(key: Buffer): string {
  return key.toString("latin1");
}

function damaged(table: string, block?: number, why = "a row is missing, changed or too many"): ChainError {
  const where = block === undefined ? "" : ` at block ${block}`;
  return new ChainError("DATA_DAMAGED", `The table ${table} does not fit the blocks${where}: ${why}`, {
    table,
    ...(block === undefined ? {} : { block }),
  });
}
