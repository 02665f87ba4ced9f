import { A_BALANCE, A_CREATED, isEmptyAccount, isWarmAccount, markDestroyed, openAccount, setBalance, warmAccount } from "./accounts";
import { allocateBlock, freeBlock } from "./blocks";
import { transfer } from "./calls";
import { toAddress } from "./environment";
import { charge, halt, HALT_STATIC, isStatic, refund, self, setRefund } from "./frames";
import { destroyed } from "./host";
import { stamp } from "./journal";
import {
  destroyColdGas,
  destroyNewAccountGas,
  destroyRefund,
  destroysOnlyNew,
  HOOK_DESTRUCTION,
  hooks,
  newAccountNeedsValue,
} from "./parameters";
import { copyWord, isZero, setZero } from "./words";

/** SELFDESTRUCT. What is to be deleted when the transaction ends lies in one list of records. */

export let destroyedCount: u32 = 0;
let list: usize = 0;
let capacity: u32 = 0;

export function dropDestroyed(count: u32): void {
  destroyedCount = count;
}

export function destroyedAt(index: u32): usize {
  return load<u32>(list + (index << 2));
}

function note(account: usize): void {
  if (destroyedCount == capacity) {
    const larger = max<u32>(64, capacity * 2);
    const moved = allocateBlock(larger << 2);
    if (capacity > 0) {
      memory.copy(moved, list, capacity << 2);
      freeBlock(list, capacity << 2);
    }
    list = moved;
    capacity = larger;
  }
  store<u32>(list + (destroyedCount << 2), <u32>account);
  destroyedCount++;
}

const value: usize = memory.data(32, 16);
const zero: usize = memory.data(32, 16);

/** Beneficiary. */
export function selfDestruct(top: usize): bool {
  if (isStatic) return halt(HALT_STATIC);
  const heir = openAccount(toAddress(top));
  const surcharge = destroyColdGas();
  if (surcharge != 0 && !isWarmAccount(heir)) {
    if (!charge(surcharge)) return false;
    warmAccount(heir);
  }
  const account = self;
  const needs = newAccountNeedsValue() ? !isZero(account + A_BALANCE) : true;
  if (needs && isEmptyAccount(heir) && !charge(destroyNewAccountGas())) return false;
  if ((hooks & HOOK_DESTRUCTION) != 0) destroyed(heir, account + A_BALANCE);
  const goes = !destroysOnlyNew() || load<u32>(account, A_CREATED) == stamp;
  if (heir != account) {
    copyWord(value, account + A_BALANCE);
    transfer(account, heir, value);
  } else if (goes) {
    setZero(zero);
    setBalance(account, zero);
  }
  if (goes && markDestroyed(account)) {
    note(account);
    setRefund(refund + destroyRefund());
  }
  return true;
}
