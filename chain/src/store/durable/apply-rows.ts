import { EMPTY_BYTES } from "../../codec/hex.ts";
import { ChainError } from "../../errors.ts";
import { EMPTY_CODE_HASH } from "../../state/account-leaf.ts";
import type { State } from "../../state/state.ts";
import type { CodeTable } from "../../state/state-reader.ts";
import type { Address, Hash } from "../../types.ts";
import { ROW, readKey, unpackAccount, unpackIncarnation } from "./state-change.ts";

/** A row of the state. */
export interface StateRow {
  readonly key: Buffer;
  readonly value: Uint8Array;
}

/**
 * Sets a state to some rows. An account with a row for its incarnation loses all other slots.
 * @param codes every code that a row names
 * @throws ChainError `DATA_DAMAGED` if a code is missing
 */
export function applyRows(state: State, rows: Iterable<StateRow>, codes: CodeTable): void {
  const all = [...rows].map(({ key, value }) => ({ ...readKey(key), value }));
  const incarnations = new Map<Address, number>();
  for (const { kind, address, value } of all) {
    if (kind !== ROW.incarnation) continue;
    incarnations.set(address, unpackIncarnation(value));
    state.clearStorage(address);
  }
  for (const { kind, address, incarnation, slot, value } of all) {
    if (kind === ROW.account) setAccount(state, address, value, codes);
    else if (kind === ROW.slot && (incarnations.get(address) ?? incarnation) === incarnation)
      state.setStorage(address, slot, value);
  }
}

function setAccount(state: State, address: Address, value: Uint8Array, codes: CodeTable): void {
  const account = unpackAccount(value);
  state.setBalance(address, account?.balance ?? 0n);
  state.setNonce(address, account?.nonce ?? 0n);
  const codeHash = account?.codeHash ?? EMPTY_CODE_HASH;
  if (state.getCodeHash(address) !== codeHash) state.setCode(address, codeOf(codes, codeHash));
}

function codeOf(codes: CodeTable, codeHash: Hash): Uint8Array {
  if (codeHash === EMPTY_CODE_HASH) return EMPTY_BYTES;
  const code = codes.get(codeHash);
  if (code === undefined) throw new ChainError("DATA_DAMAGED", `The code ${codeHash} is missing`, { codeHash });
  return code;
}
