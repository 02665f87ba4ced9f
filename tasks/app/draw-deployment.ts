import type { AppContext, AppDeployment, Language, Text } from "@banyan/app-common/app";
import { renderTable } from "@banyan/app-common/app";

const WORDS: Readonly<
  Record<Language, { contract: string; address: string; role: string; holder: string; account: string }>
> = {
  en: { contract: "contract", address: "address", role: "role", holder: "given to", account: "account" },
  zh: { contract: "合约", address: "地址", role: "角色", holder: "授予", account: "账户" },
};

const GONE: Text = {
  en: "This chain was in the process and ends with it. To keep a deployment, start a node (`npx hardhat chain`) and add --network localhost.",
  zh: "此链在进程之内，随之结束。如需保留部署，请启动节点（`npx hardhat chain`）并加上 --network localhost。",
};

/** Draws a deployment for a terminal: contracts, roles, and whether it stays. */
export function drawDeployment(
  { addresses, grants }: AppDeployment,
  { language, inProcess }: Pick<AppContext, "language" | "inProcess">,
): string {
  const words = WORDS[language];
  return [
    renderTable([{ heading: words.contract }, { heading: words.address }], Object.entries(addresses)),
    renderTable(
      [{ heading: words.role }, { heading: words.holder }, { heading: words.account }],
      grants.map(({ role, holder, account }) => [role, holder, account]),
    ),
    ...(inProcess ? [GONE[language]] : []),
  ].join("\n\n");
}
