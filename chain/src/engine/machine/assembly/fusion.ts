import {
  JUMP_OF,
  OP_ADD, OP_ADD_CONSTANT, OP_AND, OP_AND_CONSTANT, OP_AND_WORD, OP_BLOCK, OP_DUP, OP_DUP_ADD, OP_DUP_ADD_CONSTANT, OP_DUP_AND,
  OP_DUP_AND_WORD, OP_DUP_DUP, OP_DUP_EQ, OP_DUP_EQ_JUMP, OP_DUP_MLOAD, OP_DUP_MSTORE, OP_DUP_PUSH, OP_DUP_SUB, OP_EQ, OP_EQ_CONSTANT,
  OP_GT, OP_ISZERO, OP_JUMP, OP_JUMPI_TO, OP_LT, OP_MLOAD, OP_MLOAD_AT, OP_MSTORE, OP_MSTORE_AT, OP_MUL, OP_NOT, OP_OR, OP_POP, OP_POP_JUMP,
  OP_PUSH, OP_PUSH_DUP, OP_PUSH_PUSH, OP_PUSH_WORD, OP_SELECT, OP_SHL, OP_SHL_CONSTANT, OP_SHR, OP_SHR_CONSTANT, OP_STEP, OP_SUB, OP_SWAP,
  OP_SWAP_POP, OP_SWAP_SWAP, OP_UNLESS, OP_UNLESS_EQ, OP_UNLESS_GT, OP_UNLESS_LT, OP_XOR,
} from "./opcodes";
import { add, and, copyWord, isZero, mul, not, or, setU64, shl, shr, sub, xor } from "./words";

/**
 * Instructions that stand in one basic block are put together where code often has them in a row: constants are worked out, and pairs such as DUP and
 * ADD become one. Gas and stack of the block were counted before, so nothing of this can be observed.
 */

// The last instructions of the block, the latest first; 0: there is none.
let p1: usize = 0;
let p2: usize = 0;
let p3: usize = 0;
let p4: usize = 0;

const left: usize = memory.data(32, 16);
const right: usize = memory.data(32, 16);

/** A block begins. */
export function forgetAll(): void {
  p1 = 0;
  p2 = 0;
  p3 = 0;
  p4 = 0;
}

/** An instruction was written at the end of the block as it is. */
export function note(at: usize): void {
  p4 = p3;
  p3 = p2;
  p2 = p1;
  p1 = at;
}

function forget(): void {
  p1 = p2;
  p2 = p3;
  p3 = p4;
  p4 = 0;
}

/** Bytes of an instruction in a stream. */
export function sizeOf(op: u16): u32 {
  if (op == OP_PUSH_WORD || op == OP_AND_WORD || op == OP_DUP_AND_WORD) return 40;
  return op == OP_BLOCK || op == OP_STEP || op == OP_PUSH_PUSH || op == OP_SELECT ? 16 : 8;
}

@inline
function write(at: usize, op: u16, spare: u32, operand: u32): usize {
  store<u16>(at, op);
  store<u16>(at, <u16>spare, 2);
  store<u32>(at, operand, 4);
  return at + 8;
}

@inline
function opOf(at: usize): u16 {
  return at == 0 ? OP_BLOCK : load<u16>(at);
}

@inline
function operandOf(at: usize): u32 {
  return load<u32>(at, 4);
}

function isConstant(at: usize): bool {
  const op = opOf(at);
  return op == OP_PUSH || op == OP_PUSH_WORD;
}

function readConstant(d: usize, at: usize): void {
  if (load<u16>(at) == OP_PUSH) setU64(d, operandOf(at));
  else copyWord(d, at + 8);
}

function writeConstant(at: usize, word: usize): usize {
  note(at);
  if ((load<u64>(word, 8) | load<u64>(word, 16) | load<u64>(word, 24)) == 0 && load<u64>(word) <= <u64>u32.MAX_VALUE) {
    return write(at, OP_PUSH, 0, load<u32>(word));
  }
  write(at, OP_PUSH_WORD, 0, 0);
  copyWord(at + 8, word);
  return at + 40;
}

/** Works out an instruction on constants; false if it is none of those that are. */
function compute(op: u16): bool {
  if (op == OP_ADD) add(left, left, right);
  else if (op == OP_SUB) sub(left, left, right);
  else if (op == OP_MUL) mul(left, left, right);
  else if (op == OP_AND) and(left, left, right);
  else if (op == OP_OR) or(left, left, right);
  else if (op == OP_XOR) xor(left, left, right);
  else if (op == OP_SHL) shl(left, left, right);
  else if (op == OP_SHR) shr(left, left, right);
  else return false;
  return true;
}

/**
 * Writes an instruction of 8 bytes at the end of the block, together with those before it where that can be.
 * @returns the new end
 */
export function append(at: usize, op: u16, operand: u32): usize {
  const last = opOf(p1);
  const x = p1 == 0 ? 0 : operandOf(p1);
  if (isConstant(p1)) {
    if (op == OP_NOT || op == OP_ISZERO) {
      const start = p1;
      readConstant(left, start);
      if (op == OP_NOT) not(left, left);
      else setU64(left, isZero(left) ? 1 : 0);
      forget();
      return writeConstant(start, left);
    }
    if (isConstant(p2)) {
      const start = p2;
      readConstant(left, p1);
      readConstant(right, start);
      if (compute(op)) {
        forget();
        forget();
        return writeConstant(start, left);
      }
    }
  }
  switch (op) {
    case OP_ADD:
      if (last == OP_PUSH) return write(p1, OP_ADD_CONSTANT, 0, x);
      if (last == OP_DUP) {
        if (x >= 64 && opOf(p2) == OP_PUSH) {
          const start = p2;
          forget();
          return write(start, OP_DUP_ADD_CONSTANT, x - 32, operandOf(start));
        }
        return write(p1, OP_DUP_ADD, 0, x);
      }
      break;
    case OP_SUB:
      if (last == OP_DUP) return write(p1, OP_DUP_SUB, 0, x);
      break;
    case OP_AND:
      if (last == OP_PUSH) return write(p1, OP_AND_CONSTANT, 0, x);
      if (last == OP_PUSH_WORD) {
        store<u16>(p1, OP_AND_WORD);
        return at;
      }
      if (last == OP_DUP) {
        if (x >= 64 && opOf(p2) == OP_PUSH_WORD) {
          const start = p2;
          forget();
          write(start, OP_DUP_AND_WORD, x - 32, 0);
          return start + 40;
        }
        return write(p1, OP_DUP_AND, 0, x);
      }
      break;
    case OP_EQ:
      if (last == OP_PUSH) return write(p1, OP_EQ_CONSTANT, 0, x);
      if (last == OP_DUP) return write(p1, OP_DUP_EQ, 0, x);
      break;
    case OP_SHL:
      if (last == OP_PUSH) return write(p1, OP_SHL_CONSTANT, 0, x);
      break;
    case OP_SHR:
      if (last == OP_PUSH) return write(p1, OP_SHR_CONSTANT, 0, x);
      break;
    case OP_MLOAD:
      if (last == OP_PUSH) return write(p1, OP_MLOAD_AT, 0, x);
      if (last == OP_DUP) return write(p1, OP_DUP_MLOAD, 0, x);
      break;
    case OP_MSTORE:
      if (last == OP_PUSH) return write(p1, OP_MSTORE_AT, 0, x);
      if (last == OP_DUP) return write(p1, OP_DUP_MSTORE, 0, x);
      break;
    case OP_POP:
      if (last == OP_POP) return write(p1, OP_POP, 0, x + operand);
      if (last == OP_SWAP) return write(p1, OP_SWAP_POP, 0, x);
      break;
    case OP_JUMP:
      if (last == OP_POP) return write(p1, OP_POP_JUMP, 0, x);
      break;
    case OP_JUMPI_TO: {
      if (last == OP_ISZERO) {
        const before = opOf(p2);
        if (before == OP_EQ || before == OP_LT || before == OP_GT) {
          forget();
          return write(p1, before == OP_EQ ? OP_UNLESS_EQ : before == OP_LT ? OP_UNLESS_LT : OP_UNLESS_GT, 0, operand);
        }
        return write(p1, OP_UNLESS, 0, operand);
      }
      if (last == OP_EQ || last == OP_LT || last == OP_GT) return write(p1, JUMP_OF + last - OP_LT, 0, operand);
      if (last == OP_DUP_EQ) return write(p1, OP_DUP_EQ_JUMP, x, operand);
      if (last == OP_EQ_CONSTANT && opOf(p2) == OP_DUP && operandOf(p2) == 32) {
        // DUP1, PUSH4 selector, EQ, PUSH2 target, JUMPI: how Solidity finds a function.
        forget();
        write(p1, OP_SELECT, 0, operand);
        store<u32>(p1, x, 8);
        store<u32>(p1, 0, 12);
        return p1 + 16;
      }
      break;
    }
    default:
      break;
  }
  note(at);
  return write(at, op, 0, operand);
}

/**
 * Puts neighbours among what is left of a finished block together.
 * @param from its first instruction
 * @param to its end
 * @returns its new end
 */
export function pairUp(from: usize, to: usize): usize {
  let at = from;
  let last: usize = 0;
  for (let next = from; next < to; ) {
    const op = load<u16>(next);
    const operand = operandOf(next);
    const size = sizeOf(op);
    const before = opOf(last);
    if (op == OP_DUP && before == OP_DUP) {
      write(last, OP_DUP_DUP, operandOf(last), operand);
      last = 0;
    } else if (op == OP_DUP && before == OP_PUSH) {
      write(last, OP_PUSH_DUP, operand, operandOf(last));
      last = 0;
    } else if (op == OP_PUSH && before == OP_DUP) {
      write(last, OP_DUP_PUSH, operandOf(last), operand);
      last = 0;
    } else if (op == OP_PUSH && before == OP_PUSH) {
      store<u16>(last, OP_PUSH_PUSH);
      store<u32>(last, operand, 8);
      store<u32>(last, 0, 12);
      at = last + 16;
      last = 0;
    } else if (op == OP_SWAP && before == OP_SWAP) {
      write(last, OP_SWAP_SWAP, operandOf(last), operand);
      last = 0;
    } else {
      if (at != next) for (let i: u32 = 0; i < size; i += 8) store<u64>(at + i, load<u64>(next + i));
      last = at;
      at += size;
    }
    next += size;
  }
  return at;
}
