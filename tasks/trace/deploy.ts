import { deployStage, TRACE_APP } from "@banyan/trace-common/trace";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { drawDeployment } from "../app/draw-deployment.ts";
import { findApp } from "../app/find-app.ts";
import { runTrace, type TraceArguments } from "./run-trace.ts";

/** `npx hardhat trace deploy`. An app that stands on traceability deploys its own desks as well. */
const deploy: NewTaskActionFunction<TraceArguments> = async (options, hre) => {
  const { app, wallet } = options;
  await runTrace(hre, options, async (context) => {
    const deployment =
      app === TRACE_APP
        ? await deployStage(context, await context.connect(), { ...options, region: "CN" })
        : await (await findApp(context.root, app)).deploy(context, { wallet });
    return { json: deployment, text: drawDeployment(deployment, context), ok: true };
  });
};

export default deploy;
