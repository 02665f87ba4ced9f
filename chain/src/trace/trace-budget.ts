import type { StepView, Tracer } from "../engine/tracer.ts";
import { ChainError } from "../errors.ts";

/** Most bytes of JSON that the answer to one request for traces takes by default: well below the longest text that V8 makes. */
export const DEFAULT_TRACE_SIZE = 268_435_456;

/** What a trace may cost. One budget serves one request. */
export interface TraceBudget {
  /**
   * Counts what is kept, in bytes of JSON.
   * @throws ChainError `TRACE_TOO_LARGE`
   */
  charge(bytes: number): void;
  /** Gives up an execution that takes too long, by `TRACE_TIMEOUT`; absent without a time limit. */
  readonly watch: Tracer | undefined;
}

/** What limits a budget. */
export interface TraceBudgetOptions {
  /** Bytes of JSON. */
  readonly size: number;
  /** Milliseconds. */
  readonly timeout: number | undefined;
  /** Milliseconds since some moment. */
  readonly clock: () => number;
}

/** Instructions between two looks at the clock. */
const STEPS_BETWEEN_LOOKS = 1024;

/** Makes a budget; its time begins now. */
export function createTraceBudget({ size, timeout, clock }: TraceBudgetOptions): TraceBudget {
  let used = 0;
  const begun = timeout === undefined ? 0 : clock();

  function look(): void {
    if (timeout === undefined || clock() - begun <= timeout) return;
    throw new ChainError("TRACE_TIMEOUT", `The trace took longer than ${timeout} ms: raise "timeout" or trace less`, {
      timeout,
    });
  }

  let steps = 0;
  const onStep = (_step: StepView): void => {
    if (++steps % STEPS_BETWEEN_LOOKS === 0) look();
  };
  return {
    charge(bytes) {
      used += bytes;
      if (used <= size) return;
      throw new ChainError(
        "TRACE_TOO_LARGE",
        `The trace grows beyond ${size} bytes: set "limit", "disableStack" or "disableStorage", or trace one transaction instead of a block`,
        { limit: size },
      );
    },
    watch: timeout === undefined ? undefined : { onStep, onEnter: look },
  };
}
