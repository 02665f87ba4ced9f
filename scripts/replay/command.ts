import { parseArgs } from "node:util";
import { ReplayError } from "./replay-error.ts";

/** What a run is asked for. */
export interface Command {
  readonly help: boolean;
  readonly language: "en" | "zh";
  readonly logs: readonly string[];
  readonly expected: string | undefined;
  /** Genesis time, milliseconds; absent: as recorded. */
  readonly start: number | undefined;
  readonly rounds: number;
  /** Ours alone, without Hardhat's network beside it. */
  readonly alone: boolean;
  /** Compare the answers too. */
  readonly results: boolean;
  /** Surprises that are printed per log. */
  readonly failures: number;
  readonly json: boolean;
}

const SEE_HELP = "See npm run replay -- --help.";

/**
 * Reads the arguments.
 * @throws ReplayError `OPTION_INVALID`
 */
export function readCommand(args: readonly string[]): Command {
  const { values } = parse(args);
  const { lang, log, start } = values;
  if (lang !== "en" && lang !== "zh") throw invalid(`There is no language ${lang}`, "Write --lang en or --lang zh.");
  if (log.length === 0 && !values.help)
    throw invalid("No log is named", `Name one or more with --log FILE. ${SEE_HELP}`);
  if (values.alone && values.results)
    throw invalid("--results compares with Hardhat's network, which --alone leaves out", "Leave one of them out.");
  const time = start === undefined ? undefined : Date.parse(start);
  if (Number.isNaN(time))
    throw invalid(`--start ${start} is no date`, "Write --start 2024-03-27T00:00:00Z, for example.");
  return {
    help: values.help,
    language: lang,
    logs: log,
    expected: values.expected,
    start: time,
    rounds: readNumber("rounds", values.rounds, 1),
    alone: values.alone,
    results: values.results,
    failures: readNumber("failures", values.failures, 0),
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        log: { type: "string", multiple: true, default: [] },
        expected: { type: "string" },
        start: { type: "string" },
        rounds: { type: "string", default: "3" },
        alone: { type: "boolean", default: false },
        results: { type: "boolean", default: false },
        failures: { type: "string", default: "20" },
        json: { type: "boolean", default: false },
        lang: { type: "string", default: "en" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error), SEE_HELP);
  }
}

function readNumber(name: string, written: string, least: number): number {
  const value = Number(written);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw invalid(`--${name} ${written} is no whole number from ${least} on`, `Write --${name} 5, for example.`);
}

function invalid(message: string, cure: string): ReplayError {
  return new ReplayError("OPTION_INVALID", message, cure);
}
