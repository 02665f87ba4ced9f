import { A_BALANCE, A_CODE_HASH, isEmptyAccount, isWarmAccount, openAccount, warmAccount } from "./accounts";
import { memoryArea, returnArea } from "./areas";
import { C_BYTES, C_SIZE, codeOf } from "./code";
import { charge, F_CODE, F_DATA, F_DATA_SIZE, frame, halt, HALT_RETURN_DATA, returnSize, self } from "./frames";
import { blobHash, blockHash } from "./host";
import { chargeCopy, copyPadded, loadPadded, range, rangeSize, rangeStart } from "./memory";
import { coldAccountGas, ENV_NUMBER, environment } from "./parameters";
import { copyWord, setU64, setZero } from "./words";

/** What an instruction can ask about its account, its call, other accounts and the block. */

/** A word as an address: its upper 12 bytes cleared. */
export const addressWord: usize = memory.data(32, 16);

@inline
export function toAddress(word: usize): usize {
  store<u64>(addressWord, load<u64>(word));
  store<u64>(addressWord, load<u64>(word, 8), 8);
  store<u64>(addressWord, load<u64>(word, 16) & 0xffffffff, 16);
  store<u64>(addressWord, 0, 24);
  return addressWord;
}

/** Opens the account that a word names and charges if it is cold (EIP-2929); 0 if that cannot be paid. */
export function access(word: usize): usize {
  const account = openAccount(toAddress(word));
  const surcharge = coldAccountGas();
  if (surcharge != 0 && !isWarmAccount(account)) {
    if (!charge(surcharge)) return 0;
    warmAccount(account);
  }
  return account;
}

export function balance(top: usize): bool {
  const account = access(top);
  if (account == 0) return false;
  copyWord(top, account + A_BALANCE);
  return true;
}

@inline
export function selfBalance(to: usize): void {
  copyWord(to, self + A_BALANCE);
}

export function extCodeSize(top: usize): bool {
  const account = access(top);
  if (account == 0) return false;
  const code = codeOf(account);
  setU64(top, code == 0 ? 0 : load<u32>(code, C_SIZE));
  return true;
}

export function extCodeHash(top: usize): bool {
  const account = access(top);
  if (account == 0) return false;
  if (isEmptyAccount(account)) setZero(top);
  else copyWord(top, account + A_CODE_HASH);
  return true;
}

/** Address, destination, source, size. */
export function extCodeCopy(top: usize): bool {
  if (!chargeCopy(top - 96) || !range(top - 32, top - 96)) return false;
  const account = access(top);
  if (account == 0) return false;
  const code = codeOf(account);
  copyPadded(code + C_BYTES, code == 0 ? 0 : load<u32>(code, C_SIZE), top - 64);
  return true;
}

@inline
export function callDataLoad(top: usize): void {
  loadPadded(top, memoryArea + load<u32>(frame, F_DATA), load<u32>(frame, F_DATA_SIZE), top);
}

/** Destination, source, size. */
export function callDataCopy(top: usize): bool {
  if (!chargeCopy(top - 64) || !range(top, top - 64)) return false;
  copyPadded(memoryArea + load<u32>(frame, F_DATA), load<u32>(frame, F_DATA_SIZE), top - 32);
  return true;
}

@inline
export function codeSize(to: usize): void {
  setU64(to, load<u32>(load<u32>(frame, F_CODE), C_SIZE));
}

/** Destination, source, size. */
export function codeCopy(top: usize): bool {
  if (!chargeCopy(top - 64) || !range(top, top - 64)) return false;
  const code: usize = load<u32>(frame, F_CODE);
  copyPadded(code + C_BYTES, load<u32>(code, C_SIZE), top - 32);
  return true;
}

/** Destination, source, size. Reading beyond the end fails (EIP-211). */
export function returnDataCopy(top: usize): bool {
  const from = top - 32;
  const size = top - 64;
  if (!chargeCopy(size)) return false;
  const beyond = (load<u64>(from, 8) | load<u64>(from, 16) | load<u64>(from, 24)) != 0 || load<u64>(from) > returnSize;
  if (beyond || load<u64>(from) + load<u64>(size) > returnSize) return halt(HALT_RETURN_DATA);
  if (!range(top, size)) return false;
  if (rangeSize > 0) memory.copy(rangeStart, returnArea + load<u32>(from), rangeSize);
  return true;
}

/** One of the 256 blocks before; zero for any other. */
export function blockHashOf(top: usize): void {
  const number = load<u64>(environment, ENV_NUMBER);
  const wanted = load<u64>(top);
  const high = load<u64>(top, 8) | load<u64>(top, 16) | load<u64>(top, 24);
  if (high != 0 || wanted >= number || number - wanted > 256) setZero(top);
  else blockHash(wanted, top);
}

export function blobHashOf(top: usize): void {
  const high = load<u64>(top, 8) | load<u64>(top, 16) | load<u64>(top, 24);
  const index = load<u64>(top);
  if (high != 0 || index > 0xffff) setZero(top);
  else blobHash(<u32>index, top);
}
