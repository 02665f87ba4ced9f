import type { CaseResult, EngineName } from "./case.ts";
import type { Words } from "./words.ts";

/** Counts of one folder on one engine. */
export interface Count {
  passed: number;
  failed: number;
  /** Time inside the cases. */
  seconds: number;
}

/** Column of cases without code. */
export type Column = EngineName | "chain";

/** What a run found, for people and programs. */
export interface ConformanceReport {
  /** Counts per folder and column, folders in the order of their names. */
  readonly folders: Readonly<Record<string, Partial<Record<Column, Count>>>>;
  readonly forks: Readonly<Record<string, Partial<Record<Column, Count>>>>;
  readonly total: Partial<Record<Column, Count>>;
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly CaseResult[];
  /** Cases that fail on ethereumjs and pass on the machine: where the oracle is wrong. */
  readonly oracleOnly: readonly CaseResult[];
}

/** Collects results into a report. */
export function createTally() {
  const folders = new Map<string, Partial<Record<Column, Count>>>();
  const forks = new Map<string, Partial<Record<Column, Count>>>();
  const total: Partial<Record<Column, Count>> = {};
  const failures: CaseResult[] = [];
  const passedOnMachine = new Set<string>();
  let passed = 0;

  function add(counts: Partial<Record<Column, Count>>, { engine, failure, seconds }: CaseResult): void {
    const column = engine ?? "chain";
    const count = counts[column] ?? { passed: 0, failed: 0, seconds: 0 };
    counts[column] = count;
    count.seconds += seconds;
    if (failure === undefined) count.passed++;
    else count.failed++;
  }

  return {
    add(result: CaseResult): void {
      add(entry(folders, folderOf(result.file)), result);
      if (result.fork !== undefined) add(entry(forks, result.fork), result);
      add(total, result);
      if (result.failure !== undefined) failures.push(result);
      else passed++;
      if (result.failure === undefined && result.engine === "machine") passedOnMachine.add(idOf(result));
    },
    counts: () => ({ passed, failed: failures.length }),
    report(): ConformanceReport {
      return {
        folders: Object.fromEntries([...folders].sort(([a], [b]) => (a < b ? -1 : 1))),
        forks: Object.fromEntries(forks),
        total,
        passed,
        failed: failures.length,
        failures: failures.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1)),
        oracleOnly: failures.filter((result) => result.engine === "ethereumjs" && passedOnMachine.has(idOf(result))),
      };
    },
  };
}

/** The report in words: a table of the folders, one of the forks, and the first failures with what differed. */
export function formatReport(report: ConformanceReport, words: Words, shown: number): string {
  const lines = [
    ...table(words.folder, report.folders, report.total, words),
    "",
    ...(Object.keys(report.forks).length > 0 ? [...table(words.fork, report.forks, report.total, words), ""] : []),
  ];
  const { failures, oracleOnly } = report;
  if (failures.length > 0) lines.push(words.failures(Math.min(shown, failures.length), failures.length));
  for (const { file, name, engine, failure } of failures.slice(0, shown)) {
    lines.push(`  ${file}`, `    ${name}${engine === undefined ? "" : ` (${engine})`}`, `    ${failure}`);
  }
  if (oracleOnly.length > 0) lines.push("", words.oracleOnly(oracleOnly.length));
  lines.push(words.sum(report.passed, report.failed));
  return lines.join("\n");
}

const COLUMNS: readonly Column[] = ["machine", "ethereumjs", "chain"];

function table(
  title: string,
  rows: Readonly<Record<string, Partial<Record<Column, Count>>>>,
  total: Partial<Record<Column, Count>>,
  words: Words,
): string[] {
  const columns = COLUMNS.filter((column) => Object.values(rows).some((row) => row[column] !== undefined));
  const header = [title, ...columns.flatMap((column) => [column, words.failed, words.seconds])];
  const body = [...Object.entries(rows), [words.total, total] as const].map(([name, row]) => [
    name,
    ...columns.flatMap((column) => {
      const count = row[column];
      if (count === undefined) return ["", "", ""];
      return [`${count.passed}/${count.passed + count.failed}`, String(count.failed), count.seconds.toFixed(1)];
    }),
  ]);
  const widths = header.map((cell, at) => Math.max(...[header, ...body].map((row) => (row[at] ?? cell).length)));
  return [header, ...body].map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

function entry<T>(map: Map<string, Partial<T>>, key: string): Partial<T> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made: Partial<T> = {};
  map.set(key, made);
  return made;
}

/** Suite and folder below it, of a state case; the suite of any other. */
function folderOf(file: string): string {
  const parts = file.split("/");
  return parts.slice(0, Math.min(2, parts.length - 1)).join("/");
}

function idOf({ file, name }: CaseResult): string {
  return `${file} ${name}`;
}
