// Puts small deliberate faults into a contract, one at a time and in a copy of the repository, and runs the contract's tests
// against each. A fault that no test notices shows a test that is missing. Run by hand; see HELP.
import { parseArgs } from "node:util";
import { trackedFiles } from "./checks/tracked-files.ts";
import { findEdits } from "./mutate/edits.ts";
import { findTests } from "./mutate/find-tests.ts";
import { applyEdit } from "./mutate/mutant.ts";
import { parseSolidity } from "./mutate/parse.ts";
import { formatReport, summarise } from "./mutate/report.ts";
import { runMutants } from "./mutate/run-mutants.ts";
import { sample } from "./mutate/sample.ts";
import { openWorkshop, readSource } from "./mutate/workshop.ts";

const HELP = `Usage: npm run mutate -- CONTRACT [options]

Puts small faults into a contract (a swapped comparison, a dropped check, another rounding, a number off by one, a lost
statement or modifier), one at a time in a copy of the repository, and runs the contract's tests against each.
Lists the faults that no test noticed and exits with 1 if there are any.

  CONTRACT          path of a Solidity file, such as contracts/prepaid/Refunds.sol
  --limit N         try N faults, drawn at random (default 30); 0 tries all of them
  --seed S          draw the same sample again (default 1)
  --kind K          only faults of a kind, such as drop-check, comparison, rounding; may be repeated
  --test FILE       run this test file; may be repeated (default: test/<domain>/<contract>/, and its heirs' folders)
  --within FILE     compile the fault into this source only, such as the harness of a library that every contract uses; may be repeated
  --list            print the faults without trying them
  --json            print the report as JSON
  --help            print this

Example: npm run mutate -- contracts/prepaid/libraries/RefundMath.sol --limit 10
`;

function refuse(what: string, cure: string): never {
  console.error(`${what}\nWhat to do: ${cure}`);
  process.exit(2);
}

function readNumber(name: string, written: string): number {
  const value = Number(written);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  return refuse(`--${name} ${written} is no whole number`, `Write --${name} 20, for example.`);
}

function readCommand() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        limit: { type: "string", default: "30" },
        seed: { type: "string", default: "1" },
        kind: { type: "string", multiple: true, default: [] },
        test: { type: "string", multiple: true, default: [] },
        within: { type: "string", multiple: true, default: [] },
        list: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error), "See npm run mutate -- --help.");
  }
}

const { values, positionals } = readCommand();
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const files = trackedFiles();
const [contract = ""] = positionals;
if (positionals.length !== 1 || !contract.endsWith(".sol") || !files.includes(contract)) {
  refuse(
    contract === "" ? "no contract is named" : `${positionals.join(" ")} is not one Solidity file of the repository`,
    "Name one by its path from the repository's root, such as contracts/prepaid/Refunds.sol.",
  );
}
const unknownTest = values.test.find((file) => !files.includes(file));
if (unknownTest !== undefined) refuse(`there is no test file ${unknownTest}`, "Name it by its path from the root.");
const unknownSource = values.within.find((file) => !files.includes(file));
if (unknownSource !== undefined) refuse(`there is no source ${unknownSource}`, "Name it by its path from the root.");

const source = readSource(contract);
const mutants = findEdits(parseSolidity(source), source)
  .map((edit) => applyEdit(source, edit))
  .filter(({ kind }) => values.kind.length === 0 || values.kind.includes(kind));
if (mutants.length === 0) refuse(`no fault is known for ${contract}`, "Drop --kind, or choose a file with code in it.");
const limit = readNumber("limit", values.limit);
const seed = readNumber("seed", values.seed);
const drawn = limit === 0 ? mutants : sample(mutants, limit, seed);

if (values.list) {
  for (const { line, kind, before, after } of drawn) {
    console.log(`${contract}:${line}  ${kind}  ${JSON.stringify(before)} -> ${JSON.stringify(after)}`);
  }
  process.exit(0);
}

const tests = values.test.length > 0 ? values.test : findTests(contract, files);
if (tests.length === 0) refuse(`${contract} has no tests`, "Write some, or name a test file with --test.");

const workshop = openWorkshop(files, values.within);
const stop = () => {
  workshop.close();
  process.exit(130);
};
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
try {
  console.error(`${tests.length} test files, ${drawn.length} of ${mutants.length} faults; first without any fault`);
  const sound = await workshop.test(tests, 3600);
  if (sound.outcome !== "passed") {
    console.error(sound.detail);
    throw new Error(`the tests do not pass without a fault (${sound.outcome}): mend them first`);
  }
  console.error(`passes in ${sound.seconds.toFixed(0)} s`);
  const trials = await runMutants(workshop, {
    contract,
    source,
    mutants: drawn,
    tests,
    timeoutSeconds: 120 + 3 * sound.seconds,
    onTrial({ verdict, mutant, seconds }, done) {
      const change = `${JSON.stringify(mutant.before.slice(0, 50))} -> ${JSON.stringify(mutant.after)}`;
      console.error(
        `${done}/${drawn.length}  ${verdict.padEnd(8)}  line ${mutant.line}  ${mutant.kind}  ${change}  ${seconds.toFixed(0)} s`,
      );
    },
  });
  const report = summarise(trials, { contract, tests, seed, known: mutants.length });
  console.log(values.json ? JSON.stringify(report, undefined, 2) : formatReport(report));
  process.exitCode = report.survivors.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
} finally {
  workshop.close();
}
