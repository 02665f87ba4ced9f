import { toHex } from "../../codec/hex.ts";
import type { State } from "../../state/state.ts";
import { applyRows } from "./apply-rows.ts";
import { ROW, readKey, unpackIncarnation } from "./state-change.ts";
import type { Tables } from "./tables.ts";

/**
 * Fills an empty state with the rows of the tables.
 * @returns the incarnations that are not the first, by address as text of one byte a character
 * @throws ChainError `DATA_DAMAGED` if a code is missing
 */
export function loadState(tables: Tables, state: State): Map<string, number> {
  const incarnations = new Map<string, number>();
  for (const { key, value } of tables.codes.getRange({}))
    state.codes.set(toHex(Buffer.from(key)), new Uint8Array(value));
  const end = Buffer.of(ROW.incarnation + 1);
  for (const { key, value } of tables.state.getRange({ start: Buffer.of(ROW.incarnation), end }))
    incarnations.set(Buffer.from(key).toString("latin1", 1), unpackIncarnation(value));
  const isStale = (row: Buffer): boolean =>
    incarnations.size > 0 &&
    row[0] === ROW.slot &&
    (incarnations.get(row.toString("latin1", 1, 21)) ?? 0) !== readKey(row).incarnation;
  for (const { key, value } of tables.state.getRange({ end: Buffer.of(ROW.incarnation) })) {
    const row = Buffer.from(key);
    if (!isStale(row)) applyRows(state, [{ key: row, value }], state.codes);
  }
  return incarnations;
}
