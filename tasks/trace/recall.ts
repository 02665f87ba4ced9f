import { BanyanError } from "@banyan/app-common";
import { type Language, renderTable } from "@banyan/app-common/app";
import { identify } from "@banyan/trace-common/epcis";
import { drawTree, type RecallReport, readRefusal, runRecall } from "@banyan/trace-common/trace";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { readFiles } from "./read-files.ts";
import { connectStage, importFirst, runTrace, type TraceArguments } from "./run-trace.ts";

interface RecallArguments extends TraceArguments {
  readonly code: string;
  readonly level: number;
  readonly labelOnly: boolean;
  readonly reason: string;
  readonly page: number;
  readonly input: string | undefined;
}

const BOOKS: Readonly<Record<Language, readonly string[]>> = {
  en: ["unit", "distributed", "returned", "destroyed", "written off", "relabelled", "open"],
  zh: ["单位", "已流通", "已退回", "已销毁", "无法追回", "已改签", "未结"],
};

/** `npx hardhat trace recall CODE`. */
const action: NewTaskActionFunction<RecallArguments> = async (options, hre) => {
  await runTrace(hre, options, async (context, language) => {
    const { level, labelOnly, page, reason } = options;
    if (level !== 1 && level !== 2 && level !== 3) throw outOfRange("--level", level, 1, 3);
    if (page < 1 || page > 50) throw outOfRange("--page", page, 1, 50);
    const object = identify(options.code);
    const files = readFiles(options.input === undefined ? [] : [options.input]);
    const stage = await connectStage(context, { ...options, files });
    await importFirst(context, stage, files);
    try {
      const { contracts, platform, chain } = stage;
      const knownAt = await chain.now();
      const report = await runRecall({
        ...{ contracts, platform, objects: [object], level, labelOnly, knownAt, page },
        reason: reason === "" ? options.code : reason,
        signal: context.signal,
        onPage: (marked, waiting) =>
          context.stderr.write(
            language === "zh" ? `已标记 ${marked}，待处理 ${waiting}\n` : `${marked} marked, ${waiting} waiting\n`,
          ),
      });
      return { ok: report.complete, json: report, text: draw(report, language) };
    } catch (error) {
      const refusal = readRefusal(error);
      if (refusal === undefined) throw error;
      throw new BanyanError("CONTRACT_REFUSED", refusal.message, { cure: refusal.cure, cause: error });
    }
  });
};

function draw(report: RecallReport, language: Language): string {
  const { recall, marked, reached, pages, gasUsed, mostGas, trees, books, complete } = report;
  const summary =
    language === "zh"
      ? `召回 ${recall}：触及 ${reached}，标记 ${marked}，${pages} 页，共 ${gasUsed} gas，单页至多 ${mostGas}${complete ? "" : "；尚未完成"}`
      : `recall ${recall}: ${reached} reached, ${marked} marked, ${pages} pages, ${gasUsed} gas, at most ${mostGas} a page${complete ? "" : "; not complete"}`;
  const again = language === "zh" ? "见上" : "shown above";
  const rows = books.map((line) =>
    [line.unit, line.distributed, line.returned, line.destroyed, line.writtenOff, line.relabelled, line.open].map(
      String,
    ),
  );
  const table = renderTable(
    BOOKS[language].map((heading, at) => ({ heading, align: at === 0 ? "left" : "right" })),
    rows,
  );
  return [summary, "", ...trees.flatMap((tree) => drawTree(tree, again)), "", table].join("\n");
}

function outOfRange(option: string, value: number, least: number, most: number): BanyanError {
  return new BanyanError(
    "OPTION_OUT_OF_RANGE",
    { en: `${option} ${value} is out of range`, zh: `${option} ${value} 超出范围` },
    { cure: { en: `Give ${least} to ${most}.`, zh: `请给出 ${least} 至 ${most}。` } },
  );
}

export default action;
