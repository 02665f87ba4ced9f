import type { HaltReason } from "../../types.ts";

/** In the order of the `HALT_` numbers of `assembly/frames.ts`. */
const REASONS: readonly HaltReason[] = [
  "other",
  "revert",
  "out-of-gas",
  "invalid-opcode",
  "stack-underflow",
  "stack-overflow",
  "invalid-jump",
  "static-state-change",
  "insufficient-balance",
  "create-collision",
  "code-size-exceeded",
  "initcode-size-exceeded",
  "invalid-code",
  "precompile-failure",
  "out-of-gas",
  "other",
];

/** Our name for the machine's number of a reason. */
export function haltReasonOf(reason: number): HaltReason {
  return REASONS[reason] ?? "other";
}

/** The numbers that TypeScript sets itself. */
export const HALT = { REVERT: 1, OUT_OF_GAS: 2, PRECOMPILE: 13 } as const;
