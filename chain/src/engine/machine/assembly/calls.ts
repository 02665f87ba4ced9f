import { A_ADDRESS, A_BALANCE, isEmptyAccount, setBalance } from "./accounts";
import { returnArea, stackArea } from "./areas";
import { carefulOf, freeCode } from "./code";
import { deposit } from "./creates";
import { chargeDelegation, runnableCodeOf } from "./delegation";
import { access } from "./environment";
import {
  charge,
  depth,
  enterGlobals,
  F_CALLER,
  F_CHECKPOINT,
  F_CODE,
  F_CODE_ACCOUNT,
  F_DATA,
  F_DATA_SIZE,
  F_DESTROYED,
  F_GAS,
  F_INIT_CODE,
  F_KIND,
  F_LOG_BYTES,
  F_LOG_COUNT,
  F_MEMORY,
  F_MEMORY_SIZE,
  F_OUT,
  F_OUT_SIZE,
  F_REFUND,
  F_SELF,
  F_SP,
  F_STACK,
  F_START_GAS,
  F_STATIC,
  F_VALUE,
  frame,
  FRAME_SIZE,
  gas,
  halt,
  HALT_BALANCE,
  HALT_DEPTH,
  HALT_NONE,
  HALT_OUT_OF_GAS,
  HALT_STATIC,
  isStatic,
  keepOutput,
  KIND_CALL,
  KIND_CALLCODE,
  KIND_CREATE,
  KIND_DELEGATECALL,
  KIND_STATICCALL,
  leaveGlobals,
  MAX_DEPTH,
  mem,
  memSize,
  refund,
  reserveStack,
  returnSize,
  self,
  setFrame,
  setGas,
  setHaltReason,
  setRefund,
  setReturnSize,
  startStream,
} from "./frames";
import { destroyedCount, dropDestroyed } from "./destroy";
import { consoleCall, enter, exit, precompile } from "./host";
import { checkpoint, revertTo } from "./journal";
import { dropLogs, logBytes, logCount } from "./logs";
import { range, rangeSize, rangeStart } from "./memory";
import { followsDelegations, HOOK_CONSOLE, HOOK_FRAMES, HOOK_CAREFUL, hooks, isConsole, isPrecompile, keepsBack, newAccountNeedsValue } from "./parameters";
import { add, copyWord, fitsU64, isZero, lt, setU64, setZero, sub } from "./words";

/** CALL, CALLCODE, DELEGATECALL, STATICCALL; how a frame begins and ends. */

const VALUE_GAS: u64 = 9000;
const STIPEND: u64 = 2300;
const NEW_ACCOUNT_GAS: u64 = 25000;

/** Outcomes of a frame. */
export const FAILURE: u32 = 0;
export const SUCCESS: u32 = 1;
export const REVERT: u32 = 2;

/** The frame whose end ends the run. */
export let bottom: usize = 0;
/** How the bottom frame ended. */
export let outcome: u32 = FAILURE;
/** False once the bottom frame ended. */
export let running: bool = false;

export function setBottom(record: usize): void {
  bottom = record;
  running = true;
}

export function setRunning(record: usize, value: bool): void {
  bottom = record;
  running = value;
}

const changed: usize = memory.data(32, 16);

/** Moves value (a word) between accounts (records). The sender has it. */
export function transfer(from: usize, to: usize, value: usize): void {
  sub(changed, from + A_BALANCE, value);
  setBalance(from, changed);
  add(changed, to + A_BALANCE, value);
  setBalance(to, changed);
}

/** Writes what frames of calls and creations have in common into the record above the running frame. */
export function prepareFrame(kind: u32, account: usize, codeAccount: usize, gasLimit: u64, stack: u32, data: u32, dataSize: u32): usize {
  const child = frame + FRAME_SIZE;
  store<u32>(child, kind, F_KIND);
  store<u32>(child, <u32>account, F_SELF);
  store<u32>(child, <u32>codeAccount, F_CODE_ACCOUNT);
  store<u64>(child, gasLimit, F_GAS);
  store<u64>(child, gasLimit, F_START_GAS);
  store<u32>(child, stack, F_STACK);
  store<u32>(child, stack, F_SP);
  store<u32>(child, load<u32>(frame, F_MEMORY) + memSize, F_MEMORY);
  store<u32>(child, 0, F_MEMORY_SIZE);
  store<u32>(child, 0, F_CODE);
  store<u32>(child, data, F_DATA);
  store<u32>(child, dataSize, F_DATA_SIZE);
  store<u32>(child, 0, F_OUT);
  store<u32>(child, 0, F_OUT_SIZE);
  store<u32>(child, isStatic ? 1 : 0, F_STATIC);
  store<u32>(child, 0, F_INIT_CODE);
  return child;
}

/** Makes a prepared record the running frame; from here on a failure is undone. */
export function openFrame(child: usize): void {
  store<u32>(child, checkpoint(), F_CHECKPOINT);
  store<u32>(child, logCount, F_LOG_COUNT);
  store<u32>(child, logBytes, F_LOG_BYTES);
  store<u32>(child, destroyedCount, F_DESTROYED);
  store<i64>(child, refund, F_REFUND);
  setFrame(child);
  setReturnSize(0);
  if ((hooks & HOOK_FRAMES) != 0) enter(child);
}

/** Runs what the code account of the running frame is: a precompiled contract, nothing, or code. */
export function startFrame(child: usize, codeAccount: usize): void {
  if (isPrecompile(codeAccount + A_ADDRESS)) {
    setHaltReason(HALT_OUT_OF_GAS);
    const result = precompile(child);
    setGas(load<u64>(child, F_GAS));
    finish(result, returnArea, returnSize);
    return;
  }
  const code = runnableCodeOf(codeAccount);
  if (code == 0) {
    if ((hooks & HOOK_CONSOLE) != 0 && isConsole(codeAccount + A_ADDRESS)) consoleCall(child);
    setGas(load<u64>(child, F_GAS));
    finish(SUCCESS, 0, 0);
    return;
  }
  startStream(child, code, (hooks & HOOK_CAREFUL) != 0 ? carefulOf(code) : code);
  enterGlobals();
}

/** Puts the result of a call that opened no frame on the stack of the running one, whose state was written back. */
export function refuse(returned: u64): void {
  setGas(gas + returned);
  store<u64>(frame, gas, F_GAS);
  const sp = load<u32>(frame, F_SP);
  setZero(stackArea + sp);
  store<u32>(frame, sp + 32, F_SP);
}

/** Tells of a frame that is not opened, as if it ended at once and gave all its gas back. */
export function tellRefused(child: usize, reason: u32): void {
  enter(child);
  setHaltReason(reason);
  exit(child, FAILURE, 0, returnArea, 0);
}

/**
 * A call instruction of any kind. The running frame is written back; afterwards the caller goes on with whatever frame is the running one.
 * @param ip place behind the instruction
 * @param sp first free place of the stack, arguments below it
 */
export function call(kind: u32, ip: usize, sp: usize): bool {
  const top = sp - 32;
  const target = top - 32;
  const takesValue = kind <= KIND_CALLCODE;
  const value = top - 64;
  const ranges = takesValue ? top - 96 : top - 64;
  const transfers = takesValue && !isZero(value);
  if (transfers && kind == KIND_CALL && isStatic) return halt(HALT_STATIC);
  if (!range(ranges, ranges - 32)) return false;
  const data = <u32>(rangeStart - mem);
  const dataSize = rangeSize;
  if (!range(ranges - 64, ranges - 96)) return false;
  const out = <u32>(rangeStart - mem);
  const outSize = rangeSize;

  const account = access(target);
  if (account == 0) return false;
  if (transfers && !charge(VALUE_GAS)) return false;
  if (kind == KIND_CALL && (transfers || !newAccountNeedsValue()) && isEmptyAccount(account) && !charge(NEW_ACCOUNT_GAS)) return false;
  if (followsDelegations() && !chargeDelegation(account)) return false;
  let passed = fitsU64(top) ? load<u64>(top) : u64.MAX_VALUE;
  if (keepsBack()) passed = min(passed, gas - gas / 64);
  if (!charge(passed)) return false;
  if (transfers) passed += STIPEND;

  const popped = sp - (takesValue ? 224 : 192);
  leaveGlobals(ip, popped);
  setReturnSize(0);
  const tooDeep = depth() == MAX_DEPTH;
  const refused = tooDeep || (transfers && lt(self + A_BALANCE, value));
  if (refused && (hooks & HOOK_FRAMES) == 0) {
    refuse(passed);
    return true;
  }

  const acts = kind == KIND_CALL || kind == KIND_STATICCALL ? account : self;
  const child = prepareFrame(kind, acts, account, passed, <u32>(popped - stackArea), load<u32>(frame, F_MEMORY) + data, dataSize);
  store<u32>(child, out, F_OUT);
  store<u32>(child, outSize, F_OUT_SIZE);
  if (kind == KIND_DELEGATECALL) {
    copyWord(child + F_CALLER, frame + F_CALLER);
    copyWord(child + F_VALUE, frame + F_VALUE);
  } else {
    copyWord(child + F_CALLER, self + A_ADDRESS);
    if (takesValue) copyWord(child + F_VALUE, value);
    else setZero(child + F_VALUE);
  }
  if (kind == KIND_STATICCALL) store<u32>(child, 1, F_STATIC);
  if (refused) {
    tellRefused(child, tooDeep ? HALT_DEPTH : HALT_BALANCE);
    refuse(passed);
    return true;
  }
  const caller = self;
  reserveStack(load<u32>(child, F_STACK));
  openFrame(child);
  if (transfers && kind == KIND_CALL) transfer(caller, account, child + F_VALUE);
  startFrame(child, account);
  return true;
}

/**
 * Ends the running frame, whose gas is in `gas`: undoes what failed, gives gas and output back, and goes on with the caller.
 * @param output absolute; may lie in the frame's own memory
 */
export function finish(result: u32, output: usize, size: u32): void {
  const ended = frame;
  const creates = load<u32>(ended, F_KIND) >= KIND_CREATE;
  if (result == SUCCESS && creates && !deposit(output, size)) result = FAILURE;
  if (result == FAILURE) {
    setGas(0);
    size = 0;
  }
  if (result == SUCCESS) setHaltReason(HALT_NONE);
  else {
    revertTo(load<u32>(ended, F_CHECKPOINT));
    dropLogs(load<u32>(ended, F_LOG_COUNT), load<u32>(ended, F_LOG_BYTES));
    dropDestroyed(load<u32>(ended, F_DESTROYED));
    setRefund(load<i64>(ended, F_REFUND));
  }
  const initCode: usize = load<u32>(ended, F_INIT_CODE);
  if (ended == bottom || !creates || result != SUCCESS) keepOutput(output, size);
  else setReturnSize(0);
  if ((hooks & HOOK_FRAMES) != 0) exit(ended, result, load<u64>(ended, F_START_GAS) - gas, creates && result == SUCCESS ? output : returnArea, size);
  if (initCode != 0) freeCode(initCode);
  if (ended == bottom) {
    store<u64>(ended, gas, F_GAS);
    outcome = result;
    running = false;
    return;
  }
  const left = gas;
  const account: usize = load<u32>(ended, F_SELF);
  setFrame(ended - FRAME_SIZE);
  enterGlobals();
  setGas(gas + left);
  const sp = load<u32>(frame, F_SP);
  const to = stackArea + sp;
  if (creates) {
    if (result == SUCCESS) copyWord(to, account + A_ADDRESS);
    else setZero(to);
  } else {
    const wanted = min<u32>(size, load<u32>(ended, F_OUT_SIZE));
    if (wanted > 0) memory.copy(mem + load<u32>(ended, F_OUT), returnArea, wanted);
    setU64(to, result == SUCCESS ? 1 : 0);
  }
  store<u32>(frame, sp + 32, F_SP);
  store<u64>(frame, gas, F_GAS);
}
