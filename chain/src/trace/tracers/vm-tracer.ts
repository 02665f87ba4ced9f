import { EMPTY_BYTES, toHex } from "../../codec/hex.ts";
import { opcodeName, wordsLeft } from "../../engine/machine/opcode-table.ts";
import type { FrameEnd, FrameStart, StepView } from "../../engine/tracer.ts";
import { codeRunBy } from "../../state/delegation.ts";
import type { Hex } from "../../types.ts";
import type { TraceCollector, TraceSubject } from "../collector.ts";
import { passedGas } from "./passed-gas.ts";

/** What an instruction did; absent where it failed. */
interface VmEffect {
  readonly mem: { readonly data: Hex; readonly off: number } | null;
  /** What it put onto the stack (or moved there), bottom first. */
  readonly push: readonly Hex[];
  readonly store: { readonly key: Hex; readonly val: Hex } | null;
  /** Gas left behind it. */
  readonly used: number;
}

/** One instruction in Parity's form, with the name of the instruction beside it. */
interface VmOperation {
  readonly cost: number;
  ex: VmEffect | null;
  readonly op: string;
  readonly pc: number;
  sub: VmFrame | null;
}

/** The instructions of one frame. */
interface VmFrame {
  readonly code: Hex;
  readonly ops: VmOperation[];
}

/** A frame that runs, with its instruction whose effect is not known yet. */
interface OpenFrame {
  readonly frame: VmFrame;
  pending: PendingOperation | undefined;
}

interface PendingOperation {
  readonly operation: VmOperation;
  readonly opcode: number;
  /** Where it writes memory. */
  readonly written: { readonly at: number; readonly size: number } | undefined;
  readonly store: VmEffect["store"];
  readonly gasLeft: bigint;
}

const SSTORE = 0x55;
const REVERT = 0xfd;
const WORD = 32;
/** Bytes of JSON that an instruction and a word take. */
const OPERATION_SIZE = 110;
const WORD_SIZE = 24;

/** Where operands of an instruction say that memory is written, counted from the top of the stack: offset and size. */
const WRITERS: ReadonlyMap<number, readonly [offset: number, size: number]> = new Map([
  [0x37, [1, 3]], // CALLDATACOPY
  [0x39, [1, 3]], // CODECOPY
  [0x3c, [2, 4]], // EXTCODECOPY
  [0x3e, [1, 3]], // RETURNDATACOPY
  [0x5e, [1, 3]], // MCOPY
  [0xf1, [6, 7]], // CALL
  [0xf2, [6, 7]], // CALLCODE
  [0xf4, [5, 6]], // DELEGATECALL
  [0xfa, [5, 6]], // STATICCALL
]);
/** Instructions that touch a memory of fixed size at the offset on top of the stack. Parity counts MLOAD among them. */
const FIXED_WRITERS: ReadonlyMap<number, number> = new Map([
  [0x51, WORD], // MLOAD
  [0x52, WORD], // MSTORE
  [0x53, 1], // MSTORE8
]);

/** Every instruction with what it changed, frames inside the instructions that opened them: Parity's `vmTrace`. */
export function createVmTracer({ state, budget }: TraceSubject): TraceCollector {
  let open: OpenFrame[] = [];
  let root: VmFrame = { code: "0x", ops: [] };

  /** Completes the instruction before this one of the same frame. */
  function settle(pending: PendingOperation, gasLeft: bigint, stack: readonly bigint[], memory: Uint8Array): void {
    const { operation, opcode, written, store } = pending;
    const count = wordsLeft(opcode);
    const push = count === 0 ? [] : stack.slice(-count).map((word): Hex => `0x${word.toString(16)}`);
    const size = written?.size ?? 0;
    budget.charge(count * WORD_SIZE + 2 * size);
    operation.ex = {
      mem:
        written === undefined ? null : { data: toHex(memory.subarray(written.at, written.at + size)), off: written.at },
      push,
      store,
      used: Number(gasLeft),
    };
  }

  function onStep(step: StepView): void {
    const current = open.at(-1);
    if (current === undefined) return;
    if (current.pending !== undefined) settle(current.pending, step.gasLeft, step.stack, step.memory);
    budget.charge(OPERATION_SIZE);
    const { opcode, stack, gasLeft, gasCost } = step;
    const cost = gasCost + passedGas(step);
    const operation: VmOperation = { cost: Number(cost), ex: null, op: opcodeName(opcode), pc: step.pc, sub: null };
    current.frame.ops.push(operation);
    const isPaid = gasCost <= gasLeft;
    const [key, value] = [stack.at(-1), stack.at(-2)];
    current.pending = {
      operation,
      opcode,
      written: isPaid ? writtenBy(opcode, stack) : undefined,
      store:
        opcode === SSTORE && key !== undefined && value !== undefined
          ? { key: `0x${key.toString(16)}`, val: `0x${value.toString(16)}` }
          : null,
      gasLeft: isPaid ? gasLeft - gasCost : 0n,
    };
  }

  function onEnter({ kind, codeAddress, data }: FrameStart): void {
    const isCreation = kind === "create" || kind === "create2";
    const code = isCreation ? data : codeAddress === undefined ? EMPTY_BYTES : codeRunBy(state, codeAddress);
    budget.charge(2 * code.length);
    open.push({ frame: { code: toHex(code), ops: [] }, pending: undefined });
  }

  function onExit({ success, haltReason }: FrameEnd): void {
    const ended = open.pop();
    if (ended === undefined) return;
    const { frame, pending } = ended;
    // The last instruction has nothing behind it; one that broke the frame off had no effect.
    if (pending !== undefined && (success || (haltReason === "revert" && pending.opcode === REVERT)))
      settle({ ...pending, written: undefined }, pending.gasLeft, [], EMPTY_BYTES);
    const parent = open.at(-1);
    if (parent === undefined) root = frame;
    else if (parent.pending !== undefined && frame.ops.length > 0) parent.pending.operation.sub = frame;
  }

  return {
    tracer: {
      onStep,
      onEnter,
      onExit,
      onRestart() {
        open = [];
        root = { code: "0x", ops: [] };
      },
    },
    result: () => root,
  };
}

function writtenBy(opcode: number, stack: readonly bigint[]): PendingOperation["written"] {
  const fixed = FIXED_WRITERS.get(opcode);
  const [offset, length] = fixed === undefined ? (WRITERS.get(opcode) ?? []) : [1, undefined];
  if (offset === undefined) return undefined;
  const at = stack.at(-offset);
  const size = length === undefined ? BigInt(fixed ?? 0) : stack.at(-length);
  return at === undefined || size === undefined || size === 0n ? undefined : { at: Number(at), size: Number(size) };
}
