import { ChainError } from "../../../index.ts";
import { type ChainData, openChainData, type Progress, type TransferResult } from "../../../store/durable/index.ts";
import { reasonWords } from "./reason-words.ts";
import { type DataWords, dataWords } from "./words.ts";

/** Arguments that the tasks on kept chains share. */
export interface DataArguments {
  readonly data: string | undefined;
  readonly json: boolean;
  readonly lang: string;
}

/** What one of the tasks does with the open folder. */
export interface DataWork {
  /** Called before the folder is opened. Why it is not to be; `undefined` if nothing speaks against it. */
  readonly problem?: (say: DataWords) => string | undefined;
  /** Whether a chain must be there already. */
  readonly existing: boolean;
  readonly verb: (say: DataWords) => string;
  readonly run: (data: ChainData, progress: Progress) => Promise<TransferResult>;
  readonly done: (say: DataWords, result: TransferResult, folder: string) => string;
}

/** Opens the folder, does the work and says what came of it, for people or for programs. */
export async function runOnData({ data: folder, json, lang }: DataArguments, work: DataWork): Promise<void> {
  const fail = (text: string): void => {
    console.error(text);
    process.exitCode = 1;
  };
  const say = dataWords[lang];
  if (say === undefined) return fail(`--lang is ${lang}; it must be one of ${Object.keys(dataWords).join(", ")}.`);
  if (folder === undefined) return fail(say.needsFolder);
  const problem = work.problem?.(say);
  if (problem !== undefined) return fail(problem);

  const isTerminal = process.stderr.isTTY === true;
  let reported = Number.NEGATIVE_INFINITY;
  const progress: Progress = (done, total) => {
    const now = performance.now();
    // A terminal shows every step in one line; a log gets a line now and then.
    if (now - reported < (isTerminal ? 100 : 2_000)) return;
    reported = now;
    if (json) console.log(JSON.stringify({ event: "progress", done, total: total ?? null }));
    else
      process.stderr.write(
        `${isTerminal ? "\r\u001b[2K" : ""}${say.progress(work.verb(say), done, total)}${isTerminal ? "" : "\n"}`,
      );
  };
  const clear = (): void => {
    if (isTerminal && !json) process.stderr.write("\r\u001b[2K");
  };

  let data: ChainData | undefined;
  try {
    data = openChainData(folder, { existing: work.existing });
    const result = await work.run(data, progress);
    clear();
    console.log(json ? JSON.stringify({ event: "done", ...result }) : work.done(say, result, folder));
  } catch (error) {
    clear();
    if (!(error instanceof ChainError)) throw error;
    if (json) {
      const details = Object.fromEntries(
        Object.entries(error.details).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]),
      );
      console.log(JSON.stringify({ event: "refused", code: error.code, message: error.message, details }));
      process.exitCode = 1;
    } else fail(say.refused(reasonWords(error, lang)));
  } finally {
    await data?.close();
  }
}
