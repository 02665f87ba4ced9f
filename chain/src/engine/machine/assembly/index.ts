import { A_ADDRESS, openAccount, warmAccount } from "./accounts";
import { growMemoryArea, growStackArea, memoryArea, memoryCapacity, stackCapacity } from "./areas";
import { bottom, openFrame, outcome, prepareFrame, running, setBottom, setRunning, startFrame, transfer } from "./calls";
import { addressOfCreate, beginCreation, createdAddress } from "./creates";
import { dropDestroyed } from "./destroy";
import {
  depth,
  enterGlobals,
  F_CALLER,
  F_GAS,
  F_MEMORY,
  F_SELF,
  F_STACK,
  F_STATIC,
  F_VALUE,
  frame,
  frames,
  KIND_CALL,
  KIND_CREATE,
  KIND_STATICCALL,
  MAX_DEPTH,
  memSize,
  origin,
  reserveStack,
  setFrame,
  setGas,
  setMemory,
  setRefund,
} from "./frames";
import { run } from "./interpreter";
import { dropLogs } from "./logs";
import { copyWord, isZero, setZero } from "./words";

/** The door of the machine: what TypeScript calls. */

/** The message to run: caller, target, value (words). Written by the host before {@link execute}. */
export const message: usize = memory.data(96, 16);

/** Room for the input of the outermost frame. */
export function input(size: u32): usize {
  const needed = size + 4096;
  if (needed > memoryCapacity) growMemoryArea(0, needed);
  if (stackCapacity == 0) growStackArea(0, 1 << 17);
  return memoryArea;
}

/**
 * Runs a message with all it calls. Afterwards the outermost frame holds the gas left, the return area the output.
 * @returns 0 failure, 1 success, 2 revert
 */
export function execute(creates: bool, nonce: u64, gasLimit: u64, dataSize: u32): u32 {
  dropLogs(0, 0);
  dropDestroyed(0);
  setRefund(0);
  setFrame(origin);
  store<u32>(origin, 0, F_MEMORY);
  store<u32>(origin, 0, F_STATIC);
  enterGlobals();
  setMemory(memoryArea, (dataSize + 31) & ~31);
  const caller = openAccount(message);
  if (creates) addressOfCreate(message, nonce);
  const account = openAccount(creates ? createdAddress : message + 32);
  // EIP-2929; the host warms what else is warm from the start.
  if (creates) warmAccount(account);
  const child = prepareFrame(creates ? KIND_CREATE : KIND_CALL, account, account, gasLimit, 0, 0, dataSize);
  copyWord(child + F_CALLER, message);
  copyWord(child + F_VALUE, message + 64);
  reserveStack(0);
  setBottom(child);
  openFrame(child);
  if (creates) beginCreation(child, caller);
  else {
    if (!isZero(child + F_VALUE)) transfer(caller, account, child + F_VALUE);
    startFrame(child, account);
  }
  run();
  return outcome;
}

/** Room for the input of a call that the precompiled contract of the running frame makes. */
export function callBackInput(size: u32): usize {
  const start = load<u32>(frame, F_MEMORY);
  if (start + size + 4096 > memoryCapacity) growMemoryArea(start, start + size + 4096);
  return memoryArea + start;
}

/** Runs a call that the precompiled contract of the running frame makes; target and value lie in `message`. 3: too deep. */
export function callBack(gasLimit: u64, dataSize: u32, isStaticCall: bool): u32 {
  if (depth() == MAX_DEPTH) return 3;
  const caller = frame;
  const self: usize = load<u32>(caller, F_SELF);
  const beforeBottom = bottom;
  const start = load<u32>(caller, F_MEMORY);
  enterGlobals();
  setMemory(memoryArea + start, (dataSize + 31) & ~31);
  const account = openAccount(message + 32);
  const kind = isStaticCall ? KIND_STATICCALL : KIND_CALL;
  const child = prepareFrame(kind, account, account, gasLimit, load<u32>(caller, F_STACK), start, dataSize);
  if (isStaticCall) store<u32>(child, 1, F_STATIC);
  copyWord(child + F_CALLER, self + A_ADDRESS);
  if (isStaticCall) setZero(child + F_VALUE);
  else copyWord(child + F_VALUE, message + 64);
  reserveStack(load<u32>(child, F_STACK));
  setBottom(child);
  openFrame(child);
  if (!isZero(child + F_VALUE)) transfer(self, account, child + F_VALUE);
  startFrame(child, account);
  run();
  const result = outcome;
  setRunning(beforeBottom, true);
  setFrame(caller);
  setGas(load<u64>(caller, F_GAS));
  return result;
}

/** Gas left of the outermost frame, or of the last {@link callBack}. */
export function gasLeft(record: usize): u64 {
  return load<u64>(record, F_GAS);
}

/** Forgets what an exception interrupted. */
export function abandon(): void {
  setRunning(0, false);
  setFrame(frames);
}

export { memSize };
export { frames, refund, haltReason, haltFigure, haltBound, returnSize, reserveOutput, setHaltReason, isStatic, mem, self, floor, frame } from "./frames";
export { logArea, returnArea, memoryArea, stackArea } from "./areas";
export { logBytes, logCount } from "./logs";
export { destroyedAt, destroyedCount } from "./destroy";
export { decode } from "./code";
export { allocateBlock, freeBlock } from "./blocks";
export { keccak256 } from "./keccak";
export {
  environment, figures, hooks, lowPrecompiles, opcodeTable, otherPrecompiles, setHooks, setOtherPrecompileCount,
} from "./parameters";
export * from "./state-exports";
