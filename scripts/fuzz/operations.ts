import { framedChecks } from "./framed-checks.ts";
import { inlineChecks } from "./inline-checks.ts";
import type { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";

/** Single checks in one scenario. */
export const CHECKS_PER_SCENARIO = 100;

/** A scenario of single-instruction checks: three in four that cannot fail, in one frame; the others each in a frame of its own. */
export function operationScenario(random: Random, name: string): Scenario {
  return random.chance(75)
    ? inlineChecks(random, name, CHECKS_PER_SCENARIO)
    : framedChecks(random, name, CHECKS_PER_SCENARIO);
}
