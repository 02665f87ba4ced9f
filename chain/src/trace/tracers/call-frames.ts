import { toHex } from "../../codec/hex.ts";
import type { FrameEnd, FrameStart, Tracer } from "../../engine/tracer.ts";
import type { ExecutionResult } from "../../executor/executor.ts";
import type { Address, Hash, Hex } from "../../types.ts";
import type { TraceSubject } from "../collector.ts";
import { revertReason, vmError } from "../vm-error.ts";

/** What a frame was opened by, as geth names it. */
export type CallType = "CALL" | "CALLCODE" | "DELEGATECALL" | "STATICCALL" | "CREATE" | "CREATE2" | "SELFDESTRUCT";

/** A log with its place among the calls of its frame. */
export interface CallLog {
  readonly address: Address;
  readonly topics: readonly Hash[];
  readonly data: Hex;
  /** Position in the block, counted at that moment. */
  readonly index: number;
  /** Number of calls of the frame before it. */
  readonly position: number;
}

/** One frame with those it opened. */
export interface CallFrame {
  readonly type: CallType;
  /** The account whose code made the call. */
  readonly from: Address;
  /** Whose code runs, the new contract, or who inherits; `undefined` for a creation that failed. */
  to: Address | undefined;
  /** Absent for a STATICCALL. */
  readonly value: bigint | undefined;
  readonly gas: bigint;
  gasUsed: bigint;
  readonly input: Hex;
  output: Hex;
  error: string | undefined;
  revertReason: string | undefined;
  readonly calls: CallFrame[];
  logs: CallLog[];
}

/** Watches for frames. */
export interface CallFrames {
  readonly tracer: Tracer;
  /** The outermost frame, complete. */
  root(execution: ExecutionResult): CallFrame;
}

/** Which frames are kept. */
export interface CallFramesOptions {
  readonly withLogs: boolean;
  readonly onlyTop: boolean;
  /** The outermost frame has the gas behind the intrinsic cost instead of the transaction's. Default false. */
  readonly countsExecutionOnly?: boolean;
}

const types: Readonly<Record<FrameStart["kind"], CallType>> = {
  call: "CALL",
  callcode: "CALLCODE",
  delegatecall: "DELEGATECALL",
  staticcall: "STATICCALL",
  create: "CREATE",
  create2: "CREATE2",
};

/** Bytes of JSON that a frame takes without its data. */
const FRAME_SIZE = 320;
const LOG_SIZE = 160;
const TOPIC_SIZE = 70;

/** Collects the frames of an execution as a tree. */
export function createCallFrames(options: CallFramesOptions, subject: TraceSubject): CallFrames {
  const { withLogs, onlyTop, countsExecutionOnly = false } = options;
  const { budget, execution, place } = subject;
  let top: CallFrame | undefined;
  /** The open frames, outermost first, each with the number of logs when it began. */
  let open: { frame: CallFrame; logs: number }[] = [];
  let logs = place.firstLog;

  function onEnter(start: FrameStart): void {
    if (onlyTop && start.depth > 0) return;
    const frame = openedFrame(start, start.depth === 0 && !countsExecutionOnly ? execution.gasLimit : start.gasLimit);
    budget.charge(FRAME_SIZE + frame.input.length);
    open.push({ frame, logs });
  }

  function onExit(end: FrameEnd): void {
    if (onlyTop && end.depth > 0) return;
    const ended = open.pop();
    if (ended === undefined) return;
    const { frame } = ended;
    budget.charge(2 * end.returnData.length);
    frame.gasUsed = end.gasUsed;
    closeFrame(frame, end);
    if (!end.success) {
      logs = ended.logs;
      dropLogs(frame);
    }
    const parent = open.at(-1)?.frame;
    if (parent === undefined) top = frame;
    else parent.calls.push(frame);
  }

  const tracer: Tracer = {
    onEnter,
    onExit,
    onRestart() {
      top = undefined;
      open = [];
      logs = place.firstLog;
    },
  };
  if (!onlyTop) {
    tracer.onDestruction = ({ address, heir, balance }) => {
      budget.charge(FRAME_SIZE);
      open.at(-1)?.frame.calls.push({
        type: "SELFDESTRUCT",
        from: address,
        to: heir,
        value: balance,
        gas: 0n,
        gasUsed: 0n,
        input: "0x",
        output: "0x",
        error: undefined,
        revertReason: undefined,
        calls: [],
        logs: [],
      });
    };
  }
  if (withLogs) {
    tracer.onLog = ({ address, topics, data }, depth) => {
      const index = logs++;
      const frame = open.at(-1)?.frame;
      if (frame === undefined || (onlyTop && depth > 0)) return;
      budget.charge(LOG_SIZE + 2 * data.length + TOPIC_SIZE * topics.length);
      frame.logs.push({ address, topics, data: toHex(data), index, position: frame.calls.length });
    };
  }
  return {
    tracer,
    root({ gasUsed }) {
      if (top === undefined) throw new Error("An execution ended without its outermost frame");
      if (!countsExecutionOnly) top.gasUsed = gasUsed;
      return top;
    },
  };
}

function openedFrame({ kind, from, to, codeAddress, value, data }: FrameStart, gas: bigint): CallFrame {
  const borrows = kind === "delegatecall" || kind === "callcode";
  return {
    type: types[kind],
    // A borrowed piece of code runs as the account that called for it.
    from: kind === "delegatecall" ? (to ?? from) : from,
    to: borrows ? codeAddress : to,
    value: kind === "staticcall" ? undefined : value,
    gas,
    gasUsed: 0n,
    input: toHex(data),
    output: "0x",
    error: undefined,
    revertReason: undefined,
    calls: [],
    logs: [],
  };
}

function closeFrame(frame: CallFrame, { success, haltReason, haltDetail, returnData, createdAddress }: FrameEnd): void {
  if (frame.type === "CREATE" || frame.type === "CREATE2") frame.to = createdAddress;
  if (success) {
    frame.output = toHex(returnData);
    return;
  }
  frame.error = vmError(haltReason ?? "other", haltDetail);
  if (haltReason !== "revert" || returnData.length === 0) return;
  frame.output = toHex(returnData);
  frame.revertReason = revertReason(returnData);
}

/** A frame that fails takes its logs back, and those of the frames it opened. */
function dropLogs(frame: CallFrame): void {
  frame.logs = [];
  frame.calls.forEach(dropLogs);
}
