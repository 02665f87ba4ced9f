import { fromHex } from "../../codec/hex.ts";
import { ChainError } from "../../errors.ts";
import type { Block, Hash } from "../../types.ts";
import type { StateRow } from "./apply-rows.ts";
import { lastNumber, readBlock } from "./check-tables.ts";
import { historyKey } from "./commit-queue.ts";
import { codeHashOf, ROW, unpackRows } from "./state-change.ts";
import { numberKey, type Tables } from "./tables.ts";

/** A block of the tables with what was set before it. */
export interface StoredBlock {
  readonly block: Block;
  /** What was set by hand before it; of block 0: the whole state. */
  readonly edits: readonly StateRow[];
  readonly codes: ReadonlyMap<Hash, Uint8Array>;
}

const LAST_NUMBER = 0xffff_ffff;

/** A row of the state after a block of the tables. */
export function storedRow(tables: Tables, row: Buffer, number: number): Uint8Array {
  // What the first later block found is what this one left.
  const range = { start: historyKey(row, number + 1), end: historyKey(row, LAST_NUMBER), limit: 1 };
  for (const { value } of tables.history.getRange(range)) return value;
  return tables.state.get(row) ?? new Uint8Array(0);
}

/** Number of the last block. @throws ChainError `DATA_DAMAGED` if there is none */
export function headNumber(tables: Tables): number {
  const last = lastNumber(tables);
  if (last === undefined) throw new ChainError("DATA_DAMAGED", "The file holds no block", {});
  return last;
}

/** A block whose own hash and checksum hold. @throws ChainError `DATA_DAMAGED` */
export function storedBlock(tables: Tables, number: number): StoredBlock {
  const block = readBlock(tables, number);
  const edits =
    number === 0
      ? [...unpackRows(tables.undo.get(numberKey(0)) ?? Buffer.alloc(0))].map(({ key }) => ({
          key,
          value: storedRow(tables, key, 0),
        }))
      : [...unpackRows(tables.edits.get(numberKey(number)) ?? Buffer.alloc(0))];
  const codes = new Map<Hash, Uint8Array>();
  for (const { key, value } of edits) {
    const codeHash = key[0] === ROW.account ? codeHashOf(value) : undefined;
    const code = codeHash === undefined ? undefined : tables.codes.get(fromHex(codeHash));
    if (codeHash !== undefined && code !== undefined) codes.set(codeHash, new Uint8Array(code));
  }
  return { block, edits, codes };
}
