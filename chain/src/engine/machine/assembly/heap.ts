import { exhausted } from "./host-state";

/**
 * Memory that is never given back: records, journal and indexes are cut from the end of linear memory. Who frees something keeps it in a list
 * of its own.
 */

/** Least growth, in pages of 64 KiB: 1 MiB. */
const GROWTH: i32 = 16;
/** Growth by an eighth: each makes the garbage collector of the host look around, and pages that are not used yet cost nothing. */
const GROWTH_SHIFT: i32 = 3;

let top: usize = (__heap_base + 15) & ~15;
let limit: usize = 0;

/** `bytes` of zeroed memory, aligned to 16. Throws when linear memory is at its end (4 GiB). */
export function allocate(bytes: u32): usize {
  const at = top;
  const end = at + ((<usize>bytes + 15) & ~15);
  if (end > limit || end < at) reach(end, end < at);
  top = end;
  return at;
}

function reach(end: usize, overflows: bool): void {
  if (overflows) exhausted();
  const have = memory.size();
  const wanted = <i32>((<u64>end + 0xffff) >> 16);
  if (wanted > have) {
    const growth = wanted - have;
    if (memory.grow(max(growth, max(GROWTH, have >> GROWTH_SHIFT))) < 0 && memory.grow(growth) < 0) exhausted();
  }
  // The last page stays unused, so that the limit fits 32 bits.
  const pages = memory.size();
  limit = pages > 0xffff ? 0xffff0000 : <usize>pages << 16;
  if (end > limit) exhausted();
}

/** Bytes in use. */
export function heapSize(): u32 {
  return <u32>top;
}
