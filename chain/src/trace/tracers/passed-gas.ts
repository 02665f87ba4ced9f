import type { StepView } from "../../engine/tracer.ts";

const CALLS: ReadonlySet<number> = new Set([0xf1, 0xf2, 0xf4, 0xfa]);
const MAX_U64 = 2n ** 64n - 1n;
/** EIP-150: a call keeps back one part in so many. */
const KEPT_BACK = 64n;

/** Gas that a call instruction hands to the frame it opens, the stipend apart: geth counts it in the cost of the instruction. 0 for others. */
export function passedGas({ opcode, stack, gasLeft, gasCost }: StepView): bigint {
  if (!CALLS.has(opcode)) return 0n;
  const wanted = stack.at(-1);
  if (wanted === undefined) return 0n;
  const available = gasLeft - gasCost;
  if (available < 0n) return wanted > MAX_U64 ? 0n : wanted;
  const most = available - available / KEPT_BACK;
  return wanted < most ? wanted : most;
}
