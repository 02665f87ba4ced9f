import type { Mutant } from "./mutant.ts";
import type { TestRun, Workshop } from "./workshop.ts";

/** What became of a mutant. Only a survivor says something about the tests. */
export type Verdict = "killed" | "survived" | "invalid" | "timeout";

/** A mutant, tried. */
export interface Trial {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
  readonly seconds: number;
  /** The test that noticed it. */
  readonly detail: string;
}

/** Options of {@link runMutants}. */
export interface RunOptions {
  /** The contract that the mutants replace. */
  readonly contract: string;
  /** The sound source. */
  readonly source: string;
  readonly mutants: readonly Mutant[];
  readonly tests: readonly string[];
  /** Time a mutant has; a fault can make a loop endless. */
  readonly timeoutSeconds: number;
  readonly onTrial: (trial: Trial, done: number) => void;
}

const VERDICTS = { passed: "survived", failed: "killed", "not-compiled": "invalid", timeout: "timeout" } as const;

/** Tries one mutant after the other and leaves the sound source behind. */
export async function runMutants(workshop: Pick<Workshop, "plant" | "test">, options: RunOptions): Promise<Trial[]> {
  const { contract, source, mutants, tests, timeoutSeconds, onTrial } = options;
  const trials: Trial[] = [];
  let order = tests;
  try {
    for (const mutant of mutants) {
      const problem = workshop.plant(contract, mutant.source);
      const { outcome, seconds, detail }: TestRun =
        problem === undefined
          ? await workshop.test(order, timeoutSeconds)
          : { outcome: "not-compiled", seconds: 0, detail: problem };
      const trial = { mutant, verdict: VERDICTS[outcome], seconds, detail };
      trials.push(trial);
      order = firstThatNoticed(order, detail);
      onTrial(trial, trials.length);
    }
  } finally {
    workshop.plant(contract, source);
  }
  return trials;
}

/** What noticed one fault is likely to notice the next: its file goes first. */
function firstThatNoticed(tests: readonly string[], detail: string): readonly string[] {
  const noticed = tests.filter((file) => detail.includes(file));
  return [...noticed, ...tests.filter((file) => !noticed.includes(file))];
}
