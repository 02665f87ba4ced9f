import { toHex } from "../codec/hex.ts";
import type { BlockContext } from "../engine/engine.ts";
import type { Tracer } from "../engine/tracer.ts";
import { ChainError } from "../errors.ts";
import { type ExecutionResult, type Executor, executionOf } from "../executor/executor.ts";
import { recordExecution } from "../executor/record-execution.ts";
import { isRemoteFailure } from "../fork/remote-failure.ts";
import type { Fork } from "../rules/fork.ts";
import type { Rules } from "../rules/rules.ts";
import { type AccountTrie, accountsRoot } from "../state/account-leaf.ts";
import type { PastState } from "../state/past-state.ts";
import type { State } from "../state/state.ts";
import type { RecordedFrame } from "../trace/solidity/execution-record.ts";
import type { Block, BlockHeader, Hash, Transaction } from "../types.ts";
import {
  blockSize,
  digestHeader,
  lengthInBlock,
  type ReceiptFigures,
  receiptsRoot,
  transactionsRoot,
} from "./block-codec.ts";
import { beginBlock, endBlock } from "./block-steps.ts";
import { bloomOf, mergeBlooms } from "./bloom.ts";
import { forkFieldsOf } from "./header-fields.ts";
import { placeReceipts } from "./place-receipts.ts";

/** What is settled about a block before its transactions run. */
export interface BlockEnvironment extends BlockContext {
  /** Decides the shape of the header. */
  readonly fork: Fork;
  readonly parentHash: Hash;
  /** 0 since Paris. */
  readonly difficulty: bigint;
  /** 0 before Cancun. */
  readonly excessBlobGas: bigint;
  readonly parentBeaconBlockRoot: Hash;
  readonly extraData: Uint8Array;
}

/** A block with the state it left. */
export interface SealedBlock {
  readonly block: Block;
  /** State it started from: its parent's, with the edits made in between. */
  readonly before: AccountTrie | PastState | undefined;
  readonly after: AccountTrie | PastState | undefined;
  /** What it changed, if the state writes that down ({@link State.changes}): the edits made before it, and all of it. */
  readonly changes: { readonly edits: Uint8Array; readonly all: Uint8Array };
}

/** A built block and the transactions that turned out not to fit the state. */
export interface BuildResult extends SealedBlock {
  readonly after: AccountTrie | undefined;
  readonly refused: readonly { readonly transaction: Transaction; readonly error: ChainError }[];
  /** What ran in the watched transaction, if it failed. */
  readonly record?: RecordedFrame;
}

/** Hash of an empty list of ommers; there are none here, and none at all since the merge. */
const EMPTY_OMMERS_HASH: Hash = "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347";

/**
 * Executes transactions in the order given and closes the block over them. One that no longer fits the gas, the blobs or the bytes that are
 * left is passed over, with all later ones of its sender; one that the state refuses is reported. Changes the state; undoing that is the
 * caller's affair.
 * @param watched if this one fails, what ran is recorded
 */
export async function buildBlock(
  state: State,
  executor: Executor,
  environment: BlockEnvironment,
  transactions: Iterable<Transaction>,
  tracer?: Tracer,
  watched?: Transaction,
): Promise<BuildResult> {
  const included: Transaction[] = [];
  const results: ExecutionResult[] = [];
  const refused: { transaction: Transaction; error: ChainError }[] = [];
  const passedOver = new Set<string>();
  const room = roomOf(environment, executor.rules);
  const before = state.root();
  const edits = state.changes();
  beginBlock(state, executor.rules, environment);
  let record: RecordedFrame | undefined;
  for (const transaction of transactions) {
    if (passedOver.has(transaction.from)) continue;
    if (!room.takes(transaction)) {
      passedOver.add(transaction.from);
      continue;
    }
    const mark = state.checkpoint();
    try {
      const result = await executor.execute(state, executionOf(transaction), environment, tracer);
      if (!result.success && transaction === watched) {
        state.revert(mark);
        record = await recordExecution(state, (recorder) =>
          executor.execute(state, executionOf(transaction), environment, recorder),
        );
      }
      included.push(transaction);
      results.push(result);
      room.fill(transaction, result.gasUsed);
    } catch (error) {
      // The remote node of a fork is not to blame the transaction for. But also when the engine itself failed: one such transaction must not keep the chain from going on.
      if (!(error instanceof ChainError) || isRemoteFailure(error)) throw error;
      state.revert(mark);
      refused.push({ transaction, error });
      passedOver.add(transaction.from);
    }
  }
  endBlock(state, executor.rules, environment);
  const after = state.root();
  const changes = { edits, all: state.changes() };
  const block = closeBlock(environment, toHex(accountsRoot(after)), included, results);
  return { block, before, after, changes, refused, ...(record === undefined ? {} : { record }) };
}

/** Bytes that are kept for the header and the list prefixes when a block's size is limited. */
const HEAD_SIZE = 1_024;

/** What is left of a block. */
function roomOf({ gasLimit }: BlockEnvironment, { blobs, maxBlockSize }: Rules) {
  let gas = gasLimit;
  let blobCount = blobs?.maxPerBlock ?? 0;
  let size = maxBlockSize === undefined ? Number.POSITIVE_INFINITY : maxBlockSize - HEAD_SIZE;
  return {
    takes: (transaction: Transaction): boolean =>
      transaction.gasLimit <= gas &&
      (transaction.blobHashes?.length ?? 0) <= blobCount &&
      (maxBlockSize === undefined || lengthInBlock(transaction) <= size),
    fill(transaction: Transaction, gasUsed: bigint): void {
      gas -= gasUsed;
      blobCount -= transaction.blobHashes?.length ?? 0;
      size -= lengthInBlock(transaction);
    },
  };
}

/** Header, hash and receipts over executed transactions. */
export function closeBlock(
  environment: BlockEnvironment,
  stateRoot: Hash,
  transactions: readonly Transaction[],
  results: readonly ExecutionResult[],
): Block {
  const blooms: Uint8Array[] = [];
  const figures: ReceiptFigures[] = [];
  let gasUsed = 0n;
  let blobGasUsed = 0n;
  for (let i = 0; i < results.length; i++) {
    const result = results[i] as ExecutionResult;
    const bloom = bloomOf(result.logs);
    gasUsed += result.gasUsed;
    blobGasUsed += result.blobGasUsed;
    blooms.push(bloom);
    figures.push({
      type: transactions[i]?.type ?? 0,
      status: result.success ? 1 : 0,
      cumulativeGasUsed: gasUsed,
      logsBloom: bloom,
      logs: result.logs,
    });
  }
  const forked = forkFieldsOf(environment, blobGasUsed);
  // Field by field: made for every transaction, and spreading costs as much as hashing.
  const header: BlockHeader = {
    parentHash: environment.parentHash,
    ommersHash: EMPTY_OMMERS_HASH,
    coinbase: environment.coinbase,
    stateRoot,
    transactionsRoot: transactionsRoot(transactions),
    receiptsRoot: receiptsRoot(figures),
    logsBloom: mergeBlooms(blooms),
    number: environment.number,
    gasLimit: environment.gasLimit,
    gasUsed,
    timestamp: environment.timestamp,
    extraData: environment.extraData,
    difficulty: forked.difficulty,
    prevRandao: forked.prevRandao,
    nonce: forked.nonce,
    baseFeePerGas: forked.baseFeePerGas,
    withdrawalsRoot: forked.withdrawalsRoot,
    blobGasUsed: forked.blobGasUsed,
    excessBlobGas: forked.excessBlobGas,
    parentBeaconBlockRoot: forked.parentBeaconBlockRoot,
    requestsHash: forked.requestsHash,
  };
  const { hash, length } = digestHeader(header);
  return {
    header,
    hash,
    transactions,
    receipts: placeReceipts(header, hash, transactions, results, blooms),
    size: blockSize(length, transactions, header.withdrawalsRoot !== undefined),
  };
}
