import type { Address } from "../../types.ts";
import type { FrameKind } from "../tracer.ts";
import type { Machine } from "./machine.ts";

// Offsets as in `assembly/frames.ts`.
const SELF = 40;
const CODE_ACCOUNT = 44;
const DATA = 48;
const DATA_SIZE = 52;
const GAS = 32;
const MEMORY = 12;
const MEMORY_SIZE = 16;
const IS_STATIC = 88;
const KIND = 92;
const CALLER = 96;
const VALUE = 128;
const FRAME_SIZE = 256;

const KINDS: readonly FrameKind[] = ["call", "callcode", "delegatecall", "staticcall", "create", "create2"];

/** One frame record of a machine, read field by field. */
export interface FrameView {
  readonly kind: FrameKind;
  readonly depth: number;
  readonly caller: Address;
  readonly self: Address;
  readonly codeAddress: Address;
  readonly value: bigint;
  readonly gas: bigint;
  readonly isStatic: boolean;
  /** A live view: copy what is kept. */
  readonly data: Uint8Array;
  readonly memoryStart: number;
  readonly memorySize: number;
}

/** Reads a frame record. */
export function viewFrame(machine: Machine, record: number): FrameView {
  const u32 = (offset: number): number => machine.readU32(record + offset);
  const { exports } = machine;
  const data = exports.memoryArea.value + u32(DATA);
  return {
    kind: KINDS[u32(KIND)] ?? "call",
    depth: (record - exports.frames.value) / FRAME_SIZE,
    caller: machine.readAddress(record + CALLER),
    self: machine.readAddress(u32(SELF)),
    codeAddress: machine.readAddress(u32(CODE_ACCOUNT)),
    value: machine.readWord(record + VALUE),
    gas: machine.readU64(record + GAS),
    isStatic: u32(IS_STATIC) !== 0,
    data: machine.subarray(data, u32(DATA_SIZE)),
    memoryStart: exports.memoryArea.value + u32(MEMORY),
    memorySize: u32(MEMORY_SIZE),
  };
}

/** Sets the gas that a frame has left. */
export function setFrameGas(machine: Machine, record: number, gas: bigint): void {
  machine.writeU64(record + GAS, gas);
}
