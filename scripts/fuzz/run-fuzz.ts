import { compareEngines, type Side } from "./compare-engines.ts";
import { KINDS, type Kind, scenarioOf } from "./kinds.ts";
import { type FindingReport, reportOf } from "./report.ts";
import { shrink } from "./shrink.ts";

/** What to compare, and how much of it. */
export interface FuzzOptions {
  readonly seed: string;
  readonly counts: Readonly<Record<Kind, number>>;
  /** Only this one, instead of the counts. */
  readonly only?: { readonly kind: Kind; readonly index: number };
  /** Findings after which to stop. */
  readonly maxFindings: number;
  /** Told now and then how far a kind is. */
  onProgress?(kind: Kind, done: number, total: number, findings: number): void;
}

/** What a run gave. */
export interface FuzzResult {
  readonly seed: string;
  /** Checks, programs and sequences that were compared. */
  readonly compared: Readonly<Record<Kind, number>>;
  readonly milliseconds: Readonly<Record<Kind, number>>;
  readonly findings: readonly FindingReport[];
}

/** Compares two engines on random scenarios; every difference comes back made small. */
export async function runFuzz(oracle: Side, subject: Side, options: FuzzOptions): Promise<FuzzResult> {
  const comparison = compareEngines(oracle, subject);
  const { seed, only, maxFindings } = options;
  const findings: FindingReport[] = [];
  const compared = { ops: 0, programs: 0, sequences: 0 };
  const milliseconds = { ops: 0, programs: 0, sequences: 0 };

  async function compareOne(kind: Kind, index: number): Promise<void> {
    const scenario = scenarioOf(kind, seed, index);
    const trace = only !== undefined || index % KINDS[kind].traceEvery === 0;
    const difference = await comparison.run(scenario, { trace });
    compared[kind] += KINDS[kind].perScenario;
    if (difference === undefined) return;
    findings.push(reportOf(kind, index, seed, await shrink(comparison, { scenario, difference }, trace)));
  }

  if (only !== undefined) await compareOne(only.kind, only.index);
  else {
    for (const kind of Object.keys(KINDS) as Kind[]) {
      const total = Math.ceil(options.counts[kind] / KINDS[kind].perScenario);
      const start = Date.now();
      for (let index = 0; index < total && findings.length < maxFindings; index++) {
        await compareOne(kind, index);
        options.onProgress?.(kind, compared[kind], total * KINDS[kind].perScenario, findings.length);
      }
      milliseconds[kind] = Date.now() - start;
    }
  }
  return { seed, compared, milliseconds, findings };
}
