import { toHex } from "../../codec/hex.ts";
import { keccak256Hex } from "../../crypto/keccak.ts";
import { ChainError } from "../../errors.ts";
import type { ResolvedOptions } from "../../resolve-options.ts";

/** Settings of a chain that its blocks depend on, or that hold until they are changed. As texts, by name. */
export type StoredSettings = Readonly<Record<string, string>>;

/** Version of the tables and rows. */
const FORMAT = "1";

/** Settings that a chain has for good. */
const FIXED = [
  "chainId",
  "hardfork",
  "genesisAccounts",
  "initialBaseFeePerGas",
  "allowUnlimitedContractSize",
  "seed",
  "transactionGasCap",
] as const;

/** The settings of options. */
export function settingsOf(options: ResolvedOptions): StoredSettings {
  return {
    format: FORMAT,
    chainId: String(options.chainId),
    hardfork: options.hardfork,
    genesisAccounts: genesisDigest(options),
    initialBaseFeePerGas: String(options.initialBaseFeePerGas),
    allowUnlimitedContractSize: String(options.allowUnlimitedContractSize),
    seed: options.seed,
    transactionGasCap: String(options.transactionGasCap),
    coinbase: options.coinbase,
    blockGasLimit: String(options.blockGasLimit),
    minGasPrice: String(options.minGasPrice),
    ...(options.initialDate === undefined ? {} : { initialDate: String(Math.floor(options.initialDate / 1000)) }),
  };
}

/**
 * Compares the settings of a chain on disk with those it is to go on with.
 * @throws ChainError `DATA_FORMAT`, `DATA_SETTINGS`
 */
export function checkSettings(path: string, stored: StoredSettings, given: StoredSettings, genesisTime: bigint): void {
  if (stored.format !== FORMAT) {
    throw new ChainError(
      "DATA_FORMAT",
      `The chain in ${path} is written in format ${stored.format}; this version reads format ${FORMAT}. Export it with the version that wrote it.`,
      { path, stored: stored.format, known: FORMAT },
    );
  }
  for (const setting of FIXED) refuseUnlessEqual(path, setting, stored[setting], given[setting]);
  if (given.initialDate !== undefined) refuseUnlessEqual(path, "initialDate", String(genesisTime), given.initialDate);
}

function refuseUnlessEqual(path: string, setting: string, stored: string | undefined, given: string | undefined): void {
  if (stored === given) return;
  throw new ChainError(
    "DATA_SETTINGS",
    `The chain in ${path} was begun with ${setting} ${stored}, not ${given}. Start it with its own settings, or begin a new chain in another folder.`,
    { path, setting, stored, given },
  );
}

function genesisDigest({ genesisAccounts }: ResolvedOptions): string {
  const accounts = [...genesisAccounts]
    .map(([address, { balance, nonce, code, storage }]) => [
      address,
      String(balance ?? 0n),
      String(nonce ?? 0n),
      code === undefined ? "0x" : toHex(code),
      [...(storage ?? [])].sort(byFirst),
    ])
    .sort(byFirst);
  return keccak256Hex(new TextEncoder().encode(JSON.stringify(accounts)));
}

function byFirst([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return String(a) < String(b) ? -1 : 1;
}
