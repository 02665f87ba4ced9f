// npm run fuzz: compares the compiled engine with ethereumjs on random single operations, programs and transaction sequences.
import { KINDS, type Kind } from "./fuzz/kinds.ts";
import { textOf } from "./fuzz/report.ts";
import { type FuzzOptions, runFuzz } from "./fuzz/run-fuzz.ts";
import { ethereumjsSide, machineSide } from "./fuzz/sides.ts";
import { readArguments } from "./lib/read-arguments.ts";

const HELP = `Compares the compiled engine with ethereumjs on random input; exits 1 if they differ.

  npm run fuzz -- [--ops N] [--programs N] [--sequences N] [--seed S] [--only KIND:INDEX] [--findings N] [--json]

  --ops N        single-operation checks: one instruction with edge values, as constants and as computed values (default 20000)
  --programs N   random programs: jumps, loops, memory, storage, logs, calls, creations, any amount of gas (default 500)
  --sequences N  random transaction sequences over one chain: deployments, proxies, reverts, collisions, self-destructions (default 100)
  --seed S       any text; the same seed gives the same input on every machine (default: drawn and printed)
  --only K:I     one scenario alone, such as programs:117, with its steps: what a report says to run again
  --findings N   stop after so many differences (default 3)
  --json         the result as JSON on standard output; progress goes to standard error

Compared after each transaction: gas, refund counter, output, logs, made and destroyed accounts, state root; and for all programs and sequences,
and one in ${KINDS.ops.traceEvery} batches of operations, every step (pc, instruction, gas left, depth, stack, memory size) and every frame.
A difference is made smaller before it is printed.`;

const values = readArguments({
  script: "fuzz",
  help: HELP,
  options: {
    ops: { type: "string", default: "20000" },
    programs: { type: "string", default: "500" },
    sequences: { type: "string", default: "100" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 32)) },
    only: { type: "string" },
    findings: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
  },
});

await main();

async function main(): Promise<void> {
  const options = optionsOf();
  if (options === undefined) return;
  process.stderr.write(`seed ${options.seed}\n`);
  const result = await runFuzz(ethereumjsSide, machineSide, options);
  if (process.stderr.isTTY) process.stderr.write("\n");
  if (values.json) console.log(JSON.stringify(result, undefined, 2));
  else {
    for (const kind of Object.keys(KINDS) as Kind[]) {
      const { [kind]: count } = result.compared;
      if (count > 0)
        console.log(`${kind.padEnd(10)} ${String(count).padStart(9)} compared  ${result.milliseconds[kind]} ms`);
    }
    for (const finding of result.findings) console.log(`\n${textOf(finding)}`);
    console.log(result.findings.length === 0 ? "No difference." : `\n${result.findings.length} differences.`);
  }
  process.exitCode = result.findings.length === 0 ? 0 : 1;
}

function optionsOf(): FuzzOptions | undefined {
  const counts = { ops: numberOf("ops"), programs: numberOf("programs"), sequences: numberOf("sequences") };
  const maxFindings = numberOf("findings");
  if (counts.ops === undefined || counts.programs === undefined || counts.sequences === undefined) return undefined;
  if (maxFindings === undefined) return undefined;
  const common = {
    seed: values.seed,
    counts: { ops: counts.ops, programs: counts.programs, sequences: counts.sequences },
    maxFindings,
    onProgress: progress(),
  };
  if (values.only === undefined) return common;
  const [, kind, index] = /^(ops|programs|sequences):(\d+)$/.exec(values.only) ?? [];
  if (kind === undefined) return complain(`--only ${values.only}: give a kind and an index, such as programs:117`);
  return { ...common, only: { kind: kind as Kind, index: Number(index) } };
}

function numberOf(name: "ops" | "programs" | "sequences" | "findings"): number | undefined {
  if (/^\d+$/.test(values[name])) return Number(values[name]);
  return complain(`--${name} ${values[name]}: give a whole number`);
}

function complain(message: string): undefined {
  console.error(`${message}. See npm run fuzz -- --help`);
  process.exitCode = 2;
}

/** On a terminal one line that changes; elsewhere a line for every tenth of a kind. */
function progress(): NonNullable<FuzzOptions["onProgress"]> {
  let last = "";
  return (kind, done, total, findings) => {
    const tenth = `${kind} ${Math.floor((10 * done) / total)}`;
    if (!process.stderr.isTTY && tenth === last) return;
    last = tenth;
    const line = `${kind} ${done} of ${total}, ${findings} differences`;
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  };
}
