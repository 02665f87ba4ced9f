import { ChainError } from "../errors.ts";
import { type Fork, isAtLeast } from "./fork.ts";
import type { Rules } from "./rules.ts";

/**
 * Refuses what the chain's fork does not have yet.
 * @param needed fork that brought it
 * @param what its name, at the beginning of a sentence
 * @throws ChainError `FORK_TOO_OLD`
 */
export function requireFork({ hardfork }: Rules, needed: Fork, what: string): void {
  if (isAtLeast(hardfork, needed)) return;
  throw new ChainError("FORK_TOO_OLD", `${what} came with ${needed}; this chain runs at ${hardfork}`, {
    hardfork,
    needed,
  });
}
