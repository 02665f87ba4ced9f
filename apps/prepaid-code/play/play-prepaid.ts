import { fileURLToPath } from "node:url";
import { type AppContext, openClients, type PlayOptions, type PlayReport } from "@banyan/app-common/app";
import { findDeployment } from "@banyan/app-common/deploy";
import { playFile, type StoryApp } from "@banyan/app-common/story";
import { openContracts, type PrepaidContracts } from "../deploy/contracts.ts";
import { deployPrepaid, type PrepaidDeployment } from "../deploy/deploy-prepaid.ts";
import { EVENTS_PAGE } from "./event-kind.ts";
import { readFigures } from "./figures.ts";
import { drawReport, reportJson } from "./report.ts";
import { createStage, type PrepaidStage } from "./stage.ts";
import { openWallet, SAMPLE_WALLET } from "./wallet.ts";

const APP = "prepaid-code";

/** The stage together with the contracts that it works with. */
interface Scene extends PrepaidStage {
  readonly contracts: PrepaidContracts;
}

const prepaid: StoryApp<PrepaidDeployment, Scene> = {
  app: APP,
  format: "banyan-prepaid/1",
  page: EVENTS_PAGE,
  story: fileURLToPath(new URL("../data/month.jsonl", import.meta.url)),
  openWallet: (path = SAMPLE_WALLET) => openWallet(path),
  find: (context, connection) => findDeployment<PrepaidDeployment>(APP, context, connection),
  deploy: deployPrepaid,
  createStage({ deployment, provider, ...scene }) {
    const contracts = openContracts(deployment, openClients(provider));
    return { ...createStage({ ...scene, contracts, provider }), contracts };
  },
  async finish({ stage: { contracts, names }, wallet, treasury, result, seconds, language }) {
    // Whoever took part only before the line at which this run went on holds deposits too.
    const parties = names.parties().map((party) => wallet.account(party).address);
    const accounts = [treasury, ...wallet.opened(), ...parties];
    const figures = await readFigures({ contracts, names, accounts });
    return {
      ok: figures.books.every(({ holds }) => holds),
      json: reportJson(figures, result, seconds),
      text: drawReport(figures, result, seconds, language),
    };
  },
};

/** Plays a story on the prepaid code. */
export async function playPrepaid(context: AppContext, options: PlayOptions): Promise<PlayReport> {
  return await playFile(prepaid, context, options);
}
