import type { TraceCollector, TraceSubject } from "../collector.ts";
import type { TracerSpec } from "../trace-spec.ts";
import { createCallFrames } from "./call-frames.ts";
import { flatten } from "./flat-frames.ts";

/** The frames of an execution as a list in Parity's form: geth's `flatCallTracer`. */
export function createFlatCallTracer(
  spec: Extract<TracerSpec, { kind: "flatCallTracer" }>,
  subject: TraceSubject,
): TraceCollector {
  const { countsExecutionOnly = false } = spec;
  const frames = createCallFrames({ withLogs: false, onlyTop: false, countsExecutionOnly }, subject);
  const precompiles = spec.includePrecompiles ? new Set<string>() : new Set<string>(subject.rules.precompiles);
  return {
    tracer: frames.tracer,
    result: (execution) => flatten(frames.root(execution), { ...spec, precompiles, subject }),
  };
}
