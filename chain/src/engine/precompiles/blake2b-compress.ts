// RFC 7693, section 2.7: the order in which a round takes the message words.
const SIGMA = Uint8Array.of(
  0,
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  9,
  10,
  11,
  12,
  13,
  14,
  15,
  14,
  10,
  4,
  8,
  9,
  15,
  13,
  6,
  1,
  12,
  0,
  2,
  11,
  7,
  5,
  3,
  11,
  8,
  12,
  0,
  5,
  2,
  15,
  13,
  10,
  14,
  3,
  6,
  7,
  1,
  9,
  4,
  7,
  9,
  3,
  1,
  13,
  12,
  11,
  14,
  2,
  6,
  5,
  10,
  4,
  0,
  15,
  8,
  9,
  0,
  5,
  7,
  2,
  4,
  10,
  15,
  14,
  1,
  11,
  12,
  6,
  8,
  3,
  13,
  2,
  12,
  6,
  10,
  0,
  11,
  8,
  3,
  4,
  13,
  7,
  5,
  15,
  14,
  1,
  9,
  12,
  5,
  1,
  15,
  14,
  13,
  4,
  10,
  0,
  7,
  6,
  3,
  9,
  2,
  8,
  11,
  13,
  11,
  7,
  14,
  12,
  1,
  3,
  9,
  5,
  0,
  15,
  4,
  8,
  6,
  2,
  10,
  6,
  15,
  14,
  9,
  11,
  3,
  0,
  8,
  12,
  2,
  13,
  7,
  1,
  4,
  10,
  5,
  10,
  2,
  8,
  4,
  7,
  6,
  1,
  5,
  15,
  11,
  9,
  14,
  3,
  12,
  13,
  0,
);
// RFC 7693, section 2.6, low half before high half.
const IV = Uint32Array.of(
  0xf3bcc908,
  0x6a09e667,
  0x84caa73b,
  0xbb67ae85,
  0xfe94f82b,
  0x3c6ef372,
  0x5f1d36f1,
  0xa54ff53a,
  0xade682d1,
  0x510e527f,
  0x2b3e6c1f,
  0x9b05688c,
  0xfb41bd6b,
  0x1f83d9ab,
  0x137e2179,
  0x5be0cd19,
);
// Work vector and message of the call that runs: 64-bit words, low half before high half.
const v = new Int32Array(32);
const m = new Int32Array(32);

/**
 * The compression function F of BLAKE2b (RFC 7693, section 3.2) with a given number of rounds.
 * Neither @noble/hashes nor node:crypto offers another number than twelve.
 * @param block state (64 bytes), message (128), offset counter (16), little-endian words
 * @param isLast whether it is the last block
 * @returns the new state, 64 bytes
 */
export function compressBlake2b(rounds: number, block: Uint8Array, isLast: boolean): Uint8Array {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  for (let i = 0; i < 16; i++) v[i] = view.getInt32(4 * i, true);
  for (let i = 0; i < 16; i++) v[16 + i] = IV[i] ?? 0;
  for (let i = 0; i < 4; i++) v[24 + i] = (v[24 + i] ?? 0) ^ view.getInt32(192 + 4 * i, true);
  if (isLast) {
    v[28] = ~(v[28] ?? 0);
    v[29] = ~(v[29] ?? 0);
  }
  for (let i = 0; i < 32; i++) m[i] = view.getInt32(64 + 4 * i, true);

  for (let round = 0; round < rounds; round++) {
    const s = 16 * (round % 10);
    mix(0, 8, 16, 24, s);
    mix(2, 10, 18, 26, s + 2);
    mix(4, 12, 20, 28, s + 4);
    mix(6, 14, 22, 30, s + 6);
    mix(0, 10, 20, 30, s + 8);
    mix(2, 12, 22, 24, s + 10);
    mix(4, 14, 16, 26, s + 12);
    mix(6, 8, 18, 28, s + 14);
  }

  const out = new Uint8Array(64);
  const result = new DataView(out.buffer);
  for (let i = 0; i < 16; i++) {
    result.setInt32(4 * i, view.getInt32(4 * i, true) ^ (v[i] ?? 0) ^ (v[16 + i] ?? 0), true);
  }
  return out;
}

/** The function G on four words of the work vector (their places in `v`) with the two message words at `s` of the order. */
function mix(a: number, b: number, c: number, d: number, s: number): void {
  const x = 2 * (SIGMA[s] ?? 0);
  const y = 2 * (SIGMA[s + 1] ?? 0);
  let al = v[a] ?? 0;
  let ah = v[a + 1] ?? 0;
  let bl = v[b] ?? 0;
  let bh = v[b + 1] ?? 0;
  let cl = v[c] ?? 0;
  let ch = v[c + 1] ?? 0;
  let dl = v[d] ?? 0;
  let dh = v[d + 1] ?? 0;

  // a += b + x
  let low = (al >>> 0) + (bl >>> 0) + ((m[x] ?? 0) >>> 0);
  ah = (ah + bh + (m[x + 1] ?? 0) + ((low / 0x1_0000_0000) | 0)) | 0;
  al = low | 0;
  // d = (d ^ a) >>> 32
  let t = dl ^ al;
  dl = dh ^ ah;
  dh = t;
  // c += d
  low = (cl >>> 0) + (dl >>> 0);
  ch = (ch + dh + (low > 0xffff_ffff ? 1 : 0)) | 0;
  cl = low | 0;
  // b = (b ^ c) >>> 24
  bl ^= cl;
  bh ^= ch;
  t = (bl >>> 24) | (bh << 8);
  bh = (bh >>> 24) | (bl << 8);
  bl = t;
  // a += b + y
  low = (al >>> 0) + (bl >>> 0) + ((m[y] ?? 0) >>> 0);
  ah = (ah + bh + (m[y + 1] ?? 0) + ((low / 0x1_0000_0000) | 0)) | 0;
  al = low | 0;
  // d = (d ^ a) >>> 16
  dl ^= al;
  dh ^= ah;
  t = (dl >>> 16) | (dh << 16);
  dh = (dh >>> 16) | (dl << 16);
  dl = t;
  // c += d
  low = (cl >>> 0) + (dl >>> 0);
  ch = (ch + dh + (low > 0xffff_ffff ? 1 : 0)) | 0;
  cl = low | 0;
  // b = (b ^ c) >>> 63
  bl ^= cl;
  bh ^= ch;
  t = (bl << 1) | (bh >>> 31);
  bh = (bh << 1) | (bl >>> 31);
  bl = t;

  v[a] = al;
  v[a + 1] = ah;
  v[b] = bl;
  v[b + 1] = bh;
  v[c] = cl;
  v[c + 1] = ch;
  v[d] = dl;
  v[d + 1] = dh;
}
