import { EMPTY_BYTES, fromHex, toHex, trimZeros } from "../codec/hex.ts";
import type { GenesisAccount } from "../options.ts";
import { accountsRoot } from "../state/account-leaf.ts";
import type { State } from "../state/state.ts";
import type { Address } from "../types.ts";
import { type BlockEnvironment, closeBlock, type SealedBlock } from "./build-block.ts";

/** Puts the first accounts into a state and seals block 0 over it. */
export function buildGenesis(
  state: State,
  accounts: ReadonlyMap<Address, GenesisAccount>,
  environment: BlockEnvironment,
): SealedBlock {
  for (const [address, { balance, nonce, code, storage }] of accounts) {
    if (balance !== undefined) state.setBalance(address, balance);
    if (nonce !== undefined) state.setNonce(address, nonce);
    if (code !== undefined) state.setCode(address, code);
    if (storage !== undefined)
      for (const [slot, value] of storage) state.setStorage(address, slot, trimZeros(fromHex(value)));
  }
  const after = state.root();
  const changes = { edits: EMPTY_BYTES, all: state.changes() };
  state.seal();
  return { block: closeBlock(environment, toHex(accountsRoot(after)), [], []), before: undefined, after, changes };
}
