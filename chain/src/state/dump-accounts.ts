import { bytesToWord, EMPTY_BYTES } from "../codec/hex.ts";
import { ACCOUNT, NEXT_RECORD, type Pointer, SLOT } from "../engine/machine/state-exports.ts";
import type { Address, Word } from "../types.ts";
import { EMPTY_CODE_HASH } from "./account-leaf.ts";
import type { State } from "./state.ts";

/** An account with everything that belongs to it. */
export interface AccountDump {
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly code: Uint8Array;
  /** Slots that are not zero. */
  readonly storage: ReadonlyMap<Word, Word>;
}

/**
 * Every account that a state's own tables hold, in the order of the addresses: all there are, unless the state lies over another one. Costs
 * what the tables hold.
 */
export function dumpAccounts({ machine }: State): Map<Address, AccountDump> {
  const { exports } = machine;
  const found = new Map<Pointer, { address: Address; storage: Map<Word, Word> }>();
  for (let bucket = 0, count = exports.accountBuckets(); bucket < count; bucket++) {
    for (let at = exports.firstAccountOf(bucket); at !== 0; at = machine.readU32(at + NEXT_RECORD)) {
      found.set(at >>> 0, { address: machine.readAddress(at + ACCOUNT.address), storage: new Map() });
    }
  }
  for (let bucket = 0, count = exports.slotBuckets(); bucket < count; bucket++) {
    for (let at = exports.firstSlotOf(bucket); at !== 0; at = machine.readU32(at + NEXT_RECORD)) {
      const owner = machine.readU32(at + SLOT.account) >>> 0;
      // An odd pointer is that of a transient slot; it finds no account.
      const account = found.get(owner);
      if (account === undefined) continue;
      if (machine.readU32(at + SLOT.incarnation) !== machine.readU32(owner + ACCOUNT.incarnation)) continue;
      const value = machine.readTrimmed(at + SLOT.value);
      if (value.length > 0) account.storage.set(machine.readHash(at + SLOT.key), bytesToWord(value));
    }
  }
  const dumped: [Address, AccountDump][] = [];
  for (const [at, { address, storage }] of found) {
    const codeHash = machine.readHash(at + ACCOUNT.codeHash);
    const balance = machine.readWord(at + ACCOUNT.balance);
    const nonce = machine.readU64(at + ACCOUNT.nonce);
    const code = codeHash === EMPTY_CODE_HASH ? EMPTY_BYTES : machine.code(codeHash);
    if (balance === 0n && nonce === 0n && code.length === 0 && storage.size === 0) continue;
    dumped.push([address, { balance, nonce, code, storage: new Map([...storage].sort(byKey)) }]);
  }
  return new Map(dumped.sort(byKey));
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
