// Words: products and powers. See words.ts.

import { bitLength, copyWord, fitsU64, isZero, set, setU64, setZero } from "./words-basic";

const DIGIT: u64 = 0xffff_ffff;
const BASE = memory.data(32, 16);
const EXPONENT = memory.data(32, 16);

/** Upper 64 bits of a product of two 64-bit numbers. */
// @ts-ignore: decorator
@inline
export function mulHigh(a: u64, b: u64): u64 {
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
  copyWord(BASE, a);
  copyWord(EXPONENT, e);
  const bits = bitLength(EXPONENT);
  if (bits == 0) {
    setU64(d, 1);
    return;
  }
  copyWord(d, BASE);
  for (let i = bits - 2; i >= 0; i--) {
    mul(d, d, d);
    if ((load<u64>(EXPONENT + (<usize>(i >> 6) << 3)) >> (i & 63)) & 1) mul(d, d, BASE);
  }
}
