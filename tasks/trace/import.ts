import { BanyanError } from "@banyan/app-common";
import { createProgress, type Language, type Text } from "@banyan/app-common/app";
import {
  hasCheckDigit,
  type Masters,
  NO_MASTERS,
  parseGln,
  type Refusal,
  readMasterFile,
  refusalError,
} from "@banyan/trace-common/epcis";
import { type ImportReport, importDocument } from "@banyan/trace-common/trace";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { readFiles, requireBytes } from "./read-files.ts";
import { connectStage, runTrace, type TraceArguments, type TraceOutput } from "./run-trace.ts";

interface ImportArguments extends TraceArguments {
  readonly files: string[];
  readonly masters: string | undefined;
  readonly register: boolean;
  readonly openingStock: boolean;
  readonly strict: boolean;
  readonly proceed: boolean;
  readonly by: string | undefined;
  readonly region: string;
  readonly dryRun: boolean;
}

const SAYS: Readonly<Record<"cure" | "checked" | "withheld" | "stopped" | "foreign", Text>> = {
  withheld: {
    en: "nothing was captured: mend what is told below, or leave those events out with --proceed",
    zh: "未采集任何事件：请修正以下问题，或用 --proceed 略过这些事件",
  },
  cure: { en: "What to do: ", zh: "处理办法：" },
  checked: { en: "checked only, nothing was sent", zh: "仅检查，未发送任何交易" },
  stopped: { en: "stopped; run the same command again to go on", zh: "已停止；再次运行同一命令将继续" },
  foreign: {
    en: "events carry a hash id that is not the one of their content; it is kept",
    zh: "条事件所带的哈希编号与其内容不符，已保留",
  },
};

/** `npx hardhat trace import FILE…`. */
const action: NewTaskActionFunction<ImportArguments> = async (options, hre) => {
  await runTrace(hre, options, async (context, language) => {
    const files = readFiles(options.files);
    const masters = readMasters(options.masters);
    const by = options.by === undefined ? undefined : readGln(options.by);
    if (masters.refusals.length > 0) {
      const [name = ""] = [options.masters];
      return failed(name, masters.refusals, language);
    }
    const stage = await connectStage(context, { ...options, files });
    const reports: (ImportReport & { readonly file: string })[] = [];
    const [together, derived] = [files.map(({ document }) => document), new Set<string>()];
    for (const { name, document } of files) {
      const report = await importDocument({
        document,
        chain: stage.chain,
        archive: stage.archive,
        masters: masters.masters,
        ...{ together, derived },
        // A chain that begins empty knows nobody.
        register: options.register || context.inProcess,
        // Nor has anybody anything there.
        openingStock: (options.openingStock || context.inProcess) && !options.strict,
        proceed: options.proceed,
        dryRun: options.dryRun,
        by,
        progress: (total) => createProgress({ stream: context.stderr, total, now: context.now, unit: "events/s" }),
        signal: context.signal,
      });
      reports.push({ file: name, ...report });
      if (report.stopped) break;
    }
    return {
      ok: reports.every(({ ok, stopped }) => ok && !stopped),
      json: { ok: reports.every(({ ok }) => ok), files: reports },
      text: reports.map((report) => draw(report, language)).join("\n"),
    };
  });
};

/** The GLN of `--by`: 13 digits, or a URI that holds them. */
function readGln(text: string): string {
  const gln = /^\d{13}$/.test(text) ? text : text.includes(":") ? parseGln(text)?.gln : undefined;
  if (gln !== undefined && hasCheckDigit(gln)) return gln;
  throw new BanyanError(
    "GLN_INVALID",
    { en: `--by ${text} is no GLN`, zh: `--by ${text} 不是 GLN` },
    {
      cure: {
        en: "Give 13 digits with their check digit, such as 9506000000008, or a party's URI.",
        zh: "请给出含校验位的 13 位数字（如 9506000000008），或交易方的 URI。",
      },
    },
  );
}

function readMasters(path: string | undefined): { readonly masters: Masters; readonly refusals: readonly Refusal[] } {
  return path === undefined ? { masters: NO_MASTERS, refusals: [] } : readMasterFile(requireBytes(path));
}

function failed(file: string, refusals: readonly Refusal[], language: Language): TraceOutput {
  return {
    ok: false,
    json: { ok: false, files: [{ file, refusals }] },
    text: drawRefusals(file, refusals, language).join("\n"),
  };
}

function draw(report: ImportReport & { readonly file: string }, language: Language): string {
  const { file, events, captured, declared, skipped, openings, registered, batches, gasUsed, refusals } = report;
  const refused = refusals.some(({ event }) => event === undefined) ? Math.max(events, report.refused) : report.refused;
  const perEvent = captured + declared === 0 ? 0n : gasUsed / BigInt(captured + declared);
  const summary: Text = {
    en: `${file}: ${events} events, ${captured} captured, ${declared} declared erroneous, ${skipped} known before, ${refused} refused`,
    zh: `${file}：${events} 条事件，采集 ${captured}，声明错误 ${declared}，此前已有 ${skipped}，拒绝 ${refused}`,
  };
  const filed: Text = {
    en: `  filed: ${registered.parties} parties, ${registered.places} places, ${registered.products} products; presumed (opening stock): ${openings} events`,
    zh: `  登记：交易方 ${registered.parties}，地点 ${registered.places}，产品 ${registered.products}；推定（期初库存）：${openings} 条事件`,
  };
  const gas: Text = {
    en: `  ${batches} transactions, ${perEvent} gas per event`,
    zh: `  ${batches} 笔交易，每条事件 ${perEvent} gas`,
  };
  return [
    summary[language],
    ...(registered.parties + registered.places + registered.products + openings === 0 ? [] : [filed[language]]),
    ...(batches === 0 ? [] : [gas[language]]),
    ...(report.foreignIds === 0 ? [] : [`  ${report.foreignIds} ${SAYS.foreign[language]}`]),
    ...(report.dryRun && report.ok ? [`  ${SAYS.checked[language]}`] : []),
    ...(report.withheld && events > 0 ? [`  ${SAYS.withheld[language]}`] : []),
    ...(report.stopped ? [`  ${SAYS.stopped[language]}`] : []),
    ...drawRefusals(file, refusals, language),
  ].join("\n");
}

/** Refusals that are printed of one file; `--json` has all. */
const MOST_PRINTED = 50;

function drawRefusals(file: string, refusals: readonly Refusal[], language: Language): string[] {
  const more = refusals.length - MOST_PRINTED;
  const lines = refusals.slice(0, MOST_PRINTED).flatMap((refusal) => {
    const error = refusalError(file, refusal);
    const { message, cure } = error.in(language);
    return [
      `  ${message} [${error.code}]`,
      ...(cure === undefined || cure === "" ? [] : [`    ${SAYS.cure[language]}${cure}`]),
    ];
  });
  if (more <= 0) return lines;
  return [...lines, language === "zh" ? `  另有 ${more} 条；--json 给出全部` : `  and ${more} more; --json gives all`];
}

export default action;
