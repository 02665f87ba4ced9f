import { EMPTY_BYTES } from "../codec/hex.ts";
import type { Executor } from "../executor/executor.ts";
import { createPatientExecutor } from "../executor/patient-executor.ts";
import type { GenesisAccount } from "../options.ts";
import type { ResolvedOptions } from "../resolve-options.ts";
import type { Rules } from "../rules/rules.ts";
import { HISTORY_ADDRESS } from "../rules/system-contracts.ts";
import { EMPTY_CODE_HASH } from "../state/account-leaf.ts";
import { createState, type State } from "../state/state.ts";
import type { CodeTable } from "../state/state-reader.ts";
import type { BlockStore } from "../store/block-store.ts";
import type { Address } from "../types.ts";
import { createForkExecutor } from "./fork-executor.ts";
import { createForkStore } from "./fork-store.ts";
import type { OpenedFork } from "./open-fork.ts";
import { overlayReader } from "./overlay-reader.ts";
import { createPast, type Past } from "./past.ts";
import { createRemoteReader } from "./remote-reader.ts";

/** The parts of a ledger that a fork begins with. */
export interface ForkBeginning {
  readonly past: Past;
  readonly state: State;
  readonly store: BlockStore;
  readonly executor: Executor;
  /** Base fee of the first block, where the block forked from does not settle it. */
  readonly nextBaseFee: bigint | undefined;
}

/** Puts an own state, store and executor on top of a block of another chain. */
export function beginFork(
  fork: OpenedFork,
  options: ResolvedOptions,
  { own: executor, rules }: { readonly own: Executor; readonly rules: Rules },
): ForkBeginning {
  const { header } = fork.block;
  const codes: CodeTable = new Map([[EMPTY_CODE_HASH, EMPTY_BYTES]]);
  const accounts = accountsOf(options);
  const own = [...accounts].flatMap(([address, { balance, code }]) =>
    balance === undefined || code === undefined ? [] : [address],
  );
  const system = rules.predeploys.has(HISTORY_ADDRESS) ? [HISTORY_ADDRESS] : [];
  const reader = createRemoteReader(fork.remote, header.number, codes, {
    balanceOnly: new Set(rules.precompiles),
    nonceOnly: new Set(own),
    ahead: [options.coinbase, ...system, ...rules.precompiles, ...own],
  });
  const base = overlayReader(reader, accounts, codes);
  const state = createState({ base, codes, isLayer: true });
  const past = createPast({ fork, codes, machine: state.machine, base, precompiles: rules.precompiles });
  return {
    past,
    state,
    store: createForkStore(past),
    executor: createPatientExecutor(createForkExecutor(executor, past, options), options.crossCheck),
    nextBaseFee:
      options.givenBaseFeePerGas ?? (header.baseFeePerGas === undefined ? options.initialBaseFeePerGas : undefined),
  };
}

/** The accounts to set. Code of unlocked ones is taken away: on public chains, others have put delegations there (EIP-7702). */
function accountsOf({ accounts, genesisAccounts }: ResolvedOptions): ReadonlyMap<Address, GenesisAccount> {
  const set = new Map(genesisAccounts);
  for (const { address } of accounts) set.set(address, { code: EMPTY_BYTES, ...set.get(address) });
  return set;
}
