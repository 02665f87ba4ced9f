import { bigIntToWord, fromHex, trimZeros } from "../codec/hex.ts";
import type { Rules } from "../rules/rules.ts";
import { HISTORY_ADDRESS, HISTORY_CODE_HASH, HISTORY_WINDOW } from "../rules/system-contracts.ts";
import type { State } from "../state/state.ts";
import type { Hash } from "../types.ts";
import type { BlockEnvironment } from "./build-block.ts";
import { type EmptyRun, emptyBlock } from "./empty-run.ts";

/**
 * What a block does before its first transaction: since Prague the hash of its parent goes into the history contract (EIP-2935). Nothing happens
 * if somebody put other code in its place.
 */
export function beginBlock(state: State, rules: Rules, environment: BlockEnvironment): void {
  if (environment.number > 0n) keepHash(state, rules, environment.number - 1n, environment.parentHash);
}

function keepHash(state: State, rules: Rules, number: bigint, hash: Hash): void {
  if (!rules.predeploys.has(HISTORY_ADDRESS)) return;
  if (state.getCodeHash(HISTORY_ADDRESS) !== HISTORY_CODE_HASH) return;
  state.overwriteStorage(HISTORY_ADDRESS, bigIntToWord(number % HISTORY_WINDOW), trimZeros(fromHex(hash)));
}

/** What the blocks of a run would have put into the history contract; the block behind the run puts in the hash of the last. */
export function keepHashesOf(state: State, rules: Rules, run: EmptyRun): void {
  if (!rules.predeploys.has(HISTORY_ADDRESS)) return;
  const last = run.first + run.count - 1n;
  const first = last - HISTORY_WINDOW + 1n;
  for (let number = first > run.first ? first : run.first; number < last; number++)
    keepHash(state, rules, number, emptyBlock(run, number).block.hash);
}

/** What a block does after its last transaction: before Paris its beneficiary gets the reward. */
export function endBlock(state: State, rules: Rules, environment: BlockEnvironment): void {
  if (rules.work === undefined) return;
  const { coinbase } = environment;
  state.setBalance(coinbase, state.getBalance(coinbase) + rules.work.reward);
}
