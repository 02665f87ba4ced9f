import type { Trial, Verdict } from "./run-mutants.ts";

/** What a run found, for people and programs. */
export interface MutationReport {
  readonly contract: string;
  readonly tests: readonly string[];
  readonly seed: number;
  /** Faults the mutator knows for the contract; what was tried is a sample of them. */
  readonly known: number;
  readonly tried: number;
  readonly killed: number;
  readonly timeouts: number;
  readonly invalid: number;
  readonly survivors: readonly Survivor[];
}

/** A fault that no test noticed. */
export interface Survivor {
  readonly place: string;
  readonly kind: string;
  readonly before: string;
  readonly after: string;
  readonly line: string;
}

/** Counts the trials and lists the survivors. */
export function summarise(
  trials: readonly Trial[],
  about: Pick<MutationReport, "contract" | "tests" | "seed" | "known">,
): MutationReport {
  const count = (verdict: Verdict) => trials.filter((trial) => trial.verdict === verdict).length;
  return {
    ...about,
    tried: trials.length,
    killed: count("killed"),
    timeouts: count("timeout"),
    invalid: count("invalid"),
    survivors: trials
      .filter(({ verdict }) => verdict === "survived")
      .map(({ mutant: { kind, line, before, after, soundLine } }) => ({
        place: `${about.contract}:${line}`,
        kind,
        before,
        after,
        line: soundLine.trim(),
      })),
  };
}

/** The report in words: each survivor as the change that nobody noticed, then the figures. */
export function formatReport({ survivors, tried, killed, timeouts, invalid, known, seed }: MutationReport): string {
  const changes = survivors.map(
    ({ place, kind, before, after, line }) =>
      `${place}  survived (${kind})\n    ${line}\n  - ${indent(before)}\n  + ${indent(after || "(left out)")}\n`,
  );
  const figures = [
    `${killed + timeouts} of ${tried - invalid} faults noticed`,
    timeouts > 0 ? `${timeouts} of them by running too long` : "",
    invalid > 0 ? `${invalid} did not compile` : "",
    `sample of ${known}, seed ${seed}`,
  ];
  return [...changes, figures.filter((figure) => figure !== "").join("; ")].join("\n");
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n    ");
}
