/**
 * Draws from a list without repetition, in the list's order: the same seed draws the same.
 *
 * @param items - What to draw from.
 * @param limit - How many at most.
 * @param seed - Any whole number.
 */
export function sample<T>(items: readonly T[], limit: number, seed: number): T[] {
  const random = randomFrom(seed);
  const order = items.map((_, index) => index);
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  const drawn = new Set(order.slice(0, limit));
  return items.filter((_, index) => drawn.has(index));
}

/** Mulberry32: small, and good enough to draw a sample. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
