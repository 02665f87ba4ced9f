import { expect } from "chai";
import fc from "fast-check";
import { runOnBoth } from "./run-on-both.ts";

const hex = (value: number | bigint, size: number): string => value.toString(16).padStart(2 * size, "0");
const push = (value: bigint): string => {
  const size = Math.max(1, Math.ceil(value.toString(16).length / 2));
  return hex(0x5f + size, 1) + hex(value, size);
};

/** Words of the stack that a program may use and keeps. */
const HEIGHT = 6;
const words = fc.oneof(
  fc.constantFrom(
    0n,
    1n,
    2n,
    31n,
    32n,
    64n,
    160n,
    255n,
    256n,
    2n ** 32n - 1n,
    2n ** 32n,
    2n ** 64n,
    2n ** 160n - 1n,
    2n ** 256n - 1n,
  ),
  fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
);
const position = fc.integer({ min: 1, max: HEIGHT });
const dup = position.map((n) => hex(0x7f + n, 1));
const swap = fc.integer({ min: 1, max: HEIGHT - 1 }).map((n) => hex(0x8f + n, 1));
/** Two operands, one result: ADD MUL SUB DIV LT GT SLT SGT EQ AND OR XOR BYTE SHL SHR SAR. */
const binary = fc.constantFrom(
  "01",
  "02",
  "03",
  "04",
  "10",
  "11",
  "12",
  "13",
  "14",
  "16",
  "17",
  "18",
  "1a",
  "1b",
  "1c",
  "1d",
);
const source = fc.oneof(dup, words.map(push));
/** Pieces that leave the stack as high as they found it. */
const piece = fc.oneof(
  fc.tuple(source, binary).map((parts) => parts.join("")),
  fc.tuple(words.map(push), dup, binary, binary).map((parts) => parts.join("")),
  fc.tuple(words.map(push), words.map(push), binary, binary).map((parts) => parts.join("")),
  fc.tuple(source, source, source, fc.constant("505050")).map((parts) => parts.join("")),
  fc.tuple(source, swap, fc.constant("50")).map((parts) => parts.join("")),
  fc.tuple(source, fc.constantFrom("15", "19")).map(([from, unary]) => `${from}${unary}50`),
  fc.constantFrom("15", "19"),
  fc.tuple(swap, swap).map((parts) => parts.join("")),
  // Memory, at places that can be paid.
  fc.tuple(source, fc.integer({ min: 0, max: 300 })).map(([from, place]) => `${from}${push(BigInt(place))}52`),
  fc.integer({ min: 0, max: 300 }).map((place) => `${push(BigInt(place))}5150`),
  fc
    .tuple(fc.integer({ min: 0, max: 300 }), words.map(push))
    .map(([place, value]) => `${push(BigInt(place))}${value}8152805150`),
);
/** What a conditional jump may be decided by; each leaves one word more. */
const condition = fc.oneof(
  source,
  fc
    .tuple(source, source, fc.constantFrom("10", "11", "12", "13", "14"), fc.constantFrom("", "15", "1515"))
    .map((parts) => parts.join("")),
  fc.tuple(words.map(push), fc.constant("8114")).map((parts) => parts.join("")),
  // How Solidity finds a function: DUP1, PUSH4, EQ.
  fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((selector) => `8063${hex(selector, 4)}14`),
);
const step = fc.oneof(
  { weight: 4, arbitrary: piece.map((code) => () => code) },
  {
    weight: 1,
    arbitrary: fc.tuple(condition, piece).map(([decision, skipped]) => (at: number): string => {
      const target = at + decision.length / 2 + 4 + skipped.length / 2;
      return `${decision}61${hex(target, 2)}57${skipped}5b`;
    }),
  },
  {
    weight: 1,
    // A jump whose target lies under words to be dropped: POP and JUMP.
    arbitrary: fc.tuple(source, source).map(([a, b]) => (at: number): string => {
      const target = at + 3 + (a.length + b.length) / 2 + 3;
      return `61${hex(target, 2)}${a}${b}5050565b`;
    }),
  },
);
const program = fc
  .tuple(fc.array(words, { minLength: HEIGHT, maxLength: HEIGHT }), fc.array(step, { minLength: 1, maxLength: 40 }))
  .map(([stack, steps]) => {
    let code = stack.map(push).join("");
    for (const make of steps) code += make(code.length / 2);
    // Returns the stack and the memory below it.
    for (let index = 0; index < HEIGHT; index++) code += `${push(BigInt(512 + 32 * index))}52`;
    return `${code}${push(BigInt(512 + 32 * HEIGHT))}5ff3`;
  });

describe("the compiled engine where instructions are put together", () => {
  it("given any constants, copies, swaps, comparisons and jumps in a row, does what they do one by one", async () => {
    await fc.assert(
      fc.asyncProperty(program, async (code) => {
        const { success, returnData } = await runOnBoth(code);
        expect({ success, size: returnData.length }).to.deep.equal({ success: true, size: 512 + 32 * HEIGHT });
      }),
      { numRuns: 400 },
    );
  }).timeout(60_000);

  it("given gas that ends anywhere, ends where the oracle ends", async () => {
    await fc.assert(
      fc.asyncProperty(program, fc.bigInt({ min: 53_000n, max: 55_000n }), async (code, gasLimit) => {
        await runOnBoth(code, false, gasLimit - 32_000n);
      }),
      { numRuns: 200 },
    );
  }).timeout(60_000);

  // PUSH1 8, JUMP, INVALID, then what only the careful stream has.
  it("given init code that jumps beyond its first INVALID, goes on there", async () => {
    const { success, createdAddress } = await runOnBoth(
      "6008565bfe00fe005b6001600055601256fe5b600160005360016000f3",
      true,
    );
    expect(success).to.equal(true);
    expect(createdAddress).to.be.a("string");
  });

  it("given init code that jumps beyond its first INVALID to no JUMPDEST, fails", async () => {
    for (const code of ["600756fe000000005b00", "600156fe5b", "60ff56fe5b", "6007600157fe000000005b00"]) {
      expect((await runOnBoth(code, true)).success, code).to.equal(false);
    }
  });

  it("given init code that jumps conditionally beyond its first INVALID, goes on there only if it should", async () => {
    // CALLDATASIZE is 0 in init code: the first falls through to STOP, the second jumps.
    expect((await runOnBoth("36600857000000fe5b60016000f3", true)).haltReason).to.equal(undefined);
    expect((await runOnBoth("3615600957000000fe5b60016000f3", true)).success).to.equal(true);
  });
});
