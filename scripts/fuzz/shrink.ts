import type { Comparison, Difference } from "./compare-engines.ts";
import type { GenesisAccount, Scenario } from "./scenario.ts";

/** A scenario that still shows a difference, and the difference. */
export interface Finding {
  readonly scenario: Scenario;
  readonly difference: Difference;
}

const JUMPDEST = 0x5b;

/**
 * Makes a differing scenario smaller as long as it still differs in the same field: drops actions and accounts, empties and blanks code. Parts of code are blanked
 * with JUMPDEST, which does nothing, so that jumps keep their places.
 * @param trace Whether the difference shows only in the trace.
 * @param attempts Most runs that may be spent.
 */
export async function shrink(comparison: Comparison, found: Finding, trace: boolean, attempts = 400): Promise<Finding> {
  let best = found;
  let left = attempts;
  const keeps = async (scenario: Scenario): Promise<boolean> => {
    if (left <= 0) return false;
    left--;
    const difference = await comparison.run(scenario, { trace });
    if (difference?.field !== found.difference.field) return false;
    best = { scenario, difference };
    return true;
  };

  // What comes after the difference cannot matter.
  const { actions } = best.scenario;
  await keeps({ ...best.scenario, actions: actions.slice(0, best.difference.action + 1) });
  for (let i = best.scenario.actions.length - 2; i >= 0; i--)
    await keeps({ ...best.scenario, actions: best.scenario.actions.filter((_, index) => index !== i) });
  for (let i = best.scenario.accounts.length - 1; i >= 0; i--)
    await keeps({ ...best.scenario, accounts: best.scenario.accounts.filter((_, index) => index !== i) });

  for (let i = 0; i < best.scenario.accounts.length; i++) {
    const withCode = (code: Uint8Array): Scenario => ({
      ...best.scenario,
      accounts: best.scenario.accounts.map(
        (account, index): GenesisAccount => (index === i ? { ...account, code } : account),
      ),
    });
    const codeNow = (): Uint8Array => best.scenario.accounts[i]?.code ?? new Uint8Array(0);
    if (codeNow().length > 0) await keeps(withCode(new Uint8Array(0)));
    for (let size = codeNow().length; size >= 1; size = Math.floor(size / 2)) {
      if (await keeps(withCode(codeNow().slice(0, codeNow().length - size)))) continue;
      for (let at = 0; at < codeNow().length; at += size) {
        const code = codeNow().slice();
        if (code.subarray(at, at + size).every((byte) => byte === JUMPDEST)) continue;
        await keeps(withCode(code.fill(JUMPDEST, at, at + size)));
      }
    }
  }
  return best;
}
