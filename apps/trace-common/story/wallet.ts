import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { BanyanError } from "@banyan/app-common";
import { type KeyPath, openStoryWallet, type StoryWallet } from "@banyan/app-common/story";

/** The offices that sign in a story, each with its own account. */
export const OFFICES = ["deployer", "platform", "regulator", "emergency", "auditor", "quality"] as const;

/** An office of {@link OFFICES}. */
export type Office = (typeof OFFICES)[number];

/** The shipped wallet: a mnemonic that everybody knows. */
export const SAMPLE_WALLET = fileURLToPath(new URL("../sample/wallet.json", import.meta.url));

/** Branches below m/44'/60'/0': offices, parties, devices. */
const BRANCH = { office: 0, party: 1, device: 2 } as const;

const NAME = /^(device:)?([A-Za-z][A-Za-z0-9_-]{0,31})$/;

/** Keys below a branch are numbered with 31 bits. */
const INDEX_MASK = 0x7fff_ffff;

/**
 * Opens a wallet file. Its parties are an office by its word, any other name a party, and `device:` before a name the key inside a device.
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
  const [, device, name] = NAME.exec(party) ?? [];
  if (name === undefined) {
    throw new BanyanError(
      "PARTY_UNKNOWN",
      { en: `there is no party "${party}"`, zh: `没有名为 "${party}" 的参与方` },
      {
        cure: {
          en: `Write an office (${OFFICES.join(", ")}) or the name of a party that a line above has filed.`,
          zh: `请写机构（${OFFICES.join("、")}），或前面各行已登记的参与方名称。`,
        },
      },
    );
  }
  const digest = createHash("sha256").update(name).digest();
  return [device === undefined ? BRANCH.party : BRANCH.device, digest.readUInt32BE(0) & INDEX_MASK];
}
