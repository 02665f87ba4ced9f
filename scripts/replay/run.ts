// Replays recorded JSON-RPC requests on our chain beside Hardhat's network; see the help in words.ts.
import { createProgress } from "@banyan/app-common/app";
import { runScript } from "../lib/run-script.ts";
import { type Command, readCommand } from "./command.ts";
import { readExpected } from "./expected.ts";
import { readLog } from "./log.ts";
import { ReplayError } from "./replay-error.ts";
import { type LogReport, replayLog } from "./replay-log.ts";
import { formatReports } from "./report.ts";
import { wordsOf } from "./words.ts";

async function run(command: Command): Promise<number> {
  const words = wordsOf(command.language);
  if (command.help) {
    console.log(words.help);
    return 0;
  }
  const { rounds, alone, expected, start, results } = command;
  const sides = alone ? 1 : 2;
  // Every input is read before the first minute is spent.
  const total = command.logs.reduce((sum, path) => {
    const { lines, name } = readLog(path);
    readExpected(path, name, expected);
    return sum + lines.length * rounds * sides;
  }, 0);
  const progress = createProgress({ stream: process.stderr, total, now: () => performance.now(), unit: "requests/s" });
  const reports: LogReport[] = [];
  let before = 0;
  for (const log of command.logs) {
    let finished = 0;
    let previous = 0;
    const report = await replayLog({
      log,
      expected,
      start,
      rounds,
      alone,
      results,
      onProgress(round, side, done, of) {
        if (done < previous) finished += of;
        previous = done;
        progress.at(before + finished + done, words.progress(log.split("/").at(-1) ?? log, round, rounds, side));
      },
    });
    before += report.requests * rounds * sides;
    reports.push(report);
  }
  progress.end();
  const surprises = reports.reduce((sum, report) => sum + report.surprises.length, 0);
  if (command.json) console.log(JSON.stringify({ reports, surprises }, undefined, 2));
  else console.log(`${formatReports(reports, words, command.failures)}\n${words.verdict(reports.length, surprises)}`);
  return surprises === 0 ? 0 : 1;
}

await runScript({
  run: (args) => run(readCommand(args)),
  isCurable: (error) => error instanceof ReplayError,
  whatToDo: (language) => wordsOf(language).whatToDo,
});
