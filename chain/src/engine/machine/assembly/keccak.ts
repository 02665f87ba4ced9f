// Keccak-256 as Ethereum uses it: the sponge of FIPS 202 with a rate of 136 bytes and the padding of the original submission (0x01).

import { fromBytes } from "./words";

/** Bytes taken in between two permutations. */
const RATE: u32 = 136;

/** The last, padded block. */
const LAST = memory.data(136, 16);

/** Constants of step iota. */
const ROUND_CONSTANTS = memory.data<u64>([
  0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
  0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
  0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
  0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
]);
const ROUND_CONSTANTS_END = ROUND_CONSTANTS + 24 * 8;

/** Digest as a word: the 32 bytes read as a big-endian number. */
export function keccakWord(out: usize, input: usize, length: u32): void {
  keccak256(out, input, length);
  fromBytes(out, out, 32);
}

/** Writes the 32 bytes of the digest to `out`. The state is 25 locals, `a` and the lane's place `x + 5y`, so that it lives in registers. */
export function keccak256(out: usize, input: usize, length: u32): void {
  let a00: u64 = 0;
  let a01: u64 = 0;
  let a02: u64 = 0;
  let a03: u64 = 0;
  let a04: u64 = 0;
  let a05: u64 = 0;
  let a06: u64 = 0;
  let a07: u64 = 0;
  let a08: u64 = 0;
  let a09: u64 = 0;
  let a10: u64 = 0;
  let a11: u64 = 0;
  let a12: u64 = 0;
  let a13: u64 = 0;
  let a14: u64 = 0;
  let a15: u64 = 0;
  let a16: u64 = 0;
  let a17: u64 = 0;
  let a18: u64 = 0;
  let a19: u64 = 0;
  let a20: u64 = 0;
  let a21: u64 = 0;
  let a22: u64 = 0;
  let a23: u64 = 0;
  let a24: u64 = 0;

  while (true) {
    const last = length < RATE;
    let block = input;
    if (last) {
      pad(input, length);
      block = LAST;
    }

    a00 ^= load<u64>(block);
    a01 ^= load<u64>(block, 8);
    a02 ^= load<u64>(block, 16);
    a03 ^= load<u64>(block, 24);
    a04 ^= load<u64>(block, 32);
    a05 ^= load<u64>(block, 40);
    a06 ^= load<u64>(block, 48);
    a07 ^= load<u64>(block, 56);
    a08 ^= load<u64>(block, 64);
    a09 ^= load<u64>(block, 72);
    a10 ^= load<u64>(block, 80);
    a11 ^= load<u64>(block, 88);
    a12 ^= load<u64>(block, 96);
    a13 ^= load<u64>(block, 104);
    a14 ^= load<u64>(block, 112);
    a15 ^= load<u64>(block, 120);
    a16 ^= load<u64>(block, 128);

    for (let round = ROUND_CONSTANTS; round < ROUND_CONSTANTS_END; round += 8) {
      // theta
      const c0 = a00 ^ a05 ^ a10 ^ a15 ^ a20;
      const c1 = a01 ^ a06 ^ a11 ^ a16 ^ a21;
      const c2 = a02 ^ a07 ^ a12 ^ a17 ^ a22;
      const c3 = a03 ^ a08 ^ a13 ^ a18 ^ a23;
      const c4 = a04 ^ a09 ^ a14 ^ a19 ^ a24;
      const d0 = c4 ^ rotl<u64>(c1, 1);
      const d1 = c0 ^ rotl<u64>(c2, 1);
      const d2 = c1 ^ rotl<u64>(c3, 1);
      const d3 = c2 ^ rotl<u64>(c4, 1);
      const d4 = c3 ^ rotl<u64>(c0, 1);
      // rho and pi: lane (x, y) goes to (y, 2x + 3y)
      const b00 = a00 ^ d0;
      const b01 = rotl<u64>(a06 ^ d1, 44);
      const b02 = rotl<u64>(a12 ^ d2, 43);
      const b03 = rotl<u64>(a18 ^ d3, 21);
      const b04 = rotl<u64>(a24 ^ d4, 14);
      const b05 = rotl<u64>(a03 ^ d3, 28);
      const b06 = rotl<u64>(a09 ^ d4, 20);
      const b07 = rotl<u64>(a10 ^ d0, 3);
      const b08 = rotl<u64>(a16 ^ d1, 45);
      const b09 = rotl<u64>(a22 ^ d2, 61);
      const b10 = rotl<u64>(a01 ^ d1, 1);
      const b11 = rotl<u64>(a07 ^ d2, 6);
      const b12 = rotl<u64>(a13 ^ d3, 25);
      const b13 = rotl<u64>(a19 ^ d4, 8);
      const b14 = rotl<u64>(a20 ^ d0, 18);
      const b15 = rotl<u64>(a04 ^ d4, 27);
      const b16 = rotl<u64>(a05 ^ d0, 36);
      const b17 = rotl<u64>(a11 ^ d1, 10);
      const b18 = rotl<u64>(a17 ^ d2, 15);
      const b19 = rotl<u64>(a23 ^ d3, 56);
      const b20 = rotl<u64>(a02 ^ d2, 62);
      const b21 = rotl<u64>(a08 ^ d3, 55);
      const b22 = rotl<u64>(a14 ^ d4, 39);
      const b23 = rotl<u64>(a15 ^ d0, 41);
      const b24 = rotl<u64>(a21 ^ d1, 2);
      // chi, and iota in the first lane
      a00 = b00 ^ (~b01 & b02) ^ load<u64>(round);
      a01 = b01 ^ (~b02 & b03);
      a02 = b02 ^ (~b03 & b04);
      a03 = b03 ^ (~b04 & b00);
      a04 = b04 ^ (~b00 & b01);
      a05 = b05 ^ (~b06 & b07);
      a06 = b06 ^ (~b07 & b08);
      a07 = b07 ^ (~b08 & b09);
      a08 = b08 ^ (~b09 & b05);
      a09 = b09 ^ (~b05 & b06);
      a10 = b10 ^ (~b11 & b12);
      a11 = b11 ^ (~b12 & b13);
      a12 = b12 ^ (~b13 & b14);
      a13 = b13 ^ (~b14 & b10);
      a14 = b14 ^ (~b10 & b11);
      a15 = b15 ^ (~b16 & b17);
      a16 = b16 ^ (~b17 & b18);
      a17 = b17 ^ (~b18 & b19);
      a18 = b18 ^ (~b19 & b15);
      a19 = b19 ^ (~b15 & b16);
      a20 = b20 ^ (~b21 & b22);
      a21 = b21 ^ (~b22 & b23);
      a22 = b22 ^ (~b23 & b24);
      a23 = b23 ^ (~b24 & b20);
      a24 = b24 ^ (~b20 & b21);
    }

    if (last) break;
    input += RATE;
    length -= RATE;
  }
  store<u64>(out, a00);
  store<u64>(out, a01, 8);
  store<u64>(out, a02, 16);
  store<u64>(out, a03, 24);
}

/** Copies the rest of the input to LAST and pads it. */
function pad(input: usize, length: u32): void {
  for (let at: usize = 0; at < RATE; at += 8) store<u64>(LAST + at, 0);
  let at: usize = 0;
  for (; at + 8 <= length; at += 8) store<u64>(LAST + at, load<u64>(input + at));
  for (; at < length; at++) store<u8>(LAST + at, load<u8>(input + at));
  store<u8>(LAST + length, 0x01);
  store<u8>(LAST, load<u8>(LAST, RATE - 1) | 0x80, RATE - 1);
}
