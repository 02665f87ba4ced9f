import { growMemoryArea, memoryArea, memoryCapacity } from "./areas";
import { charge, F_MEMORY, frame, halt, HALT_OUT_OF_GAS, mem, memSize, setMemory } from "./frames";
import { fromBytes, setU64 } from "./words";

/** MLOAD, MSTORE, MSTORE8, MSIZE, MCOPY, and what every instruction that touches memory pays and checks. */

/** More memory than this nobody can pay for in a block; it ends in out-of-gas even where a test brings such gas. */
const MEMORY_LIMIT: u64 = 1 << 30;

/** The range that {@link range} made usable: absolute start and size. */
export let rangeStart: usize = 0;
export let rangeSize: u32 = 0;

/** Gas of a memory of so many words (Yellow Paper, appendix H). */
@inline
export function memoryGas(words: u64): u64 {
  return 3 * words + ((words * words) >> 9);
}

/** Gas of growing the memory to `end` bytes; 0 if it is that large. */
@inline
export function growthGas(end: u64): u64 {
  const words = (end + 31) >> 5;
  const present = <u64>(memSize >> 5);
  return words <= present ? 0 : memoryGas(words) - memoryGas(present);
}

/** Makes the first `end` bytes of memory usable and charges for it. */
export function ensure(end: u64): bool {
  if (end <= memSize) return true;
  if (end > MEMORY_LIMIT) return halt(HALT_OUT_OF_GAS);
  if (!charge(growthGas(end))) return false;
  const size = (<u32>end + 31) & ~31;
  const start = load<u32>(frame, F_MEMORY);
  if (start + size > memoryCapacity) growMemoryArea(start + memSize, start + size);
  const at = memoryArea + start;
  memory.fill(at + memSize, 0, size - memSize);
  setMemory(at, size);
  return true;
}

/** Makes a range, given by two words, usable: sets {@link rangeStart} and {@link rangeSize}. An empty range costs nothing wherever it is. */
export function range(offset: usize, size: usize): bool {
  if ((load<u64>(size, 8) | load<u64>(size, 16) | load<u64>(size, 24)) != 0) return halt(HALT_OUT_OF_GAS);
  const length = load<u64>(size);
  if (length == 0) {
    rangeStart = mem;
    rangeSize = 0;
    return true;
  }
  if ((load<u64>(offset, 8) | load<u64>(offset, 16) | load<u64>(offset, 24)) != 0) return halt(HALT_OUT_OF_GAS);
  const from = load<u64>(offset);
  if (length > MEMORY_LIMIT || from > MEMORY_LIMIT) return halt(HALT_OUT_OF_GAS);
  if (!ensure(from + length)) return false;
  rangeStart = mem + <usize>from;
  rangeSize = <u32>length;
  return true;
}

/** Makes 32 (or fewer) bytes at a word's place usable; 0 if that fails. */
@inline
function place(offset: usize, size: u32): usize {
  const from = load<u64>(offset);
  // Beyond 2^32 nobody can pay, and up to there `end` does not overflow.
  if ((load<u64>(offset, 8) | load<u64>(offset, 16) | load<u64>(offset, 24) | (from >> 32)) != 0) {
    halt(HALT_OUT_OF_GAS);
    return 0;
  }
  const end = from + size;
  if (end > memSize && !ensure(end)) return 0;
  return mem + <usize>from;
}

@inline
export function mload(top: usize): bool {
  const at = place(top, 32);
  if (at == 0) return false;
  store<u64>(top, bswap<u64>(load<u64>(at, 24)), 0);
  store<u64>(top, bswap<u64>(load<u64>(at, 16)), 8);
  store<u64>(top, bswap<u64>(load<u64>(at, 8)), 16);
  store<u64>(top, bswap<u64>(load<u64>(at, 0)), 24);
  return true;
}

@inline
export function mstore(top: usize): bool {
  const at = place(top, 32);
  if (at == 0) return false;
  const value = top - 32;
  store<u64>(at, bswap<u64>(load<u64>(value, 24)), 0);
  store<u64>(at, bswap<u64>(load<u64>(value, 16)), 8);
  store<u64>(at, bswap<u64>(load<u64>(value, 8)), 16);
  store<u64>(at, bswap<u64>(load<u64>(value, 0)), 24);
  return true;
}

@inline
export function mstore8(top: usize): bool {
  const at = place(top, 1);
  if (at == 0) return false;
  store<u8>(at, load<u8>(top - 32));
  return true;
}

@inline
export function msize(to: usize): void {
  setU64(to, memSize);
}

/** Three gas per word copied. */
@inline
export function copyGas(size: u32): u64 {
  return 3 * ((<u64>size + 31) >> 5);
}

/** Charges for copying `size` (a word) bytes. */
@inline
export function chargeCopy(size: usize): bool {
  if ((load<u64>(size, 8) | load<u64>(size, 16) | load<u64>(size, 24)) != 0 || load<u64>(size) > MEMORY_LIMIT) return halt(HALT_OUT_OF_GAS);
  return charge(copyGas(load<u32>(size)));
}

/** Destination, source, size. EIP-5656. */
export function mcopy(top: usize): bool {
  const size = top - 64;
  if (!chargeCopy(size)) return false;
  if (!range(top, size)) return false;
  const to = <u32>(rangeStart - mem);
  if (!range(top - 32, size)) return false;
  if (rangeSize > 0) memory.copy(mem + to, rangeStart, rangeSize);
  return true;
}

/**
 * Copies out of a source that is followed by endless zeros, into the range last made usable.
 * @param source absolute start of the source
 * @param available its size
 * @param from place in it, a word
 */
export function copyPadded(source: usize, available: u32, from: usize): void {
  if (rangeSize == 0) return;
  const beyond = (load<u64>(from, 8) | load<u64>(from, 16) | load<u64>(from, 24)) != 0 || load<u64>(from) >= available;
  const start: u32 = beyond ? 0 : load<u32>(from);
  const there: u32 = beyond ? 0 : min<u32>(rangeSize, available - start);
  if (there > 0) memory.copy(rangeStart, source + start, there);
  if (there < rangeSize) memory.fill(rangeStart + there, 0, rangeSize - there);
}

/** Reads 32 bytes out of a source that is followed by endless zeros. */
export function loadPadded(to: usize, source: usize, available: u32, from: usize): void {
  const beyond = (load<u64>(from, 8) | load<u64>(from, 16) | load<u64>(from, 24)) != 0 || load<u64>(from) >= available;
  if (beyond) {
    memory.fill(to, 0, 32);
    return;
  }
  const start = load<u32>(from);
  const there = available - start;
  const at = source + start;
  if (there >= 32) {
    const a = bswap<u64>(load<u64>(at, 24));
    const b = bswap<u64>(load<u64>(at, 16));
    const c = bswap<u64>(load<u64>(at, 8));
    const d = bswap<u64>(load<u64>(at, 0));
    store<u64>(to, a, 0);
    store<u64>(to, b, 8);
    store<u64>(to, c, 16);
    store<u64>(to, d, 24);
    return;
  }
  memory.fill(partial, 0, 32);
  memory.copy(partial, at, there);
  fromBytes(to, partial, 32);
}

const partial: usize = memory.data(32, 16);
