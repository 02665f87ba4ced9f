import type { TraceCollector, TraceSubject } from "./collector.ts";
import { composeTracers } from "./compose-tracers.ts";
import type { TracerSpec } from "./trace-spec.ts";
import { createCallTracer } from "./tracers/call-tracer.ts";
import { createFlatCallTracer } from "./tracers/flat-call-tracer.ts";
import { createFourByteTracer } from "./tracers/four-byte-tracer.ts";
import { createPrestateTracer } from "./tracers/prestate-tracer.ts";
import { createStructLog } from "./tracers/struct-log.ts";
import { createVmTracer } from "./tracers/vm-tracer.ts";

/** Makes the collector that a specification asks for. */
export function createCollector(spec: TracerSpec, subject: TraceSubject): TraceCollector {
  switch (spec.kind) {
    case "structLog":
      return createStructLog(spec, subject);
    case "callTracer":
      return createCallTracer(spec, subject);
    case "flatCallTracer":
      return createFlatCallTracer(spec, subject);
    case "prestateTracer":
      return createPrestateTracer(spec, subject);
    case "vmTracer":
      return createVmTracer(subject);
    case "4byteTracer":
      return createFourByteTracer(subject);
    case "noopTracer":
      return { tracer: {}, result: () => ({}) };
    case "muxTracer":
      return createMux(spec.tracers, subject);
  }
}

/** Runs several at once; their answers stand under their names. */
function createMux(specs: ReadonlyMap<string, TracerSpec>, subject: TraceSubject): TraceCollector {
  const collectors = [...specs].map(([name, spec]) => ({ name, collector: createCollector(spec, subject) }));
  const comparisons = collectors.flatMap(({ collector: { comparison } }) => comparison ?? []);
  return {
    tracer: composeTracers(collectors.map(({ collector }) => collector.tracer)),
    ...(comparisons.length === 0
      ? {}
      : {
          comparison: {
            after: (state) => {
              for (const comparison of comparisons) comparison.after(state);
            },
            before: (state) => {
              for (const comparison of comparisons) comparison.before(state);
            },
          },
        }),
    result: (execution) =>
      Object.fromEntries(collectors.map(({ name, collector }) => [name, collector.result(execution)])),
  };
}
