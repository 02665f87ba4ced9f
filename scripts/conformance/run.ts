// Runs the public test suites of Ethereum against the chain; see the help in words.ts.
import { writeFileSync } from "node:fs";
import { runScript } from "../lib/run-script.ts";
import { type Command, readCommand } from "./command.ts";
import { ConformanceError } from "./conformance-error.ts";
import { openData } from "./data.ts";
import { createTally, formatReport } from "./report.ts";
import { runFiles } from "./run-files.ts";
import { wordsOf } from "./words.ts";

const PROGRESS_MILLISECONDS = process.stderr.isTTY ? 500 : 15_000;

async function run(command: Command): Promise<number> {
  const words = wordsOf(command.language);
  if (command.help) {
    console.log(words.help);
    return 0;
  }
  console.error(words.reading);
  const data = openData(command.data, command.suites);
  const stop = () => {
    data.close();
    process.exit(130);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const tally = createTally();
  const of = data.files.length;
  let files = 0;
  let shown = performance.now();
  const showProgress = () => {
    if (files < of && performance.now() - shown < PROGRESS_MILLISECONDS) return;
    shown = performance.now();
    const { passed, failed } = tally.counts();
    const line = words.progress(files, of, passed, failed);
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}${files === of ? "\n" : ""}` : `${line}\n`);
  };
  try {
    await runFiles({
      ...command,
      data,
      onResult(result) {
        tally.add(result);
        showProgress();
      },
      onFile() {
        files++;
        showProgress();
      },
    });
  } finally {
    data.close();
  }
  const report = tally.report();
  if (command.json !== undefined)
    writeFileSync(command.json, `${JSON.stringify({ ...command, ...report }, null, 2)}\n`);
  console.log(formatReport(report, words, command.failures));
  if (report.passed + report.failed === 0) {
    throw new ConformanceError("DATA_EMPTY", "No case was chosen", "Loosen --filter, --fork or --sample.");
  }
  return report.failed === 0 ? 0 : 1;
}

await runScript({
  run: (args) => run(readCommand(args)),
  isCurable: (error) => error instanceof ConformanceError,
  whatToDo: (language) => wordsOf(language).whatToDo,
});
