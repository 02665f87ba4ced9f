import type { HaltReason } from "../../types.ts";
import type { HaltDetail } from "../tracer.ts";

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
  "out-of-gas",
  "out-of-gas",
  "other",
];

/** Our name for the machine's number of a reason. */
export function haltReasonOf(reason: number): HaltReason {
  return REASONS[reason] ?? "other";
}

/** What the number of a reason says beyond its name. */
export function haltDetailOf(reason: number, figure: number, bound: number): HaltDetail | undefined {
  switch (reason) {
    case 3:
      return { kind: "opcode", opcode: figure };
    case 4:
    case 5:
      return { kind: "stack", height: figure, bound };
    case 14:
      return { kind: "return-data" };
    case 15:
      return { kind: "call-depth" };
    case 16:
      return { kind: "code-deposit" };
    case 17:
      return { kind: "store-sentry" };
    case 18:
      return { kind: "nonce" };
    default:
      return undefined;
  }
}

/** The numbers that TypeScript sets itself. */
export const HALT = { REVERT: 1, OUT_OF_GAS: 2, PRECOMPILE: 13 } as const;
