import { renderTable } from "@banyan/app-common/app";
import { deployStage } from "@banyan/trace-common/trace";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { runTrace, type TraceArguments } from "./run-trace.ts";

const HEADINGS = { en: ["contract", "address"], zh: ["合约", "地址"] } as const;

/** `npx hardhat trace deploy`. */
const deploy: NewTaskActionFunction<TraceArguments> = async (options, hre) => {
  await runTrace(hre, options, async (context, language) => {
    const deployment = await deployStage(context, await context.connect(), { ...options, region: "CN" });
    const table = renderTable(
      HEADINGS[language].map((heading) => ({ heading })),
      Object.entries(deployment.addresses),
    );
    return { json: deployment, text: table, ok: true };
  });
};

export default deploy;
