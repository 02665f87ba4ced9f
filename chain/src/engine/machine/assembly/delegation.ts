import { isWarmAccount, openAccount, warmAccount } from "./accounts";
import { C_BYTES, C_SIZE, codeOf } from "./code";
import { charge } from "./frames";
import { followsDelegations } from "./parameters";
import { fromBytes } from "./words";

/** EIP-7702: an account whose code is 0xef0100 and an address runs the code of that address. Everything but calls sees the 23 bytes. */

/** 0xef0100 as the low bytes of a little-endian number. */
const DESIGNATOR: u32 = 0x0001ef;
const DESIGNATOR_SIZE: u32 = 23;
const WARM_GAS: u64 = 100;
const COLD_GAS: u64 = 2600;

const address: usize = memory.data(32, 16);

/** Whether decoded code names another account. */
@inline
function isDesignator(code: usize): bool {
  return (
    code != 0 && load<u32>(code, C_SIZE) == DESIGNATOR_SIZE && (load<u32>(code, C_BYTES) & 0xffffff) == DESIGNATOR && followsDelegations()
  );
}

/** The account that decoded code names. */
function delegateIn(code: usize): usize {
  fromBytes(address, code + C_BYTES + 3, 20);
  return openAccount(address);
}

/** The account whose code runs for an account; 0 if it is its own. */
export function delegateOf(account: usize): usize {
  const code = codeOf(account);
  return isDesignator(code) ? delegateIn(code) : 0;
}

/** The decoded code that runs for an account; 0 if there is none. One step only: a delegate's own designator is run, and fails. */
@inline
export function runnableCodeOf(account: usize): usize {
  const code = codeOf(account);
  return isDesignator(code) ? codeOf(delegateIn(code)) : code;
}

/** What following a delegation costs a call; 0 if there is none. */
export function delegationGas(account: usize): u64 {
  const delegate = delegateOf(account);
  if (delegate == 0) return 0;
  return isWarmAccount(delegate) ? WARM_GAS : COLD_GAS;
}

/** Charges a call for the delegation of its target and warms what it leads to; false if that cannot be paid. */
export function chargeDelegation(account: usize): bool {
  const delegate = delegateOf(account);
  if (delegate == 0) return true;
  if (!charge(isWarmAccount(delegate) ? WARM_GAS : COLD_GAS)) return false;
  warmAccount(delegate);
  return true;
}
