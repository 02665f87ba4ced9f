import type { Tracer } from "../engine/tracer.ts";
import { codeRunBy } from "../state/delegation.ts";
import type { State } from "../state/state.ts";
import { createExecutionRecorder, type RecordedFrame } from "../trace/solidity/execution-record.ts";

/**
 * Runs an execution that is known to fail once more, and records what ran. What succeeds costs nothing that way.
 * @param state state as it was before the execution
 * @param run runs it under a tracer
 */
export async function recordExecution(
  state: State,
  run: (tracer: Tracer) => Promise<unknown>,
): Promise<RecordedFrame | undefined> {
  const recorder = createExecutionRecorder((address) => codeRunBy(state, address));
  await run(recorder.tracer);
  return recorder.record();
}
