import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { findApp } from "./find-app.ts";
import { reportFailure } from "./report-failure.ts";
import { parseLanguage, withContext } from "./with-context.ts";

interface PlayArguments {
  readonly app: string;
  readonly input: string | undefined;
  readonly wallet: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly lang: string;
}

/** `npx hardhat app play <app>`. */
const play: NewTaskActionFunction<PlayArguments> = async ({ app: name, input, wallet, dryRun, json, lang }, hre) => {
  const language = lang === "zh" ? "zh" : "en";
  await reportFailure({ json, language }, async () => {
    const chosen = parseLanguage(lang);
    const app = await findApp(hre.config.paths.root, name);
    await withContext(hre, { language: chosen, quiet: json, contracts: app.contracts }, async (context) => {
      const report = await app.play(context, { input, wallet, dryRun });
      console.log(json ? JSON.stringify(report.json, null, 2) : report.text);
      if (!report.ok) process.exitCode = 1;
    });
  });
};

export default play;
