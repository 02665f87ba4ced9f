import type { AccountTrie } from "./account-leaf.ts";
import type { StateReader } from "./state-reader.ts";

/** A state of the past that is not kept as a trie: a store reads it, and rebuilds the trie for who wants a proof. */
export interface PastState {
  reader(): StateReader;
  /** Lends the trie; it holds while `work` runs, which does not wait. */
  root<T>(work: (root: AccountTrie | undefined) => T): T;
}

/** Lends the trie of a state of the past, kept or not. */
export function withRoot<T>(past: AccountTrie | PastState | undefined, work: (root: AccountTrie | undefined) => T): T {
  return past !== undefined && "reader" in past ? past.root(work) : work(past);
}
