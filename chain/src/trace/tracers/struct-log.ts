import { bytesToWord, toHex } from "../../codec/hex.ts";
import { opcodeName } from "../../engine/machine/opcode-table.ts";
import type { FrameEnd, StepView } from "../../engine/tracer.ts";
import type { Address, Hex, Word } from "../../types.ts";
import type { TraceCollector, TraceSubject } from "../collector.ts";
import type { StructLogSpec } from "../trace-spec.ts";
import { vmError } from "../vm-error.ts";
import { passedGas } from "./passed-gas.ts";

/** One instruction, as geth lists it. */
interface Entry {
  pc: number;
  op: string;
  gas: number;
  gasCost: number;
  depth: number;
  error?: string;
  stack?: readonly Hex[];
  returnData?: Hex;
  memory?: readonly Hex[];
  storage?: Readonly<Record<Word, Word>>;
  refund?: number;
}

const PREVRANDAO = 0x44;
const INVALID = 0xfe;
const SLOAD = 0x54;
const SSTORE = 0x55;
const WORD = 32;
/** Bytes of JSON that an entry takes without its lists. */
const ENTRY_SIZE = 64;
const QUOTES = 3;
const SLOT_SIZE = 2 * 66 + 6;

/** Lists every instruction with gas, stack and storage, as geth does where no tracer is named. */
export function createStructLog(spec: StructLogSpec, { state, budget }: TraceSubject): TraceCollector {
  let entries: Entry[] = [];
  const storages = new Map<Address, Map<Word, Word>>();
  /** The last stack as it was written: most of a stack stays from one instruction to the next. */
  let words: readonly bigint[] = [];
  let written: Hex[] = [];
  let last: Entry | undefined;

  function writeStack(stack: readonly bigint[]): Hex[] {
    const texts: Hex[] = new Array(stack.length);
    let size = 0;
    for (let i = 0; i < stack.length; i++) {
      const word = stack[i] as bigint;
      const known = words[i] === word ? written[i] : undefined;
      const text: Hex = known ?? `0x${word.toString(16)}`;
      texts[i] = text;
      size += text.length + QUOTES;
    }
    budget.charge(size);
    words = [...stack];
    written = texts;
    return texts;
  }

  function writeMemory(memory: Uint8Array): Hex[] {
    budget.charge((memory.length / WORD) * (2 * WORD + 2 + QUOTES));
    const texts: Hex[] = [];
    for (let at = 0; at < memory.length; at += WORD) texts.push(toHex(memory.subarray(at, at + WORD)));
    return texts;
  }

  /** All slots that the account has read or written so far, with the one of this instruction. */
  function noteSlot({ address, opcode, stack }: StepView): Record<Word, Word> | undefined {
    const key = stack.at(-1);
    const value = stack.at(-2);
    if (key === undefined || (opcode === SSTORE && value === undefined)) return undefined;
    const slot = wordOf(key);
    const slots = storages.get(address) ?? new Map<Word, Word>();
    storages.set(address, slots);
    slots.set(slot, opcode === SSTORE ? wordOf(value ?? 0n) : bytesToWord(state.getStorage(address, slot)));
    budget.charge(slots.size * SLOT_SIZE);
    return Object.fromEntries(slots);
  }

  function onStep(step: StepView): void {
    last = undefined;
    if (spec.limit !== 0 && entries.length >= spec.limit) return;
    budget.charge(ENTRY_SIZE);
    const { opcode } = step;
    const entry: Entry = {
      pc: step.pc,
      op: nameOf(opcode),
      gas: Number(step.gasLeft),
      gasCost: Number(step.gasCost + passedGas(step)),
      depth: step.depth + 1,
    };
    if (!spec.disableStack) entry.stack = writeStack(step.stack);
    if (spec.enableReturnData && step.returnData.length > 0) {
      budget.charge(2 * step.returnData.length);
      entry.returnData = toHex(step.returnData);
    }
    if (spec.enableMemory && step.memory.length > 0) entry.memory = writeMemory(step.memory);
    if (!spec.disableStorage && (opcode === SLOAD || opcode === SSTORE)) {
      const storage = noteSlot(step);
      if (storage !== undefined) entry.storage = storage;
    }
    entry.refund = Number(step.gasRefund);
    entries.push(entry);
    last = entry;
  }

  /** What could not be paid or did not fit the stack never ran: the error stands at the instruction. */
  function onExit({ depth, haltReason, haltDetail }: FrameEnd): void {
    const entry = last;
    last = undefined;
    if (entry === undefined || entry.depth !== depth + 1 || haltReason === undefined) return;
    const isUnpaid =
      haltReason === "out-of-gas" && haltDetail?.kind !== "code-deposit" && haltDetail?.kind !== "return-data";
    if (!isUnpaid && haltReason !== "stack-underflow" && haltReason !== "stack-overflow") return;
    entry.error = vmError(haltReason, haltDetail);
    if (haltDetail?.kind === "store-sentry") entry.gasCost = 0;
  }

  return {
    tracer: {
      onStep,
      onExit,
      onRestart() {
        entries = [];
        storages.clear();
      },
    },
    result({ success, haltReason, gasUsed, returnData }) {
      return {
        gas: Number(gasUsed),
        failed: !success,
        returnValue: success || haltReason === "revert" ? toHex(returnData) : "0x",
        structLogs: entries,
      };
    },
  };
}

/** Geth keeps the name that PREVRANDAO had before the merge, and so do the tools that read these lists. */
function nameOf(opcode: number): string {
  if (opcode === PREVRANDAO) return "DIFFICULTY";
  const name = opcodeName(opcode);
  return name === "INVALID" && opcode !== INVALID ? `opcode 0x${opcode.toString(16)} not defined` : name;
}

function wordOf(value: bigint): Word {
  return `0x${value.toString(16).padStart(2 * WORD, "0")}`;
}
