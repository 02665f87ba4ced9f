import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDay } from "../app/dates.ts";
import { parseYuan } from "../app/money.ts";
import { BanyanError } from "../errors.ts";
import { kelvinOf, type ParameterCatalogue, type ParameterFlags, type ParameterUnit } from "./parameter-catalogue.ts";

/**
 * How sure a number is: R read in the law's own text, S read in a secondary source, K general knowledge, D a draft not in force,
 * I an inference or the alliance's own choice.
 */
export type Sureness = "R" | "S" | "K" | "D" | "I";

/** One number of a document. */
export interface PolicyParameter {
  /** Its name in the catalogue. */
  readonly id: string;
  /** In the unit of the contracts: fen, ppm, 0.01 K, a set as bits, or the number itself. */
  readonly value: bigint;
  readonly unit: ParameterUnit | "flags";
  /** Classes of GB/T 4754 it is set for; empty for all trades. */
  readonly trades: readonly string[];
  /** Where in the document it stands. */
  readonly article: string;
  /** The number of the rule on the domain's page. */
  readonly rule: string;
  readonly sure: Sureness;
}

/** One document of a regulation for one region: a file of `data/policies`. */
export interface PolicyDocument {
  /** The file's name, for messages. */
  readonly file: string;
  readonly region: string;
  /** The first second (UTC+8) of the day it came into force; undefined where the source does not say. */
  readonly fromDate: bigint | undefined;
  /** The last day on which it holds, as written; undefined where none is set. */
  readonly until: string | undefined;
  /** The document's name. */
  readonly source: string;
  /** Why the document counts as a draft for the registry (lapsed, not in force, or not seen); undefined where it does not. */
  readonly draft: string | undefined;
  readonly parameters: readonly PolicyParameter[];
}

const REGION = /^[A-Z]{2}(-[A-Z0-9]+)*$/;
const TRADE = /^\d{4}$/;
const WHOLE = /^(0|[1-9]\d*)$/;
const PERCENT = /^(0|[1-9]\d*)(?:\.(\d{1,4}))?$/;
const CELSIUS = /^(-?)(0|[1-9]\d{0,2})(?:\.(\d{1,2}))?$/;
const SURENESS: readonly string[] = ["R", "S", "K", "D", "I"] satisfies Sureness[];

/**
 * Reads every policy document of a folder, in the order of the file names.
 *
 * @param folder - holds one JSON file per document
 * @param catalogue - the parameters that the documents may state
 * @throws BanyanError `POLICY_INVALID`, `DAY_INVALID` or `MONEY_INVALID`, naming file and line
 */
export function readPolicyDocuments(folder: string, catalogue: ParameterCatalogue): PolicyDocument[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return files.sort().map((file) => parsePolicyDocument(readFileSync(join(folder, file), "utf8"), file, catalogue));
}

/**
 * Reads one policy document.
 *
 * @param text - JSON; each parameter on a line of its own
 * @param file - the file's name, for messages
 * @param catalogue - the parameters that it may state
 * @throws BanyanError `POLICY_INVALID`, `DAY_INVALID` or `MONEY_INVALID`, naming file and line
 */
export function parsePolicyDocument(text: string, file: string, catalogue: ParameterCatalogue): PolicyDocument {
  const root = parseObject(text, file);
  const region = field(root, "region", file);
  if (!REGION.test(region)) {
    throw invalid(file, `"${region}" is not a region`, 'Write an ISO 3166 code in capitals, such as "CN-SH".');
  }
  const { parameters } = root;
  if (!Array.isArray(parameters) || parameters.length === 0) {
    throw invalid(file, 'the list "parameters" is missing or empty', "List at least one parameter.");
  }
  const fromDate = optional(root, "fromDate", file);
  const draft = optional(root, "draft", file);
  const lines = linesOf(text, '"id"');
  const document: PolicyDocument = {
    file,
    region,
    fromDate: fromDate === undefined ? undefined : at(file, () => parseDay(fromDate)),
    until: optional(root, "until", file),
    source: field(root, "source", file),
    draft,
    parameters: parameters.map((entry: unknown, index) =>
      parseParameter(entry, `${file}:${lines[index] ?? 1}`, catalogue),
    ),
  };
  const unsure = document.parameters.find(({ sure }) => sure === "D" || sure === "K");
  if (unsure !== undefined && draft === undefined) {
    throw invalid(
      file,
      `${unsure.id} is not in force or was not seen (${unsure.sure}), and "draft" is missing`,
      'Say why in "draft".',
    );
  }
  return document;
}

function parseParameter(entry: unknown, place: string, catalogue: ParameterCatalogue): PolicyParameter {
  if (!isRecord(entry)) throw invalid(place, "the parameter is not an object", "Write it in braces.");
  const id = field(entry, "id", place);
  const stated = Object.hasOwn(catalogue, id) ? catalogue[id] : undefined;
  if (stated === undefined) {
    throw invalid(place, `there is no parameter "${id}"`, "Use an id of the domain's deploy/parameters.ts.");
  }
  const units = "flags" in stated ? (["flags"] as const) : stated;
  const unit = field(entry, "unit", place);
  if (!isUnitOf(units, unit)) {
    throw invalid(place, `${id} is not stated in "${unit}"`, `Use ${units.join(" or ")}.`);
  }
  const text = field(entry, "value", place);
  const trades = entry.trades ?? [];
  if (
    !Array.isArray(trades) ||
    !trades.every((trade): trade is string => typeof trade === "string" && TRADE.test(trade))
  ) {
    throw invalid(
      place,
      '"trades" is not a list of classes',
      'Write classes of GB/T 4754 in four digits, such as ["8930"].',
    );
  }
  const sure = field(entry, "sure", place);
  if (!isSureness(sure))
    throw invalid(place, `"${sure}" does not say how sure the number is`, `Use one of ${SURENESS.join(", ")}.`);
  return {
    id,
    value: "flags" in stated ? parseFlags(text, stated, place) : parseValue(text, unit, place),
    unit,
    trades,
    article: field(entry, "article", place),
    rule: field(entry, "rule", place),
    sure,
  };
}

function parseValue(text: string, unit: string, place: string): bigint {
  if (unit === "CNY") return at(place, () => parseYuan(text));
  if (unit === "percent") {
    const [, whole, part = ""] = PERCENT.exec(text) ?? [];
    if (whole === undefined) {
      throw invalid(place, `"${text}" is not a percentage`, 'Write digits with at most four decimals, such as "3.10".');
    }
    return BigInt(whole) * 10_000n + BigInt(part.padEnd(4, "0"));
  }
  if (unit === "celsius") {
    const [, sign, whole, part = ""] = CELSIUS.exec(text) ?? [];
    if (whole === undefined) {
      throw invalid(place, `"${text}" is not a temperature`, 'Write degrees with at most two decimals, such as "-18".');
    }
    const hundredths = BigInt(whole) * 100n + BigInt(part.padEnd(2, "0"));
    return kelvinOf(sign === "-" ? -hundredths : hundredths);
  }
  const value = WHOLE.test(text) ? BigInt(text) : -1n;
  const most = unit === "switch" ? 1n : unit === "dayOfMonth" ? 28n : unit === "seconds" ? 315_360_000n : 36_500n;
  if (value < 0n || value > most) {
    throw invalid(place, `"${text}" is not a number of the unit ${unit}`, `Write a whole number from 0 to ${most}.`);
  }
  return value;
}

function parseFlags(text: string, { flags }: ParameterFlags, place: string): bigint {
  return text.split(/, ?/).reduce((set, name) => {
    const index = flags.indexOf(name);
    if (index < 0) throw invalid(place, `"${name}" is no member of the set`, `Use ${flags.join(", ")}.`);
    return set | (1n << BigInt(index));
  }, 0n);
}

function parseObject(text: string, file: string): Record<string, unknown> {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (cause) {
    throw new BanyanError("POLICY_INVALID", `${file}: ${cause instanceof Error ? cause.message : "not JSON"}`, {
      cure: "Mend the JSON at the place named.",
      cause,
    });
  }
  if (!isRecord(root))
    throw invalid(file, "the file is not an object", "Begin with { and name region, source and parameters.");
  return root;
}

function field(record: Record<string, unknown>, key: string, place: string): string {
  const value = optional(record, key, place);
  if (value === undefined) throw invalid(place, `"${key}" is missing`, `Add "${key}" as a text.`);
  return value;
}

function optional(record: Record<string, unknown>, key: string, place: string): string | undefined {
  const value = record[key];
  if (value === undefined) return undefined;
  if (typeof value !== "string" || value === "") throw invalid(place, `"${key}" is not a text`, "Write it in quotes.");
  return value;
}

/** Adds the place to an error of a value. */
function at<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof BanyanError)) throw cause;
    throw new BanyanError(cause.code, `${place}: ${cause.message}`, { cause, ...(cause.cure && { cure: cause.cure }) });
  }
}

function invalid(place: string, message: string, cure: string): BanyanError {
  return new BanyanError("POLICY_INVALID", `${place}: ${message}`, { cure });
}

function linesOf(text: string, mark: string): number[] {
  return text.split("\n").flatMap((line, index) => (line.includes(mark) ? [index + 1] : []));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSureness(text: string): text is Sureness {
  return SURENESS.includes(text);
}

function isUnitOf(units: readonly string[], unit: string): unit is PolicyParameter["unit"] {
  return units.includes(unit);
}
