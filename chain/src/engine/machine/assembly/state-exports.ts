/** What TypeScript reaches of the state. */
export {
  accountBuckets,
  accountCount,
  forgetDecoded,
  clearStorage,
  deleteAccount,
  findAccount,
  firstAccountOf,
  hasCode,
  hasStorage,
  isEmptyAccount,
  lookUpAccount,
  openAccount,
  setBalance,
  setBase,
  setCodeHash,
  setNonce,
  warmAccount,
  warmFirst,
} from "./accounts";
export { changesAt, changesSize, recordChanges, resizeChanges } from "./changes";
export { heapSize } from "./heap";
export { beginTransaction, checkpoint, restoreTo, revertTo, stamp, truncateJournal, wipe } from "./journal";
export {
  firstSlotOf,
  lookUpSlot,
  openSlot,
  openSlotUnread,
  openTransient,
  originalOf,
  peekTransient,
  setSlot,
  setTransient,
  slotBuckets,
  slotCount,
  warmSlot,
} from "./slots";
export { hashKeys } from "./table";
export { commitState, setLayer } from "./state-trie";
export { nextDepth, trieGet, trieNext } from "./trie-edit";
export { encodedAt, encodeNode, trieHash } from "./trie-hash";
export { dropNodes, nodeMark } from "./trie-nodes";

/** Room for what TypeScript passes by pointer: eight words. */
export const scratch: usize = memory.data(256, 16);
