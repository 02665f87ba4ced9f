import { fileURLToPath } from "node:url";
import type { AppContext, PlayOptions, PlayReport } from "@banyan/app-common/app";
import { type ChainDeployment, findDeployment } from "@banyan/app-common/deploy";
import { playFile, type StoryApp } from "@banyan/app-common/story";
import { APP, deployBatteryPassport } from "../deploy/deploy-battery-passport.ts";
import { EVENTS_PAGE } from "./event-kind.ts";
import { readFigures } from "./figures.ts";
import { drawReport, reportJson } from "./report.ts";
import { type BatteryStage, createStage } from "./stage.ts";
import { openWallet } from "./wallet.ts";

const batteryPassport: StoryApp<ChainDeployment, BatteryStage> = {
  app: APP,
  format: "banyan-battery/1",
  page: EVENTS_PAGE,
  story: fileURLToPath(new URL("../data/month.jsonl", import.meta.url)),
  openWallet,
  find: (context, connection) => findDeployment<ChainDeployment>(APP, context, connection),
  deploy: deployBatteryPassport,
  createStage,
  async finish({ stage: { contracts, names }, wallet, result, seconds, language }) {
    const figures = await readFigures({ contracts, names, addressOf: (party) => wallet.account(party).address });
    return {
      ok: figures.books.every(({ holds }) => holds),
      json: reportJson(figures, result, seconds),
      text: drawReport(figures, result, seconds, language),
    };
  },
};

/** Plays a story on the battery passport. */
export async function playBatteryPassport(context: AppContext, options: PlayOptions): Promise<PlayReport> {
  return await playFile(batteryPassport, context, options);
}
