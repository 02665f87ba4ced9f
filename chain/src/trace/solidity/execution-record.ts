import type { FrameEnd, FrameStart, Tracer } from "../../engine/tracer.ts";
import type { Address, HaltReason } from "../../types.ts";

/** One message frame of a failed execution: what ran, step by step, and how it ended. */
export interface RecordedFrame {
  readonly isCreation: boolean;
  readonly depth: number;
  /** Account whose code ran; `undefined` for a creation. */
  readonly codeAddress: Address | undefined;
  readonly value: bigint;
  /** Call data, or init code for a creation. */
  readonly data: Uint8Array;
  /** Code that ran; init code for a creation, empty for a precompiled contract or an account without code. */
  readonly code: Uint8Array;
  /** Places of the executed instructions, in order; only the first {@link stepCount} count. */
  readonly steps: Uint32Array;
  readonly stepCount: number;
  /** The last frame that this one opened. Earlier ones did not end the execution and are not kept. */
  readonly child: RecordedFrame | undefined;
  /** How many steps came before {@link child}. */
  readonly childAt: number;
  readonly success: boolean;
  readonly haltReason: HaltReason | undefined;
  readonly returnData: Uint8Array;
}

/** A recorder of one execution. */
export interface ExecutionRecorder {
  readonly tracer: Tracer;
  /** The outermost frame, once the execution has ended. */
  record(): RecordedFrame | undefined;
}

/** A frame being recorded. */
interface OpenFrame {
  readonly start: Pick<FrameStart, "depth" | "codeAddress" | "value">;
  readonly isCreation: boolean;
  readonly data: Uint8Array;
  readonly code: Uint8Array;
  steps: Uint32Array;
  stepCount: number;
  child: RecordedFrame | undefined;
  childAt: number;
}

const FIRST_STEPS = 512;

/**
 * Makes a recorder: the least that a stack trace needs. Steps are kept as plain numbers, and only of the frames that can have ended the execution.
 * @param codeOf code of an account while the execution runs
 */
export function createExecutionRecorder(codeOf: (address: Address) => Uint8Array): ExecutionRecorder {
  let open: OpenFrame[] = [];
  let current: OpenFrame | undefined;
  let finished: RecordedFrame | undefined;

  function onEnter(start: FrameStart): void {
    // An execution may begin anew when a page of the state was missing.
    if (start.depth === 0) open = [];
    const { depth, codeAddress, value } = start;
    const data = start.data.slice();
    const isCreation = start.kind === "create" || start.kind === "create2";
    const code = isCreation || codeAddress === undefined ? data : codeOf(codeAddress);
    current = {
      start: { depth, codeAddress: isCreation ? undefined : codeAddress, value },
      isCreation,
      data,
      code,
      steps: new Uint32Array(FIRST_STEPS),
      stepCount: 0,
      child: undefined,
      childAt: 0,
    };
    open.push(current);
  }

  function onExit({ success, haltReason, returnData }: FrameEnd): void {
    const ended = open.pop();
    if (ended === undefined) return;
    const { start, steps, ...rest } = ended;
    const frame: RecordedFrame = {
      ...start,
      ...rest,
      // Nobody looks into what succeeded.
      steps: success ? NO_STEPS : steps,
      child: success ? undefined : ended.child,
      success,
      haltReason,
      returnData: success ? NO_BYTES : returnData.slice(),
    };
    current = open.at(-1);
    // What was refused for its depth or for want of funds never began: the caller goes on as after an instruction.
    const neverBegan =
      !success && ended.stepCount === 0 && (haltReason === "insufficient-balance" || haltReason === "other");
    if (current === undefined) finished = frame;
    else if (!neverBegan) {
      current.child = frame;
      current.childAt = current.stepCount;
    }
  }

  function onInstruction(pc: number): void {
    if (current === undefined) return;
    if (current.stepCount === current.steps.length) {
      const grown = new Uint32Array(current.steps.length * 2);
      grown.set(current.steps);
      current.steps = grown;
    }
    current.steps[current.stepCount++] = pc;
  }

  return { tracer: { onEnter, onExit, onInstruction }, record: () => finished };
}

const NO_STEPS = new Uint32Array(0);
const NO_BYTES = new Uint8Array(0);
