import { BanyanError } from "@banyan/app-common";
import { type AppContext, createProgress, type Language } from "@banyan/app-common/app";
import type { TraceStage } from "@banyan/trace-common/trace";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { reportFailure } from "../app/report-failure.ts";
import { parseLanguage, withContext } from "../app/with-context.ts";
import type { ReadFile } from "./read-files.ts";

/** The folders of `contracts/` that a deployment of traceability is made of. */
const CONTRACTS = ["common", "devices", "traceability"];

/** What every command of traceability is given. */
export interface TraceArguments {
  readonly app: string;
  readonly wallet: string | undefined;
  readonly json: boolean;
  readonly lang: string;
}

/** What a command prints. */
export interface TraceOutput {
  readonly json: unknown;
  readonly text: string;
  /** Whether it came to what was asked; otherwise the exit code is 1. */
  readonly ok: boolean;
}

/**
 * Runs a command of traceability and prints what it gives, as text or as JSON; a coded error ends it with its cure and exit code 1.
 *
 * @param hre - Hardhat
 * @param options - what every command is given
 * @param work - the command
 */
export async function runTrace(
  hre: HardhatRuntimeEnvironment,
  { json, lang }: TraceArguments,
  work: (context: AppContext, language: Language) => Promise<TraceOutput>,
): Promise<void> {
  const language = lang === "zh" ? "zh" : "en";
  await reportFailure({ json, language }, async () => {
    await withContext(hre, { language: parseLanguage(lang), quiet: json, contracts: CONTRACTS }, async (context) => {
      const output = await work(context, language);
      console.log(json ? JSON.stringify(output.json, plain, 2) : output.text);
      if (!output.ok) process.exitCode = 1;
    });
  });
}

/** JSON has no large integers. */
function plain(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

/** Seconds that a chain in this process is ahead of the last event it is to take. */
const AHEAD = 3600n;

/**
 * Opens the deployment that a command works on. A chain in this process begins after the last event of the documents, which it could not take otherwise.
 *
 * @param context - what the command was given
 * @param options - the deployment and the documents
 */
export async function connectStage(
  context: AppContext,
  {
    app,
    wallet,
    region = "CN",
    files,
  }: Pick<TraceArguments, "app" | "wallet"> & { region?: string; files: readonly ReadFile[] },
): Promise<TraceStage> {
  const { openStage } = await import("@banyan/trace-common/trace");
  const last = files.reduce((latest, { latest: own }) => (own > latest ? own : latest), 0n);
  const now = BigInt(Math.floor(Date.now() / 1000));
  const connection = await context.connect(last > now ? { initialDate: last + AHEAD } : {});
  return await openStage(context, connection, { app, wallet, region });
}

/** Imports a document into a chain in this process, which begins empty, before something is asked of it. */
export async function importFirst(context: AppContext, stage: TraceStage, files: readonly ReadFile[]): Promise<void> {
  if (!context.inProcess) {
    if (files.length === 0) return;
    throw new BanyanError(
      "TRACE_INPUT_NOT_TAKEN",
      { en: "--input is for a chain in this process", zh: "--input 仅用于进程内的链" },
      {
        cure: {
          en: "Run `trace import` on the network first.",
          zh: "请先在该网络上运行 `trace import`。",
        },
      },
    );
  }
  const { importDocument } = await import("@banyan/trace-common/trace");
  const { refusalError } = await import("@banyan/trace-common/epcis");
  for (const { name, document } of files) {
    const report = await importDocument({
      ...{ document, chain: stage.chain, archive: stage.archive },
      ...{ register: true, openingStock: true, dryRun: false },
      progress: (total) => createProgress({ stream: context.stderr, total, now: context.now, unit: "events/s" }),
    });
    for (const refusal of report.refusals) {
      context.stderr.write(`${refusalError(name, refusal).in(context.language).message}\n`);
    }
  }
}
