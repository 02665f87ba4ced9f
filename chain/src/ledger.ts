import type { BlockClock, ClockSnapshot } from "./builder/block-clock.ts";
import type { BlockEnvironment } from "./builder/build-block.ts";
import type { HashSequence } from "./builder/hash-sequence.ts";
import { bigIntToWord } from "./codec/hex.ts";
import type { Tracer } from "./engine/tracer.ts";
import type { Executor } from "./executor/executor.ts";
import type { Past } from "./fork/past.ts";
import type { BlobStore } from "./pool/blob-store.ts";
import type { TransactionPool } from "./pool/transaction-pool.ts";
import type { Rules } from "./rules/rules.ts";
import type { State, StateSnapshot } from "./state/state.ts";
import type { BlockStore } from "./store/block-store.ts";
import type { Address, Block, Hash, Transaction } from "./types.ts";

/** What can be set for the next block, or from the next block on. */
export interface Knobs {
  /** What CHAINID reads and signatures name. */
  chainId: bigint;
  coinbase: Address;
  blockGasLimit: bigint;
  /** Of transactions and calls that name none; `undefined`: what fits, and what fails is not mined. */
  readonly defaultGasLimit: bigint | undefined;
  minGasPrice: bigint;
  /** For one block only. */
  nextBaseFee: bigint | undefined;
  /** Of the headers to come. */
  extraData: Uint8Array;
}

/** The parts of one chain; what they have in common is this one record. */
export interface Ledger {
  readonly chainId: bigint;
  readonly rules: Rules;
  readonly executor: Executor;
  readonly state: State;
  readonly store: BlockStore;
  /** What a fork begins with: blocks and states of another chain. */
  readonly past: Past | undefined;
  readonly pool: TransactionPool;
  readonly blobs: BlobStore;
  readonly clock: BlockClock;
  readonly prevRandao: HashSequence;
  readonly beaconRoots: HashSequence;
  readonly knobs: Knobs;
  /** Every block has the base fee of its parent, unless one is set. */
  readonly fixedBaseFee: boolean;
  /** Watches every execution while set. */
  tracer: Tracer | undefined;
  /** Whether what fails is run once more to record what ran. */
  recordsFailures: boolean;
}

/** What a sealed block's environment is made of. */
export interface BlockHistory {
  readonly rules: Rules;
  readonly store: Pick<BlockStore, "byNumber">;
  readonly past?: Ledger["past"];
}

/** Everything a snapshot returns to. */
export interface LedgerSnapshot {
  readonly state: StateSnapshot;
  readonly head: bigint;
  readonly pool: readonly Transaction[];
  readonly clock: ClockSnapshot;
  readonly prevRandao: Hash;
  readonly beaconRoot: Hash;
  readonly knobs: Knobs;
}

/** Marks the present of a ledger. */
export function snapshotLedger(ledger: Ledger): LedgerSnapshot {
  return {
    state: ledger.state.snapshot(),
    head: ledger.store.head().block.header.number,
    pool: ledger.pool.snapshot(),
    clock: ledger.clock.snapshot(),
    prevRandao: ledger.prevRandao.peek(),
    beaconRoot: ledger.beaconRoots.peek(),
    knobs: { ...ledger.knobs },
  };
}

/** Returns a ledger to a snapshot, which is used up. Its time goes on from where it was. */
export function restoreLedger(ledger: Ledger, snapshot: LedgerSnapshot): void {
  rollBackLedger(ledger, snapshot);
  ledger.clock.restore(snapshot.clock);
}

/** The same, but the time that passed stays passed: for an order that turned out not to count. */
export function rollBackLedger(ledger: Ledger, snapshot: LedgerSnapshot): void {
  ledger.state.restore(snapshot.state);
  ledger.state.release(snapshot.state);
  ledger.store.truncate(snapshot.head);
  ledger.pool.restore(snapshot.pool);
  ledger.clock.rollBack(snapshot.clock);
  ledger.prevRandao.setNext(snapshot.prevRandao);
  ledger.beaconRoots.setNext(snapshot.beaconRoot);
  Object.assign(ledger.knobs, snapshot.knobs);
}

/** Base fee of the next block, wei per gas. */
export function nextBaseFee(ledger: Ledger): bigint {
  const { header } = ledger.store.head().block;
  return (
    ledger.knobs.nextBaseFee ?? (ledger.fixedBaseFee ? (header.baseFeePerGas ?? 0n) : ledger.rules.nextBaseFee(header))
  );
}

/** Price of blob gas in the next block, wei; 0 before Cancun. */
export function nextBlobBaseFee({ rules: { blobs }, store }: Ledger): bigint {
  return blobs?.baseFee(blobs.excessAfter(store.head().block.header)) ?? 0n;
}

/** The environment of the next block, as it would be now or at a given timestamp. Settles nothing. */
export function nextEnvironment(ledger: Ledger, timestamp?: bigint): BlockEnvironment {
  const { header, hash } = ledger.store.head().block;
  const { hardfork, blobs, work } = ledger.rules;
  const number = header.number + 1n;
  const time = timestamp ?? ledger.clock.peek(header.timestamp);
  const difficulty = work?.difficultyAfter(header, time) ?? 0n;
  const excessBlobGas = blobs?.excessAfter(header) ?? 0n;
  return {
    fork: hardfork,
    number,
    timestamp: time,
    coinbase: ledger.knobs.coinbase,
    gasLimit: ledger.knobs.blockGasLimit,
    baseFeePerGas: nextBaseFee(ledger),
    difficulty,
    prevRandao: work === undefined ? ledger.prevRandao.peek() : bigIntToWord(difficulty),
    excessBlobGas,
    blobBaseFee: blobs?.baseFee(excessBlobGas) ?? 0n,
    blockHash: (wanted) => blockHash(ledger, number, wanted),
    parentHash: hash,
    parentBeaconBlockRoot: ledger.beaconRoots.peek(),
    extraData: ledger.knobs.extraData,
  };
}

/** The environment a sealed block's transactions saw. */
export function environmentOf(
  ledger: BlockHistory,
  { block: { header } }: { readonly block: Pick<Block, "header"> },
): BlockEnvironment {
  const { hardfork, blobs, work } = ledger.rules;
  const { difficulty, excessBlobGas = 0n } = header;
  return {
    fork: hardfork,
    number: header.number,
    timestamp: header.timestamp,
    coinbase: header.coinbase,
    gasLimit: header.gasLimit,
    baseFeePerGas: header.baseFeePerGas ?? 0n,
    difficulty,
    prevRandao: work === undefined ? header.prevRandao : bigIntToWord(difficulty),
    excessBlobGas,
    blobBaseFee: blobs?.baseFee(excessBlobGas) ?? 0n,
    blockHash: (wanted) => blockHash(ledger, header.number, wanted),
    parentHash: header.parentHash,
    parentBeaconBlockRoot: header.parentBeaconBlockRoot ?? ZERO_HASH,
    extraData: header.extraData,
  };
}

const ZERO_HASH: Hash = `0x${"0".repeat(64)}`;

function blockHash(ledger: BlockHistory, current: bigint, wanted: bigint): Hash | undefined {
  if (wanted >= current || wanted < current - 256n) return undefined;
  const { past, store } = ledger;
  return past !== undefined && wanted <= past.last.block.header.number
    ? past.hashOf(wanted)
    : store.byNumber(wanted)?.block.hash;
}
