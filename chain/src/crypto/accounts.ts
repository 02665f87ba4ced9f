import { fromHex } from "../codec/hex.ts";
import { ChainError } from "../errors.ts";
import { requireLate } from "../lazily.ts";
import type { Address } from "../types.ts";
import { DEFAULT_DERIVATION_PATH, DEFAULT_KEYS, DEFAULT_MNEMONIC } from "./default-keys.ts";
import { privateKeyToAddress } from "./secp256k1.ts";

/** An account the chain can sign for. */
export interface KeyedAccount {
  readonly address: Address;
  readonly privateKey: Uint8Array;
}

// Deriving twenty keys takes some ten milliseconds, and every test connection asks for the same ones. Only a cache.
const derived = new Map<string, readonly KeyedAccount[]>();

/**
 * Accounts `path/0`, `path/1`, … of a mnemonic (BIP-39, BIP-32), without passphrase.
 * @throws ChainError `OPTION_INVALID` for a path that is none
 */
export function deriveAccounts(mnemonic: string, path: string, count: number): readonly KeyedAccount[] {
  const name = `${count} ${path} ${mnemonic}`;
  const known = derived.get(name);
  if (known !== undefined) return known;
  if (mnemonic === DEFAULT_MNEMONIC && path === DEFAULT_DERIVATION_PATH && count <= DEFAULT_KEYS.length) {
    const accounts = DEFAULT_KEYS.slice(0, count).map((key): KeyedAccount => {
      const privateKey = fromHex(key);
      return { address: privateKeyToAddress(privateKey), privateKey };
    });
    derived.set(name, accounts);
    return accounts;
  }
  const { HDKey }: typeof import("@scure/bip32") = requireLate("@scure/bip32");
  const { mnemonicToSeedSync }: typeof import("@scure/bip39") = requireLate("@scure/bip39");
  const parent = HDKey.fromMasterSeed(mnemonicToSeedSync(mnemonic)).derive(path);
  const accounts = Array.from({ length: count }, (_, index): KeyedAccount => {
    const { privateKey } = parent.deriveChild(index);
    if (privateKey === null)
      throw new ChainError("OPTION_INVALID", `The derivation path ${path} yields no private keys`, { path });
    return { address: privateKeyToAddress(privateKey), privateKey };
  });
  derived.set(name, accounts);
  return accounts;
}
