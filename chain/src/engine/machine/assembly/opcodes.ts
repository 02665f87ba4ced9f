/**
 * Dense numbers of the decoded instructions. A `switch` becomes one jump table only if its cases leave no gaps, so these are not the
 * opcodes of the Yellow Paper: `denseOf` maps one to the other. What runs together in one handler (DUP1 to DUP16, LOG0 to LOG4, the
 * words of the environment) has one number and an operand.
 */

export const OP_BLOCK: u16 = 0;
export const OP_STEP: u16 = 1;
export const OP_STOP: u16 = 2;
export const OP_ADD: u16 = 3;
export const OP_MUL: u16 = 4;
export const OP_SUB: u16 = 5;
export const OP_DIV: u16 = 6;
export const OP_SDIV: u16 = 7;
export const OP_MOD: u16 = 8;
export const OP_SMOD: u16 = 9;
export const OP_ADDMOD: u16 = 10;
export const OP_MULMOD: u16 = 11;
export const OP_EXP: u16 = 12;
export const OP_SIGNEXTEND: u16 = 13;
export const OP_LT: u16 = 14;
export const OP_GT: u16 = 15;
export const OP_SLT: u16 = 16;
export const OP_SGT: u16 = 17;
export const OP_EQ: u16 = 18;
export const OP_ISZERO: u16 = 19;
export const OP_AND: u16 = 20;
export const OP_OR: u16 = 21;
export const OP_XOR: u16 = 22;
export const OP_NOT: u16 = 23;
export const OP_BYTE: u16 = 24;
export const OP_SHL: u16 = 25;
export const OP_SHR: u16 = 26;
export const OP_SAR: u16 = 27;
export const OP_CLZ: u16 = 28;
export const OP_KECCAK256: u16 = 29;
export const OP_ADDRESS: u16 = 30;
export const OP_BALANCE: u16 = 31;
/** Operand: offset into the environment. */
export const OP_ENVIRONMENT: u16 = 32;
export const OP_CALLER: u16 = 33;
export const OP_CALLVALUE: u16 = 34;
export const OP_CALLDATALOAD: u16 = 35;
export const OP_CALLDATASIZE: u16 = 36;
export const OP_CALLDATACOPY: u16 = 37;
export const OP_CODESIZE: u16 = 38;
export const OP_CODECOPY: u16 = 39;
export const OP_EXTCODESIZE: u16 = 40;
export const OP_EXTCODECOPY: u16 = 41;
export const OP_RETURNDATASIZE: u16 = 42;
export const OP_RETURNDATACOPY: u16 = 43;
export const OP_EXTCODEHASH: u16 = 44;
export const OP_BLOCKHASH: u16 = 45;
export const OP_SELFBALANCE: u16 = 46;
export const OP_BLOBHASH: u16 = 47;
/** Operand: 32 times how many. */
export const OP_POP: u16 = 48;
export const OP_MLOAD: u16 = 49;
export const OP_MSTORE: u16 = 50;
export const OP_MSTORE8: u16 = 51;
export const OP_SLOAD: u16 = 52;
export const OP_SSTORE: u16 = 53;
export const OP_JUMP: u16 = 54;
export const OP_JUMPI: u16 = 55;
export const OP_MSIZE: u16 = 56;
export const OP_GAS: u16 = 57;
export const OP_TLOAD: u16 = 58;
export const OP_TSTORE: u16 = 59;
export const OP_MCOPY: u16 = 60;
/** Operand: a value below 2^32. Also PC and PUSH0. */
export const OP_PUSH: u16 = 61;
/** Followed by the word. */
export const OP_PUSH_WORD: u16 = 62;
/** Operand: 32 times the position. */
export const OP_DUP: u16 = 63;
/** Operand: 32 times the position. */
export const OP_SWAP: u16 = 64;
/** Operand: number of topics. */
export const OP_LOG: u16 = 65;
export const OP_CREATE: u16 = 66;
export const OP_CALL: u16 = 67;
export const OP_CALLCODE: u16 = 68;
export const OP_RETURN: u16 = 69;
export const OP_DELEGATECALL: u16 = 70;
export const OP_CREATE2: u16 = 71;
export const OP_STATICCALL: u16 = 72;
export const OP_REVERT: u16 = 73;
export const OP_INVALID: u16 = 74;
export const OP_SELFDESTRUCT: u16 = 75;
/** PUSH and JUMP in one. Operand: place in the stream, 0 if no JUMPDEST is there. */
export const OP_JUMP_TO: u16 = 76;
/** PUSH and JUMPI in one. */
export const OP_JUMPI_TO: u16 = 77;
/** No instruction of its own: it begins a block. Never in a stream. */
export const OP_JUMPDEST: u16 = 78;
/** Becomes OP_PUSH. Never in a stream. */
export const OP_PC: u16 = 79;


// Instructions put together by fusion.ts. A spare is the u16 before the operand.

/** SWAP and POP. Operand: 32 times the position. */
export const OP_SWAP_POP: u16 = 80;
/** Operand: what is added. */
export const OP_ADD_CONSTANT: u16 = 81;
/** DUP and an instruction. Operand: 32 times the position. */
export const OP_DUP_ADD: u16 = 82;
export const OP_DUP_SUB: u16 = 83;
export const OP_DUP_AND: u16 = 84;
export const OP_DUP_EQ: u16 = 85;
export const OP_DUP_MLOAD: u16 = 86;
export const OP_DUP_MSTORE: u16 = 87;
/** The sum of a word of the stack (spare: 32 times the position) and the operand. */
export const OP_DUP_ADD_CONSTANT: u16 = 88;
/** AND with the operand. */
export const OP_AND_CONSTANT: u16 = 89;
/** AND with the word that follows. */
export const OP_AND_WORD: u16 = 90;
/** A word of the stack (spare: 32 times the position) AND the word that follows. */
export const OP_DUP_AND_WORD: u16 = 91;
/** PUSH and an instruction that takes the operand. */
export const OP_EQ_CONSTANT: u16 = 92;
export const OP_SHL_CONSTANT: u16 = 93;
export const OP_SHR_CONSTANT: u16 = 94;
export const OP_MLOAD_AT: u16 = 95;
export const OP_MSTORE_AT: u16 = 96;
/** POP (operand: 32 times how many) and JUMP. */
export const OP_POP_JUMP: u16 = 97;
/** Two at once. Spare: 32 times the position of the first DUP or SWAP. */
export const OP_DUP_DUP: u16 = 98;
export const OP_SWAP_SWAP: u16 = 99;
/** Spare: 32 times the position of DUP. Operand: what PUSH pushes. */
export const OP_PUSH_DUP: u16 = 100;
export const OP_DUP_PUSH: u16 = 101;
/** Operand, and the u32 that follows. */
export const OP_PUSH_PUSH: u16 = 102;

// Conditional jumps with their condition. Operand: place in the stream, 0 if no JUMPDEST is there.

/** ISZERO and OP_JUMPI_TO. */
export const OP_UNLESS: u16 = 103;
export const OP_UNLESS_EQ: u16 = 104;
export const OP_UNLESS_LT: u16 = 105;
export const OP_UNLESS_GT: u16 = 106;
/** Spare: 32 times the position of DUP. */
export const OP_DUP_EQ_JUMP: u16 = 107;
/** Jumps if the top is the u32 that follows; the top stays. */
export const OP_SELECT: u16 = 108;
/** LT, GT, SLT, SGT, EQ and OP_JUMPI_TO, from here in this order; SLT and SGT are not put together. */
export const JUMP_OF: u16 = 109;
export const OP_LT_JUMP: u16 = 109;
export const OP_GT_JUMP: u16 = 110;
export const OP_EQ_JUMP: u16 = 113;

/** Whether the operand is a place to jump to. */
@inline
export function jumpsTo(op: u16): bool {
  return op == OP_JUMP_TO || op == OP_JUMPI_TO || (op >= OP_UNLESS && op <= OP_EQ_JUMP);
}

/** By opcode: its dense number. Whether a fork knows it stands in the fork's table. */
export const denseOf: usize = memory.data<u8>([
  // 0x00
  2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 74, 74, 74, 74,
  // 0x10
  14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 74,
  // 0x20
  29, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74,
  // 0x30
  30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 32, 40, 41, 42, 43, 44,
  // 0x40
  45, 32, 32, 32, 32, 32, 32, 46, 32, 47, 32, 74, 74, 74, 74, 74,
  // 0x50
  48, 49, 50, 51, 52, 53, 54, 55, 79, 56, 57, 78, 58, 59, 60, 61,
  // 0x60
  61, 61, 61, 61, 62, 62, 62, 62, 62, 62, 62, 62, 62, 62, 62, 62,
  // 0x70
  62, 62, 62, 62, 62, 62, 62, 62, 62, 62, 62, 62, 62, 62, 62, 62,
  // 0x80
  63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63,
  // 0x90
  64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
  // 0xa0
  65, 65, 65, 65, 65, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74,
  // 0xb0
  74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74,
  // 0xc0
  74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74,
  // 0xd0
  74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74,
  // 0xe0
  74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74, 74,
  // 0xf0
  66, 67, 68, 69, 70, 71, 74, 74, 74, 74, 72, 74, 74, 73, 74, 75,
]);
