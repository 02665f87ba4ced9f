import { FORKS, type Fork } from "../../chain/src/rules/fork.ts";
import { ConformanceError } from "./conformance-error.ts";

/** Forks whose name in the public suites is not ours. */
const otherNames: Readonly<Record<string, Fork>> = {
  eip150: "tangerineWhistle",
  eip158: "spuriousDragon",
  constantinoplefix: "petersburg",
  merge: "paris",
};

/** A fork by the name the public suites give it, or by ours; case does not matter. `undefined` if there is none. */
export function forkOf(name: string): Fork | undefined {
  const lower = name.toLowerCase();
  return otherNames[lower] ?? FORKS.find((fork) => fork.toLowerCase() === lower);
}

/**
 * The same for a name that must be right.
 * @throws ConformanceError `FORK_UNKNOWN`
 */
export function requireFork(name: string): Fork {
  const fork = forkOf(name);
  if (fork !== undefined) return fork;
  throw new ConformanceError("FORK_UNKNOWN", `There is no fork ${name}`, `Name one of ${FORKS.join(", ")}.`);
}
