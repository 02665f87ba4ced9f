import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { findApp, listApps } from "./find-app.ts";
import { reportFailure } from "./report-failure.ts";
import { parseLanguage } from "./with-context.ts";

interface ListArguments {
  readonly json: boolean;
  readonly lang: string;
}

/** `npx hardhat app list`. */
const list: NewTaskActionFunction<ListArguments> = async ({ json, lang }, hre) => {
  await reportFailure({ json, language: "en" }, async () => {
    const language = parseLanguage(lang);
    const { root } = hre.config.paths;
    const apps = await Promise.all(listApps(root).map((name) => findApp(root, name)));
    if (json)
      console.log(
        JSON.stringify(
          apps.map(({ name, title }) => ({ name, title })),
          null,
          2,
        ),
      );
    else for (const { name, title } of apps) console.log(`${name.padEnd(20)} ${title[language]}`);
  });
};

export default list;
