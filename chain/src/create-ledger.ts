import { createBlockClock } from "./builder/block-clock.ts";
import { buildGenesis } from "./builder/genesis.ts";
import { createHashSequence } from "./builder/hash-sequence.ts";
import { createEngine } from "./engine/create-engine.ts";
import { createExecutor } from "./executor/executor.ts";
import { BLOB_BASE_FEE, type Ledger } from "./ledger.ts";
import { createTransactionPool } from "./pool/transaction-pool.ts";
import type { ResolvedOptions } from "./resolve-options.ts";
import { createEthereumRules } from "./rules/ethereum.ts";
import { createState } from "./state/state.ts";
import { createMemoryStore } from "./store/block-store.ts";

const ZERO_HASH = "0x0000000000000000000000000000000000000000000000000000000000000000";

/** Puts the parts of a chain together over a genesis block. */
export function createLedger(options: ResolvedOptions, clock: () => number): Ledger {
  const now = Math.floor(clock() / 1000);
  const start = options.initialDate === undefined ? now : Math.floor(options.initialDate / 1000);
  const { allowUnlimitedContractSize, hardfork: fork, chainId, crossCheck } = options;
  const rules = createEthereumRules({ fork, allowUnlimitedContractSize });
  const engine = createEngine({ engine: options.engine, crossCheck, fork, chainId, allowUnlimitedContractSize });
  const state = createState();
  // Without a seed the sequences are those of Hardhat's network.
  const prevRandao = createHashSequence(`randomMixHashSeed${options.seed}`);
  for (const [address, code] of rules.predeploys) state.setCode(address, code);
  const genesis = buildGenesis(state, options.genesisAccounts, {
    number: 0n,
    timestamp: BigInt(start),
    coinbase: "0x0000000000000000000000000000000000000000",
    gasLimit: options.blockGasLimit,
    baseFeePerGas: options.initialBaseFeePerGas,
    prevRandao: prevRandao.take(),
    blobBaseFee: BLOB_BASE_FEE,
    blockHash: () => undefined,
    parentHash: ZERO_HASH,
    parentBeaconBlockRoot: ZERO_HASH,
    extraData: Uint8Array.of(0x12, 0x34),
  });
  return {
    rules,
    executor: createExecutor({ engine, rules }),
    state,
    store: createMemoryStore(genesis),
    pool: createTransactionPool(),
    clock: createBlockClock({
      clock,
      offset: BigInt(start - now),
      allowBlocksWithSameTimestamp: options.allowBlocksWithSameTimestamp,
    }),
    prevRandao,
    beaconRoots: createHashSequence(`randomParentBeaconBlockRootSeed${options.seed}`),
    knobs: {
      coinbase: options.coinbase,
      blockGasLimit: options.blockGasLimit,
      minGasPrice: options.minGasPrice,
      nextBaseFee: undefined,
    },
    tracer: undefined,
  };
}
