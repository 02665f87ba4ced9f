/** A source of random numbers that gives the same ones for the same seed, on every machine. */
export interface Random {
  /** An integer from 0 up to, not including, `limit` (at most 2^32). */
  below(limit: number): number;
  /** An integer from `min` to `max`, both included. */
  between(min: number, max: number): number;
  /** True `percent` times in a hundred. */
  chance(percent: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of the entries, each as often as its weight says. */
  weighted<T>(entries: readonly (readonly [weight: number, value: T])[]): T;
  bytes(length: number): Uint8Array;
  /** An integer below 2^256. */
  word(): bigint;
}

/** Makes a source of random numbers from a text (sfc32, seeded by FNV-1a). */
export function createRandom(seed: string): Random {
  const start = [0x811c9dc5, 0x01000193, 0xdeadbeef].map((basis) => {
    let hash = basis;
    for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
    return hash | 0;
  });
  let [a = 0, b = 0, c = 0] = start;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 16; i++) next();

  const below = (limit: number): number => Math.floor((next() / 2 ** 32) * limit);
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error("Nothing to pick from");
    return list[below(list.length)] as T;
  };
  return {
    below,
    between: (min, max) => min + below(max - min + 1),
    chance: (percent) => below(100) < percent,
    pick,
    weighted: (entries) => {
      let rest = below(entries.reduce((sum, [weight]) => sum + weight, 0));
      for (const [weight, value] of entries) {
        if (rest < weight) return value;
        rest -= weight;
      }
      throw new Error("Nothing to pick from");
    },
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
    word: () => {
      let value = 0n;
      for (let i = 0; i < 8; i++) value = (value << 32n) | BigInt(next());
      return value;
    },
  };
}
