import type { BlockContext } from "../engine/engine.ts";
import type { Tracer } from "../engine/tracer.ts";
import type { Execution, ExecutionResult } from "../executor/executor.ts";
import type { Rules } from "../rules/rules.ts";
import type { State } from "../state/state.ts";
import type { Hash } from "../types.ts";
import type { TraceBudget } from "./trace-budget.ts";

/** What is known of an execution before it begins. */
export interface TraceSubject {
  readonly rules: Rules;
  readonly execution: Execution;
  readonly context: BlockContext;
  /** The state it runs on; while it runs, its state at that moment. */
  readonly state: State;
  /** Place in the chain; what is missing is told of no call. */
  readonly place: {
    readonly blockHash: Hash | undefined;
    readonly transactionHash: Hash | undefined;
    readonly transactionIndex: number;
    /** Number of logs of the transactions before it in its block. */
    readonly firstLog: number;
  };
  readonly budget: TraceBudget;
}

/** Watches one execution and says what it saw. */
export interface TraceCollector {
  readonly tracer: Tracer;
  /**
   * Compares the states before and after. Then the executing side calls `after` when the execution is over, goes back, and calls `before`.
   */
  readonly comparison?: {
    after(state: State): void;
    before(state: State): void;
  };
  /** What geth answers for this tracer, as plain JSON. Asked once, last. */
  result(execution: ExecutionResult): unknown;
}
