import { beginBlock, endBlock } from "../builder/block-steps.ts";
import { type BlockEnvironment, closeBlock } from "../builder/build-block.ts";
import type { Miner } from "../builder/miner.ts";
import { bigIntToWord, EMPTY_BYTES, toHex } from "../codec/hex.ts";
import { ChainError } from "../errors.ts";
import { NO_SENDER } from "../executor/call-views.ts";
import { type ExecutionResult, executionOf } from "../executor/executor.ts";
import { overrideState } from "../executor/overrides.ts";
import type { Ledger } from "../ledger.ts";
import { accountsRoot } from "../state/account-leaf.ts";
import type { State } from "../state/state.ts";
import type { Views } from "../store/views.ts";
import type { Block, BlockHeader, Hash, Transaction } from "../types.ts";
import { type PlannedBlock, planBlocks } from "./plan-blocks.ts";
import type { SimulatedBlock, SimulatedCallResult, SimulationRequest } from "./simulation.ts";
import { createTransferLogs, type NumberedLog } from "./transfer-logs.ts";
import { unsignedTransaction } from "./unsigned-transaction.ts";

const ZERO_HASH: Hash = `0x${"0".repeat(64)}`;

/** The block that a simulated one follows. */
type Parent = Pick<Block, "header" | "hash">;

/** Simulates blocks on top of one of a ledger's; leaves no trace. */
export async function simulateBlocks(
  ledger: Ledger,
  views: Views,
  miner: Miner,
  request: SimulationRequest,
): Promise<SimulatedBlock[]> {
  const selector = request.block ?? "latest";
  const base = (selector === "pending" ? ledger.store.head() : views.require(selector)).block;
  const planned = planBlocks(base.header, request.blocks);
  const budget = { left: request.gasBudget };
  return views.execute(selector === "pending" ? "latest" : selector, miner, async (state, { blockHash }) => {
    const before = state.snapshot();
    try {
      const simulated: SimulatedBlock[] = [];
      const hashes = new Map<bigint, Hash>([[base.header.number, base.hash]]);
      let parent: Parent = base;
      for (const plan of planned) {
        const environment = environmentOf(ledger, parent, plan, request.validation === true);
        const hashOf = (number: bigint): Hash | undefined =>
          number < plan.number && number >= plan.number - 256n ? (hashes.get(number) ?? blockHash(number)) : undefined;
        const result = await simulateBlock(ledger, state, { ...environment, blockHash: hashOf }, plan, request, budget);
        simulated.push(result);
        parent = result.block;
        hashes.set(parent.header.number, parent.hash);
      }
      return simulated;
    } finally {
      state.restore(before);
      state.release(before);
    }
  });
}

/** What a block inherits from the one before, what is overridden, and what is nothing. */
function environmentOf(
  { rules }: Ledger,
  { header, hash }: Parent,
  { number, timestamp, blockOverrides = {} }: PlannedBlock,
  validates: boolean,
): Omit<BlockEnvironment, "blockHash"> {
  const excessBlobGas = rules.blobs?.excessAfter(header) ?? 0n;
  const difficulty = rules.work === undefined ? 0n : header.difficulty;
  return {
    fork: rules.hardfork,
    number,
    timestamp,
    coinbase: blockOverrides.coinbase ?? header.coinbase,
    gasLimit: blockOverrides.gasLimit ?? header.gasLimit,
    baseFeePerGas: blockOverrides.baseFeePerGas ?? (validates ? baseFeeAfter(rules, header) : 0n),
    difficulty,
    prevRandao: rules.work === undefined ? (blockOverrides.prevRandao ?? ZERO_HASH) : bigIntToWord(difficulty),
    excessBlobGas,
    blobBaseFee: blockOverrides.blobBaseFee ?? rules.blobs?.baseFee(excessBlobGas) ?? 0n,
    parentHash: hash,
    parentBeaconBlockRoot: blockOverrides.beaconRoot ?? ZERO_HASH,
    extraData: EMPTY_BYTES,
  };
}

function baseFeeAfter(rules: Ledger["rules"], header: BlockHeader): bigint {
  return rules.nextBaseFee(header);
}

async function simulateBlock(
  { rules, executor, chainId, state: liveState }: Ledger,
  state: State,
  settled: BlockEnvironment,
  { calls, stateOverrides, blockOverrides }: PlannedBlock,
  { validation = false, traceTransfers = false }: SimulationRequest,
  budget: { left: bigint | undefined },
): Promise<SimulatedBlock> {
  const precompileMoves = overrideState(state, stateOverrides, rules);
  const given = blockOverrides?.blockHashes;
  const environment: BlockEnvironment = {
    ...settled,
    ...(precompileMoves === undefined ? {} : { precompileMoves }),
    blockHash: (number) => given?.get(number) ?? settled.blockHash(number),
  };
  const transactions: Transaction[] = [];
  const results: ExecutionResult[] = [];
  const logs: (readonly NumberedLog[])[] = [];
  const collector = createTransferLogs(traceTransfers);
  let gasLeft = environment.gasLimit;
  beginBlock(state, rules, environment);
  for (const call of calls) {
    const wanted = call.gasLimit ?? gasLeft;
    if (wanted > gasLeft) {
      throw new ChainError("TX_GAS_ABOVE_BLOCK_LIMIT", `The block has ${gasLeft} gas left; the call wants ${wanted}`, {
        gasLimit: wanted,
        blockGasLimit: gasLeft,
      });
    }
    const gasLimit = budget.left !== undefined && budget.left < wanted ? budget.left : wanted;
    const nonce = state.getNonce(call.from ?? NO_SENDER);
    const transaction = unsignedTransaction(call, { nonce, gasLimit, chainId });
    const result = await executor.execute(
      state,
      {
        ...executionOf(transaction),
        ...(validation ? {} : { nonce: undefined }),
        mayHaveCode: true,
        ignoresGasCap: true,
        chargesFees: validation || transaction.maxFeePerGas > 0n || transaction.maxPriorityFeePerGas > 0n,
      },
      environment,
      collector.tracer,
    );
    gasLeft -= result.gasUsed;
    if (budget.left !== undefined) budget.left -= result.gasUsed;
    transactions.push(transaction);
    results.push(result);
    logs.push(collector.take());
  }
  endBlock(state, rules, environment);
  // A state that lies over one of the past has no tries of its own.
  const root = state === liveState ? toHex(accountsRoot(state.root())) : ZERO_HASH;
  const block = closeBlock(environment, root, transactions, results);
  return { block, calls: results.map((result, index) => writeResult(block, index, result, logs[index] ?? [])) };
}

function writeResult(
  { header, hash, transactions }: Block,
  transactionIndex: number,
  result: ExecutionResult,
  logs: readonly NumberedLog[],
): SimulatedCallResult {
  return {
    success: result.success,
    haltReason: result.haltReason,
    returnData: result.returnData,
    gasUsed: result.gasUsed,
    maxGasUsed: result.gasUsedBeforeRefund,
    logs: logs.map((log) => ({
      ...log,
      blockHash: hash,
      blockNumber: header.number,
      blockTimestamp: header.timestamp,
      transactionHash: transactions[transactionIndex]?.hash ?? hash,
      transactionIndex,
    })),
  };
}
