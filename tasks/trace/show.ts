import { identify } from "@banyan/trace-common/epcis";
import { drawHistory, showHistory } from "@banyan/trace-common/trace";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { readFiles } from "./read-files.ts";
import { connectStage, importFirst, runTrace, type TraceArguments } from "./run-trace.ts";

interface ShowArguments extends TraceArguments {
  readonly code: string;
  readonly input: string | undefined;
}

/** `npx hardhat trace show CODE`. */
const action: NewTaskActionFunction<ShowArguments> = async (options, hre) => {
  await runTrace(hre, options, async (context, language) => {
    const object = identify(options.code);
    const files = readFiles(options.input === undefined ? [] : [options.input]);
    const stage = await connectStage(context, { ...options, files });
    await importFirst(context, stage, files);
    const history = await showHistory(stage.contracts, object);
    return { ok: history.known, json: history, text: drawHistory(history, language) };
  });
};

export default action;
