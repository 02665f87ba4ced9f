/**
 * The compression function F of BLAKE2b (RFC 7693, section 3.2) with any number of rounds (EIP-152). A module of its own: a precompiled
 * contract needs no machine.
 */

/** State (64 bytes), message (128), offset counter (16), all little-endian: written by the host, the state read by it afterwards. */
export const block: usize = memory.data(208, 8);

/** RFC 7693, section 2.7: the order in which a round takes the message words. */
const SIGMA: usize = memory.data<u8>([
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
  14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
  11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
  7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
  9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
  2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
  12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
  13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
  6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
  10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
]);

const MESSAGE: usize = 64;
const COUNTER: usize = 192;

/** The message word that stands at place `index` of the order at `order`. */
// @ts-ignore: decorator
@inline
function word(order: usize, index: usize): u64 {
  return load<u64>(block + MESSAGE + (<usize>load<u8>(order + index) << 3));
}

/** The sixteen words that are mixed, between one slice of rounds and the next. */
const work: usize = memory.data(128, 8);

/** Compresses {@link block}. */
export function compress(rounds: u32, isLast: bool): void {
  begin(isLast);
  mix(rounds);
  finish();
}

/** Begins to compress {@link block}: section 2.6, the state, the initialisation vector, with the counter and the flag mixed in. */
export function begin(isLast: bool): void {
  memory.copy(work, block, 64);
  store<u64>(work, 0x6a09e667f3bcc908, 64);
  store<u64>(work, 0xbb67ae8584caa73b, 72);
  store<u64>(work, 0x3c6ef372fe94f82b, 80);
  store<u64>(work, 0xa54ff53a5f1d36f1, 88);
  store<u64>(work, 0x510e527fade682d1 ^ load<u64>(block, COUNTER), 96);
  store<u64>(work, 0x9b05688c2b3e6c1f ^ load<u64>(block, COUNTER + 8), 104);
  store<u64>(work, isLast ? ~0x1f83d9abfb41bd6b : 0x1f83d9abfb41bd6b, 112);
  store<u64>(work, 0x5be0cd19137e2179, 120);
}

/** Mixes for some rounds, from the first order of words on: a slice that others follow has a multiple of ten. */
export function mix(rounds: u32): void {
  let v0 = load<u64>(work, 0), v1 = load<u64>(work, 8), v2 = load<u64>(work, 16), v3 = load<u64>(work, 24);
  let v4 = load<u64>(work, 32), v5 = load<u64>(work, 40), v6 = load<u64>(work, 48), v7 = load<u64>(work, 56);
  let v8 = load<u64>(work, 64), v9 = load<u64>(work, 72), va = load<u64>(work, 80), vb = load<u64>(work, 88);
  let vc = load<u64>(work, 96), vd = load<u64>(work, 104), ve = load<u64>(work, 112), vf = load<u64>(work, 120);
  let order = SIGMA;
  for (let round: u32 = 0; round < rounds; round++) {
    // The columns, then the diagonals; two lines are one G.
    v0 += v4 + word(order, 0); vc = rotr<u64>(vc ^ v0, 32); v8 += vc; v4 = rotr<u64>(v4 ^ v8, 24);
    v0 += v4 + word(order, 1); vc = rotr<u64>(vc ^ v0, 16); v8 += vc; v4 = rotr<u64>(v4 ^ v8, 63);
    v1 += v5 + word(order, 2); vd = rotr<u64>(vd ^ v1, 32); v9 += vd; v5 = rotr<u64>(v5 ^ v9, 24);
    v1 += v5 + word(order, 3); vd = rotr<u64>(vd ^ v1, 16); v9 += vd; v5 = rotr<u64>(v5 ^ v9, 63);
    v2 += v6 + word(order, 4); ve = rotr<u64>(ve ^ v2, 32); va += ve; v6 = rotr<u64>(v6 ^ va, 24);
    v2 += v6 + word(order, 5); ve = rotr<u64>(ve ^ v2, 16); va += ve; v6 = rotr<u64>(v6 ^ va, 63);
    v3 += v7 + word(order, 6); vf = rotr<u64>(vf ^ v3, 32); vb += vf; v7 = rotr<u64>(v7 ^ vb, 24);
    v3 += v7 + word(order, 7); vf = rotr<u64>(vf ^ v3, 16); vb += vf; v7 = rotr<u64>(v7 ^ vb, 63);
    v0 += v5 + word(order, 8); vf = rotr<u64>(vf ^ v0, 32); va += vf; v5 = rotr<u64>(v5 ^ va, 24);
    v0 += v5 + word(order, 9); vf = rotr<u64>(vf ^ v0, 16); va += vf; v5 = rotr<u64>(v5 ^ va, 63);
    v1 += v6 + word(order, 10); vc = rotr<u64>(vc ^ v1, 32); vb += vc; v6 = rotr<u64>(v6 ^ vb, 24);
    v1 += v6 + word(order, 11); vc = rotr<u64>(vc ^ v1, 16); vb += vc; v6 = rotr<u64>(v6 ^ vb, 63);
    v2 += v7 + word(order, 12); vd = rotr<u64>(vd ^ v2, 32); v8 += vd; v7 = rotr<u64>(v7 ^ v8, 24);
    v2 += v7 + word(order, 13); vd = rotr<u64>(vd ^ v2, 16); v8 += vd; v7 = rotr<u64>(v7 ^ v8, 63);
    v3 += v4 + word(order, 14); ve = rotr<u64>(ve ^ v3, 32); v9 += ve; v4 = rotr<u64>(v4 ^ v9, 24);
    v3 += v4 + word(order, 15); ve = rotr<u64>(ve ^ v3, 16); v9 += ve; v4 = rotr<u64>(v4 ^ v9, 63);
    order += 16;
    if (order == SIGMA + 160) order = SIGMA;
  }
  store<u64>(work, v0, 0);
  store<u64>(work, v1, 8);
  store<u64>(work, v2, 16);
  store<u64>(work, v3, 24);
  store<u64>(work, v4, 32);
  store<u64>(work, v5, 40);
  store<u64>(work, v6, 48);
  store<u64>(work, v7, 56);
  store<u64>(work, v8, 64);
  store<u64>(work, v9, 72);
  store<u64>(work, va, 80);
  store<u64>(work, vb, 88);
  store<u64>(work, vc, 96);
  store<u64>(work, vd, 104);
  store<u64>(work, ve, 112);
  store<u64>(work, vf, 120);
}

/** Ends: the new state stands where the old one stood. */
export function finish(): void {
  for (let at: usize = 0; at < 64; at += 8) {
    store<u64>(block + at, load<u64>(block + at) ^ load<u64>(work + at) ^ load<u64>(work + at, 64));
  }
}
