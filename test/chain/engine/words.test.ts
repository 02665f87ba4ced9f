import { expect } from "chai";
import fc from "fast-check";
import { EDGE_WORDS, edgeWord } from "../../../scripts/fuzz/edge-words.ts";
import { createRandom } from "../../../scripts/fuzz/random.ts";
import { type WordsProbe, wordsProbe } from "./words-probe.ts";

const RUNS = 5_000;
const unsigned = (value: bigint): bigint => BigInt.asUintN(256, value);
const signed = (value: bigint): bigint => BigInt.asIntN(256, value);

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let rest = exponent, square = base; rest > 0n; rest >>= 1n, square = unsigned(square * square))
    if (rest & 1n) result = unsigned(result * square);
  return result;
}

/** What the Yellow Paper (appendix H.2) says of two operands. */
const binary: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  add: (a, b) => unsigned(a + b),
  sub: (a, b) => unsigned(a - b),
  mul: (a, b) => unsigned(a * b),
  div: (a, b) => (b === 0n ? 0n : a / b),
  sdiv: (a, b) => (b === 0n ? 0n : unsigned(signed(a) / signed(b))),
  mod: (a, b) => (b === 0n ? 0n : a % b),
  smod: (a, b) => (b === 0n ? 0n : unsigned(signed(a) % signed(b))),
  exp: power,
  signextend: (index, value) => (index > 30n ? value : unsigned(BigInt.asIntN(8 * Number(index) + 8, value))),
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  byteAt: (index, value) => (index > 31n ? 0n : (value >> (8n * (31n - index))) & 0xffn),
  shl: (shift, value) => (shift > 255n ? 0n : unsigned(value << shift)),
  shr: (shift, value) => (shift > 255n ? 0n : value >> shift),
  sar: (shift, value) => unsigned(signed(value) >> (shift > 255n ? 255n : shift)),
};

const comparisons: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  lt: (a, b) => a < b,
  gt: (a, b) => a > b,
  slt: (a, b) => signed(a) < signed(b),
  sgt: (a, b) => signed(a) > signed(b),
  eq: (a, b) => a === b,
};

const modular: Readonly<Record<string, (a: bigint, b: bigint, m: bigint) => bigint>> = {
  addmod: (a, b, m) => (m === 0n ? 0n : (a + b) % m),
  mulmod: (a, b, m) => (m === 0n ? 0n : (a * b) % m),
};

/** Words with the edges drawn often. */
const anyWord = fc.string({ minLength: 4, maxLength: 12 }).map((seed) => edgeWord(createRandom(seed)));

/** The second operand is often the first one, or next to it. */
const pair = fc.tuple(anyWord, anyWord, fc.integer({ min: 0, max: 8 })).map(([a, b, how]): [bigint, bigint] => {
  if (how === 0) return [a, a];
  return how === 1 ? [a, unsigned(a + 1n)] : [a, b];
});

describe("Words of the engine", () => {
  let probe: WordsProbe;
  let a = 0;
  let b = 0;
  let m = 0;
  let apart = 0;

  before(async function () {
    this.timeout(60_000);
    probe = await wordsProbe();
    [a, b, m, apart] = [probe.room, probe.room + 32, probe.room + 64, probe.room + 96];
  });

  for (const [name, rule] of Object.entries(binary)) {
    it(`given any two words, ${name} gives what exact arithmetic gives, also where the destination is an operand`, () => {
      const check = (x: bigint, y: bigint, d: number): void => {
        probe.put(a, x);
        probe.put(b, y);
        probe.call(name, d, a, b);
        if (probe.get(d) !== rule(x, y)) expect(probe.get(d), `${name}(${x}, ${y})`).to.equal(rule(x, y));
        // An operand that is not the destination stays as it was.
        if (d !== a) expect(probe.get(a)).to.equal(x);
        if (d !== b) expect(probe.get(b)).to.equal(y);
      };
      fc.assert(
        fc.property(pair, fc.constantFrom(0, 32, 96), ([x, y], place) => check(x, y, probe.room + place)),
        { numRuns: RUNS },
      );
    });

    it(`given one word as both operands and destination, ${name} gives what exact arithmetic gives`, () => {
      for (const x of EDGE_WORDS) {
        probe.put(a, x);
        probe.call(name, a, a, a);
        expect(probe.get(a), `${name}(${x}, ${x})`).to.equal(rule(x, x));
      }
    });
  }

  for (const [name, rule] of Object.entries(modular)) {
    it(`given any three words, ${name} gives what exact arithmetic gives, also where the destination is an operand`, () => {
      fc.assert(
        fc.property(pair, anyWord, fc.constantFrom(0, 32, 64, 96), ([x, y], modulus, place) => {
          probe.put(a, x);
          probe.put(b, y);
          probe.put(m, modulus);
          probe.call(name, probe.room + place, a, b, m);
          expect(probe.get(probe.room + place)).to.equal(rule(x, y, modulus));
        }),
        { numRuns: 3 * RUNS },
      );
    });
  }

  for (const [name, rule] of Object.entries(comparisons)) {
    it(`given any two words, ${name} holds when it should`, () => {
      fc.assert(
        fc.property(pair, ([x, y]) => {
          probe.put(a, x);
          probe.put(b, y);
          expect(probe.holds(name, a, b)).to.equal(rule(x, y));
          expect(probe.holds(name, a, a)).to.equal(rule(x, x));
        }),
        { numRuns: RUNS },
      );
    });
  }

  it("given any word, not, isZero, fitsU64, bitLength and byteLength tell its bits", () => {
    const check = (x: bigint): void => {
      probe.put(a, x);
      for (const d of [apart, a]) {
        probe.put(a, x);
        probe.call("not", d, a);
        expect(probe.get(d)).to.equal(unsigned(~x));
      }
      probe.put(a, x);
      expect(probe.holds("isZero", a)).to.equal(x === 0n);
      expect(probe.holds("fitsU64", a)).to.equal(x < 2n ** 64n);
      const bits = x === 0n ? 0 : x.toString(2).length;
      expect(probe.call("bitLength", a)).to.equal(bits);
      expect(probe.call("byteLength", a)).to.equal(Math.ceil(bits / 8));
    };
    for (const x of EDGE_WORDS) check(x);
    for (let bit = 0n; bit < 256n; bit++) check(1n << bit);
    fc.assert(fc.property(anyWord, check), { numRuns: RUNS });
  });

  it("given any word, toBytes writes 32 big-endian bytes, and fromBytes reads any length of them back", () => {
    fc.assert(
      fc.property(anyWord, fc.integer({ min: 0, max: 32 }), fc.integer({ min: 0, max: 15 }), (x, length, skew) => {
        const at = apart + skew;
        probe.put(a, x);
        probe.call("toBytes", at, a);
        const text = Buffer.from(probe.memory.slice(at, at + 32)).toString("hex");
        expect(text).to.equal(x.toString(16).padStart(64, "0"));
        probe.put(b, 2n ** 256n - 1n);
        probe.call("fromBytes", b, at, length);
        expect(probe.get(b)).to.equal(BigInt(`0x0${text.slice(0, 2 * length)}`));
      }),
      { numRuns: RUNS },
    );
  });

  it("given a word, toBytes and fromBytes work in place", () => {
    const x = 0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1fn;
    probe.put(a, x);
    probe.call("toBytes", a, a);
    expect([...probe.memory.slice(a, a + 32)]).to.deep.equal(Array.from({ length: 32 }, (_, i) => i));
    probe.call("fromBytes", a, a, 32);
    expect(probe.get(a)).to.equal(x);
  });

  it("given any word, copyWord, setZero and setU64 write all 32 bytes and no more", () => {
    fc.assert(
      fc.property(anyWord, anyWord, (x, y) => {
        for (const place of [a, b, m, apart]) probe.put(place, y);
        probe.put(apart, x);
        probe.call("copyWord", b, apart);
        expect([probe.get(a), probe.get(b), probe.get(m)]).to.deep.equal([y, x, y]);
        probe.call("setZero", b);
        expect([probe.get(a), probe.get(b), probe.get(m)]).to.deep.equal([y, 0n, y]);
        probe.put(b, y);
        probe.call("setU64", b, BigInt.asUintN(64, x));
        expect([probe.get(a), probe.get(b), probe.get(m)]).to.deep.equal([y, BigInt.asUintN(64, x), y]);
      }),
    );
  });
});
