import type { Address, Hash } from "../types.ts";

// Recovering a sender costs as much as ten transfers. Shared by all chains of the process; bounded, and only a cache.
const LIMIT = 16_384;
const senders = new Map<Hash, Address>();

/** Sender of a signed transaction by its hash, which covers the signature; `undefined` if it was not met lately. */
export function knownSender(hash: Hash): Address | undefined {
  return senders.get(hash);
}

/** Keeps a sender. The one kept longest makes room. */
export function keepSender(hash: Hash, sender: Address): void {
  if (senders.size >= LIMIT && !senders.has(hash)) {
    for (const oldest of senders.keys()) {
      senders.delete(oldest);
      break;
    }
  }
  senders.set(hash, sender);
}
