import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BanyanError } from "@banyan/app-common";
import { createNativeAccount } from "@banyan/app-common/app";
import type { Address, LocalAccount } from "viem";
import { type HDKey, mnemonicToAccount } from "viem/accounts";
import { z } from "zod";

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

const schema = z
  .object({
    about: z.string(),
    mnemonic: z.string(),
  })
  .strict();

/** The accounts of the parties of a story. */
export interface Wallet {
  /**
   * The account of a party: an office by its word; `M01` a merchant's agent, `M01:settlement` its settlement account, `C017` a consumer.
   *
   * @throws BanyanError `PARTY_UNKNOWN`
   */
  account(party: string): LocalAccount;
  /** The account of an address in lower case, once its party was asked for. */
  accountOf(address: string): LocalAccount | undefined;
  /** The addresses of all parties that were asked for. */
  opened(): readonly Address[];
}

/** Branches below m/44'/60'/0': offices, agents, settlement accounts, consumers. */
const BRANCH = { office: 0, agent: 1, settlement: 2, consumer: 3 } as const;

/**
 * Opens a wallet file.
 *
 * @param path - a JSON file with a mnemonic; the shipped one is a sample that everybody knows
 * @throws BanyanError `WALLET_INVALID`
 */
export function openWallet(path: string): Wallet {
  const { mnemonic } = readWallet(path);
  const root = rootOf(mnemonic, path);
  const byParty = new Map<string, LocalAccount>();
  const byAddress = new Map<string, LocalAccount>();

  return {
    account(party) {
      const known = byParty.get(party);
      if (known !== undefined) return known;
      const [branch, index] = pathOf(party);
      const { privateKey } = root.deriveChild(branch).deriveChild(index);
      if (privateKey === null)
        throw new BanyanError("WALLET_INVALID", {
          en: `${path} has no key for ${party}`,
          zh: `${path} 中没有 ${party} 的密钥`,
        });
      const account = createNativeAccount(privateKey);
      byParty.set(party, account);
      byAddress.set(account.address.toLowerCase(), account);
      return account;
    },
    accountOf: (address) => byAddress.get(address),
    opened: () => [...byParty.values()].map(({ address }) => address),
  };
}

function pathOf(party: string): readonly [branch: number, index: number] {
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

function readWallet(path: string): z.infer<typeof schema> {
  const cure = {
    en: 'Write {"about":"…","mnemonic":"twelve words"}.',
    zh: '请写 {"about":"…","mnemonic":"十二个助记词"}。',
  };
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw new BanyanError(
      "WALLET_INVALID",
      { en: `${path} is not a wallet file`, zh: `${path} 不是有效的钱包文件` },
      { cure, cause },
    );
  }
}

function rootOf(mnemonic: string, path: string): HDKey {
  try {
    return mnemonicToAccount(mnemonic, { path: "m/44'/60'/0'" }).getHdKey();
  } catch (cause) {
    throw new BanyanError(
      "WALLET_INVALID",
      { en: "the mnemonic is not valid", zh: "助记词无效" },
      {
        cure: { en: "Write the words of BIP-39.", zh: "请使用 BIP-39 的单词。" },
        cause,
      },
    ).at(path);
  }
}
