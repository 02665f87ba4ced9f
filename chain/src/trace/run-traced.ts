import type { ExecutionResult, Executor } from "../executor/executor.ts";
import type { TraceCollector, TraceSubject } from "./collector.ts";
import { composeTracers } from "./compose-tracers.ts";
import { createCollector } from "./create-collector.ts";
import type { TracerSpec } from "./trace-spec.ts";

/** An execution and what its tracer said. */
export interface TracedRun {
  readonly result: ExecutionResult;
  readonly trace: unknown;
}

/** Runs one execution under a tracer; its changes stay. */
export async function runTraced(executor: Executor, spec: TracerSpec, subject: TraceSubject): Promise<TracedRun> {
  const collector = createCollector(spec, subject);
  const { watch } = subject.budget;
  const tracer = watch === undefined ? collector.tracer : composeTracers([watch, collector.tracer]);
  const { state, execution, context } = subject;
  const run = (): Promise<ExecutionResult> => executor.execute(state, execution, context, tracer);
  const result = await (collector.comparison === undefined
    ? run()
    : compare(executor, subject, collector.comparison, run));
  return { result, trace: collector.result(result) };
}

/** Shows the state after and the state before, in this order: only the execution knows where to look. */
async function compare(
  executor: Executor,
  { state, execution, context }: TraceSubject,
  comparison: NonNullable<TraceCollector["comparison"]>,
  run: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  const before = state.snapshot();
  try {
    const result = await run();
    comparison.after(state);
    state.restore(before);
    comparison.before(state);
    await executor.execute(state, execution, context);
    return result;
  } finally {
    state.release(before);
  }
}
