import { A_CODE, A_CODE_HASH, emptyCodeHash } from "./accounts";
import { allocateBlock, freeBlock } from "./blocks";
import { append, forgetAll, note, pairUp, sizeOf } from "./fusion";
import { loadCode } from "./host";
import {
  denseOf,
  jumpsTo,
  OP_BLOCK,
  OP_CALL,
  OP_CALLCODE,
  OP_CREATE,
  OP_CREATE2,
  OP_DELEGATECALL,
  OP_DUP,
  OP_ENVIRONMENT,
  OP_GAS,
  OP_INVALID,
  OP_JUMP,
  OP_JUMP_TO,
  OP_JUMPDEST,
  OP_JUMPI,
  OP_JUMPI_TO,
  OP_LOG,
  OP_PC,
  OP_POP,
  OP_PUSH,
  OP_PUSH_WORD,
  OP_RETURN,
  OP_REVERT,
  OP_SELFDESTRUCT,
  OP_SSTORE,
  OP_STATICCALL,
  OP_STEP,
  OP_STOP,
  OP_SWAP,
} from "./opcodes";
import {
  ENV_BASE_FEE,
  ENV_BLOB_BASE_FEE,
  ENV_CHAIN_ID,
  ENV_COINBASE,
  ENV_GAS_LIMIT,
  ENV_GAS_PRICE,
  ENV_NUMBER,
  ENV_ORIGIN,
  ENV_PREVRANDAO,
  ENV_TIMESTAMP,
  opcodeTable,
} from "./parameters";
import { eq, fromBytes } from "./words";

/**
 * Decoded code. Everything in it counts from its start, so it may be copied from one machine to another.
 *
 * Header of 32 bytes; then the bytecode; then, for every place in the bytecode, where the block of a JUMPDEST begins in the stream (0: no
 * JUMPDEST); then the stream.
 *
 * The stream has 8 bytes per instruction: dense number (u16), a spare u16, operand (u32). OP_PUSH_WORD is followed by its word. Every basic block
 * begins with OP_BLOCK (16 bytes): stack needed (u16, bytes), gas (u32), greatest stack allowed (u16, bytes), place in the bytecode
 * (u32). A block ends where gas can be observed (GAS, SSTORE, calls, creations), so that what is charged is exact there. Within a block
 * instructions are put together (fusion.ts).
 *
 * The careful stream has OP_STEP before every instruction instead, charges and checks one by one, and tells the host if it wants to know. A
 * frame is sent there when it is traced, or when a block cannot be paid for: the careful stream then finds out where exactly and why.
 */
export const C_SIZE: u32 = 0;
export const C_TABLE: u32 = 4;
export const C_STREAM: u32 = 8;
export const C_TOTAL: u32 = 12;
/** Pointer to the careful stream of this code; 0: not made yet. */
export const C_CAREFUL: u32 = 16;
/** Bytes that the stream and its table cover: less than {@link C_SIZE} for init code. */
export const C_DECODED: u32 = 20;
export const C_BYTES: u32 = 32;

/** Instructions that end a block because gas is observed, or control leaves. */
@inline
function endsBlock(op: u16): bool {
  return (
    op == OP_JUMPI || op == OP_JUMPI_TO || op == OP_GAS || op == OP_SSTORE || op == OP_CALL || op == OP_CALLCODE ||
    op == OP_DELEGATECALL || op == OP_STATICCALL || op == OP_CREATE || op == OP_CREATE2
  );
}

/** Instructions after which only a JUMPDEST is reached. */
@inline
function endsFlow(op: u16): bool {
  return (
    op == OP_STOP || op == OP_JUMP || op == OP_JUMP_TO || op == OP_RETURN || op == OP_REVERT || op == OP_INVALID ||
    op == OP_SELFDESTRUCT
  );
}

const MAX_STACK: i32 = 1024;

// The block being decoded.
let blockAt: usize = 0;
let blockGas: u32 = 0;
let blockNeed: i32 = 0;
let blockHeight: i32 = 0;
let blockGrowth: i32 = 0;

function beginBlock(at: usize, pc: u32): usize {
  blockAt = at;
  forgetAll();
  blockGas = 0;
  blockNeed = 0;
  blockHeight = 0;
  blockGrowth = 0;
  store<u32>(at, 0, 12);
  store<u32>(at, pc, 12);
  return at + 16;
}

@inline
function countIn(taken: i32, left: i32, gas: u32): void {
  blockGas += gas;
  const need = taken - blockHeight;
  if (need > blockNeed) blockNeed = need;
  blockHeight += left - taken;
  if (blockHeight > blockGrowth) blockGrowth = blockHeight;
}

/** Ends the block that ends at `at`, if there is one; returns where it really ends. */
function endBlock(at: usize): usize {
  if (blockAt == 0) return at;
  writeGuard(blockAt, OP_BLOCK, blockNeed, blockGrowth, blockGas);
  const end = fuses ? pairUp(blockAt + 16, at) : at;
  blockAt = 0;
  return end;
}

function writeGuard(at: usize, op: u16, need: i32, growth: i32, gas: u32): void {
  // What no stack can satisfy is written as what none can satisfy.
  const impossible = need > MAX_STACK || growth > MAX_STACK;
  store<u16>(at, op);
  store<u16>(at, impossible ? 0xffff : <u16>(need << 5), 2);
  store<u32>(at, gas, 4);
  store<u16>(at, impossible ? 0 : <u16>((MAX_STACK - growth) << 5), 8);
  store<u16>(at, 0, 10);
}

@inline
function emit(at: usize, op: u16, operand: u32): usize {
  store<u16>(at, op);
  store<u16>(at, 0, 2);
  store<u32>(at, operand, 4);
  return at + 8;
}

/** Whether instructions are put together: worth its time for code that runs again. */
let fuses: bool = true;

@inline
function put(at: usize, op: u16, operand: u32, careful: bool): usize {
  return careful || !fuses ? emit(at, op, operand) : append(at, op, operand);
}

/** Decodes bytecode; the result is a block of its own. */
export function decode(bytecode: usize, size: u32, careful: bool): usize {
  fuses = true;
  return decodeUpTo(bytecode, size, size, careful);
}

/**
 * Decodes init code, which runs once and mostly is the code that it will return, up to the first INVALID behind a RETURN: Solidity writes these between
 * the two. (Older compilers also assert with an INVALID, anywhere.) What jumps further goes on in the careful stream.
 */
export function decodeInitCode(bytecode: usize, size: u32): usize {
  let end: u32 = 0;
  let last: u8 = 0;
  while (end < size) {
    const opcode = load<u8>(bytecode + end);
    end += opcode >= 0x60 && opcode <= 0x7f ? opcode - 0x5e : 1;
    if (opcode == 0xfe && last == 0xf3) break;
    last = opcode;
  }
  fuses = false;
  return decodeUpTo(bytecode, size, min<u32>(end, size), false);
}

function decodeUpTo(bytecode: usize, whole: u32, size: u32, careful: bool): usize {
  const bytesAt: u32 = C_BYTES;
  const tableAt: u32 = (bytesAt + (careful ? 0 : whole + 32) + 7) & ~7;
  const streamAt: u32 = tableAt + ((size * 4 + 7) & ~7);
  // A block and an instruction per byte at worst, or a block, PUSH and word per six bytes; and the STOP behind the end.
  const scratchSize: u32 = streamAt + size * 24 + 64;
  const scratch = allocateBlock(scratchSize);
  const table = scratch + tableAt;
  memory.fill(scratch, 0, C_BYTES);
  if (!careful) {
    memory.copy(scratch + bytesAt, bytecode, whole);
    memory.fill(scratch + bytesAt + whole, 0, tableAt - bytesAt - whole);
  }
  memory.fill(table, 0, streamAt - tableAt);

  let at = scratch + streamAt;
  let pc: u32 = 0;
  let dead = false;
  blockAt = 0;
  while (pc < size) {
    const opcode = load<u8>(bytecode + pc);
    const entry = opcodeTable + (<usize>opcode << 3);
    const known = load<u8>(entry) != 0;
    let op: u16 = known ? load<u8>(denseOf + <usize>opcode) : OP_INVALID;
    const pushed: u32 = opcode >= 0x60 && opcode <= 0x7f ? opcode - 0x5f : 0;
    if (op == OP_JUMPDEST) {
      if (!careful) {
        at = endBlock(at);
        store<u32>(table + (pc << 2), <u32>(at - scratch));
        at = beginBlock(at, pc);
        countIn(0, 0, load<u32>(entry, 4));
      } else {
        store<u32>(table + (pc << 2), <u32>(at - scratch));
        at = writeStep(at, entry, opcode, pc, true);
      }
      dead = false;
      pc++;
      continue;
    }
    if (dead) {
      pc += 1 + pushed;
      continue;
    }
    if (careful) at = writeStep(at, entry, opcode, pc, known);
    else {
      if (blockAt == 0) at = beginBlock(at, pc);
      if (known) countIn(load<u8>(entry, 1), load<u8>(entry, 2), load<u32>(entry, 4));
    }
    let operand: u32 = 0;
    if (pushed > 0) {
      const start = pc + 1;
      const there: u32 = start >= size ? 0 : min<u32>(pushed, size - start);
      if (pushed <= 4) {
        for (let i: u32 = 0; i < pushed; i++) operand = (operand << 8) | (i < there ? <u32>load<u8>(bytecode + start + i) : 0);
        // PUSH and a jump behind it become one: the block's gas and stack count both.
        const next = start + pushed;
        if (!careful && next < size) {
          const jump = load<u8>(bytecode + next);
          if ((jump == 0x56 || jump == 0x57) && (operand < size || operand >= whole)) {
            const jumpEntry = opcodeTable + (<usize>jump << 3);
            countIn(load<u8>(jumpEntry, 1), load<u8>(jumpEntry, 2), load<u32>(jumpEntry, 4));
            op = jump == 0x56 ? OP_JUMP_TO : OP_JUMPI_TO;
            at = endBlock(put(at, op, operand, false));
            dead = op == OP_JUMP_TO;
            pc = next + 1;
            continue;
          }
        }
        at = put(at, OP_PUSH, operand, careful);
      } else {
        if (!careful && fuses) note(at);
        at = emit(at, OP_PUSH_WORD, 0);
        if (there == pushed) fromBytes(at, bytecode + start, pushed);
        else {
          // Behind the end of the code are zeros.
          memory.fill(padded, 0, 32);
          memory.copy(padded, bytecode + start, there);
          fromBytes(at, padded, pushed);
        }
        at += 32;
      }
      pc = start + pushed;
      continue;
    }
    if (op == OP_PC) {
      op = OP_PUSH;
      operand = pc;
    } else if (op == OP_DUP) operand = (<u32>opcode - 0x7f) << 5;
    else if (op == OP_SWAP) operand = (<u32>opcode - 0x8f) << 5;
    else if (op == OP_POP) operand = 32;
    else if (op == OP_LOG) operand = <u32>opcode - 0xa0;
    else if (op == OP_ENVIRONMENT) operand = environmentOffset(opcode);
    else if (op == OP_INVALID) operand = opcode;
    at = put(at, op, operand, careful);
    pc++;
    if (endsFlow(op)) {
      at = endBlock(at);
      dead = true;
    } else if (endsBlock(op)) at = endBlock(at);
  }
  at = endBlock(at);
  if (careful) at = writeStep(at, opcodeTable, 0, pc, true);
  // Running off the end stops; the last word keeps every read of the stream inside.
  at = emit(at, OP_STOP, 0);

  const total = <u32>(at - scratch);
  store<u32>(scratch, whole, C_SIZE);
  store<u32>(scratch, size, C_DECODED);
  store<u32>(scratch, tableAt, C_TABLE);
  store<u32>(scratch, streamAt, C_STREAM);
  store<u32>(scratch, total, C_TOTAL);
  if (!careful) resolveJumps(scratch + streamAt, at, table, size);
  const made = allocateBlock(total);
  memory.copy(made, scratch, total);
  freeBlock(scratch, scratchSize);
  return made;
}

const padded: usize = memory.data(32, 16);

function writeStep(at: usize, entry: usize, opcode: u8, pc: u32, known: bool): usize {
  const taken: i32 = known ? load<u8>(entry, 1) : 0;
  const left: i32 = known ? load<u8>(entry, 2) : 0;
  writeGuard(at, OP_STEP, taken, left > taken ? left - taken : 0, known ? load<u32>(entry, 4) : 0);
  store<u8>(at, opcode, 10);
  store<u8>(at, known ? load<u8>(entry, 3) : 0, 11);
  store<u32>(at, pc, 12);
  return at + 16;
}

/** Turns the targets of fused jumps from places in the bytecode into places in the stream. */
function resolveJumps(from: usize, to: usize, table: usize, size: u32): void {
  let at = from;
  while (at < to) {
    const op = load<u16>(at);
    if (jumpsTo(op)) {
      const target = load<u32>(at, 4);
      store<u32>(at, target < size ? load<u32>(table + (<usize>target << 2)) : 0, 4);
    }
    at += sizeOf(op);
  }
}

function environmentOffset(opcode: u8): u32 {
  switch (opcode) {
    case 0x32: return ENV_ORIGIN;
    case 0x3a: return ENV_GAS_PRICE;
    case 0x41: return ENV_COINBASE;
    case 0x42: return ENV_TIMESTAMP;
    case 0x43: return ENV_NUMBER;
    case 0x44: return ENV_PREVRANDAO;
    case 0x45: return ENV_GAS_LIMIT;
    case 0x46: return ENV_CHAIN_ID;
    case 0x48: return ENV_BASE_FEE;
    default: return ENV_BLOB_BASE_FEE;
  }
}

/** The careful stream of decoded code, made on first need. */
export function carefulOf(code: usize): usize {
  const known: usize = load<u32>(code, C_CAREFUL);
  if (known != 0) return known;
  const made = decode(code + C_BYTES, load<u32>(code, C_SIZE), true);
  store<u32>(code, <u32>made, C_CAREFUL);
  return made;
}

/** The OP_STEP of a place in the bytecode. */
export function findStep(careful: usize, pc: u32): usize {
  let at = careful + load<u32>(careful, C_STREAM);
  const end = careful + load<u32>(careful, C_TOTAL);
  while (at < end) {
    const op = load<u16>(at);
    if (op == OP_STEP) {
      if (load<u32>(at, 12) == pc) return at;
      at += 16;
    } else at += op == OP_PUSH_WORD ? 40 : 8;
  }
  return end - 8;
}

/** Gives decoded init code back. */
export function freeCode(code: usize): void {
  const careful: usize = load<u32>(code, C_CAREFUL);
  if (careful != 0) freeBlock(careful, load<u32>(careful, C_TOTAL));
  freeBlock(code, load<u32>(code, C_TOTAL));
}

@inline
export function hasNoCode(account: usize): bool {
  return eq(account + A_CODE_HASH, emptyCodeHash);
}

/** The decoded code of an account; 0 if it has none. */
export function codeOf(account: usize): usize {
  const known: usize = load<u32>(account, A_CODE);
  if (known != 0) return known;
  if (hasNoCode(account)) return 0;
  const code = loadCode(account + A_CODE_HASH);
  store<u32>(account, <u32>code, A_CODE);
  return code;
}
