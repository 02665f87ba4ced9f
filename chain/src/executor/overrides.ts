import { fromHex, trimZeros } from "../codec/hex.ts";
import type { BlockContext } from "../engine/engine.ts";
import { ChainError } from "../errors.ts";
import type { Rules } from "../rules/rules.ts";
import type { State } from "../state/state.ts";
import type { Address, BlockOverrides, StateOverride, Word } from "../types.ts";

/** State overrides by address. */
export type StateOverrides = ReadonlyMap<Address, StateOverride>;

/** A block context with some of its fields replaced. */
export function overrideBlock(context: BlockContext, overrides: BlockOverrides | undefined): BlockContext {
  if (overrides === undefined) return context;
  const { blockHashes, ...fields } = overrides;
  return {
    ...context,
    ...fields,
    blockHash: (number) => blockHashes?.get(number) ?? context.blockHash(number),
  };
}

/**
 * Puts overrides into a state; undoing them is the caller's affair.
 * @returns which precompiled contracts answer where, if that changed
 * @throws ChainError `OVERRIDE_NOT_PRECOMPILE`, `OVERRIDE_SELF_MOVE`, `OVERRIDE_TARGET_TAKEN`
 */
export function overrideState(
  state: State,
  overrides: StateOverrides | undefined,
  rules: Pick<Rules, "precompiles">,
): BlockContext["precompileMoves"] {
  if (overrides === undefined) return undefined;
  const moves = precompileMoves(overrides, rules);
  for (const [address, override] of overrides) overrideAccount(state, address, override);
  return moves.size === 0 ? undefined : moves;
}

function overrideAccount(state: State, address: Address, override: StateOverride): void {
  if (override.balance !== undefined) state.setBalance(address, override.balance);
  if (override.nonce !== undefined) state.setNonce(address, override.nonce);
  if (override.code !== undefined) state.setCode(address, override.code);
  if (override.state !== undefined) state.clearStorage(address);
  for (const [slot, value] of override.state ?? override.stateDiff ?? new Map<Word, Word>())
    state.setStorage(address, slot, trimZeros(fromHex(value)));
}

/** An address that is overridden is no precompiled contract any more; where it was moved to, one is. */
function precompileMoves(
  overrides: StateOverrides,
  { precompiles }: Pick<Rules, "precompiles">,
): Map<Address, Address | undefined> {
  const moves = new Map<Address, Address | undefined>();
  for (const [address, { movePrecompileTo: target }] of overrides) {
    const isPrecompile = precompiles.includes(address);
    if (isPrecompile && !moves.has(address)) moves.set(address, undefined);
    if (target === undefined) continue;
    if (!isPrecompile) {
      throw new ChainError("OVERRIDE_NOT_PRECOMPILE", `There is no precompiled contract at ${address} to be moved`, {
        address,
      });
    }
    if (target === address) {
      throw new ChainError("OVERRIDE_SELF_MOVE", `The precompiled contract ${address} cannot be moved to itself`, {
        address,
      });
    }
    if (overrides.has(target) || moves.get(target) !== undefined) {
      throw new ChainError(
        "OVERRIDE_TARGET_TAKEN",
        `The account ${target} is overridden already: move ${address} elsewhere`,
        {
          address,
          target,
        },
      );
    }
    moves.set(target, address);
  }
  return moves;
}
