import { readFileSync } from "node:fs";
import type { Address, LocalAccount } from "viem";
import { type HDKey, mnemonicToAccount } from "viem/accounts";
import { z } from "zod";
import { createNativeAccount } from "../app/native-account.ts";
import { BanyanError } from "../errors.ts";

const schema = z
  .object({
    about: z.string(),
    mnemonic: z.string(),
  })
  .strict();

/** The accounts of the parties of a story. */
export interface StoryWallet {
  /**
   * The account of a party, by the word that the story calls it.
   *
   * @throws BanyanError `PARTY_UNKNOWN`
   */
  account(party: string): LocalAccount;
  /** The account of an address in lower case, once its party was asked for. */
  accountOf(address: string): LocalAccount | undefined;
  /** The addresses of all parties that were asked for. */
  opened(): readonly Address[];
}

/** Where a party's key is below m/44'/60'/0'. */
export type KeyPath = readonly [branch: number, index: number];

/**
 * Opens a wallet file.
 *
 * @param path - a JSON file with a mnemonic
 * @param pathOf - where a party's key is; throws `PARTY_UNKNOWN` for what is no party
 * @throws BanyanError `WALLET_INVALID`
 */
export function openStoryWallet(path: string, pathOf: (party: string) => KeyPath): StoryWallet {
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
