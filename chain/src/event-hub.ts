import type { ChainEvents } from "./chain.ts";

type Listeners = { [K in keyof ChainEvents]: Set<ChainEvents[K]> };

/** Holds events back until the order that caused them is complete. */
export interface EventHub extends ChainEvents {
  on<K extends keyof ChainEvents>(event: K, listener: ChainEvents[K]): () => void;
  /** Tells listeners what has gathered. */
  flush(): void;
  /** Forgets what has gathered. */
  discard(): void;
  /** Forgets that and the listeners. */
  clear(): void;
}

/** Makes a hub without listeners. */
export function createEventHub(): EventHub {
  const listeners: Listeners = { newHead: new Set(), logs: new Set(), pendingTransaction: new Set() };
  let waiting: (() => void)[] = [];
  return {
    newHead(block) {
      if (listeners.newHead.size === 0) return;
      waiting.push(() => {
        for (const listener of listeners.newHead) listener(block);
      });
    },
    logs(logs) {
      if (listeners.logs.size === 0) return;
      waiting.push(() => {
        for (const listener of listeners.logs) listener(logs);
      });
    },
    pendingTransaction(transaction) {
      if (listeners.pendingTransaction.size === 0) return;
      waiting.push(() => {
        for (const listener of listeners.pendingTransaction) listener(transaction);
      });
    },
    on(event, listener) {
      listeners[event].add(listener);
      return () => listeners[event].delete(listener);
    },
    flush() {
      if (waiting.length === 0) return;
      const due = waiting;
      waiting = [];
      for (const tell of due) tell();
    },
    discard() {
      waiting = [];
    },
    clear() {
      for (const set of Object.values(listeners)) set.clear();
      waiting = [];
    },
  };
}
