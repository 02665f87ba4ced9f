import { fromHex, trimZeros } from "../codec/hex.ts";
import { keccak256Hex } from "../crypto/keccak.ts";
import type { GenesisAccount } from "../options.ts";
import { EMPTY_CODE_HASH } from "../state/account-leaf.ts";
import type { CodeTable, StateReader } from "../state/state-reader.ts";
import type { Address, Hash } from "../types.ts";

/**
 * A state with some accounts set: what each of them does not set is that of the state below. Nothing is read until somebody asks.
 * @param codes code of the accounts goes here
 */
export function overlayReader(
  below: StateReader,
  accounts: ReadonlyMap<Address, GenesisAccount>,
  codes: CodeTable,
): StateReader {
  const codeHashes = new Map<Address, Hash>();
  for (const [address, { code }] of accounts) {
    if (code === undefined) continue;
    const codeHash = code.length === 0 ? EMPTY_CODE_HASH : keccak256Hex(code);
    codes.set(codeHash, code);
    codeHashes.set(address, codeHash);
  }
  return {
    account(address) {
      const account = accounts.get(address);
      const fields = below.account(address);
      if (account === undefined) return fields;
      return {
        nonce: account.nonce ?? fields?.nonce ?? 0n,
        balance: account.balance ?? fields?.balance ?? 0n,
        codeHash: codeHashes.get(address) ?? fields?.codeHash ?? EMPTY_CODE_HASH,
        hasStorage: fields?.hasStorage ?? false,
      };
    },
    storage(address, slot) {
      const value = accounts.get(address)?.storage?.get(slot);
      return value === undefined ? below.storage(address, slot) : trimZeros(fromHex(value));
    },
    code: below.code,
    // Under the root of the state below, which knows nothing of what is set here.
    ...(below.prove === undefined ? {} : { prove: below.prove }),
  };
}
