import { allocateBlock, freeBlock } from "./blocks";

/**
 * The areas that all frames of a transaction share: operand stacks one above the other, memories one above the other, the output of the last
 * call, and the logs. An area moves when it grows, so what points into it counts from its start.
 */

export let stackArea: usize = 0;
export let stackCapacity: u32 = 0;
export let memoryArea: usize = 0;
export let memoryCapacity: u32 = 0;
export let returnArea: usize = 0;
export let returnCapacity: u32 = 0;
export let logArea: usize = 0;
export let logCapacity: u32 = 0;

/** Makes room for `needed` bytes of operand stacks, keeping the first `used`. */
export function growStackArea(used: u32, needed: u32): void {
  const capacity = capacityFor(needed);
  stackArea = moved(stackArea, stackCapacity, used, capacity);
  stackCapacity = capacity;
}

/** Makes room for `needed` bytes of memories, keeping the first `used`. */
export function growMemoryArea(used: u32, needed: u32): void {
  const capacity = capacityFor(needed);
  memoryArea = moved(memoryArea, memoryCapacity, used, capacity);
  memoryCapacity = capacity;
}

/** Makes room for `needed` bytes of output. What was there is lost. */
export function growReturnArea(needed: u32): void {
  const capacity = capacityFor(needed);
  returnArea = moved(returnArea, returnCapacity, 0, capacity);
  returnCapacity = capacity;
}

/** Makes room for `needed` bytes of logs, keeping the first `used`. */
export function growLogArea(used: u32, needed: u32): void {
  const capacity = capacityFor(needed);
  logArea = moved(logArea, logCapacity, used, capacity);
  logCapacity = capacity;
}

function capacityFor(needed: u32): u32 {
  let capacity: u32 = 1 << 16;
  while (capacity < needed) capacity <<= 1;
  return capacity;
}

function moved(old: usize, oldCapacity: u32, used: u32, capacity: u32): usize {
  const area = allocateBlock(capacity);
  if (used > 0) memory.copy(area, old, used);
  if (oldCapacity > 0) freeBlock(old, oldCapacity);
  return area;
}
