// Runs the cases of files, one file at a time, in a process of its own: a crash or an endless loop costs one case, not the run.
import { join } from "node:path";
import {
  type Case,
  type CaseResult,
  type EngineName,
  isSelected,
  type Run,
  type Selection,
  type Verdict,
} from "./case.ts";
import { ConformanceError } from "./conformance-error.ts";
import type { CaseFile, SuiteName } from "./data.ts";
import { rlpCases } from "./suites/rlp-suite.ts";
import { stateCases } from "./suites/state-suite.ts";
import { transactionCases } from "./suites/transaction-suite.ts";
import { trieCases } from "./suites/trie-suite.ts";

/** Order of the parent: run a file. */
export interface Job {
  readonly root: string;
  readonly file: CaseFile;
  readonly engines: readonly EngineName[];
  readonly selection: Selection;
  /** Runs of this file that are done already: an earlier worker died in the one before. */
  readonly skip: number;
}

/** What the worker tells: what it begins, so that the parent knows what it died in; what became of it; that the file is done. */
export type Report =
  | { readonly kind: "begin"; readonly run: Run }
  | { readonly kind: "result"; readonly result: CaseResult }
  | { readonly kind: "done" };

const readers: Readonly<Record<SuiteName, (path: string, file: string) => Case[]>> = {
  state: stateCases,
  trie: trieCases,
  rlp: rlpCases,
  transaction: transactionCases,
};

function tell(report: Report): void {
  // Without a parent nobody hears, and there is nothing left to do.
  process.send?.(report, undefined, undefined, (error: Error | null) => {
    if (error !== null) process.exit(0);
  });
}

function explain(error: unknown): string {
  if (error instanceof ConformanceError) return `${error.code}: ${error.message}. What to do: ${error.cure}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function readCases({ root, file }: Job): Case[] {
  try {
    return readers[file.suite](join(root, file.path), file.path);
  } catch (error) {
    const run = () => {
      throw error;
    };
    return [{ name: "(the file)", fork: undefined, hasCode: false, run }];
  }
}

async function runFile(job: Job): Promise<void> {
  let index = 0;
  for (const one of readCases(job)) {
    if (!isSelected(job.file.path, one, job.selection)) continue;
    for (const engine of one.hasCode ? job.engines : job.engines.slice(0, 1)) {
      if (index++ < job.skip) continue;
      const run = { file: job.file.path, name: one.name, fork: one.fork, engine: one.hasCode ? engine : undefined };
      tell({ kind: "begin", run });
      const started = performance.now();
      let verdict: Verdict;
      let failure: string | undefined;
      try {
        failure = await one.run(engine);
        verdict = failure === undefined ? "passed" : "differs";
      } catch (error) {
        failure = explain(error);
        verdict = "error";
      }
      tell({ kind: "result", result: { ...run, seconds: (performance.now() - started) / 1000, verdict, failure } });
    }
  }
  tell({ kind: "done" });
}

process.on("message", (job: Job) => void runFile(job));
process.on("disconnect", () => process.exit(0));
