import { A_ADDRESS } from "./accounts";
import { stackArea } from "./areas";
import { expOf, keccakOf } from "./arithmetic";
import { call, FAILURE, finish, REVERT, running, SUCCESS } from "./calls";
import { carefulOf, findStep } from "./code";
import { create } from "./creates";
import { selfDestruct } from "./destroy";
import {
  balance,
  blobHashOf,
  blockHashOf,
  callDataCopy,
  callDataLoad,
  codeCopy,
  codeSize,
  extCodeCopy,
  extCodeHash,
  extCodeSize,
  returnDataCopy,
  selfBalance,
} from "./environment";
import { jumpTarget } from "./flow";
import {
  base,
  F_CALLER,
  F_CODE,
  F_DATA_SIZE,
  F_IP,
  F_SP,
  F_VALUE,
  floor,
  frame,
  gas,
  halt,
  HALT_INVALID_JUMP,
  HALT_INVALID_OPCODE,
  HALT_OUT_OF_GAS,
  HALT_REVERT,
  HALT_STACK_OVERFLOW,
  HALT_STACK_UNDERFLOW,
  haltWith,
  KIND_CALL,
  KIND_CALLCODE,
  KIND_CREATE,
  KIND_CREATE2,
  KIND_DELEGATECALL,
  KIND_STATICCALL,
  returnSize,
  self,
  setGas,
  switchStream,
} from "./frames";
import { place, step } from "./host";
import { log } from "./logs";
import { mcopy, mload, msize, mstore, mstore8, range, rangeSize, rangeStart } from "./memory";
import * as op from "./opcodes";
import { environment, HOOK_PLACES, HOOK_STEPS, hooks } from "./parameters";
import { dynamicGas } from "./preview";
import { sload, sstore, tload, tstore } from "./storage";
import {
  add,
  addmod,
  and,
  bitLength,
  byteAt,
  copyWord,
  div,
  eq,
  gt,
  isZero,
  lt,
  mod,
  mul,
  mulmod,
  not,
  or,
  sar,
  sdiv,
  setU64,
  sgt,
  shl,
  shr,
  signextend,
  slt,
  smod,
  sub,
  xor,
} from "./words";

/**
 * The interpreter: one loop over decoded instructions for all frames of a run. `ip` is the place in the stream, `sp` the first free place of
 * the operand stack; both are locals, all else of a frame is in frames.ts. A handler that fails has noted why and leaves the switch with
 * `break`; one that succeeds goes on with `continue`.
 */
export function run(): void {
  let ip: usize = load<u32>(frame, F_IP);
  let sp: usize = stackArea + load<u32>(frame, F_SP);
  if (!running) return;
  while (true) {
    let result: u32 = FAILURE;
    let output: usize = 0;
    let size: u32 = 0;
    switch (load<u16>(ip)) {
      case op.OP_BLOCK: {
        const cost = <u64>load<u32>(ip, 4);
        const height = <u32>(sp - floor);
        if (gas >= cost && height >= <u32>load<u16>(ip, 2) && height <= <u32>load<u16>(ip, 8)) {
          setGas(gas - cost);
          ip += 16;
        } else {
          // Somewhere in this block it ends: the careful stream finds out where.
          const pc = load<u32>(ip, 12);
          const careful = carefulOf(load<u32>(frame, F_CODE));
          switchStream(careful);
          ip = findStep(careful, pc);
        }
        continue;
      }
      case op.OP_STEP: {
        const cost = <u64>load<u32>(ip, 4);
        const height = <u32>(sp - floor);
        const need = <u32>load<u16>(ip, 2);
        if ((hooks & HOOK_PLACES) != 0) place(load<u32>(ip, 12), load<u8>(ip, 10));
        if ((hooks & HOOK_STEPS) != 0) {
          const opcode = load<u8>(ip, 10);
          const isDynamic = load<u8>(ip, 11) != 0;
          // Without its operands only the fixed part of what an instruction costs can be told.
          const dynamic = isDynamic && height >= need ? dynamicGas(opcode, sp) : 0;
          step(load<u32>(ip, 12), opcode, gas, cost + dynamic, height >> 5);
        }
        if (load<u16>(ip, 16) == op.OP_INVALID) { haltWith(HALT_INVALID_OPCODE, load<u8>(ip, 10), 0); break; }
        if (gas < cost) { halt(HALT_OUT_OF_GAS); break; }
        if (height < need) { haltWith(HALT_STACK_UNDERFLOW, height >> 5, need >> 5); break; }
        if (height > <u32>load<u16>(ip, 8)) { haltWith(HALT_STACK_OVERFLOW, height >> 5, <u32>load<u16>(ip, 8) >> 5); break; }
        setGas(gas - cost);
        ip += 16;
        continue;
      }
      case op.OP_STOP: result = SUCCESS; break;
      case op.OP_ADD: sp -= 32; add(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_MUL: sp -= 32; mul(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_SUB: sp -= 32; sub(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_DIV: sp -= 32; div(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_SDIV: sp -= 32; sdiv(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_MOD: sp -= 32; mod(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_SMOD: sp -= 32; smod(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_ADDMOD: sp -= 64; addmod(sp - 32, sp + 32, sp, sp - 32); ip += 8; continue;
      case op.OP_MULMOD: sp -= 64; mulmod(sp - 32, sp + 32, sp, sp - 32); ip += 8; continue;
      case op.OP_EXP: if (!expOf(sp - 32)) break; sp -= 32; ip += 8; continue;
      case op.OP_SIGNEXTEND: sp -= 32; signextend(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_LT: sp -= 32; setU64(sp - 32, lt(sp, sp - 32) ? 1 : 0); ip += 8; continue;
      case op.OP_GT: sp -= 32; setU64(sp - 32, gt(sp, sp - 32) ? 1 : 0); ip += 8; continue;
      case op.OP_SLT: sp -= 32; setU64(sp - 32, slt(sp, sp - 32) ? 1 : 0); ip += 8; continue;
      case op.OP_SGT: sp -= 32; setU64(sp - 32, sgt(sp, sp - 32) ? 1 : 0); ip += 8; continue;
      case op.OP_EQ: sp -= 32; setU64(sp - 32, eq(sp, sp - 32) ? 1 : 0); ip += 8; continue;
      case op.OP_ISZERO: setU64(sp - 32, isZero(sp - 32) ? 1 : 0); ip += 8; continue;
      case op.OP_AND: sp -= 32; and(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_OR: sp -= 32; or(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_XOR: sp -= 32; xor(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_NOT: not(sp - 32, sp - 32); ip += 8; continue;
      case op.OP_BYTE: sp -= 32; byteAt(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_SHL: sp -= 32; shl(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_SHR: sp -= 32; shr(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_SAR: sp -= 32; sar(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_CLZ: setU64(sp - 32, 256 - bitLength(sp - 32)); ip += 8; continue;
      case op.OP_KECCAK256: if (!keccakOf(sp - 32)) break; sp -= 32; ip += 8; continue;
      case op.OP_ADDRESS: copyWord(sp, self + A_ADDRESS); sp += 32; ip += 8; continue;
      case op.OP_BALANCE: if (!balance(sp - 32)) break; ip += 8; continue;
      case op.OP_ENVIRONMENT: copyWord(sp, environment + load<u32>(ip, 4)); sp += 32; ip += 8; continue;
      case op.OP_CALLER: copyWord(sp, frame + F_CALLER); sp += 32; ip += 8; continue;
      case op.OP_CALLVALUE: copyWord(sp, frame + F_VALUE); sp += 32; ip += 8; continue;
      case op.OP_CALLDATALOAD: callDataLoad(sp - 32); ip += 8; continue;
      case op.OP_CALLDATASIZE: setU64(sp, load<u32>(frame, F_DATA_SIZE)); sp += 32; ip += 8; continue;
      case op.OP_CALLDATACOPY: if (!callDataCopy(sp - 32)) break; sp -= 96; ip += 8; continue;
      case op.OP_CODESIZE: codeSize(sp); sp += 32; ip += 8; continue;
      case op.OP_CODECOPY: if (!codeCopy(sp - 32)) break; sp -= 96; ip += 8; continue;
      case op.OP_EXTCODESIZE: if (!extCodeSize(sp - 32)) break; ip += 8; continue;
      case op.OP_EXTCODECOPY: if (!extCodeCopy(sp - 32)) break; sp -= 128; ip += 8; continue;
      case op.OP_RETURNDATASIZE: setU64(sp, returnSize); sp += 32; ip += 8; continue;
      case op.OP_RETURNDATACOPY: if (!returnDataCopy(sp - 32)) break; sp -= 96; ip += 8; continue;
      case op.OP_EXTCODEHASH: if (!extCodeHash(sp - 32)) break; ip += 8; continue;
      case op.OP_BLOCKHASH: blockHashOf(sp - 32); ip += 8; continue;
      case op.OP_SELFBALANCE: selfBalance(sp); sp += 32; ip += 8; continue;
      case op.OP_BLOBHASH: blobHashOf(sp - 32); ip += 8; continue;
      case op.OP_POP: sp -= load<u32>(ip, 4); ip += 8; continue;
      case op.OP_MLOAD: if (!mload(sp - 32)) break; ip += 8; continue;
      case op.OP_MSTORE: if (!mstore(sp - 32)) break; sp -= 64; ip += 8; continue;
      case op.OP_MSTORE8: if (!mstore8(sp - 32)) break; sp -= 64; ip += 8; continue;
      case op.OP_SLOAD: if (!sload(sp - 32)) break; ip += 8; continue;
      case op.OP_SSTORE: if (!sstore(sp - 32)) break; sp -= 64; ip += 8; continue;
      case op.OP_JUMP: {
        sp -= 32;
        ip = jumpTarget(sp, load<u32>(frame, F_CODE));
        if (ip == 0) break;
        ip = pastBlock(ip, sp);
        continue;
      }
      case op.OP_JUMPI: {
        sp -= 64;
        if (isZero(sp)) ip += 8;
        else {
          ip = jumpTarget(sp + 32, load<u32>(frame, F_CODE));
          if (ip == 0) break;
        }
        ip = pastBlock(ip, sp);
        continue;
      }
      case op.OP_MSIZE: msize(sp); sp += 32; ip += 8; continue;
      case op.OP_GAS: setU64(sp, gas); sp += 32; ip += 8; continue;
      case op.OP_TLOAD: tload(sp - 32); ip += 8; continue;
      case op.OP_TSTORE: if (!tstore(sp - 32)) break; sp -= 64; ip += 8; continue;
      case op.OP_MCOPY: if (!mcopy(sp - 32)) break; sp -= 96; ip += 8; continue;
      case op.OP_PUSH: setU64(sp, load<u32>(ip, 4)); sp += 32; ip += 8; continue;
      case op.OP_PUSH_WORD: copyWord(sp, ip + 8); sp += 32; ip += 40; continue;
      case op.OP_DUP: copyWord(sp, sp - load<u32>(ip, 4)); sp += 32; ip += 8; continue;
      case op.OP_SWAP: swap(sp - 32, sp - 32 - load<u32>(ip, 4)); ip += 8; continue;
      case op.OP_LOG: {
        const topics = load<u32>(ip, 4);
        if (!log(sp - 32, topics)) break;
        sp -= 64 + (topics << 5);
        ip += 8;
        continue;
      }
      case op.OP_CREATE: if (!create(KIND_CREATE, ip + 8, sp)) break; ip = load<u32>(frame, F_IP); sp = stackArea + load<u32>(frame, F_SP); continue;
      case op.OP_CREATE2: if (!create(KIND_CREATE2, ip + 8, sp)) break; ip = load<u32>(frame, F_IP); sp = stackArea + load<u32>(frame, F_SP); continue;
      case op.OP_CALL: if (!call(KIND_CALL, ip + 8, sp)) break; ip = load<u32>(frame, F_IP); sp = stackArea + load<u32>(frame, F_SP); continue;
      case op.OP_CALLCODE: if (!call(KIND_CALLCODE, ip + 8, sp)) break; ip = load<u32>(frame, F_IP); sp = stackArea + load<u32>(frame, F_SP); continue;
      case op.OP_DELEGATECALL: if (!call(KIND_DELEGATECALL, ip + 8, sp)) break; ip = load<u32>(frame, F_IP); sp = stackArea + load<u32>(frame, F_SP); continue;
      case op.OP_STATICCALL: if (!call(KIND_STATICCALL, ip + 8, sp)) break; ip = load<u32>(frame, F_IP); sp = stackArea + load<u32>(frame, F_SP); continue;
      case op.OP_RETURN: {
        if (!range(sp - 32, sp - 64)) break;
        result = SUCCESS;
        output = rangeStart;
        size = rangeSize;
        break;
      }
      case op.OP_REVERT: {
        if (!range(sp - 32, sp - 64)) break;
        halt(HALT_REVERT);
        result = REVERT;
        output = rangeStart;
        size = rangeSize;
        break;
      }
      case op.OP_INVALID: haltWith(HALT_INVALID_OPCODE, load<u32>(ip, 4), 0); break;
      case op.OP_SELFDESTRUCT: if (selfDestruct(sp - 32)) result = SUCCESS; break;
      case op.OP_JUMP_TO: {
        ip = target(ip);
        if (ip == 0) break;
        ip = pastBlock(ip, sp);
        continue;
      }
      case op.OP_JUMPI_TO: {
        sp -= 32;
        ip = isZero(sp) ? ip + 8 : target(ip);
        if (ip == 0) break;
        ip = pastBlock(ip, sp);
        continue;
      }
      case op.OP_SWAP_POP: sp -= 32; copyWord(sp - load<u32>(ip, 4), sp); ip += 8; continue;
      case op.OP_ADD_CONSTANT: setU64(sp, load<u32>(ip, 4)); add(sp - 32, sp - 32, sp); ip += 8; continue;
      case op.OP_DUP_ADD: add(sp - 32, sp - load<u32>(ip, 4), sp - 32); ip += 8; continue;
      case op.OP_DUP_SUB: sub(sp - 32, sp - load<u32>(ip, 4), sp - 32); ip += 8; continue;
      case op.OP_DUP_AND: and(sp - 32, sp - load<u32>(ip, 4), sp - 32); ip += 8; continue;
      case op.OP_DUP_EQ: setU64(sp - 32, eq(sp - load<u32>(ip, 4), sp - 32) ? 1 : 0); ip += 8; continue;
      case op.OP_DUP_MLOAD: copyWord(sp, sp - load<u32>(ip, 4)); if (!mload(sp)) break; sp += 32; ip += 8; continue;
      case op.OP_DUP_MSTORE: copyWord(sp, sp - load<u32>(ip, 4)); if (!mstore(sp)) break; sp -= 32; ip += 8; continue;
      case op.OP_DUP_ADD_CONSTANT: setU64(sp, load<u32>(ip, 4)); add(sp, sp - load<u16>(ip, 2), sp); sp += 32; ip += 8; continue;
      case op.OP_AND_CONSTANT: setU64(sp - 32, load<u32>(sp - 32) & load<u32>(ip, 4)); ip += 8; continue;
      case op.OP_AND_WORD: and(sp - 32, sp - 32, ip + 8); ip += 40; continue;
      case op.OP_DUP_AND_WORD: and(sp, sp - load<u16>(ip, 2), ip + 8); sp += 32; ip += 40; continue;
      case op.OP_EQ_CONSTANT: setU64(sp - 32, isU32(sp - 32, load<u32>(ip, 4)) ? 1 : 0); ip += 8; continue;
      case op.OP_SHL_CONSTANT: setU64(sp, load<u32>(ip, 4)); shl(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_SHR_CONSTANT: setU64(sp, load<u32>(ip, 4)); shr(sp - 32, sp, sp - 32); ip += 8; continue;
      case op.OP_MLOAD_AT: setU64(sp, load<u32>(ip, 4)); if (!mload(sp)) break; sp += 32; ip += 8; continue;
      case op.OP_MSTORE_AT: setU64(sp, load<u32>(ip, 4)); if (!mstore(sp)) break; sp -= 32; ip += 8; continue;
      case op.OP_POP_JUMP: {
        sp -= load<u32>(ip, 4) + 32;
        ip = jumpTarget(sp, load<u32>(frame, F_CODE));
        if (ip == 0) break;
        ip = pastBlock(ip, sp);
        continue;
      }
      case op.OP_DUP_DUP: copyWord(sp, sp - load<u16>(ip, 2)); sp += 32; copyWord(sp, sp - load<u32>(ip, 4)); sp += 32; ip += 8; continue;
      case op.OP_SWAP_SWAP: swap(sp - 32, sp - 32 - load<u16>(ip, 2)); swap(sp - 32, sp - 32 - load<u32>(ip, 4)); ip += 8; continue;
      case op.OP_PUSH_DUP: setU64(sp, load<u32>(ip, 4)); sp += 32; copyWord(sp, sp - load<u16>(ip, 2)); sp += 32; ip += 8; continue;
      case op.OP_DUP_PUSH: copyWord(sp, sp - load<u16>(ip, 2)); setU64(sp + 32, load<u32>(ip, 4)); sp += 64; ip += 8; continue;
      case op.OP_PUSH_PUSH: setU64(sp, load<u32>(ip, 4)); setU64(sp + 32, load<u32>(ip, 8)); sp += 64; ip += 16; continue;
      case op.OP_UNLESS: sp -= 32; ip = isZero(sp) ? target(ip) : ip + 8; if (ip == 0) break; ip = pastBlock(ip, sp); continue;
      case op.OP_UNLESS_EQ: sp -= 64; ip = eq(sp, sp + 32) ? ip + 8 : target(ip); if (ip == 0) break; ip = pastBlock(ip, sp); continue;
      case op.OP_UNLESS_LT: sp -= 64; ip = lt(sp + 32, sp) ? ip + 8 : target(ip); if (ip == 0) break; ip = pastBlock(ip, sp); continue;
      case op.OP_UNLESS_GT: sp -= 64; ip = gt(sp + 32, sp) ? ip + 8 : target(ip); if (ip == 0) break; ip = pastBlock(ip, sp); continue;
      case op.OP_EQ_JUMP: sp -= 64; ip = eq(sp, sp + 32) ? target(ip) : ip + 8; if (ip == 0) break; ip = pastBlock(ip, sp); continue;
      case op.OP_LT_JUMP: sp -= 64; ip = lt(sp + 32, sp) ? target(ip) : ip + 8; if (ip == 0) break; ip = pastBlock(ip, sp); continue;
      case op.OP_GT_JUMP: sp -= 64; ip = gt(sp + 32, sp) ? target(ip) : ip + 8; if (ip == 0) break; ip = pastBlock(ip, sp); continue;
      case op.OP_DUP_EQ_JUMP: {
        sp -= 32;
        ip = eq(sp + 32 - load<u16>(ip, 2), sp) ? target(ip) : ip + 8;
        if (ip == 0) break;
        ip = pastBlock(ip, sp);
        continue;
      }
      case op.OP_SELECT: {
        ip = isU32(sp - 32, load<u32>(ip, 8)) ? target(ip) : ip + 16;
        if (ip == 0) break;
        ip = pastBlock(ip, sp);
        continue;
      }
      default: halt(HALT_INVALID_OPCODE); break;
    }
    finish(result, output, size);
    if (!running) return;
    ip = load<u32>(frame, F_IP);
    sp = stackArea + load<u32>(frame, F_SP);
  }
}

/** Where the jump at `ip` leads, absolute; 0, with the reason, if there is no JUMPDEST. */
@inline
function target(ip: usize): usize {
  const offset = load<u32>(ip, 4);
  if (offset == 0) {
    halt(HALT_INVALID_JUMP);
    return 0;
  }
  return base + offset;
}

/** Pays and checks the block at `ip`, if there is one and it can be paid; where not, the loop comes to it. */
@inline
function pastBlock(ip: usize, sp: usize): usize {
  const cost = <u64>load<u32>(ip, 4);
  const height = <u32>(sp - floor);
  if (load<u16>(ip) != op.OP_BLOCK || gas < cost || height < <u32>load<u16>(ip, 2) || height > <u32>load<u16>(ip, 8)) return ip;
  setGas(gas - cost);
  return ip + 16;
}

@inline
function isU32(a: usize, value: u32): bool {
  return load<u64>(a) == <u64>value && (load<u64>(a, 8) | load<u64>(a, 16) | load<u64>(a, 24)) == 0;
}

@inline
function swap(a: usize, b: usize): void {
  const a0 = load<u64>(a);
  const a1 = load<u64>(a, 8);
  const a2 = load<u64>(a, 16);
  const a3 = load<u64>(a, 24);
  copyWord(a, b);
  store<u64>(b, a0);
  store<u64>(b, a1, 8);
  store<u64>(b, a2, 16);
  store<u64>(b, a3, 24);
}
