import { fileURLToPath } from "node:url";
import { BanyanError } from "@banyan/app-common";
import { type KeyPath, openStoryWallet, type StoryWallet } from "@banyan/app-common/story";

/** The offices that sign in a story, each with its own account. */
export const OFFICES = [
  "deployer",
  "regulator",
  "arbiter",
  "bank",
  "insurer",
  "platform",
  "emergency",
  "auditor",
] as const;

/** An office of {@link OFFICES}. */
export type Office = (typeof OFFICES)[number];

/** The shipped wallet: a mnemonic that everybody knows. */
export const SAMPLE_WALLET = fileURLToPath(new URL("../data/wallet.json", import.meta.url));

/** Branches below m/44'/60'/0': offices, agents, settlement accounts, consumers. */
const BRANCH = { office: 0, agent: 1, settlement: 2, consumer: 3 } as const;

/**
 * Opens a wallet file. Its parties are an office by its word; `M01` a merchant's agent, `M01:settlement` its settlement account, `C017` a consumer.
 *
 * @param path - a JSON file with a mnemonic; the shipped one is a sample that everybody knows
 * @throws BanyanError `WALLET_INVALID`
 */
export function openWallet(path: string): StoryWallet {
  return openStoryWallet(path, pathOf);
}

function pathOf(party: string): KeyPath {
  const offices: readonly string[] = OFFICES;
  const office = offices.indexOf(party);
  if (office >= 0) return [BRANCH.office, office];
  const match = /^([MC])(\d{1,6})(:settlement)?$/.exec(party);
  if (match === null || (match[1] === "C" && match[3] !== undefined)) {
    throw new BanyanError(
      "PARTY_UNKNOWN",
      { en: `there is no party "${party}"`, zh: `没有名为 "${party}" 的参与方` },
      {
        cure: {
          en: `Write an office (${OFFICES.join(", ")}), a merchant such as M01, or a consumer such as C017.`,
          zh: `请写机构（${OFFICES.join("、")}）、商户（如 M01）或消费者（如 C017）。`,
        },
      },
    );
  }
  const index = Number(match[2]);
  if (match[1] === "C") return [BRANCH.consumer, index];
  return [match[3] === undefined ? BRANCH.agent : BRANCH.settlement, index];
}
