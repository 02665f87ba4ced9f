import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { drawDeployment } from "./draw-deployment.ts";
import { findApp } from "./find-app.ts";
import { reportFailure } from "./report-failure.ts";
import { parseLanguage, withContext } from "./with-context.ts";

interface DeployArguments {
  readonly app: string;
  readonly wallet: string | undefined;
  readonly json: boolean;
  readonly lang: string;
}

/** `npx hardhat app deploy <app>`. */
const deploy: NewTaskActionFunction<DeployArguments> = async ({ app: name, wallet, json, lang }, hre) => {
  const language = lang === "zh" ? "zh" : "en";
  await reportFailure({ json, language }, async () => {
    const chosen = parseLanguage(lang);
    const app = await findApp(hre.config.paths.root, name);
    await withContext(hre, { language: chosen, quiet: json, contracts: app.contracts }, async (context) => {
      const deployment = await app.deploy(context, { wallet });
      console.log(json ? JSON.stringify(deployment, null, 2) : drawDeployment(deployment, context));
    });
  });
};

export default deploy;
