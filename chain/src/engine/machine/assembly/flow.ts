import { C_DECODED, C_SIZE, C_TABLE, carefulOf } from "./code";
import { base, halt, HALT_INVALID_JUMP, switchStream, table } from "./frames";

/** JUMP and JUMPI whose target is only known when they run. */

/** The block of a JUMPDEST, absolute; 0, with the reason, if there is none at that place (a word) of the code. */
@inline
export function jumpTarget(place: usize, code: usize): usize {
  const pc = load<u64>(place);
  if ((load<u64>(place, 8) | load<u64>(place, 16) | load<u64>(place, 24)) != 0 || pc >= <u64>load<u32>(code, C_DECODED)) {
    return beyond(place, code);
  }
  const offset = load<u32>(table + (<usize>pc << 2));
  if (offset == 0) {
    halt(HALT_INVALID_JUMP);
    return 0;
  }
  return base + offset;
}

/** The same for a place that the stream does not cover. */
function beyond(place: usize, code: usize): usize {
  const pc = load<u64>(place);
  if ((load<u64>(place, 8) | load<u64>(place, 16) | load<u64>(place, 24)) == 0 && pc < <u64>load<u32>(code, C_SIZE)) {
    const careful = carefulOf(code);
    const offset = load<u32>(careful + load<u32>(careful, C_TABLE) + (<usize>pc << 2));
    if (offset != 0) {
      switchStream(careful);
      return careful + offset;
    }
  }
  halt(HALT_INVALID_JUMP);
  return 0;
}
