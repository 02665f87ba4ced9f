import type { Fork } from "../../chain/src/rules/fork.ts";

/** What a case runs on: one of the engines, or for suites without code the chain's own parts. */
export const ENGINE_NAMES = ["machine", "ethereumjs"] as const;

/** An engine by its name. */
export type EngineName = (typeof ENGINE_NAMES)[number];

/** One expectation of a file. */
export interface Case {
  /** Unique in its file. */
  readonly name: string;
  /** `undefined`: the case is of no fork. */
  readonly fork: Fork | undefined;
  /** True if it executes code, so that it runs once on every engine. */
  readonly hasCode: boolean;
  /**
   * Runs it.
   * @returns what differed from the expectation; `undefined` if nothing did
   */
  run(engine: EngineName): Awaitable<string | undefined>;
}

type Awaitable<T> = T | Promise<T>;

/**
 * How a case ended: as expected; otherwise than expected; with an error before it could be judged; after too long; with the death of its
 * process. All but the first are failures.
 */
export type Verdict = "passed" | "differs" | "error" | "timeout" | "crash";

/** A case on an engine, before it has run. */
export type Run = Omit<CaseResult, "seconds" | "verdict" | "failure">;

/** What became of one case on one engine. */
export interface CaseResult {
  /** Path of the file from the data's root. */
  readonly file: string;
  readonly name: string;
  readonly fork: Fork | undefined;
  /** `undefined` for a case without code. */
  readonly engine: EngineName | undefined;
  readonly seconds: number;
  readonly verdict: Verdict;
  /** What differed, crashed or took too long; `undefined` if it passed. */
  readonly failure: string | undefined;
}

/** Which cases are wanted. */
export interface Selection {
  /** Only cases whose file or name holds this. */
  readonly filter: string | undefined;
  readonly fork: Fork | undefined;
  /** One of so many cases, always the same ones; 1 takes all. */
  readonly sample: number;
}

/** Whether a case of a file is wanted. */
export function isSelected(file: string, { name, fork }: Pick<Case, "name" | "fork">, selection: Selection): boolean {
  const { filter, sample } = selection;
  const id = `${file} ${name}`;
  if (filter !== undefined && !id.includes(filter)) return false;
  if (selection.fork !== undefined && fork !== selection.fork) return false;
  return sample === 1 || stableHash(id) % sample === 0;
}

/** FNV-1a of a text, 32 bits: the same on every machine and in every run. */
function stableHash(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
