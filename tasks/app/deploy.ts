import type { AppDeployment, Language } from "@banyan/app-common/app";
import { renderTable } from "@banyan/app-common/app";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { findApp } from "./find-app.ts";
import { reportFailure } from "./report-failure.ts";
import { parseLanguage, withContext } from "./with-context.ts";

interface DeployArguments {
  readonly app: string;
  readonly wallet: string | undefined;
  readonly json: boolean;
  readonly lang: string;
}

const WORDS: Readonly<
  Record<Language, { contract: string; address: string; role: string; holder: string; account: string }>
> = {
  en: { contract: "contract", address: "address", role: "role", holder: "given to", account: "account" },
  zh: { contract: "合约", address: "地址", role: "角色", holder: "授予", account: "账户" },
};

/** `npx hardhat app deploy <app>`. */
const deploy: NewTaskActionFunction<DeployArguments> = async ({ app: name, wallet, json, lang }, hre) => {
  const language = lang === "zh" ? "zh" : "en";
  await reportFailure({ json, language }, async () => {
    const chosen = parseLanguage(lang);
    const app = await findApp(hre.config.paths.root, name);
    await withContext(hre, { language: chosen, quiet: json, contracts: app.contracts }, async (context) => {
      const deployment = await app.deploy(context, { wallet });
      console.log(json ? JSON.stringify(deployment, null, 2) : draw(deployment, language));
    });
  });
};

function draw({ addresses, grants }: AppDeployment, language: Language): string {
  const words = WORDS[language];
  return [
    renderTable([{ heading: words.contract }, { heading: words.address }], Object.entries(addresses)),
    renderTable(
      [{ heading: words.role }, { heading: words.holder }, { heading: words.account }],
      grants.map(({ role, holder, account }) => [role, holder, account]),
    ),
  ].join("\n\n");
}

export default deploy;
