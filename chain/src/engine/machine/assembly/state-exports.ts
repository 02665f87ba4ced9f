/** What TypeScript reaches of the state. */
export {
  accountCount,
  clearStorage,
  deleteAccount,
  findAccount,
  firstDirty,
  hasStorage,
  isEmptyAccount,
  lookUpAccount,
  openAccount,
  setBalance,
  setBase,
  setCodeHash,
  setNonce,
  settle,
  warmAccount,
} from "./accounts";
export { heapSize } from "./heap";
export { beginTransaction, checkpoint, revertTo, stamp, truncateJournal } from "./journal";
export {
  lookUpSlot,
  openSlot,
  openTransient,
  originalOf,
  peekTransient,
  setSlot,
  setTransient,
  slotCount,
  warmSlot,
} from "./slots";
export { hashKeys } from "./table";
export { hashAddress, hashSlot } from "./trie-keys";

/** Room for what TypeScript passes by pointer: eight words. */
export const scratch: usize = memory.data(256, 16);
