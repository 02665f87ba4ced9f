import { effectiveTip } from "../executor/executor.ts";
import type { Hash, Transaction } from "../types.ts";

/** The first transaction of a run that has not been taken yet. */
interface Head {
  readonly run: readonly Transaction[];
  at: number;
  tip: bigint;
  arrival: number;
}

/**
 * Puts runs of transactions, one per sender and by nonce, into the order a block takes them: of the first ones, always the one with the highest
 * tip, then the one that came first. Costs n log s for n transactions of s senders.
 * @param arrival place of each transaction in the order of arrival
 * @param baseFeePerGas what the tips are above; without, only the arrival counts
 */
export function mergeRuns(
  runs: readonly (readonly Transaction[])[],
  arrival: ReadonlyMap<Hash, number>,
  baseFeePerGas: bigint | undefined,
): Transaction[] {
  const heap: Head[] = [];
  const ordered: Transaction[] = [];

  /** Moves a head on to the next transaction of its run. @returns false at the end */
  function advance(head: Head, at: number): boolean {
    const transaction = head.run[at];
    if (transaction === undefined) return false;
    head.at = at;
    head.tip = baseFeePerGas === undefined ? 0n : effectiveTip(transaction, baseFeePerGas);
    head.arrival = arrival.get(transaction.hash) ?? 0;
    return true;
  }

  /** Lets a head sink from a place of the heap to where it belongs. */
  function sink(head: Head, from: number): void {
    let place = from;
    for (;;) {
      let below = 2 * place + 1;
      const left = heap[below];
      if (left === undefined) break;
      let child = left;
      const right = heap[below + 1];
      if (right !== undefined && isBefore(right, left)) {
        below++;
        child = right;
      }
      if (!isBefore(child, head)) break;
      heap[place] = child;
      place = below;
    }
    heap[place] = head;
  }

  for (const run of runs) {
    const head: Head = { run, at: 0, tip: 0n, arrival: 0 };
    if (advance(head, 0)) heap.push(head);
  }
  for (let place = (heap.length >> 1) - 1; place >= 0; place--) sink(heap[place] as Head, place);
  for (let best = heap[0]; best !== undefined; best = heap[0]) {
    ordered.push(best.run[best.at] as Transaction);
    if (advance(best, best.at + 1)) {
      sink(best, 0);
      continue;
    }
    const last = heap.pop() as Head;
    if (heap.length > 0) sink(last, 0);
  }
  return ordered;
}

function isBefore(a: Head, b: Head): boolean {
  return a.tip === b.tip ? a.arrival < b.arrival : a.tip > b.tip;
}
