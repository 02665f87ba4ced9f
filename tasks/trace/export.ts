import { writeFileSync } from "node:fs";
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
    writeFileSync(options.out, `${text}\n`);
    const summary = { file: options.out, events, declarations, incomplete };
    const said =
      language === "zh"
        ? `${options.out}：${events} 条事件，${declarations} 条错误声明，${incomplete.length} 条不完整`
        : `${options.out}: ${events} events, ${declarations} error declarations, ${incomplete.length} incomplete`;
    return { ok: true, json: summary, text: said };
  });
};

export default action;
