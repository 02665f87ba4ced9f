import type { Random } from "./random.ts";

const MAX = 2n ** 256n - 1n;

/** Words at which carries, signs, limbs, digits and shifts turn over. */
export const EDGE_WORDS: readonly bigint[] = [
  ...new Set([
    ...Array.from({ length: 34 }, (_, value) => BigInt(value)),
    ...[8, 16, 31, 32, 33, 63, 64, 65, 96, 127, 128, 129, 160, 191, 192, 193, 224, 254, 255, 256].flatMap((bits) => {
      const power = 1n << BigInt(bits);
      return [power - 2n, power - 1n, power, power + 1n, MAX - power, MAX - power + 1n];
    }),
    ...[63n, 65n, 127n, 128n, 191n, 192n, 248n, 254n, 255n, 256n, 257n],
    0xffffffff_00000000_ffffffff_00000000_ffffffff_00000000_ffffffff_00000000n,
    0x80000000_00000000_00000000_00000001_7fffffff_ffffffff_ffffffff_fffffffen,
    0x80000000_00000000_7fffffff_ffffffff_00000000_00000000_00000000_00000003n,
  ]),
].filter((value) => value >= 0n && value <= MAX);

const DIGITS = [0n, 1n, 0x7fffffffn, 0x80000000n, 0xffffffffn];

/** A word with the edges drawn often. */
export function edgeWord(random: Random): bigint {
  const how = random.below(10);
  if (how < 5) return random.pick(EDGE_WORDS);
  if (how < 8) {
    // Digits (32 bits) that are often all zeros or all ones: what makes long division guess wrong.
    let value = 0n;
    for (let i = random.between(1, 8); i > 0; i--)
      value = (value << 32n) | (random.chance(60) ? random.pick(DIGITS) : BigInt(random.below(2 ** 32)));
    return value;
  }
  return random.word() >> BigInt(random.below(256));
}
