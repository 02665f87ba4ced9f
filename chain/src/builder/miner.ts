import { ChainError } from "../errors.ts";
import { executionOf } from "../executor/executor.ts";
import { type Ledger, nextBaseFee, nextBlobBaseFee, nextEnvironment } from "../ledger.ts";
import { MissingPage } from "../state/missing-page.ts";
import type { RecordedFrame } from "../trace/solidity/execution-record.ts";
import type { Address, Block, PlacedLog, Receipt, Transaction } from "../types.ts";
import { type BlockEnvironment, type BuildResult, buildBlock } from "./build-block.ts";

/** What the miner tells of. */
export interface MinerEvents {
  newHead(block: Block): void;
  logs(logs: readonly PlacedLog[]): void;
}

/** Makes blocks out of the pool. */
export interface Miner {
  /** Makes one block, with the clock's timestamp or a given one; if a watched transaction fails, what ran is recorded. */
  mineOne(timestamp?: bigint, watched?: Transaction): Promise<BuildResult>;
  /** Makes blocks until a waiting transaction is in one, and all that is executable then. @throws ChainError the `TX_*` code with which the state refuses it */
  mineUntil(transaction: Transaction): Promise<{ readonly receipt: Receipt; readonly record?: RecordedFrame }>;
  /** The block that would be made now; the ledger stays as it is, except that `work` sees the state after it. */
  withPending<T>(work: (pending: BuildResult) => T | Promise<T>): Promise<T>;
}

/** Makes the miner of a ledger. */
export function createMiner(ledger: Ledger, events: MinerEvents): Miner {
  const { state, store, pool, executor, knobs } = ledger;
  const nonceOf = (address: Address): bigint => state.getNonce(address);

  function candidates({
    baseFeePerGas,
    blobBaseFee,
  }: Pick<BlockEnvironment, "baseFeePerGas" | "blobBaseFee">): readonly Transaction[] {
    if (pool.size === 0) return NONE;
    const executable = pool.executable(nonceOf, baseFeePerGas, blobBaseFee);
    return knobs.minGasPrice === 0n
      ? executable
      : executable.filter(({ maxPriorityFeePerGas }) => maxPriorityFeePerGas >= knobs.minGasPrice);
  }

  const nextPrices = () => ({ baseFeePerGas: nextBaseFee(ledger), blobBaseFee: nextBlobBaseFee(ledger) });

  async function mineOne(timestamp?: bigint, watched?: Transaction): Promise<BuildResult> {
    const environment = nextEnvironment(ledger, timestamp);
    const before = state.snapshot();
    let built: BuildResult;
    try {
      for (;;) {
        try {
          const transactions = candidates(environment);
          built = await buildBlock(state, executor, environment, transactions, ledger.tracer, watched);
          break;
        } catch (error) {
          if (!(error instanceof MissingPage)) throw error;
          // Transactions wait for their pages by themselves: this was what the block does besides.
          state.restore(before);
          await error.load();
        }
      }
    } catch (error) {
      state.restore(before);
      throw error;
    } finally {
      state.release(before);
    }
    state.seal();
    store.append(built);
    for (const { hash } of built.block.transactions) pool.remove(hash);
    for (const { transaction } of built.refused) pool.remove(transaction.hash);
    if (pool.size > 0) pool.prune(nonceOf);
    ledger.clock.settle(environment.timestamp);
    ledger.prevRandao.take();
    ledger.beaconRoots.take();
    knobs.nextBaseFee = undefined;
    events.newHead(built.block);
    const logs = built.block.receipts.flatMap((receipt) => receipt.logs);
    if (logs.length > 0) events.logs(logs);
    return built;
  }

  return {
    mineOne,
    async mineUntil(transaction) {
      for (;;) {
        const { block, refused, record } = await mineOne(undefined, ledger.recordsFailures ? transaction : undefined);
        const receipt = block.receipts.find((candidate) => candidate.transaction === transaction);
        if (receipt !== undefined) {
          // What waited for this one, or for automine to be turned on, is executable now.
          while (pool.size > 0 && candidates(nextPrices()).length > 0 && (await mineOne()).block.receipts.length > 0);
          return { receipt, ...(record === undefined ? {} : { record }) };
        }
        const refusal = refused.find((candidate) => candidate.transaction === transaction);
        if (refusal !== undefined) throw refusal.error;
        if (block.receipts.length === 0) {
          pool.remove(transaction.hash);
          throw new ChainError("TX_UNDERPRICED", `No block takes the transaction ${transaction.hash}`, {
            hash: transaction.hash,
          });
        }
      }
    },
    async withPending(work) {
      const before = state.snapshot();
      try {
        const environment = nextEnvironment(ledger);
        return await work(await buildBlock(state, executor, environment, candidates(environment)));
      } finally {
        state.restore(before);
        state.release(before);
      }
    },
  };
}

const NONE: readonly Transaction[] = [];

/**
 * Checks a transaction before it enters the pool. With automine it must be executable at once; otherwise it may wait behind a gap and for a
 * lower base fee.
 * @throws ChainError a `TX_*` code
 */
export function admit(ledger: Ledger, transaction: Transaction, automine: boolean): void {
  const { state, pool, store, executor, knobs } = ledger;
  const { hash, from, nonce } = transaction;
  const inState = state.getNonce(from);
  // What is in a block has used up its nonce; nothing else needs to be looked up.
  const mayBeMined = nonce < inState;
  if (pool.get(hash) !== undefined || (mayBeMined && store.transaction(hash) !== undefined)) {
    throw new ChainError("TX_ALREADY_KNOWN", `The transaction ${hash} is known already`, { hash });
  }
  if (transaction.maxPriorityFeePerGas > transaction.maxFeePerGas) {
    throw new ChainError(
      "TX_TIP_ABOVE_FEE_CAP",
      `The tip cap ${transaction.maxPriorityFeePerGas} exceeds the fee cap ${transaction.maxFeePerGas} (EIP-1559)`,
      {
        maxFeePerGas: transaction.maxFeePerGas,
        maxPriorityFeePerGas: transaction.maxPriorityFeePerGas,
      },
    );
  }
  if (automine && transaction.maxPriorityFeePerGas < knobs.minGasPrice) {
    throw new ChainError(
      "TX_UNDERPRICED",
      `The tip cap ${transaction.maxPriorityFeePerGas} is below the minimum of ${knobs.minGasPrice}`,
      { minGasPrice: knobs.minGasPrice },
    );
  }
  const next = pool.size === 0 ? inState : pool.nextNonce(from, (address) => state.getNonce(address));
  if (nonce < inState || (automine && nonce > next)) {
    const low = nonce < inState;
    throw new ChainError(
      low ? "TX_NONCE_TOO_LOW" : "TX_NONCE_TOO_HIGH",
      `The nonce ${nonce} is too ${low ? "low" : "high"}; the next one of ${from} is ${next}`,
      {
        from,
        nonce,
        expected: next,
        automine,
      },
    );
  }
  const environment = nextEnvironment(ledger);
  // Nonces that wait in the pool count as used; what they cost is found out when the block is made.
  executor.check(
    state,
    { ...executionOf(transaction), nonce: undefined },
    automine ? environment : { ...environment, baseFeePerGas: 0n, blobBaseFee: 0n },
  );
}
