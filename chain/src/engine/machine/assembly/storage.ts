import { charge, halt, HALT_STATIC, HALT_STORE_SENTRY, gas, isStatic, refund, self, setRefund } from "./frames";
import { stored } from "./host";
import {
  coldLoadGas,
  coldStoreGas,
  HOOK_STORAGE,
  hooks,
  netMetering,
  storeClearRefund,
  storeNothingGas,
  storeResetGas,
  storeSentry,
  storeSetGas,
} from "./parameters";
import { isWarmSlot, openSlot, openTransient, originalOf, S_VALUE, setSlot, setTransient, transientOf, warmSlot } from "./slots";
import { copyWord, eq, isZero } from "./words";

/** SLOAD, SSTORE, TLOAD, TSTORE. */

export function sload(top: usize): bool {
  const slot = openSlot(self, top);
  const surcharge = coldLoadGas();
  if (surcharge != 0 && !isWarmSlot(slot)) {
    if (!charge(surcharge)) return false;
    warmSlot(slot);
  }
  copyWord(top, slot + S_VALUE);
  return true;
}

/** What SSTORE does to the refund counter; set by {@link storeGas}. */
let refundChange: i64 = 0;

/** Gas of writing a value, without the surcharge for a cold slot (EIP-2200 with the figures of the fork; Frontier's rule where there is no net metering). */
export function storeGas(slot: usize, value: usize): u64 {
  refundChange = 0;
  const present = slot + S_VALUE;
  if (!netMetering()) {
    if (isZero(present)) return isZero(value) ? storeResetGas() : storeSetGas();
    if (isZero(value)) refundChange = storeClearRefund();
    return storeResetGas();
  }
  if (eq(present, value)) return storeNothingGas();
  const original = originalOf(slot);
  if (eq(original, present)) {
    if (isZero(original)) return storeSetGas();
    if (isZero(value)) refundChange = storeClearRefund();
    return storeResetGas();
  }
  if (!isZero(original)) {
    if (isZero(present)) refundChange -= storeClearRefund();
    else if (isZero(value)) refundChange += storeClearRefund();
  }
  if (eq(original, value)) {
    const first = isZero(original) ? storeSetGas() : storeResetGas();
    refundChange += <i64>(first - storeNothingGas());
  }
  return storeNothingGas();
}

/** Slot, value. */
export function sstore(top: usize): bool {
  if (isStatic) return halt(HALT_STATIC);
  const sentry = storeSentry();
  if (sentry != 0 && gas <= sentry) return halt(HALT_STORE_SENTRY);
  const slot = openSlot(self, top);
  const value = top - 32;
  let cost = storeGas(slot, value);
  const surcharge = coldStoreGas();
  const cold = surcharge != 0 && !isWarmSlot(slot);
  if (cold) cost += surcharge;
  if (!charge(cost)) return false;
  if (cold) warmSlot(slot);
  setRefund(refund + refundChange);
  setSlot(slot, value);
  if ((hooks & HOOK_STORAGE) != 0) stored(slot);
  return true;
}

/** EIP-1153. */
export function tload(top: usize): void {
  copyWord(top, transientOf(openTransient(self, top)));
}

/** Slot, value. EIP-1153. */
export function tstore(top: usize): bool {
  if (isStatic) return halt(HALT_STATIC);
  setTransient(openTransient(self, top), top - 32);
  return true;
}
