import { type AppContext, openClients, type PlayOptions, type PlayReport } from "@banyan/app-common/app";
import { type ChainDeployment, findDeployment } from "@banyan/app-common/deploy";
import { playFile, type StoryApp } from "@banyan/app-common/story";
import { deployTrace, openContracts } from "../deploy/index.ts";
import { EVENTS_PAGE } from "./event-kind.ts";
import { readFigures } from "./figures.ts";
import { drawReport, reportJson } from "./report.ts";
import { createTraceStage, type TraceStage } from "./stage.ts";
import { openWallet } from "./wallet.ts";

/** The value of `format` in the first line of a story of traceability. */
const STORY_FORMAT = "banyan-trace/1";

/** An app whose stories are told in EPCIS documents. */
export interface TraceApp {
  /** The folder's name. */
  readonly app: string;
  /** The app's own story. */
  readonly story: string;
}

/**
 * Plays a story of traceability.
 *
 * @param app - the app and its own story
 * @param context - what the command was given
 * @param options - which file, and whether only to check it
 */
export async function playTrace(app: TraceApp, context: AppContext, options: PlayOptions): Promise<PlayReport> {
  const trace: StoryApp<ChainDeployment, TraceStage> = {
    ...app,
    format: STORY_FORMAT,
    page: EVENTS_PAGE,
    openWallet,
    find: (setting, connection) => findDeployment<ChainDeployment>(app.app, setting, connection),
    deploy: (setting) => deployTrace({ ...setting, app: app.app }),
    createStage({ deployment, ...scene }) {
      return createTraceStage({ ...scene, contracts: openContracts(deployment, openClients(scene.provider)) });
    },
    async finish({ stage: { contracts, names }, result, seconds, language }) {
      const figures = await readFigures(contracts, names);
      return {
        ok: figures.books.every(({ holds }) => holds),
        json: reportJson(figures, result, seconds),
        text: drawReport(figures, result, seconds, language),
      };
    },
  };
  return await playFile(trace, context, options);
}
