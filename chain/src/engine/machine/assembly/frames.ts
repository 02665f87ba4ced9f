import {
  growReturnArea,
  growStackArea,
  memoryArea,
  returnArea,
  returnCapacity,
  stackArea,
  stackCapacity,
} from "./areas";
import { C_STREAM, C_TABLE } from "./code";

/**
 * Message frames, one record each in a fixed row: a call goes to the next record and comes back, so the machine's own stack stays flat at any
 * depth. What the running frame uses all the time is held in globals and written back when another frame runs.
 */

/** Deepest frame: the outermost is at 0 (Yellow Paper, section 9.4.1). */
export const MAX_DEPTH: u32 = 1024;
export const FRAME_SIZE: u32 = 256;

/** Place in the stream, absolute. */
export const F_IP: u32 = 0;
/** Operand stack: first free place, from the start of the stack area. */
export const F_SP: u32 = 4;
/** Bottom of the operand stack, from the start of the stack area. */
export const F_STACK: u32 = 8;
/** Memory, from the start of the memory area. */
export const F_MEMORY: u32 = 12;
export const F_MEMORY_SIZE: u32 = 16;
/** Decoded code. */
export const F_CODE: u32 = 20;
/** What the stream's jumps count from: the decoded code or its careful stream. */
export const F_BASE: u32 = 24;
/** Gas left, u64. */
export const F_GAS: u32 = 32;
/** Account the frame acts as, whose code runs, and who called (record, record, word). */
export const F_SELF: u32 = 40;
export const F_CODE_ACCOUNT: u32 = 44;
/** Call data (init code for a creation), from the start of the memory area. */
export const F_DATA: u32 = 48;
export const F_DATA_SIZE: u32 = 52;
/** Where the caller wants the output in its memory. */
export const F_OUT: u32 = 56;
export const F_OUT_SIZE: u32 = 60;
/** What a failure goes back to. */
export const F_CHECKPOINT: u32 = 64;
export const F_LOG_COUNT: u32 = 68;
export const F_LOG_BYTES: u32 = 72;
export const F_DESTROYED: u32 = 76;
export const F_REFUND: u32 = 80;
export const F_STATIC: u32 = 88;
/** A frame kind below. */
export const F_KIND: u32 = 92;
export const F_CALLER: u32 = 96;
export const F_VALUE: u32 = 128;
/** Gas it began with, u64. */
export const F_START_GAS: u32 = 160;
/** Decoded init code to be given back, or 0. */
export const F_INIT_CODE: u32 = 168;

export const KIND_CALL: u32 = 0;
export const KIND_CALLCODE: u32 = 1;
export const KIND_DELEGATECALL: u32 = 2;
export const KIND_STATICCALL: u32 = 3;
export const KIND_CREATE: u32 = 4;
export const KIND_CREATE2: u32 = 5;

/** Why a frame failed; the host knows the same numbers. */
export const HALT_NONE: u32 = 0;
export const HALT_REVERT: u32 = 1;
export const HALT_OUT_OF_GAS: u32 = 2;
export const HALT_INVALID_OPCODE: u32 = 3;
export const HALT_STACK_UNDERFLOW: u32 = 4;
export const HALT_STACK_OVERFLOW: u32 = 5;
export const HALT_INVALID_JUMP: u32 = 6;
export const HALT_STATIC: u32 = 7;
export const HALT_BALANCE: u32 = 8;
export const HALT_COLLISION: u32 = 9;
export const HALT_CODE_SIZE: u32 = 10;
export const HALT_INIT_CODE_SIZE: u32 = 11;
export const HALT_INVALID_CODE: u32 = 12;
export const HALT_PRECOMPILE: u32 = 13;
export const HALT_RETURN_DATA: u32 = 14;
export const HALT_DEPTH: u32 = 15;
export const HALT_CODE_DEPOSIT: u32 = 16;
export const HALT_STORE_SENTRY: u32 = 17;
export const HALT_NONCE: u32 = 18;

/** The row of frames: below the outermost stands one that only says where its input ends. */
export const origin: usize = memory.data(263168, 16);
export const frames: usize = origin + FRAME_SIZE;

/** The running frame and what it uses all the time. */
export let frame: usize = 0;
export let gas: u64 = 0;
/** Start of its memory, absolute: moves when the area grows. */
export let mem: usize = 0;
export let memSize: u32 = 0;
export let self: usize = 0;
export let isStatic: bool = false;
/** Bottom of its operand stack, absolute. */
export let floor: usize = 0;
/** The stream counts from here. */
export let base: usize = 0;
/** Where JUMPDESTs are. */
export let table: usize = 0;

/** Output of the last call, in the return area. */
export let returnSize: u32 = 0;
/** Refund counter of the transaction. */
export let refund: i64 = 0;
/** Why the last frame failed. */
export let haltReason: u32 = HALT_NONE;
/** Figures of the reason: the opcode that is none, or the height of the stack and what it must not pass. */
export let haltFigure: u32 = 0;
export let haltBound: u32 = 0;

@inline export function setFrame(value: usize): void { frame = value; }
@inline export function setGas(value: u64): void { gas = value; }
@inline export function setMemory(start: usize, size: u32): void { mem = start; memSize = size; }
@inline export function setReturnSize(value: u32): void { returnSize = value; }
@inline export function setRefund(value: i64): void { refund = value; }
@inline export function setHaltReason(value: u32): void { haltReason = value; }
@inline export function setBase(value: usize): void { base = value; }

@inline export function depth(): u32 { return <u32>(frame - frames) / FRAME_SIZE; }

/** Takes gas; false, with the reason, if there is not enough. */
@inline
export function charge(amount: u64): bool {
  if (gas < amount) {
    haltReason = HALT_OUT_OF_GAS;
    return false;
  }
  gas -= amount;
  return true;
}

/** Notes why the frame fails. */
@inline
export function halt(reason: u32): bool {
  haltReason = reason;
  return false;
}

/** Notes why the frame fails, with the figures of it. */
export function haltWith(reason: u32, figure: u32, bound: u32): void {
  haltReason = reason;
  haltFigure = figure;
  haltBound = bound;
}

/** Brings the globals in line with `frame`. */
export function enterGlobals(): void {
  gas = load<u64>(frame, F_GAS);
  mem = memoryArea + load<u32>(frame, F_MEMORY);
  memSize = load<u32>(frame, F_MEMORY_SIZE);
  self = load<u32>(frame, F_SELF);
  isStatic = load<u32>(frame, F_STATIC) != 0;
  floor = stackArea + load<u32>(frame, F_STACK);
  base = load<u32>(frame, F_BASE);
  table = base == 0 ? 0 : base + load<u32>(base, C_TABLE);
}

/** Writes back what another frame would overwrite. */
@inline
export function leaveGlobals(ip: usize, sp: usize): void {
  store<u32>(frame, <u32>ip, F_IP);
  store<u32>(frame, <u32>(sp - stackArea), F_SP);
  store<u64>(frame, gas, F_GAS);
  store<u32>(frame, memSize, F_MEMORY_SIZE);
}

/** Points a frame at a stream's beginning. */
export function startStream(record: usize, code: usize, stream: usize): void {
  store<u32>(record, <u32>code, F_CODE);
  store<u32>(record, <u32>stream, F_BASE);
  store<u32>(record, stream == 0 ? 0 : <u32>(stream + load<u32>(stream, C_STREAM)), F_IP);
}

/** Sends the running frame on in another stream of its code. */
export function switchStream(stream: usize): void {
  base = stream;
  table = stream + load<u32>(stream, C_TABLE);
  store<u32>(frame, <u32>stream, F_BASE);
}

/** Makes sure that a frame whose stack begins at `start` (in the stack area) can use all of it. */
@inline
export function reserveStack(start: u32): void {
  const needed = start + 32 * (MAX_DEPTH + 32);
  if (needed > stackCapacity) growStackArea(start, needed);
}

/** Keeps the output of a call where its caller finds it. */
export function keepOutput(output: usize, size: u32): void {
  if (size > returnCapacity) growReturnArea(size);
  if (size > 0) memory.copy(returnArea, output, size);
  returnSize = size;
}

/** Room for an output that the host writes. */
export function reserveOutput(size: u32): usize {
  if (size > returnCapacity) growReturnArea(size);
  returnSize = size;
  return returnArea;
}

@inline export function memoryUsedBelow(record: usize): u32 { return load<u32>(record, F_MEMORY) + load<u32>(record, F_MEMORY_SIZE); }
