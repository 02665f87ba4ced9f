import { charge } from "./frames";
import { keccakWord } from "./keccak";
import { range, rangeSize, rangeStart } from "./memory";
import { expByteGas } from "./parameters";
import { byteLength, exp } from "./words";

/** The two of the arithmetic family whose gas depends on their operands; all others are plain functions of words.ts. */

/** Base, exponent. */
export function expOf(top: usize): bool {
  if (!charge(expByteGas() * <u64>byteLength(top - 32))) return false;
  exp(top - 32, top, top - 32);
  return true;
}

/** Offset, size. */
export function keccakOf(top: usize): bool {
  if (!range(top, top - 32)) return false;
  if (!charge(6 * ((<u64>rangeSize + 31) >> 5))) return false;
  keccakWord(top - 32, rangeStart, rangeSize);
  return true;
}
