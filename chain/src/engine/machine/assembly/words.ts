// 256-bit arithmetic of the Yellow Paper (appendix H.2).
//
// A word is 32 bytes of linear memory: four u64 limbs, least significant first. `d` is the destination and may be any of the operands.

/** Digits (u32) of a number to be divided: up to 512 bits and one digit more for the normalising shift. */
const NUMERATOR = memory.data(80, 16);
const DIVISOR = memory.data(32, 16);
const QUOTIENT = memory.data(64, 16);
const LEFT = memory.data(32, 16);
const RIGHT = memory.data(32, 16);

const DIGIT: u64 = 0xffff_ffff;

// Copies and small values

// @ts-ignore: decorator
@inline
export function copyWord(d: usize, s: usize): void {
  const low = v128.load(s);
  const high = v128.load(s, 16);
  v128.store(d, low);
  v128.store(d, high, 16);
}

// @ts-ignore: decorator
@inline
export function setZero(d: usize): void {
  const zero = i64x2.splat(0);
  v128.store(d, zero);
  v128.store(d, zero, 16);
}

// @ts-ignore: decorator
@inline
export function setU64(d: usize, v: u64): void {
  store<u64>(d, v);
  store<u64>(d, 0, 8);
  v128.store(d, i64x2.splat(0), 16);
}

// @ts-ignore: decorator
@inline
function set(d: usize, v0: u64, v1: u64, v2: u64, v3: u64): void {
  store<u64>(d, v0);
  store<u64>(d, v1, 8);
  store<u64>(d, v2, 16);
  store<u64>(d, v3, 24);
}

// @ts-ignore: decorator
@inline
export function isZero(a: usize): bool {
  return !v128.any_true(v128.or(v128.load(a), v128.load(a, 16)));
}

/** Whether the value is below 2^64. */
// @ts-ignore: decorator
@inline
export function fitsU64(a: usize): bool {
  return (load<u64>(a, 8) | load<u64>(a, 16) | load<u64>(a, 24)) == 0;
}

/** Number of bits without leading zeros; 0 for 0. */
export function bitLength(a: usize): i32 {
  const a3 = load<u64>(a, 24);
  if (a3) return 256 - <i32>clz(a3);
  const a2 = load<u64>(a, 16);
  if (a2) return 192 - <i32>clz(a2);
  const a1 = load<u64>(a, 8);
  if (a1) return 128 - <i32>clz(a1);
  return 64 - <i32>clz(load<u64>(a));
}

/** Number of bytes without leading zeros; 0 for 0. */
// @ts-ignore: decorator
@inline
export function byteLength(a: usize): i32 {
  return (bitLength(a) + 7) >> 3;
}

// Bytes

/** Reads `length` (at most 32) big-endian bytes. */
export function fromBytes(d: usize, src: usize, length: i32): void {
  if (length == 32) {
    const high = v128.load(src);
    const low = v128.load(src, 16);
    v128.store(d, reversed(low));
    v128.store(d, reversed(high), 16);
    return;
  }
  let v0: u64 = 0;
  let v1: u64 = 0;
  let v2: u64 = 0;
  let v3: u64 = 0;
  for (let i = 0; i < length; i++) {
    v3 = (v3 << 8) | (v2 >> 56);
    v2 = (v2 << 8) | (v1 >> 56);
    v1 = (v1 << 8) | (v0 >> 56);
    v0 = (v0 << 8) | load<u8>(src + i);
  }
  set(d, v0, v1, v2, v3);
}

/** Writes 32 big-endian bytes. */
// @ts-ignore: decorator
@inline
export function toBytes(dst: usize, w: usize): void {
  const low = v128.load(w);
  const high = v128.load(w, 16);
  v128.store(dst, reversed(high));
  v128.store(dst, reversed(low), 16);
}

// @ts-ignore: decorator
@inline
function reversed(v: v128): v128 {
  return v128.shuffle<u8>(v, v, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
}

// Sums and differences

// @ts-ignore: decorator
@inline
export function add(d: usize, a: usize, b: usize): void {
  sum(d, a, b);
}

/** `d = a + b`; returns the carry out of bit 255. */
// @ts-ignore: decorator
@inline
function sum(d: usize, a: usize, b: usize): u64 {
  const a0 = load<u64>(a);
  const a1 = load<u64>(a, 8);
  const a2 = load<u64>(a, 16);
  const a3 = load<u64>(a, 24);
  const s0 = a0 + load<u64>(b);
  const c0 = u64(s0 < a0);
  const t1 = a1 + load<u64>(b, 8);
  const s1 = t1 + c0;
  const c1 = u64(t1 < a1) + u64(s1 < c0);
  const t2 = a2 + load<u64>(b, 16);
  const s2 = t2 + c1;
  const c2 = u64(t2 < a2) + u64(s2 < c1);
  const t3 = a3 + load<u64>(b, 24);
  const s3 = t3 + c2;
  const carry = u64(t3 < a3) + u64(s3 < c2);
  set(d, s0, s1, s2, s3);
  return carry;
}

// @ts-ignore: decorator
@inline
export function sub(d: usize, a: usize, b: usize): void {
  const a0 = load<u64>(a);
  const a1 = load<u64>(a, 8);
  const a2 = load<u64>(a, 16);
  const b0 = load<u64>(b);
  const b1 = load<u64>(b, 8);
  const b2 = load<u64>(b, 16);
  const d3 = load<u64>(a, 24) - load<u64>(b, 24);
  const c0 = u64(a0 < b0);
  const t1 = a1 - b1;
  const c1 = u64(a1 < b1) | u64(t1 < c0);
  const t2 = a2 - b2;
  const c2 = u64(a2 < b2) | u64(t2 < c1);
  set(d, a0 - b0, t1 - c0, t2 - c1, d3 - c2);
}

/** `d = -a`. */
function negate(d: usize, a: usize): void {
  const a0 = load<u64>(a);
  const a1 = load<u64>(a, 8);
  const a2 = load<u64>(a, 16);
  const a3 = load<u64>(a, 24);
  const n1 = a0 == 0;
  const n2 = n1 && a1 == 0;
  const n3 = n2 && a2 == 0;
  set(d, 0 - a0, ~a1 + u64(n1), ~a2 + u64(n2), ~a3 + u64(n3));
}

// @ts-ignore: decorator
@inline
function isNegative(a: usize): bool {
  return load<i64>(a, 24) < 0;
}

// Products

/** Upper 64 bits of a product of two 64-bit numbers. */
// @ts-ignore: decorator
@inline
function mulHigh(a: u64, b: u64): u64 {
  const al = a & DIGIT;
  const ah = a >> 32;
  const bl = b & DIGIT;
  const bh = b >> 32;
  const middle = ah * bl + ((al * bl) >> 32);
  const other = al * bh + (middle & DIGIT);
  return ah * bh + (middle >> 32) + (other >> 32);
}

export function mul(d: usize, a: usize, b: usize): void {
  const a0 = load<u64>(a);
  const b0 = load<u64>(b);
  if (fitsU64(a) && fitsU64(b)) {
    set(d, a0 * b0, mulHigh(a0, b0), 0, 0);
    return;
  }
  const a1 = load<u64>(a, 8);
  const a2 = load<u64>(a, 16);
  const a3 = load<u64>(a, 24);
  const b1 = load<u64>(b, 8);
  const b2 = load<u64>(b, 16);
  const b3 = load<u64>(b, 24);
  // Column by column; what leaves the fourth is lost.
  const r0 = a0 * b0;
  let r1 = mulHigh(a0, b0);
  let r2: u64 = 0;
  let low = a0 * b1;
  r1 += low;
  let carry = u64(r1 < low);
  low = a1 * b0;
  r1 += low;
  carry += u64(r1 < low);
  r2 = carry;
  carry = 0;
  let high = mulHigh(a0, b1);
  r2 += high;
  carry += u64(r2 < high);
  high = mulHigh(a1, b0);
  r2 += high;
  carry += u64(r2 < high);
  low = a0 * b2;
  r2 += low;
  carry += u64(r2 < low);
  low = a1 * b1;
  r2 += low;
  carry += u64(r2 < low);
  low = a2 * b0;
  r2 += low;
  carry += u64(r2 < low);
  const r3 =
    carry + mulHigh(a0, b2) + mulHigh(a1, b1) + mulHigh(a2, b0) + a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0;
  set(d, r0, r1, r2, r3);
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

// Quotients and remainders

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

/** `a` to the power of `e`, modulo 2^256. */
export function exp(d: usize, a: usize, e: usize): void {
  if (fitsU64(a)) {
    const base = load<u64>(a);
    if (base <= 1) {
      setU64(d, isZero(e) ? 1 : base);
      return;
    }
    if (base == 2) {
      const power = fitsU64(e) && load<u64>(e) < 256 ? load<u64>(e) : 256;
      setZero(d);
      if (power < 256) store<u64>(d + (<usize>(power >> 6) << 3), <u64>1 << (power & 63));
      return;
    }
  }
  // From the highest bit of the exponent down.
  copyWord(LEFT, a);
  copyWord(RIGHT, e);
  const bits = bitLength(RIGHT);
  if (bits == 0) {
    setU64(d, 1);
    return;
  }
  copyWord(d, LEFT);
  for (let i = bits - 2; i >= 0; i--) {
    mul(d, d, d);
    if ((load<u64>(RIGHT + (<usize>(i >> 6) << 3)) >> (i & 63)) & 1) mul(d, d, LEFT);
  }
}

/** Extends the sign of the lowest `index + 1` bytes of `value`. */
export function signextend(d: usize, index: usize, value: usize): void {
  if (!fitsU64(index) || load<u64>(index) > 30) {
    copyWord(d, value);
    return;
  }
  const bit = <i32>load<u64>(index) * 8 + 7;
  const limb = bit >> 6;
  const spare = 63 - (bit & 63);
  const at = <usize>limb << 3;
  const top = (load<i64>(value + at) << spare) >> spare;
  copyWord(d, value);
  store<i64>(d + at, top);
  for (let i: usize = at + 8; i < 32; i += 8) store<i64>(d + i, top >> 63);
}

// Comparisons

export function lt(a: usize, b: usize): bool {
  const a3 = load<u64>(a, 24);
  const b3 = load<u64>(b, 24);
  if (a3 != b3) return a3 < b3;
  return ltBelow(a, b);
}

/** Compares the lower 192 bits. */
// @ts-ignore: decorator
@inline
function ltBelow(a: usize, b: usize): bool {
  const a2 = load<u64>(a, 16);
  const b2 = load<u64>(b, 16);
  if (a2 != b2) return a2 < b2;
  const a1 = load<u64>(a, 8);
  const b1 = load<u64>(b, 8);
  if (a1 != b1) return a1 < b1;
  return load<u64>(a) < load<u64>(b);
}

// @ts-ignore: decorator
@inline
export function gt(a: usize, b: usize): bool {
  return lt(b, a);
}

export function slt(a: usize, b: usize): bool {
  const a3 = load<i64>(a, 24);
  const b3 = load<i64>(b, 24);
  if (a3 != b3) return a3 < b3;
  return ltBelow(a, b);
}

// @ts-ignore: decorator
@inline
export function sgt(a: usize, b: usize): bool {
  return slt(b, a);
}

// @ts-ignore: decorator
@inline
export function eq(a: usize, b: usize): bool {
  return !v128.any_true(
    v128.or(v128.xor(v128.load(a), v128.load(b)), v128.xor(v128.load(a, 16), v128.load(b, 16))),
  );
}

// Bits

// @ts-ignore: decorator
@inline
export function and(d: usize, a: usize, b: usize): void {
  const low = v128.and(v128.load(a), v128.load(b));
  const high = v128.and(v128.load(a, 16), v128.load(b, 16));
  v128.store(d, low);
  v128.store(d, high, 16);
}

// @ts-ignore: decorator
@inline
export function or(d: usize, a: usize, b: usize): void {
  const low = v128.or(v128.load(a), v128.load(b));
  const high = v128.or(v128.load(a, 16), v128.load(b, 16));
  v128.store(d, low);
  v128.store(d, high, 16);
}

// @ts-ignore: decorator
@inline
export function xor(d: usize, a: usize, b: usize): void {
  const low = v128.xor(v128.load(a), v128.load(b));
  const high = v128.xor(v128.load(a, 16), v128.load(b, 16));
  v128.store(d, low);
  v128.store(d, high, 16);
}

// @ts-ignore: decorator
@inline
export function not(d: usize, a: usize): void {
  const low = v128.not(v128.load(a));
  const high = v128.not(v128.load(a, 16));
  v128.store(d, low);
  v128.store(d, high, 16);
}

/** Byte `index` of `value`, counted from the most significant; zero beyond the last. */
export function byteAt(d: usize, index: usize, value: usize): void {
  const at = load<u64>(index);
  setU64(d, fitsU64(index) && at < 32 ? <u64>load<u8>(value + 31 - <usize>at) : 0);
}

export function shl(d: usize, shift: usize, value: usize): void {
  const by = load<u64>(shift);
  if (!fitsU64(shift) || by > 255) {
    setZero(d);
    return;
  }
  let v0 = load<u64>(value);
  let v1 = load<u64>(value, 8);
  let v2 = load<u64>(value, 16);
  let v3 = load<u64>(value, 24);
  if (by & 128) {
    v3 = v1;
    v2 = v0;
    v1 = 0;
    v0 = 0;
  }
  if (by & 64) {
    v3 = v2;
    v2 = v1;
    v1 = v0;
    v0 = 0;
  }
  const bits = by & 63;
  const back = 63 - bits;
  // In two steps, since a shift by 64 is none at all.
  v3 = (v3 << bits) | ((v2 >> 1) >> back);
  v2 = (v2 << bits) | ((v1 >> 1) >> back);
  v1 = (v1 << bits) | ((v0 >> 1) >> back);
  set(d, v0 << bits, v1, v2, v3);
}

export function shr(d: usize, shift: usize, value: usize): void {
  shiftRight(d, shift, value, 0);
}

export function sar(d: usize, shift: usize, value: usize): void {
  shiftRight(d, shift, value, <u64>(load<i64>(value, 24) >> 63));
}

/** Shifts right and fills from the left with `fill`, a limb of zeros or of ones. */
// @ts-ignore: decorator
@inline
function shiftRight(d: usize, shift: usize, value: usize, fill: u64): void {
  const by = load<u64>(shift);
  if (!fitsU64(shift) || by > 255) {
    set(d, fill, fill, fill, fill);
    return;
  }
  let v0 = load<u64>(value);
  let v1 = load<u64>(value, 8);
  let v2 = load<u64>(value, 16);
  let v3 = load<u64>(value, 24);
  if (by & 128) {
    v0 = v2;
    v1 = v3;
    v2 = fill;
    v3 = fill;
  }
  if (by & 64) {
    v0 = v1;
    v1 = v2;
    v2 = v3;
    v3 = fill;
  }
  const bits = by & 63;
  const back = 63 - bits;
  v0 = (v0 >> bits) | ((v1 << 1) << back);
  v1 = (v1 >> bits) | ((v2 << 1) << back);
  v2 = (v2 >> bits) | ((v3 << 1) << back);
  v3 = (v3 >> bits) | ((fill << 1) << back);
  set(d, v0, v1, v2, v3);
}
