/** What TypeScript reaches of the state. */
export {
  accountCount,
  clearStorage,
  deleteAccount,
  findAccount,
  firstDirty,
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
  peekTransient,
  setSlot,
  setTransient,
  slotCount,
  warmSlot,
} from "./slots";
export { hashKeys } from "./table";
