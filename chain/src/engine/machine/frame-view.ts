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
  const view = machine.view();
  const u32 = (offset: number): number => view.getUint32(record + offset, true);
  const { exports } = machine;
  const data = exports.memoryArea.value + u32(DATA);
  return {
    kind: KINDS[u32(KIND)] ?? "call",
    depth: (record - exports.frames.value) / FRAME_SIZE,
    caller: machine.readAddress(record + CALLER),
    self: machine.readAddress(u32(SELF)),
    codeAddress: machine.readAddress(u32(CODE_ACCOUNT)),
    value: machine.readWord(record + VALUE),
    gas: view.getBigUint64(record + GAS, true),
    isStatic: u32(IS_STATIC) !== 0,
    data: machine.bytes().subarray(data, data + u32(DATA_SIZE)),
    memoryStart: exports.memoryArea.value + u32(MEMORY),
    memorySize: u32(MEMORY_SIZE),
  };
}

/** Sets the gas that a frame has left. */
export function setFrameGas(machine: Machine, record: number, gas: bigint): void {
  machine.view().setBigUint64(record + GAS, gas, true);
}
