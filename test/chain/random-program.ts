import fc from "fast-check";

/**
 * Random programs for differential tests. A program is a list of statements that leave the stack as they found it, with at most one statement
 * that ends it. Targets of calls come from the call data: word n of it is address n.
 */
export type Program = string;

const hex = (value: number, width: number): string => value.toString(16).padStart(2 * width, "0");
const push1 = (value: number): string => `60${hex(value, 1)}`;
const push3 = (value: number): string => `62${hex(value, 3)}`;
const SSTORE = "55";

const slot = fc.integer({ min: 0, max: 3 });
const small = fc.integer({ min: 0, max: 3 });
const target = fc.integer({ min: 0, max: 5 }).map((index) => `${push1(32 * index)}35`);
/** Memory offsets: near, at the seam of a word, far enough to cost. */
const offset = fc.constantFrom(0, 1, 31, 32, 64, 100, 1_000);
const length = fc.constantFrom(0, 1, 32, 33, 96);
const gas = fc.oneof(fc.constant("5a"), fc.constantFrom(0, 100, 2_300, 20_000, 60_000).map(push3));

/** Init codes for CREATE: nothing, one byte of code, a revert, the forbidden byte 0xEF, a write, a self-destruction, an endless loop. */
const initCodes = [
  "",
  "60015ff3",
  "60205ffd",
  "60ef5f5360015ff3",
  "60015f5560025f5560015ff3",
  "60aaff",
  "5b5f56",
  "6001600155600060015560015ff3",
];

const store = fc.tuple(slot, small).map(([key, value]) => push1(value) + push1(key) + SSTORE);
const increase = fc.tuple(slot, slot).map(([from, to]) => `${push1(from)}5460010180${push1(to)}5550`);
const transient = fc
  .tuple(slot, small)
  .map(([key, value]) => `${push1(value)}${push1(key)}5d${push1(key)}5c${push1(key)}55`);
const environment = fc
  .tuple(
    fc.constantFrom(
      "30",
      "32",
      "33",
      "34",
      "36",
      "38",
      "3a",
      "3d",
      "41",
      "42",
      "43",
      "44",
      "45",
      "46",
      "47",
      "48",
      "4a",
      "58",
      "59",
      "5a",
    ),
    slot,
  )
  .map(([op, key]) => op + push1(key) + SSTORE);
const arithmetic = fc
  .tuple(
    fc.constantFrom(
      "01",
      "02",
      "03",
      "04",
      "05",
      "06",
      "07",
      "0a",
      "0b",
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
    ),
    slot,
    fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
    slot,
  )
  .map(([op, from, operand, to]) => `7f${operand.toString(16).padStart(64, "0")}${push1(from)}54${op}${push1(to)}55`);
const account = fc
  .tuple(fc.constantFrom("31", "3b", "3f"), target, slot)
  .map(([op, who, key]) => who + op + push1(key) + SSTORE);
const memory = fc
  .tuple(fc.constantFrom("52", "53", "51"), offset, slot)
  .map(([op, at, key]) => (op === "51" ? `${hexPush2(at)}51${push1(key)}55` : `${push1(key)}54${hexPush2(at)}${op}`));
const copy = fc
  .tuple(fc.constantFrom("37", "39", "3e", "5e"), offset, offset, length)
  .map(([op, to, from, size]) => hexPush2(size) + hexPush2(op === "3e" ? 0 : from) + hexPush2(to) + op);
const extcodecopy = fc
  .tuple(target, offset, length)
  .map(([who, to, size]) => `${hexPush2(size)}5f${hexPush2(to)}${who}3c`);
const hash = fc
  .tuple(offset, length, slot)
  .map(([at, size, key]) => `${hexPush2(size)}${hexPush2(at)}20${push1(key)}55`);
const log = fc
  .tuple(fc.integer({ min: 0, max: 4 }), offset, length)
  .map(([topics, at, size]) => `${"6007".repeat(topics)}${hexPush2(size)}${hexPush2(at)}${hex(0xa0 + topics, 1)}`);
/** Passes its own call data on and keeps whether the call succeeded. */
const call = fc
  .tuple(fc.constantFrom("f1", "f2", "f4", "fa"), gas, target, small, slot)
  .map(
    ([op, limit, who, value, key]) =>
      `365f5f37${push1(32)}${push1(64)}365f${op === "f1" || op === "f2" ? push1(value) : ""}${who}${limit}${op}${push1(key)}55`,
  );
const create = fc.tuple(fc.constantFrom(...initCodes), fc.boolean(), small, slot).map(([init, salted, value, key]) => {
  const size = init.length / 2;
  const stored = size === 0 ? "" : `${hex(0x5f + size, 1)}${init}5f52`;
  return `${stored}${salted ? "6001" : ""}${push1(size)}${push1(size === 0 ? 0 : 32 - size)}${push1(value)}${salted ? "f5" : "f0"}${push1(key)}55`;
});
const statement = fc.oneof(
  store,
  store,
  increase,
  transient,
  environment,
  arithmetic,
  account,
  memory,
  copy,
  extcodecopy,
  hash,
  log,
  call,
  call,
  create,
);

const ending = fc.oneof(
  { weight: 6, arbitrary: fc.constant("00") },
  { weight: 2, arbitrary: fc.tuple(offset, length).map(([at, size]) => `${hexPush2(size)}${hexPush2(at)}f3`) },
  { weight: 2, arbitrary: fc.tuple(offset, length).map(([at, size]) => `${hexPush2(size)}${hexPush2(at)}fd`) },
  { weight: 1, arbitrary: target.map((who) => `${who}ff`) },
  { weight: 1, arbitrary: fc.constantFrom("fe", "50", "5f56", "600156", "0c") },
);

/** A statement that runs only if a slot is zero (or only if it is not). */
function conditional(inner: string, key: number): (position: number) => string {
  return (position) => {
    const destination = position + 3 + 3 + 1 + inner.length / 2;
    return `${push1(key)}54${"61"}${hex(destination, 2)}57${inner}5b`;
  };
}

/** Runtime code. */
export const program: fc.Arbitrary<Program> = fc
  .tuple(fc.array(fc.tuple(statement, fc.option(slot, { freq: 4 })), { maxLength: 10 }), ending)
  .map(([statements, end]) => {
    let code = "";
    for (const [inner, condition] of statements)
      code += condition === null ? inner : conditional(inner, condition)(code.length / 2);
    return code + end;
  });

/** Init code: some statements, then it returns runtime code. */
export const initCode: fc.Arbitrary<string> = fc
  .tuple(fc.array(statement, { maxLength: 3 }), program)
  .map(([before, runtime]) => {
    const head = before.join("");
    const size = runtime.length / 2;
    // PUSH2 size, DUP1, PUSH2 offset, PUSH0, CODECOPY, PUSH0, RETURN
    return `${head}61${hex(size, 2)}8061${hex(head.length / 2 + 11, 2)}5f395ff3${runtime}`;
  });

function hexPush2(value: number): string {
  return `61${hex(value, 2)}`;
}
