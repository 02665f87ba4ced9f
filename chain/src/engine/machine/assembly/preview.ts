import { A_BALANCE, A_WARM, findAccount, isEmptyAccount } from "./accounts";
import { delegationGas } from "./delegation";
import { toAddress } from "./environment";
import { self } from "./frames";
import { stamp } from "./journal";
import { growthGas } from "./memory";
import {
  coldAccountGas,
  coldLoadGas,
  coldStoreGas,
  destroyColdGas,
  destroyNewAccountGas,
  expByteGas,
  followsDelegations,
  initCodeWordGas,
  newAccountNeedsValue,
} from "./parameters";
import { isWarmSlot, openSlot } from "./slots";
import { storeGas } from "./storage";
import { byteLength, fitsU64, isZero } from "./words";

/**
 * The dynamic part of what the next instruction will cost, for step tracers: computed from the operands by the same formulas, nothing charged
 * and nothing warmed. What a call passes on is not part of it.
 */

const LIMIT: u64 = 1 << 30;

/** Gas of touching a range of memory; as much as nobody has if it cannot be. */
function rangeGas(offset: usize, size: usize): u64 {
  if (isZero(size)) return 0;
  if (!fitsU64(size) || !fitsU64(offset) || load<u64>(size) > LIMIT || load<u64>(offset) > LIMIT) return u64.MAX_VALUE >> 2;
  return growthGas(load<u64>(offset) + load<u64>(size));
}

function placeGas(offset: usize, size: u64): u64 {
  if (!fitsU64(offset) || load<u64>(offset) > LIMIT) return u64.MAX_VALUE >> 2;
  return growthGas(load<u64>(offset) + size);
}

function sizeGas(size: usize, perWord: u64): u64 {
  if (!fitsU64(size) || load<u64>(size) > LIMIT) return u64.MAX_VALUE >> 2;
  return perWord * ((load<u64>(size) + 31) >> 5);
}

function coldGas(word: usize, surcharge: u64): u64 {
  if (surcharge == 0) return 0;
  const account = findAccount(toAddress(word));
  return account != 0 && load<u32>(account, A_WARM) == stamp ? 0 : surcharge;
}

/** The dynamic gas of an opcode whose operands lie below `sp`. */
export function dynamicGas(opcode: u8, sp: usize): u64 {
  const top = sp - 32;
  switch (opcode) {
    case 0x0a: return expByteGas() * <u64>byteLength(top - 32);
    case 0x20: return rangeGas(top, top - 32) + sizeGas(top - 32, 6);
    case 0x31:
    case 0x3b:
    case 0x3f: return coldGas(top, coldAccountGas());
    case 0x37:
    case 0x39:
    case 0x3e: return rangeGas(top, top - 64) + sizeGas(top - 64, 3);
    case 0x3c: return rangeGas(top - 32, top - 96) + sizeGas(top - 96, 3) + coldGas(top, coldAccountGas());
    case 0x51:
    case 0x52: return placeGas(top, 32);
    case 0x53: return placeGas(top, 1);
    case 0x54: return coldLoadGas() != 0 && !isWarmSlot(openSlot(self, top)) ? coldLoadGas() : 0;
    case 0x55: {
      const slot = openSlot(self, top);
      return storeGas(slot, top - 32) + (coldStoreGas() != 0 && !isWarmSlot(slot) ? coldStoreGas() : 0);
    }
    case 0x5e: {
      const to = rangeGas(top, top - 64);
      const from = rangeGas(top - 32, top - 64);
      return max(to, from) + sizeGas(top - 64, 3);
    }
    case 0xa0:
    case 0xa1:
    case 0xa2:
    case 0xa3:
    case 0xa4: return rangeGas(top, top - 32) + (fitsU64(top - 32) && load<u64>(top - 32) <= LIMIT ? 8 * load<u64>(top - 32) : u64.MAX_VALUE >> 2);
    case 0xf0: return rangeGas(top - 32, top - 64) + sizeGas(top - 64, initCodeWordGas());
    case 0xf5: return rangeGas(top - 32, top - 64) + sizeGas(top - 64, initCodeWordGas() + 6);
    case 0xf1:
    case 0xf2: return callGas(opcode, top, top - 96, !isZero(top - 64));
    case 0xf4:
    case 0xfa: return callGas(opcode, top, top - 64, false);
    case 0xf3:
    case 0xfd: return rangeGas(top, top - 32);
    case 0xff: {
      const heir = findAccount(toAddress(top));
      const fresh = heir == 0 || isEmptyAccount(heir);
      const pays = newAccountNeedsValue() ? !isZero(self + A_BALANCE) : true;
      return coldGas(top, destroyColdGas()) + (fresh && pays ? destroyNewAccountGas() : 0);
    }
    default: return 0;
  }
}

function callGas(opcode: u8, top: usize, ranges: usize, transfers: bool): u64 {
  let cost = max(rangeGas(ranges, ranges - 32), rangeGas(ranges - 64, ranges - 96)) + coldGas(top - 32, coldAccountGas());
  if (transfers) cost += 9000;
  if (opcode == 0xf1 && (transfers || !newAccountNeedsValue())) {
    const account = findAccount(toAddress(top - 32));
    if (account == 0 || isEmptyAccount(account)) cost += 25000;
  }
  if (followsDelegations()) {
    const account = findAccount(toAddress(top - 32));
    if (account != 0) cost += delegationGas(account);
  }
  return cost;
}
