/**
 * What differs between forks and chains, written by the host before the first transaction: one entry per opcode and a few figures.
 */

/** 256 entries of 8 bytes: known (u8), words taken (u8), words left (u8), dynamic cost (u8), static gas (u32). */
export const opcodeTable: usize = memory.data(2048, 16);

/** Figures, u32 each. */
export const figures: usize = memory.data(128, 16);

/** On top of the static cost for an account that is cold (EIP-2929); 0 before Berlin. */
@inline export function coldAccountGas(): u64 { return load<u32>(figures, 0); }
/** On top of the static cost of SLOAD for a cold slot; 0 before Berlin. */
@inline export function coldLoadGas(): u64 { return load<u32>(figures, 4); }
/** On top of SSTORE's cost for a cold slot; 0 before Berlin. */
@inline export function coldStoreGas(): u64 { return load<u32>(figures, 8); }
/** 1: net gas metering (EIP-1283, EIP-2200); 0: the rule of Frontier. */
@inline export function netMetering(): bool { return load<u32>(figures, 12) != 0; }
/** SSTORE that changes nothing, or what was changed already. */
@inline export function storeNothingGas(): u64 { return load<u32>(figures, 16); }
/** SSTORE from zero. */
@inline export function storeSetGas(): u64 { return load<u32>(figures, 20); }
/** SSTORE from a value. */
@inline export function storeResetGas(): u64 { return load<u32>(figures, 24); }
/** Refund for clearing a slot (EIP-3529). */
@inline export function storeClearRefund(): i64 { return <i64>load<u32>(figures, 28); }
/** SSTORE fails with this much gas or less (EIP-2200); 0: no such rule. */
@inline export function storeSentry(): u64 { return load<u32>(figures, 32); }
/** EXP, per byte of the exponent (EIP-160). */
@inline export function expByteGas(): u64 { return load<u32>(figures, 36); }
/** A call passes on all but one 64th (EIP-150). */
@inline export function keepsBack(): bool { return load<u32>(figures, 40) != 0; }
/** SELFDESTRUCT destroys only what the transaction made (EIP-6780). */
@inline export function destroysOnlyNew(): bool { return load<u32>(figures, 44) != 0; }
/** Refund of SELFDESTRUCT (none since EIP-3529). */
@inline export function destroyRefund(): i64 { return <i64>load<u32>(figures, 48); }
/** Largest contract, bytes (EIP-170). */
@inline export function maxCodeSize(): u32 { return load<u32>(figures, 52); }
/** Largest init code of CREATE, bytes (EIP-3860). */
@inline export function maxInitCodeSize(): u32 { return load<u32>(figures, 56); }
/** Per word of init code (EIP-3860). */
@inline export function initCodeWordGas(): u64 { return load<u32>(figures, 60); }
/** Code must not begin with 0xEF (EIP-3541). */
@inline export function refusesEf(): bool { return load<u32>(figures, 64) != 0; }
/** Nonce of a new contract (EIP-161). */
@inline export function firstNonce(): u64 { return load<u32>(figures, 68); }
/** A contract whose code cannot be paid for stays without code instead of failing (Frontier). */
@inline export function keepsUnpaid(): bool { return load<u32>(figures, 72) != 0; }
/** Only a call with value pays for a new account (EIP-161). */
@inline export function newAccountNeedsValue(): bool { return load<u32>(figures, 76) != 0; }
/** SELFDESTRUCT pays for a new account (EIP-150). */
@inline export function destroyNewAccountGas(): u64 { return load<u32>(figures, 80); }
/** Gas of SELFDESTRUCT to a cold account (EIP-2929). */
@inline export function destroyColdGas(): u64 { return load<u32>(figures, 84); }
/** A creation at an address that has storage fails (EIP-7610). */
@inline export function refusesStorage(): bool { return load<u32>(figures, 88) != 0; }

/** Code may name another account whose code runs in its place (EIP-7702). */
@inline export function followsDelegations(): bool { return load<u32>(figures, 92) != 0; }

/** Words of the transaction and the block, in the order of `Environment` of the host. */
export const environment: usize = memory.data(512, 16);
export const ENV_ORIGIN: u32 = 0;
export const ENV_GAS_PRICE: u32 = 32;
export const ENV_COINBASE: u32 = 64;
export const ENV_TIMESTAMP: u32 = 96;
export const ENV_NUMBER: u32 = 128;
export const ENV_PREVRANDAO: u32 = 160;
export const ENV_GAS_LIMIT: u32 = 192;
export const ENV_CHAIN_ID: u32 = 224;
export const ENV_BASE_FEE: u32 = 256;
export const ENV_BLOB_BASE_FEE: u32 = 288;

/** Which of the low addresses (below 512) are precompiled contracts: a byte each. */
export const lowPrecompiles: usize = memory.data(512, 16);
/** Addresses of other contracts that the host answers for, words. */
export const otherPrecompiles: usize = memory.data(2048, 16);
export let otherPrecompileCount: u32 = 0;
export function setOtherPrecompileCount(count: u32): void {
  otherPrecompileCount = count;
}
export const MAX_OTHER_PRECOMPILES: u32 = 64;

/** Address that `hardhat/console.sol` calls, a word: 0x000000000000000000636F6e736F6c652e6c6f67. */
const CONSOLE_LOW: u64 = 0x736f6c652e6c6f67;
const CONSOLE_HIGH: u64 = 0x636f6e;

/** Whether an address (a word) is the console's. */
export function isConsole(address: usize): bool {
  return (
    load<u64>(address) == CONSOLE_LOW && load<u64>(address, 8) == CONSOLE_HIGH && (load<u64>(address, 16) | load<u64>(address, 24)) == 0
  );
}

/** Whether the host answers for an address (a word). */
export function isPrecompile(address: usize): bool {
  const low = load<u64>(address);
  if (low < 512 && (load<u64>(address, 8) | load<u64>(address, 16)) == 0) return load<u8>(lowPrecompiles + <usize>low) != 0;
  for (let i: u32 = 0; i < otherPrecompileCount; i++) {
    const other = otherPrecompiles + (i << 5);
    if (load<u64>(other) == low && load<u64>(other, 8) == load<u64>(address, 8) && load<u64>(other, 16) == load<u64>(address, 16)) return true;
  }
  return false;
}

/** Bits: what the host wants to be told. */
export const HOOK_STEPS: u32 = 1;
export const HOOK_FRAMES: u32 = 2;
export const HOOK_CONSOLE: u32 = 4;
export const HOOK_LOGS: u32 = 8;
export const HOOK_STORAGE: u32 = 16;
export const HOOK_DESTRUCTION: u32 = 32;
export const HOOK_PLACES: u32 = 64;
/** What runs instruction by instruction. */
export const HOOK_CAREFUL: u32 = HOOK_STEPS | HOOK_PLACES;
export let hooks: u32 = 0;
export function setHooks(bits: u32): void {
  hooks = bits;
}
