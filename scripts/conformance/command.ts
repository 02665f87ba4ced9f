import { parseArgs } from "node:util";
import { ENGINE_NAMES, type EngineName, type Selection } from "./case.ts";
import { ConformanceError } from "./conformance-error.ts";
import { SUITE_NAMES, type SuiteName } from "./data.ts";
import { requireFork } from "./forks.ts";

/** What a run is asked for. */
export interface Command {
  readonly help: boolean;
  readonly language: "en" | "zh";
  readonly data: string;
  readonly engines: readonly EngineName[];
  readonly suites: readonly SuiteName[];
  readonly selection: Selection;
  readonly jobs: number;
  readonly timeoutSeconds: number;
  /** Failures that are printed. */
  readonly failures: number;
  readonly json: string | undefined;
}

const SEE_HELP = "See npm run conformance -- --help.";

/**
 * Reads the arguments.
 * @throws ConformanceError `OPTION_INVALID`, `FORK_UNKNOWN`
 */
export function readCommand(args: readonly string[]): Command {
  const { values } = parse(args);
  const { help, lang, data, engine, fork, filter, json } = values;
  if (lang !== "en" && lang !== "zh") throw invalid(`There is no language ${lang}`, "Write --lang en or --lang zh.");
  const engines = engine === "both" ? ENGINE_NAMES : ENGINE_NAMES.filter((name) => name === engine);
  if (engines.length === 0) throw invalid(`There is no engine ${engine}`, `Name ${ENGINE_NAMES.join(", ")} or both.`);
  const unknown = values.suite.find((name) => !SUITE_NAMES.some((suite) => suite === name));
  if (unknown !== undefined) throw invalid(`There is no suite ${unknown}`, `Name one of ${SUITE_NAMES.join(", ")}.`);
  if (data === undefined && !help) throw invalid("No --data is named", SEE_HELP);
  return {
    help,
    language: lang,
    data: data ?? "",
    engines,
    suites: values.suite.length === 0 ? SUITE_NAMES : SUITE_NAMES.filter((suite) => values.suite.includes(suite)),
    selection: {
      filter,
      fork: fork === undefined ? undefined : requireFork(fork),
      sample: readNumber("sample", values.sample, 1),
    },
    jobs: readNumber("jobs", values.jobs, 1),
    timeoutSeconds: readNumber("timeout", values.timeout, 1),
    failures: readNumber("failures", values.failures, 0),
    json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: "string" },
        engine: { type: "string", default: "machine" },
        suite: { type: "string", multiple: true, default: [] },
        filter: { type: "string" },
        fork: { type: "string" },
        sample: { type: "string", default: "1" },
        jobs: { type: "string", default: "1" },
        timeout: { type: "string", default: "900" },
        failures: { type: "string", default: "20" },
        json: { type: "string" },
        lang: { type: "string", default: "en" },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error), SEE_HELP);
  }
}

function readNumber(name: string, written: string, least: number): number {
  const value = Number(written);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw invalid(`--${name} ${written} is no whole number from ${least} on`, `Write --${name} 10, for example.`);
}

function invalid(message: string, cure: string): ConformanceError {
  return new ConformanceError("OPTION_INVALID", message, cure);
}
