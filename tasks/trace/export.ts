import { writeFileSync } from "node:fs";
import { BanyanError } from "@banyan/app-common";
import { identify } from "@banyan/trace-common/epcis";
import { exportDocument } from "@banyan/trace-common/trace";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { readFiles } from "./read-files.ts";
import { connectStage, importFirst, runTrace, type TraceArguments } from "./run-trace.ts";

interface ExportArguments extends TraceArguments {
  readonly object: string | undefined;
  readonly from: number;
  readonly to: number;
  readonly out: string | undefined;
  readonly input: string | undefined;
}

/** `npx hardhat trace export`. */
const action: NewTaskActionFunction<ExportArguments> = async (options, hre) => {
  await runTrace(hre, options, async (context, language) => {
    const object = options.object === undefined ? undefined : identify(options.object);
    const files = readFiles(options.input === undefined ? [] : [options.input]);
    const stage = await connectStage(context, { ...options, files });
    await importFirst(context, stage, files);
    const exported = await exportDocument({
      contracts: stage.contracts,
      archive: stage.archive,
      object,
      from: options.from,
      to: options.to === 0 ? undefined : options.to,
      now: Date.now(),
    });
    const text = JSON.stringify(exported.document, null, 2);
    const { events, declarations, incomplete, document } = exported;
    for (const { id, missing } of incomplete) {
      context.stderr.write(
        language === "zh"
          ? `事件 ${id}：未保存原文，链上仅有摘要：${missing.join("、")}\n`
          : `event ${id}: no original is kept, the chain has only digests of: ${missing.join(", ")}\n`,
      );
    }
    if (options.out === undefined) return { ok: true, json: document, text };
    write(options.out, `${text}\n`);
    const summary = { file: options.out, events, declarations, incomplete };
    const said =
      language === "zh"
        ? `${options.out}：${events} 条事件，${declarations} 条错误声明，${incomplete.length} 条不完整`
        : `${options.out}: ${events} events, ${declarations} error declarations, ${incomplete.length} incomplete`;
    return { ok: true, json: summary, text: said };
  });
};

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new BanyanError(
      "FILE_UNWRITABLE",
      { en: `${path} cannot be written (${reason})`, zh: `${path} 无法写入（${reason}）` },
      {
        cure: { en: "Give --out a file in a folder that is there.", zh: "请将 --out 指向已有文件夹中的文件。" },
        cause: error,
      },
    );
  }
}

export default action;
