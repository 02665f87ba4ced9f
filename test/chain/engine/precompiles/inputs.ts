import fc from "fast-check";

import { bigIntToBytes } from "../../../../chain/src/codec/hex.ts";

/** A number as a word of the given width, big-endian. */
export function word(value: bigint, length = 32): Uint8Array {
  const digits = bigIntToBytes(value);
  const out = new Uint8Array(length);
  out.set(digits, length - digits.length);
  return out;
}

/** Byte strings in a row. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** A word with the edges of its range drawn often. */
export function scalar(order: bigint): fc.Arbitrary<bigint> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }) },
    { weight: 2, arbitrary: fc.constantFrom(0n, 1n, 2n, order - 1n, order, order + 1n, 2n ** 256n - 1n) },
  );
}

/** How an input is spoilt: a bit turned over, cut, or lengthened; or not at all. */
export const damage = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: "none" } as const) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("flip" as const), at: fc.nat(), bit: fc.integer({ min: 0, max: 7 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cut" as const), at: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("lengthen" as const),
      tail: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    }),
  },
);

/** Spoils an input. */
export function spoil(input: Uint8Array, how: typeof damage extends fc.Arbitrary<infer T> ? T : never): Uint8Array {
  switch (how.kind) {
    case "none":
      return input;
    case "flip": {
      if (input.length === 0) return input;
      const copy = input.slice();
      const at = how.at % copy.length;
      copy[at] = (copy[at] ?? 0) ^ (1 << how.bit);
      return copy;
    }
    case "cut":
      return input.slice(0, how.at % (input.length + 1));
    case "lengthen":
      return join(input, how.tail);
  }
}
