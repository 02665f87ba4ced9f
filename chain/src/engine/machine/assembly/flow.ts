import { base, halt, HALT_INVALID_JUMP, table } from "./frames";
import { C_SIZE } from "./code";

/** JUMP and JUMPI whose target is only known when they run. */

/** The block of a JUMPDEST, absolute; 0, with the reason, if there is none at that place (a word) of the code. */
@inline
export function jumpTarget(place: usize, code: usize): usize {
  const pc = load<u64>(place);
  if ((load<u64>(place, 8) | load<u64>(place, 16) | load<u64>(place, 24)) != 0 || pc >= <u64>load<u32>(code, C_SIZE)) {
    halt(HALT_INVALID_JUMP);
    return 0;
  }
  const offset = load<u32>(table + (<usize>pc << 2));
  if (offset == 0) {
    halt(HALT_INVALID_JUMP);
    return 0;
  }
  return base + offset;
}
