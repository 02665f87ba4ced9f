import type { FrameEnd, FrameStart, Tracer } from "../../chain/src/engine/tracer.ts";

/** One event of an execution, as far as two engines must agree on it. */
export type TraceEvent =
  | {
      readonly kind: "step";
      readonly depth: number;
      readonly pc: number;
      readonly opcode: number;
      readonly gasLeft: bigint;
      /** Bytes of memory. */
      readonly memory: number;
      readonly stack: readonly bigint[];
    }
  | { readonly kind: "enter"; readonly depth: number; readonly text: string }
  /** `halted`: with a failure that is not a revert, so that all gas of the frame is gone. */
  | { readonly kind: "exit"; readonly depth: number; readonly halted: boolean; readonly text: string };

/** A tracer that keeps every event. */
export function createRecorder(): { readonly tracer: Tracer; readonly events: TraceEvent[] } {
  const events: TraceEvent[] = [];
  const tracer: Tracer = {
    onEnter: (frame) => events.push({ kind: "enter", depth: frame.depth, text: describeStart(frame) }),
    onExit: (frame) =>
      events.push({
        kind: "exit",
        depth: frame.depth,
        halted: !frame.success && frame.haltReason !== "revert",
        text: describeEnd(frame),
      }),
    onStep: ({ depth, pc, opcode, gasLeft, memory, stack }) =>
      events.push({ kind: "step", depth, pc, opcode, gasLeft, memory: memory.length, stack: [...stack] }),
  };
  return { tracer, events };
}

/** The first place at which two traces part, in words; `undefined` if they agree. */
export function firstDifference(oracle: readonly TraceEvent[], subject: readonly TraceEvent[]): string | undefined {
  let i = 0;
  let j = 0;
  for (;;) {
    const theirs = oracle[i];
    const ours = subject[j];
    if (theirs === undefined && ours === undefined) return undefined;
    if (theirs !== undefined && ours !== undefined && areEqual(theirs, ours)) {
      i++;
      j++;
      continue;
    }
    // An instruction that fails may be told before it fails or not at all: its frame ends at once either way.
    if (endsAtOnce(oracle, i) && ours?.kind === "exit" && ours.halted) i++;
    else if (endsAtOnce(subject, j) && theirs?.kind === "exit" && theirs.halted) j++;
    else {
      const before = oracle.slice(Math.max(0, i - 3), i).map((event) => `      same    ${describe(event)}\n`);
      return `event ${i}\n${before.join("")}      oracle  ${describe(theirs)}\n      subject ${describe(ours)}`;
    }
  }
}

function endsAtOnce(events: readonly TraceEvent[], at: number): boolean {
  const [step, end] = [events[at], events[at + 1]];
  return step?.kind === "step" && end?.kind === "exit" && end.halted && end.depth === step.depth;
}

function areEqual(a: TraceEvent, b: TraceEvent): boolean {
  if (a.depth !== b.depth) return false;
  if (a.kind !== "step" || b.kind !== "step")
    return a.kind !== "step" && b.kind !== "step" && a.kind === b.kind && a.text === b.text;
  if (a.pc !== b.pc || a.opcode !== b.opcode || a.gasLeft !== b.gasLeft || a.memory !== b.memory) return false;
  return a.stack.length === b.stack.length && a.stack.every((word, i) => word === b.stack[i]);
}

function describe(event: TraceEvent | undefined): string {
  if (event === undefined) return "(ends)";
  if (event.kind !== "step") return `${event.kind} depth ${event.depth} ${event.text}`;
  const { depth, pc, opcode, gasLeft, memory, stack } = event;
  const top = stack.slice(-5).map((word) => word.toString(16));
  return `step depth ${depth} pc ${pc} op 0x${opcode.toString(16)} gas ${gasLeft} memory ${memory} stack(${stack.length}) … ${top.join(" ")}`;
}

function describeStart({ kind, from, to, codeAddress, value, gasLimit, data, isStatic }: FrameStart): string {
  return `${kind} from ${from} to ${to} code ${codeAddress} value ${value} gas ${gasLimit} static ${isStatic} data ${text(data)}`;
}

function describeEnd({ success, haltReason, gasUsed, returnData, createdAddress }: FrameEnd): string {
  const how = success ? "success" : haltReason === "revert" ? "revert" : "halt";
  return `${how} gas used ${gasUsed} created ${createdAddress} data ${text(returnData)}`;
}

function text(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.length).toString("hex");
}
