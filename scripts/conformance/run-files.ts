import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CaseResult, EngineName, Run, Selection } from "./case.ts";
import type { CaseFile, Data } from "./data.ts";
import type { Job, Report } from "./worker.ts";

/** How files are run. */
export interface RunOptions {
  readonly data: Data;
  readonly engines: readonly EngineName[];
  readonly selection: Selection;
  /** Worker processes. */
  readonly jobs: number;
  /** A case that takes longer has failed. */
  readonly timeoutSeconds: number;
  /** Hears of each result. */
  onResult(result: CaseResult): void;
  /** Hears of each finished file. */
  onFile(file: CaseFile): void;
}

/** Module of the worker processes. */
const WORKER = fileURLToPath(new URL("./worker.ts", import.meta.url));

/** Runs all files in worker processes. A worker that dies or takes too long is replaced; the case it was at has failed. */
export async function runFiles(options: RunOptions): Promise<void> {
  const { files } = options.data;
  let next = 0;
  const serve = async () => {
    const line = createLine(options);
    try {
      while (next < files.length) {
        const file = files[next++];
        if (file === undefined) break;
        await line.run(file);
        options.onFile(file);
      }
    } finally {
      line.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.jobs, files.length) }, serve));
}

/** One worker process after another. */
function createLine({ data, engines, selection, timeoutSeconds, onResult }: RunOptions) {
  let worker: ChildProcess | undefined;

  /** Runs a file from its `skip`th case on; resolves to the number of runs that are done, or to `undefined` if the whole file is. */
  function attempt(file: CaseFile, skip: number): Promise<number | undefined> {
    worker ??= fork(WORKER, { serialization: "advanced", execArgv: ["--stack-size=1500"] });
    const process = worker;
    return new Promise((resolve) => {
      let runs = skip;
      let current: Run | undefined;
      let started = 0;
      let timer: NodeJS.Timeout | undefined;
      let isTooLong = false;

      function leave(answer: number | undefined): void {
        clearTimeout(timer);
        process.removeAllListeners();
        resolve(answer);
      }
      process.on("message", (report: Report) => {
        if (report.kind === "begin") {
          current = report.run;
          started = performance.now();
          clearTimeout(timer);
          timer = setTimeout(() => {
            isTooLong = true;
            process.kill("SIGKILL");
          }, timeoutSeconds * 1000);
        } else if (report.kind === "result") {
          clearTimeout(timer);
          current = undefined;
          runs++;
          onResult(report.result);
        } else {
          leave(undefined);
        }
      });
      process.on("exit", (code, signal) => {
        worker = undefined;
        const died = isTooLong ? `took longer than ${timeoutSeconds} s` : `its process ended with ${signal ?? code}`;
        const run = current ?? { file: file.path, name: "(the file)", fork: undefined, engine: undefined };
        const seconds = (performance.now() - started) / 1000;
        onResult({ ...run, seconds, verdict: isTooLong ? "timeout" : "crash", failure: died });
        // A worker that dies before its first case would do so for ever.
        leave(current === undefined ? undefined : runs + 1);
      });
      process.send({ root: data.root, file, engines, selection, skip } satisfies Job);
    });
  }

  return {
    async run(file: CaseFile): Promise<void> {
      let skip: number | undefined = 0;
      while (skip !== undefined) skip = await attempt(file, skip);
    },
    close(): void {
      worker?.removeAllListeners();
      worker?.kill();
      worker = undefined;
    },
  };
}
