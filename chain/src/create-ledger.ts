import { createBlockClock } from "./builder/block-clock.ts";
import { buildGenesis } from "./builder/genesis.ts";
import { createHashSequence } from "./builder/hash-sequence.ts";
import { EMPTY_BYTES } from "./codec/hex.ts";
import { createEngine } from "./engine/create-engine.ts";
import type { Engine } from "./engine/engine.ts";
import { createExecutor } from "./executor/executor.ts";
import { beginFork } from "./fork/begin-fork.ts";
import type { OpenedFork } from "./fork/open-fork.ts";
import type { Knobs, Ledger } from "./ledger.ts";
import { createBlobStore } from "./pool/blob-store.ts";
import { createTransactionPool } from "./pool/transaction-pool.ts";
import type { ResolvedOptions } from "./resolve-options.ts";
import { createEthereumRules } from "./rules/ethereum.ts";
import { createState } from "./state/state.ts";
import { type BlockStore, createMemoryStore } from "./store/block-store.ts";
import type { ChainData } from "./store/durable/chain-data.ts";

const ZERO_HASH = "0x0000000000000000000000000000000000000000000000000000000000000000";

/** What a ledger begins with, if not with a genesis block of its own. */
export interface LedgerModules {
  /** The open folder that the chain is kept in. */
  readonly data?: ChainData;
  /** The block of another chain. */
  readonly fork?: OpenedFork;
}

/** Puts the parts of a chain together over a genesis block, or over a block of another chain. */
export function createLedger(
  options: ResolvedOptions,
  clock: () => number,
  { data, fork: opened }: LedgerModules = {},
): Ledger {
  const now = Math.floor(clock() / 1000);
  const start = options.initialDate === undefined ? now : Math.floor(options.initialDate / 1000);
  const { allowUnlimitedContractSize, hardfork: fork, chainId, crossCheck } = options;
  const rules = createEthereumRules({ fork, allowUnlimitedContractSize, transactionGasCap: options.transactionGasCap });
  const knobs: Knobs = {
    chainId,
    coinbase: options.coinbase,
    blockGasLimit: options.blockGasLimit,
    defaultGasLimit: options.defaultTransactionGasLimit,
    minGasPrice: options.minGasPrice,
    nextBaseFee: undefined,
    extraData: EMPTY_BYTES,
  };
  const engine = createEngineFor(knobs, (id) =>
    createEngine({ engine: options.engine, crossCheck, fork, chainId: id, allowUnlimitedContractSize }),
  );
  const own = createExecutor({ engine, rules });
  const forked = opened === undefined ? undefined : beginFork(opened, options, { own, rules });
  const state = forked?.state ?? createState();
  // Without a seed the sequences are those of Hardhat's network.
  const prevRandao = createHashSequence(`randomMixHashSeed${options.seed}`);
  const store =
    forked?.store ?? (data?.settings === undefined ? begin() : data.resume(state, data.settingsOf(options)));
  const beaconRoots = createHashSequence(`randomParentBeaconBlockRootSeed${options.seed}`);
  if (options.initialParentBeaconBlockRoot !== undefined) beaconRoots.setNext(options.initialParentBeaconBlockRoot);
  knobs.nextBaseFee = forked?.nextBaseFee;
  return {
    get chainId() {
      return knobs.chainId;
    },
    rules,
    executor: forked?.executor ?? own,
    state,
    store,
    past: forked?.past,
    blobs: createBlobStore(),
    pool: createTransactionPool({
      order: options.mempoolOrder,
      limit: options.maxPooledTransactions,
      senderLimit: options.maxPooledPerSender,
    }),
    clock: createBlockClock({
      clock,
      offset: BigInt(start - now),
      allowBlocksWithSameTimestamp: options.allowBlocksWithSameTimestamp,
    }),
    prevRandao,
    beaconRoots,
    knobs,
    fixedBaseFee: options.baseFee === "fixed",
    tracer: undefined,
    recordsFailures: false,
  };

  function begin(): BlockStore {
    if (data !== undefined) state.recordChanges();
    const randao = prevRandao.take();
    for (const [address, { code, nonce }] of rules.predeploys) {
      state.setCode(address, code);
      state.setNonce(address, nonce);
    }
    const genesis = buildGenesis(state, options.genesisAccounts, {
      fork,
      number: 0n,
      timestamp: BigInt(start),
      coinbase: "0x0000000000000000000000000000000000000000",
      gasLimit: options.blockGasLimit,
      baseFeePerGas: options.initialBaseFeePerGas,
      difficulty: rules.work === undefined ? 0n : 1n,
      prevRandao: randao,
      excessBlobGas: 0n,
      blobBaseFee: rules.blobs?.baseFee(0n) ?? 0n,
      blockHash: () => undefined,
      parentHash: ZERO_HASH,
      parentBeaconBlockRoot: ZERO_HASH,
      extraData: Uint8Array.of(0x12, 0x34),
    });
    return data === undefined ? createMemoryStore(genesis) : data.begin(state, data.settingsOf(options), genesis);
  }
}

/** An engine that is made anew whenever the chain has another id. */
function createEngineFor(knobs: Knobs, create: (chainId: bigint) => Engine): Engine {
  let { chainId } = knobs;
  let engine = create(chainId);
  return {
    name: engine.name,
    execute(state, message, block, tracer) {
      if (knobs.chainId !== chainId) {
        chainId = knobs.chainId;
        engine = create(chainId);
      }
      return engine.execute(state, message, block, tracer);
    },
  };
}
