import type { TraceCollector, TraceSubject } from "../collector.ts";
import type { TracerSpec } from "../trace-spec.ts";
import { type CallFrame, createCallFrames } from "./call-frames.ts";

/** The tree of frames of an execution: geth's `callTracer`. */
export function createCallTracer(
  spec: Extract<TracerSpec, { kind: "callTracer" }>,
  subject: TraceSubject,
): TraceCollector {
  const frames = createCallFrames({ withLogs: spec.withLog, onlyTop: spec.onlyTopCall }, subject);
  return { tracer: frames.tracer, result: (execution) => writeFrame(frames.root(execution)) };
}

function writeFrame(frame: CallFrame): Record<string, unknown> {
  return {
    from: frame.from,
    gas: quantity(frame.gas),
    gasUsed: quantity(frame.gasUsed),
    ...(frame.to === undefined ? {} : { to: frame.to }),
    input: frame.input,
    ...(frame.output === "0x" ? {} : { output: frame.output }),
    ...(frame.error === undefined ? {} : { error: frame.error }),
    ...(frame.revertReason === undefined ? {} : { revertReason: frame.revertReason }),
    ...(frame.calls.length === 0 ? {} : { calls: frame.calls.map(writeFrame) }),
    ...(frame.logs.length === 0
      ? {}
      : {
          logs: frame.logs.map(({ address, topics, data, index, position }) => ({
            address,
            topics: [...topics],
            data,
            index: quantity(index),
            position: quantity(position),
          })),
        }),
    ...(frame.value === undefined ? {} : { value: quantity(frame.value) }),
    type: frame.type,
  };
}

function quantity(value: bigint | number): string {
  return `0x${value.toString(16)}`;
}
