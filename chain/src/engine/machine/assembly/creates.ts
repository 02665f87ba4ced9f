import { A_ADDRESS, A_BALANCE, A_NONCE, hasStorage, markCreated, openAccount, setCodeHash, setNonce, warmAccount } from "./accounts";
import { memoryArea, stackArea } from "./areas";
import { FAILURE, finish, openFrame, prepareFrame, refuse, SUCCESS, tellRefused, transfer } from "./calls";
import { carefulOf, decodeInitCode, hasNoCode } from "./code";
import {
  charge,
  depth,
  enterGlobals,
  F_CALLER,
  F_DATA,
  F_DATA_SIZE,
  F_GAS,
  F_INIT_CODE,
  F_MEMORY,
  F_SELF,
  F_STACK,
  F_VALUE,
  frame,
  gas,
  halt,
  HALT_BALANCE,
  HALT_CODE_DEPOSIT,
  HALT_CODE_SIZE,
  HALT_COLLISION,
  HALT_DEPTH,
  HALT_INIT_CODE_SIZE,
  HALT_INVALID_CODE,
  HALT_NONCE,
  HALT_STATIC,
  isStatic,
  KIND_CREATE2,
  leaveGlobals,
  MAX_DEPTH,
  mem,
  reserveStack,
  self,
  setGas,
  setHaltReason,
  setReturnSize,
  startStream,
} from "./frames";
import { storeCode } from "./host";
import { keccak256, keccakWord } from "./keccak";
import { range, rangeSize, rangeStart } from "./memory";
import {
  keepsBack,
  firstNonce,
  HOOK_CAREFUL,
  HOOK_FRAMES,
  hooks,
  initCodeWordGas,
  keepsUnpaid,
  maxCodeSize,
  maxInitCodeSize,
  refusesEf,
  refusesStorage,
} from "./parameters";
import { copyWord, fromBytes, isZero, lt, toBytes } from "./words";

/** CREATE and CREATE2: the address, what stands in the way, the deposit of the code. */

const CODE_BYTE_GAS: u64 = 200;
const HASH_WORD_GAS: u64 = 6;

const scratch: usize = memory.data(128, 16);
const digest: usize = memory.data(32, 16);
export const createdAddress: usize = memory.data(32, 16);

/** Address of the contract that an account (a word) makes with a nonce, into {@link createdAddress}. */
export function addressOfCreate(sender: usize, nonce: u64): void {
  let bytes: u32 = 0;
  if (nonce >= 0x80) bytes = 8 - (<u32>clz<u64>(nonce) >> 3);
  toBytes(scratch + 32, sender);
  // RLP of [20 bytes, nonce]: everything up to the address is two bytes.
  const list = scratch + 42;
  store<u8>(list, <u8>(0xc0 + 22 + bytes));
  store<u8>(list, 0x94, 1);
  const at = list + 22;
  if (bytes == 0) store<u8>(at, nonce == 0 ? 0x80 : <u8>nonce);
  else {
    store<u8>(at, <u8>(0x80 + bytes));
    for (let i: u32 = 0; i < bytes; i++) store<u8>(at + 1 + i, <u8>(nonce >> (8 * (bytes - 1 - i))));
  }
  keccak256(digest, list, 23 + bytes);
  fromBytes(createdAddress, digest + 12, 20);
}

/** EIP-1014. */
function addressOfCreate2(sender: usize, salt: usize, initCode: usize, size: u32): void {
  toBytes(scratch, sender);
  store<u8>(scratch, 0xff, 11);
  toBytes(scratch + 32, salt);
  keccak256(scratch + 64, initCode, size);
  keccak256(digest, scratch + 11, 85);
  fromBytes(createdAddress, digest + 12, 20);
}

/** Value, offset, size, and for CREATE2 the salt. */
export function create(kind: u32, ip: usize, sp: usize): bool {
  if (isStatic) return halt(HALT_STATIC);
  const value = sp - 32;
  if (!range(value - 32, value - 64)) return false;
  const size = rangeSize;
  const start = <u32>(rangeStart - mem);
  if (size > maxInitCodeSize()) return halt(HALT_INIT_CODE_SIZE);
  const words = (<u64>size + 31) >> 5;
  if (!charge(words * (initCodeWordGas() + (kind == KIND_CREATE2 ? HASH_WORD_GAS : 0)))) return false;
  const passed = keepsBack() ? gas - gas / 64 : gas;
  setGas(gas - passed);
  const popped = sp - (kind == KIND_CREATE2 ? 128 : 96);
  leaveGlobals(ip, popped);
  setReturnSize(0);
  const nonce = load<u64>(self, A_NONCE);
  if (depth() == MAX_DEPTH || lt(self + A_BALANCE, value) || nonce == u64.MAX_VALUE) {
    if ((hooks & HOOK_FRAMES) != 0) {
      // No address was taken: the frame that is not opened stands for none.
      const never = prepareFrame(kind, self, self, passed, <u32>(popped - stackArea), load<u32>(frame, F_MEMORY) + start, size);
      copyWord(never + F_CALLER, self + A_ADDRESS);
      copyWord(never + F_VALUE, value);
      tellRefused(never, depth() == MAX_DEPTH ? HALT_DEPTH : nonce == u64.MAX_VALUE ? HALT_NONCE : HALT_BALANCE);
    }
    refuse(passed);
    return true;
  }
  setNonce(self, nonce + 1);
  if (kind == KIND_CREATE2) addressOfCreate2(self + A_ADDRESS, value - 96, mem + start, size);
  else addressOfCreate(self + A_ADDRESS, nonce);
  const account = openAccount(createdAddress);
  warmAccount(account);

  const child = prepareFrame(kind, account, account, passed, <u32>(popped - stackArea), load<u32>(frame, F_MEMORY) + start, size);
  copyWord(child + F_CALLER, self + A_ADDRESS);
  copyWord(child + F_VALUE, value);
  const creator = self;
  reserveStack(load<u32>(child, F_STACK));
  openFrame(child);
  beginCreation(child, creator);
  return true;
}

/** What an opened frame of a creation does first: its address must be free; then its init code runs. */
export function beginCreation(child: usize, creator: usize): void {
  const account: usize = load<u32>(child, F_SELF);
  if (load<u64>(account, A_NONCE) != 0 || !hasNoCode(account) || (refusesStorage() && hasStorage(account))) {
    setHaltReason(HALT_COLLISION);
    finish(FAILURE, 0, 0);
    return;
  }
  markCreated(account);
  if (firstNonce() != 0) setNonce(account, firstNonce());
  if (!isZero(child + F_VALUE)) transfer(creator, account, child + F_VALUE);
  const size = load<u32>(child, F_DATA_SIZE);
  if (size == 0) {
    setGas(load<u64>(child, F_GAS));
    finish(SUCCESS, 0, 0);
    return;
  }
  const code = decodeInitCode(memoryArea + load<u32>(child, F_DATA), size);
  store<u32>(child, <u32>code, F_INIT_CODE);
  startStream(child, code, (hooks & HOOK_CAREFUL) != 0 ? carefulOf(code) : code);
  store<u32>(child, 0, F_DATA_SIZE);
  enterGlobals();
}

/** Makes the output of init code the code of the frame's account; false, with the reason, if that must not be. */
export function deposit(output: usize, size: u32): bool {
  if (size > maxCodeSize()) return halt(HALT_CODE_SIZE);
  if (size > 0 && refusesEf() && load<u8>(output) == 0xef) return halt(HALT_INVALID_CODE);
  if (gas < CODE_BYTE_GAS * size && keepsUnpaid()) return true;
  if (!charge(CODE_BYTE_GAS * size)) return halt(HALT_CODE_DEPOSIT);
  if (size == 0) return true;
  keccakWord(digest, output, size);
  storeCode(digest, output, size);
  setCodeHash(load<u32>(frame, F_SELF), digest);
  return true;
}
