import type { Contract } from "./contract.ts";
import { type ContractCode, JUMP, OP } from "./contract-code.ts";
import type { RecordedFrame } from "./execution-record.ts";
import type { Location, SolidityFunction } from "./source-file.ts";

/** A recorded frame read through the source map of its contract. Steps are named by their index. */
export interface FrameReading {
  readonly frame: RecordedFrame;
  readonly code: ContractCode;
  readonly contract: Contract;
  /** Number of steps. */
  readonly count: number;
  /** The first step after the last frame that this one opened; 0 if there was none. */
  readonly afterChild: number;
  pc(step: number): number;
  opcode(step: number): number;
  location(step: number): Location | undefined;
  /** Function called by the selector in the call data. */
  readonly calledFunction: SolidityFunction | undefined;
}

/** Which internal functions were open when a frame ended, outermost first. */
export interface InternalCalls {
  /** Places of the jumps. */
  readonly jumps: readonly number[];
  /** Places that they lead to. */
  readonly targets: readonly number[];
  /** Whether the source map says that any function of the source was entered. */
  readonly entered: boolean;
}

const SELECTOR_BYTES = 4;

/** Puts a frame and its contract together. */
export function readFrame(frame: RecordedFrame, code: ContractCode): FrameReading {
  const { steps, stepCount: count, data } = frame;
  const { contract } = code;
  const pc = (step: number): number => steps[step] ?? 0;
  return {
    frame,
    code,
    contract,
    count,
    afterChild: frame.child === undefined ? 0 : frame.childAt,
    pc,
    opcode: (step) => code.opcodeAt(pc(step)),
    location: (step) => code.locationAt(pc(step)),
    calledFunction:
      frame.isCreation || data.length < SELECTOR_BYTES
        ? undefined
        : contract.functions.get(Buffer.from(data.subarray(0, SELECTOR_BYTES)).toString("hex")),
  };
}

/** Follows the jumps into and out of functions through all steps of a frame. */
export function internalCallsOf({ frame, code, count, pc, opcode }: FrameReading): InternalCalls {
  const jumps: number[] = [];
  const targets: number[] = [];
  let entered = false;
  for (let step = 0; step < count; step++) {
    const jump = code.jumpAt(pc(step));
    if (jump === JUMP.NONE) continue;
    if (jump === JUMP.OUT) {
      jumps.pop();
      targets.pop();
      continue;
    }
    const opensFrame = frame.child !== undefined && frame.childAt === step + 1;
    if (step + 1 >= count || opensFrame || opcode(step + 1) !== OP.JUMPDEST) continue;
    jumps.push(pc(step));
    const target = pc(step + 1);
    targets.push(target);
    if (code.locationAt(target) !== undefined) entered = true;
  }
  return { jumps, targets, entered };
}

/** Whether certain instructions ran one after the other, counted from the end of the frame: -1 is the last step. */
export function ranAtEnd(
  { count, afterChild, opcode }: FrameReading,
  from: number,
  opcodes: readonly number[],
): boolean {
  const first = count + from;
  return first >= afterChild && opcodes.every((wanted, offset) => opcode(first + offset) === wanted);
}
