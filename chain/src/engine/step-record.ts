import type { Tracer } from "./tracer.ts";

/** More steps than this are not kept: a difference later than that is reported without its step. */
const STEPS_KEPT = 500_000;

/** The first step in which two runs differ, each in one line. */
export interface StepDifference {
  readonly index: number;
  readonly expected: string;
  readonly actual: string;
}

/**
 * Runs something with a tracer and notes every step in one line: place, instruction, gas, depth, stack, size of memory.
 * @param work what to run; its own failure ends the record
 */
export async function recordSteps(work: (tracer: Tracer) => Promise<unknown>): Promise<readonly string[]> {
  const steps: string[] = [];
  await work({
    onStep({ pc, opcode, gasLeft, gasRefund, depth, stack, memory }) {
      if (steps.length >= STEPS_KEPT) return;
      const words = stack.map((word) => word.toString(16)).join(",");
      steps.push(
        `pc ${pc} op 0x${opcode.toString(16)} gas ${gasLeft} refund ${gasRefund} depth ${depth} stack [${words}] memory ${memory.length}`,
      );
    },
  });
  return steps;
}

/** Compares two records. */
export function firstDifferingStep(expected: readonly string[], actual: readonly string[]): StepDifference | undefined {
  const length = Math.max(expected.length, actual.length);
  for (let index = 0; index < length; index++) {
    const left = expected[index] ?? "nothing";
    const right = actual[index] ?? "nothing";
    if (left !== right) return { index, expected: left, actual: right };
  }
  return undefined;
}
