import { bigIntToWord, fromHex, trimZeros } from "../codec/hex.ts";
import type { Rules } from "../rules/rules.ts";
import { HISTORY_ADDRESS, HISTORY_CODE_HASH, HISTORY_WINDOW } from "../rules/system-contracts.ts";
import type { State } from "../state/state.ts";
import type { BlockEnvironment } from "./build-block.ts";

/**
 * What a block does before its first transaction: since Prague the hash of its parent goes into the history contract (EIP-2935). Nothing happens
 * if somebody put other code in its place.
 */
export function beginBlock(state: State, rules: Rules, environment: BlockEnvironment): void {
  if (!rules.predeploys.has(HISTORY_ADDRESS) || environment.number === 0n) return;
  if (state.getCodeHash(HISTORY_ADDRESS) !== HISTORY_CODE_HASH) return;
  const slot = bigIntToWord((environment.number - 1n) % HISTORY_WINDOW);
  state.setStorage(HISTORY_ADDRESS, slot, trimZeros(fromHex(environment.parentHash)));
}

/** What a block does after its last transaction: before Paris its beneficiary gets the reward. */
export function endBlock(state: State, rules: Rules, environment: BlockEnvironment): void {
  if (rules.work === undefined) return;
  const { coinbase } = environment;
  state.setBalance(coinbase, state.getBalance(coinbase) + rules.work.reward);
}
