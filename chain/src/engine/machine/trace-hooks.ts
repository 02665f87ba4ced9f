import type { Tracer } from "../tracer.ts";
import { viewFrame } from "./frame-view.ts";
import { haltDetailOf, haltReasonOf } from "./halt-reason.ts";
import type { Machine } from "./machine.ts";
import { MachineStep } from "./machine-step.ts";
import { readLog } from "./read-logs.ts";

/** What the machine calls while an execution is watched. */
export interface TraceHooks {
  step(pc: number, opcode: number, gasLeft: bigint, cost: bigint, stackSize: number): void;
  place(pc: number, opcode: number): void;
  consoleCall(record: number): void;
  logged(at: number): void;
  stored(slot: number): void;
  destroyed(heir: number, balance: number): void;
  enter(record: number): void;
  exit(record: number, outcome: number, gasUsed: bigint, output: number, size: number): void;
}

/** What the machine is to tell, as bits: those of `assembly/parameters.ts`. */
export function hooksOf(tracer: Tracer | undefined): number {
  if (tracer === undefined) return 0;
  const { onStep, onInstruction, onEnter, onExit, onConsole, onLog, onStorageWrite, onDestruction } = tracer;
  return (
    (onStep === undefined ? 0 : 1) |
    (onEnter === undefined && onExit === undefined ? 0 : 2) |
    (onConsole === undefined ? 0 : 4) |
    (onLog === undefined ? 0 : 8) |
    (onStorageWrite === undefined ? 0 : 16) |
    (onDestruction === undefined ? 0 : 32) |
    (onInstruction === undefined ? 0 : 64)
  );
}

const SUCCESS = 1;

/** Hooks that tell a tracer; the machine calls them only if the tracer listens. */
export function createTraceHooks(machine: Machine, tracer: Tracer | undefined): TraceHooks {
  const { exports } = machine;
  let view: MachineStep | undefined;
  const depth = (): number => (exports.frame.value - exports.frames.value) / 256;
  return {
    step(pc, opcode, gasLeft, cost, stackSize) {
      if (tracer?.onStep === undefined) return;
      view ??= new MachineStep(machine);
      tracer.onStep(view.turn(pc, opcode, gasLeft, cost, stackSize));
    },
    place(pc, opcode) {
      tracer?.onInstruction?.(pc, opcode);
    },
    consoleCall(record) {
      tracer?.onConsole?.(viewFrame(machine, record).data);
    },
    logged(at) {
      tracer?.onLog?.(readLog(machine, at), depth());
    },
    stored(slot) {
      const account = machine.readU32(exports.frame.value + 40);
      // Offsets of a slot's record, as in `assembly/slots.ts`.
      tracer?.onStorageWrite?.({
        address: machine.readAddress(account),
        slot: machine.readHash(slot),
        value: machine.readHash(slot + 32),
        depth: depth(),
      });
    },
    destroyed(heir, balance) {
      tracer?.onDestruction?.({
        address: machine.readAddress(machine.readU32(exports.frame.value + 40)),
        heir: machine.readAddress(heir),
        balance: machine.readWord(balance),
        depth: depth(),
      });
    },
    enter(record) {
      if (tracer?.onEnter === undefined) return;
      const frame = viewFrame(machine, record);
      const creates = frame.kind === "create" || frame.kind === "create2";
      tracer.onEnter({
        kind: frame.kind,
        depth: frame.depth,
        from: frame.caller,
        to: creates ? undefined : frame.self,
        codeAddress: creates ? undefined : frame.codeAddress,
        value: frame.value,
        gasLimit: frame.gas,
        data: frame.data,
        isStatic: frame.isStatic,
      });
    },
    exit(record, outcome, gasUsed, output, size) {
      if (tracer?.onExit === undefined) return;
      const { kind, depth, self } = viewFrame(machine, record);
      const success = outcome === SUCCESS;
      const creates = kind === "create" || kind === "create2";
      tracer.onExit({
        depth,
        success,
        haltReason: success ? undefined : haltReasonOf(exports.haltReason.value),
        haltDetail: success
          ? undefined
          : haltDetailOf(exports.haltReason.value, exports.haltFigure.value, exports.haltBound.value),
        gasUsed: BigInt.asUintN(64, gasUsed),
        returnData: machine.slice(output, size),
        createdAddress: success && creates ? self : undefined,
      });
    },
  };
}
