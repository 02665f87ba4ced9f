import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

/** What a program takes. */
export interface ArgumentsSpec<T extends ParseArgsOptionsConfig> {
  /** The npm script, such as `bench:throughput`. */
  readonly script: string;
  /** What `--help` prints. */
  readonly help: string;
  /** The options, `--help` aside. */
  readonly options: T;
  /** Options that are whole numbers, with the least they may be. */
  readonly counts?: { readonly [Name in keyof T]?: number };
}

/**
 * Reads the arguments of a program. Prints the help and ends the process with 0 if it is asked for; says what is wrong, and what to write, and
 * ends it with 2 if an option is unknown, lacks its value, or is no whole number where one is due.
 */
export function readArguments<const T extends ParseArgsOptionsConfig>(spec: ArgumentsSpec<T>) {
  if (process.argv.slice(2).some((argument) => argument === "--help" || argument === "-h")) {
    console.log(spec.help);
    process.exit(0);
  }
  const parsed = parse(spec.script, spec.options);
  for (const [name, least] of Object.entries<number | undefined>(spec.counts ?? {})) {
    const written: unknown = Reflect.get(parsed, name);
    if (least === undefined || written === undefined) continue;
    if (typeof written === "string" && /^\d+$/.test(written) && Number(written) >= least) continue;
    refuseArguments(spec.script, `--${name} ${String(written)} is no whole number from ${least} on`);
  }
  return parsed;
}

function parse<const T extends ParseArgsOptionsConfig>(script: string, options: T) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    const [what = ""] = (error instanceof Error ? error.message : String(error)).split(". ");
    return refuseArguments(script, what);
  }
}

/** Says what is wrong with an argument, and where the help is, and ends the process with 2. */
export function refuseArguments(script: string, what: string): never {
  console.error(`${what}\nWhat to do: see npm run ${script} -- --help.`);
  process.exit(2);
}
