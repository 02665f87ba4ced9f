import { fileURLToPath } from "node:url";
import { BanyanError } from "@banyan/app-common";
import { type KeyPath, openStoryWallet, type StoryWallet } from "@banyan/app-common/story";

/** The offices that sign in a story, each with its own account. */
export const OFFICES = ["deployer", "regulator", "bank", "platform", "auditor", "arbiter", "bureau"] as const;

/** An office of {@link OFFICES}. */
export type Office = (typeof OFFICES)[number];

/** The shipped wallet: a mnemonic that everybody knows. */
export const SAMPLE_WALLET = fileURLToPath(new URL("../data/wallet.json", import.meta.url));

/** Branches below m/44'/60'/0': offices, agents of parties, riders, devices. */
const BRANCH = { office: 0, P: 1, R: 2, D: 3 } as const;

/**
 * Opens a wallet file. Its accounts are an office by its word; `P01` a party's agent, `R001` a rider, `D001` the key inside a device.
 *
 * @param path - a JSON file with a mnemonic; the shipped one is a sample that everybody knows
 * @throws BanyanError `WALLET_INVALID`
 */
export function openWallet(path: string = SAMPLE_WALLET): StoryWallet {
  return openStoryWallet(path, pathOf);
}

function pathOf(party: string): KeyPath {
  const offices: readonly string[] = OFFICES;
  const office = offices.indexOf(party);
  if (office >= 0) return [BRANCH.office, office];
  const [, kind, index] = /^([PRD])(\d{1,6})$/.exec(party) ?? [];
  if (kind === "P" || kind === "R" || kind === "D") return [BRANCH[kind], Number(index)];
  throw new BanyanError(
    "PARTY_UNKNOWN",
    { en: `there is no party "${party}"`, zh: `没有名为 "${party}" 的参与方` },
    {
      cure: {
        en: `Write an office (${OFFICES.join(", ")}), a party such as P01, a rider such as R001, or a device such as D001.`,
        zh: `请写机构（${OFFICES.join("、")}）、参与方（如 P01）、骑手（如 R001）或设备（如 D001）。`,
      },
    },
  );
}
