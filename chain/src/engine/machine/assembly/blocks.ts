import { allocate } from "./heap";

/**
 * Stretches of memory that are given back: decoded init code, and the areas that move when they grow. Sizes are powers of two; a freed
 * stretch waits in the list of its size.
 */

const MIN_BITS: u32 = 8;
const freeLists: usize = memory.data(128, 16);

@inline
function bitsFor(size: u32): u32 {
  const bits: u32 = 32 - <u32>clz<u32>(size - 1);
  return bits < MIN_BITS ? MIN_BITS : bits;
}

/** A stretch of at least `size` bytes; its content is arbitrary. */
export function allocateBlock(size: u32): usize {
  const bits = bitsFor(size);
  const list = freeLists + (<usize>bits << 2);
  const free: usize = load<u32>(list);
  if (free != 0) {
    store<u32>(list, load<u32>(free));
    return free;
  }
  return allocate(1 << bits);
}

/** Gives a stretch back; `size` is what it was asked for with. */
export function freeBlock(pointer: usize, size: u32): void {
  const list = freeLists + (<usize>bitsFor(size) << 2);
  store<u32>(pointer, load<u32>(list));
  store<u32>(list, <u32>pointer);
}
