import { A_ADDRESS } from "./accounts";
import { growLogArea, logArea, logCapacity } from "./areas";
import { charge, halt, HALT_STATIC, isStatic, self } from "./frames";
import { logged } from "./host";
import { range, rangeSize, rangeStart } from "./memory";
import { HOOK_LOGS, hooks } from "./parameters";
import { copyWord } from "./words";

/**
 * LOG0 to LOG4. A log lies in the log area as: size of all (u32), topics (u32), size of the data (u32), 4 bytes spare, address (word),
 * topics (words), data, padded to 8 bytes.
 */
export let logCount: u32 = 0;
export let logBytes: u32 = 0;

export function dropLogs(count: u32, bytes: u32): void {
  logCount = count;
  logBytes = bytes;
}

/** Offset, size, topics. */
export function log(top: usize, topics: u32): bool {
  if (isStatic) return halt(HALT_STATIC);
  if (!range(top, top - 32)) return false;
  if (!charge(8 * <u64>rangeSize)) return false;
  const size = (48 + 32 * topics + rangeSize + 7) & ~7;
  if (logBytes + size > logCapacity) growLogArea(logBytes, logBytes + size);
  const at = logArea + logBytes;
  store<u32>(at, size);
  store<u32>(at, topics, 4);
  store<u32>(at, rangeSize, 8);
  copyWord(at + 16, self + A_ADDRESS);
  for (let i: u32 = 0; i < topics; i++) copyWord(at + 48 + (i << 5), top - 64 - (i << 5));
  if (rangeSize > 0) memory.copy(at + 48 + (topics << 5), rangeStart, rangeSize);
  logBytes += size;
  logCount++;
  if ((hooks & HOOK_LOGS) != 0) logged(at);
  return true;
}
