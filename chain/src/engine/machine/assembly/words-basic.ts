// Words: copies, bytes, sums, comparisons, bits. See words.ts.

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
export function set(d: usize, v0: u64, v1: u64, v2: u64, v3: u64): void {
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
export function sum(d: usize, a: usize, b: usize): u64 {
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
export function negate(d: usize, a: usize): void {
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
export function isNegative(a: usize): bool {
  return load<i64>(a, 24) < 0;
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
