import type { Machine } from "../engine/machine/machine.ts";
import { ACCOUNT, type Pointer, SLOT, STORAGE_RESET } from "../engine/machine/state-exports.ts";
import type { AccountTrie } from "./account-leaf.ts";
import { trieGet, triePut, trieRemove } from "./trie.ts";

/** Carries what changed in a dirty account over into the trie. */
export function updateTrie(trie: AccountTrie | undefined, machine: Machine, account: Pointer): AccountTrie | undefined {
  const { exports } = machine;
  const atKey = exports.scratch.value;
  exports.hashAddress(account, atKey);
  const cells = machine.cells();
  const bytes = machine.bytes();
  const key = bytes.slice(atKey, atKey + 32);
  const incarnation = cells[(account + ACCOUNT.incarnation) >>> 2];
  const isReset = ((cells[(account + ACCOUNT.flags) >>> 2] as number) & STORAGE_RESET) !== 0;

  let storage = isReset ? undefined : trieGet(trie, key)?.storage;
  let slot = cells[(account + ACCOUNT.firstSlot) >>> 2] as Pointer;
  while (slot !== account) {
    exports.hashSlot(slot, atKey);
    const slotKey = bytes.slice(atKey, atKey + 32);
    const value = machine.readTrimmed(slot + SLOT.value);
    const isGone = value.length === 0 || cells[(slot + SLOT.incarnation) >>> 2] !== incarnation;
    storage = isGone ? trieRemove(storage, slotKey) : triePut(storage, slotKey, value);
    slot = cells[(slot + SLOT.nextSlot) >>> 2] as Pointer;
  }
  if (storage === undefined && exports.isEmptyAccount(account) !== 0) return trieRemove(trie, key);
  return triePut(trie, key, {
    nonce: machine.view().getBigUint64(account + ACCOUNT.nonce, true),
    balance: machine.readWord(account + ACCOUNT.balance),
    codeHash: machine.readHash(account + ACCOUNT.codeHash),
    storage,
  });
}
