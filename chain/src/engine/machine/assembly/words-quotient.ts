// Words: quotients and remainders. See words.ts.

import { copyWord, fitsU64, isNegative, isZero, lt, negate, setU64, setZero, sub, sum } from "./words-basic";
import { mulHigh } from "./words-product";

/** Digits (u32) of a number to be divided: up to 512 bits and one digit more for the normalising shift. */
const NUMERATOR = memory.data(80, 16);
const DIVISOR = memory.data(32, 16);
const QUOTIENT = memory.data(64, 16);
const LEFT = memory.data(32, 16);
const RIGHT = memory.data(32, 16);

const DIGIT: u64 = 0xffff_ffff;

// @ts-ignore: decorator
@inline
function digit(number: usize, index: i32): u64 {
  return <u64>load<u32>(number + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
function setDigit(number: usize, index: i32, value: u64): void {
  store<u32>(number + (<usize>index << 2), <u32>value);
}

/**
 * Divides the `length` digits in NUMERATOR by a word that is not zero: long division in base 2^32 (Knuth, The Art of Computer Programming
 * volume 2, 4.3.1, algorithm D). Leaves the lower 512 bits of the quotient in QUOTIENT and the remainder in the first 8 digits of NUMERATOR.
 */
function divideNumerator(length: i32, divisor: usize): void {
  let m = length;
  while (m > 0 && digit(NUMERATOR, m - 1) == 0) m--;
  let n = 8;
  while (digit(divisor, n - 1) == 0) n--;
  memory.fill(QUOTIENT, 0, 64);
  if (m < n) return;

  if (n == 1) {
    const v = digit(divisor, 0);
    let rest: u64 = 0;
    for (let i = m - 1; i >= 0; i--) {
      const part = (rest << 32) | digit(NUMERATOR, i);
      const q = part / v;
      rest = part - q * v;
      setDigit(QUOTIENT, i, q);
      setDigit(NUMERATOR, i, 0);
    }
    setDigit(NUMERATOR, 0, rest);
    return;
  }

  // D1: shift both so that the highest bit of the divisor is set.
  const shift = <u64>clz(<u32>digit(divisor, n - 1));
  const back = 32 - shift;
  for (let i = n - 1; i > 0; i--)
    setDigit(DIVISOR, i, (digit(divisor, i) << shift) | (digit(divisor, i - 1) >> back));
  setDigit(DIVISOR, 0, digit(divisor, 0) << shift);
  setDigit(NUMERATOR, m, digit(NUMERATOR, m - 1) >> back);
  for (let i = m - 1; i > 0; i--)
    setDigit(NUMERATOR, i, (digit(NUMERATOR, i) << shift) | (digit(NUMERATOR, i - 1) >> back));
  setDigit(NUMERATOR, 0, digit(NUMERATOR, 0) << shift);

  const first = digit(DIVISOR, n - 1);
  const second = digit(DIVISOR, n - 2);
  for (let j = m - n; j >= 0; j--) {
    // D3: guess the digit; it is right or one too large.
    const top = (digit(NUMERATOR, j + n) << 32) | digit(NUMERATOR, j + n - 1);
    let q = top / first;
    let rest = top - q * first;
    const next = digit(NUMERATOR, j + n - 2);
    while (q > DIGIT || q * second > ((rest << 32) | next)) {
      q--;
      rest += first;
      if (rest > DIGIT) break;
    }
    // D4: multiply and subtract.
    let borrow: i64 = 0;
    for (let i = 0; i < n; i++) {
      const product = q * digit(DIVISOR, i);
      const difference = <i64>digit(NUMERATOR, i + j) - borrow - <i64>(product & DIGIT);
      setDigit(NUMERATOR, i + j, <u64>difference);
      borrow = <i64>(product >> 32) - (difference >> 32);
    }
    const difference = <i64>digit(NUMERATOR, j + n) - borrow;
    setDigit(NUMERATOR, j + n, <u64>difference);
    // D6: one too large; add the divisor back.
    if (difference < 0) {
      q--;
      let carry: u64 = 0;
      for (let i = 0; i < n; i++) {
        const restored = digit(NUMERATOR, i + j) + digit(DIVISOR, i) + carry;
        setDigit(NUMERATOR, i + j, restored);
        carry = restored >> 32;
      }
      setDigit(NUMERATOR, j + n, digit(NUMERATOR, j + n) + carry);
    }
    setDigit(QUOTIENT, j, q);
  }

  // D8: shift the remainder back.
  for (let i = 0; i < n; i++)
    setDigit(NUMERATOR, i, (digit(NUMERATOR, i) >> shift) | (digit(NUMERATOR, i + 1) << back));
}

/** Zero if the divisor is zero. */
export function div(d: usize, a: usize, b: usize): void {
  if (fitsU64(b)) {
    const divisor = load<u64>(b);
    if (divisor <= 1) {
      if (divisor == 0) setZero(d);
      else copyWord(d, a);
      return;
    }
    if (fitsU64(a)) {
      setU64(d, load<u64>(a) / divisor);
      return;
    }
  } else if (lt(a, b)) {
    setZero(d);
    return;
  }
  copyWord(NUMERATOR, a);
  divideNumerator(8, b);
  copyWord(d, QUOTIENT);
}

/** Zero if the divisor is zero. */
export function mod(d: usize, a: usize, m: usize): void {
  if (fitsU64(m)) {
    const divisor = load<u64>(m);
    if (divisor <= 1) {
      setZero(d);
      return;
    }
    if (fitsU64(a)) {
      setU64(d, load<u64>(a) % divisor);
      return;
    }
  } else if (lt(a, m)) {
    copyWord(d, a);
    return;
  }
  copyWord(NUMERATOR, a);
  divideNumerator(8, m);
  copyWord(d, NUMERATOR);
}

/** Two's complement, rounded towards zero; zero if the divisor is zero. The least number by -1 is itself. */
export function sdiv(d: usize, a: usize, b: usize): void {
  const negative = isNegative(a) != isNegative(b);
  if (isNegative(a)) {
    negate(LEFT, a);
    a = LEFT;
  }
  if (isNegative(b)) {
    negate(RIGHT, b);
    b = RIGHT;
  }
  div(d, a, b);
  if (negative) negate(d, d);
}

/** Two's complement, with the sign of the dividend; zero if the divisor is zero. */
export function smod(d: usize, a: usize, m: usize): void {
  const negative = isNegative(a);
  if (negative) {
    negate(LEFT, a);
    a = LEFT;
  }
  if (isNegative(m)) {
    negate(RIGHT, m);
    m = RIGHT;
  }
  mod(d, a, m);
  if (negative) negate(d, d);
}

/** `(a + b) mod m` of the full sum; zero if `m` is zero. */
export function addmod(d: usize, a: usize, b: usize, m: usize): void {
  if (isZero(m)) {
    setZero(d);
    return;
  }
  if (lt(a, m) && lt(b, m)) {
    const carry = sum(LEFT, a, b);
    if (carry || !lt(LEFT, m)) sub(d, LEFT, m);
    else copyWord(d, LEFT);
    return;
  }
  const carry = sum(NUMERATOR, a, b);
  setDigit(NUMERATOR, 8, carry);
  divideNumerator(9, m);
  copyWord(d, NUMERATOR);
}

/** `(a * b) mod m` of the full product; zero if `m` is zero. */
export function mulmod(d: usize, a: usize, b: usize, m: usize): void {
  if (isZero(m)) {
    setZero(d);
    return;
  }
  mulWide(a, b);
  divideNumerator(16, m);
  copyWord(d, NUMERATOR);
}

/** Writes the 512-bit product of two words to NUMERATOR. */
function mulWide(a: usize, b: usize): void {
  memory.fill(NUMERATOR, 0, 64);
  for (let i: usize = 0; i < 32; i += 8) {
    const x = load<u64>(a + i);
    if (x == 0) continue;
    let carry: u64 = 0;
    for (let j: usize = 0; j < 32; j += 8) {
      const y = load<u64>(b + j);
      const at = NUMERATOR + i + j;
      let low = x * y;
      let high = mulHigh(x, y);
      const before = load<u64>(at);
      low += before;
      high += u64(low < before);
      low += carry;
      high += u64(low < carry);
      store<u64>(at, low);
      carry = high;
    }
    store<u64>(NUMERATOR + i + 32, carry);
  }
}
