import type { BlockStore } from "../store/block-store.ts";
import type { Past } from "./past.ts";

/** A store that begins with the block forked from. What came before is looked up in the past, which may throw `MissingPage`. */
export function createForkStore(past: Past): BlockStore {
  const { own } = past;
  const lastNumber = past.last.block.header.number;
  return {
    ...own,
    byNumber: (number) => (number <= lastNumber ? past.byNumber(number) : own.byNumber(number)),
    byHash: (hash) => own.byHash(hash) ?? past.byHash(hash),
    transaction: (hash) => own.transaction(hash) ?? past.place(hash),
  };
}
