import { CHECKS_PER_SCENARIO, operationScenario } from "./operations.ts";
import { programScenario } from "./programs.ts";
import { createRandom, type Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";
import { sequenceScenario } from "./sequences.ts";

/** What is compared. */
export type Kind = "ops" | "programs" | "sequences";

interface KindOf {
  /** How many of what the user counts are in one scenario. */
  readonly perScenario: number;
  /** One scenario in so many has its steps compared too. */
  readonly traceEvery: number;
  make(random: Random, name: string): Scenario;
}

/** The kinds of scenarios, in the order they are run. */
export const KINDS: Readonly<Record<Kind, KindOf>> = {
  ops: { perScenario: CHECKS_PER_SCENARIO, traceEvery: 10, make: operationScenario },
  programs: { perScenario: 1, traceEvery: 1, make: programScenario },
  sequences: { perScenario: 1, traceEvery: 1, make: sequenceScenario },
};

/** The scenario of a kind, a seed and an index: always the same one. */
export function scenarioOf(kind: Kind, seed: string, index: number): Scenario {
  return KINDS[kind].make(createRandom(`${seed}/${kind}/${index}`), `${kind} ${index} of seed ${seed}`);
}
