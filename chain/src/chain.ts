import type { ChainControls } from "./controls.ts";
import type { Tracer } from "./engine/tracer.ts";
import type { AccessListResult } from "./executor/access-list.ts";
import type { ChainInspection } from "./inspection.ts";
import type { ProtocolReads } from "./protocol-reads.ts";
import type { ChainReorganisation } from "./reorganisation.ts";
import type { SimulatedBlock, SimulationRequest } from "./simulation/simulation.ts";
import type { ChainTracing } from "./trace/tracing.ts";
import type {
  AccountProof,
  Address,
  Awaitable,
  Block,
  BlockOverrides,
  BlockSelector,
  CallRequest,
  CallResult,
  EstimateResult,
  FeeHistory,
  Hash,
  LogFilter,
  PlacedLog,
  Receipt,
  StateOverride,
  SubmitResult,
  Transaction,
  TransactionRequest,
  Word,
} from "./types.ts";

/** What subscribers are told. `logs` comes once per block, after `newHead`, in order; nothing comes for an empty list. */
export interface ChainEvents {
  newHead(block: Block): void;
  logs(logs: readonly PlacedLog[]): void;
  /** A valid transaction entered the pool. */
  pendingTransaction(transaction: Transaction): void;
}

/** The block of another chain that a fork began with. */
export interface ForkOrigin {
  /** Chain id of the other chain. */
  readonly chainId: bigint;
  readonly number: bigint;
  readonly hash: Hash;
  /** Endpoint it is read from, without secrets. */
  readonly url: string;
}

/** Options of one read-only execution. */
export interface CallOptions {
  /** State and block context. Default `latest`, as in Hardhat's network: block number and time are those of that block. */
  readonly block?: BlockSelector;
  readonly stateOverrides?: ReadonlyMap<Address, StateOverride>;
  readonly blockOverrides?: BlockOverrides;
  readonly tracer?: Tracer;
}

/** A transaction's fields that a chain reports beside it. */
export interface LocatedTransaction {
  readonly transaction: Transaction;
  /** `undefined` while it waits in the pool. */
  readonly receipt: Receipt | undefined;
  /** `undefined` while it waits in the pool. */
  readonly block: Block | undefined;
}

/** How blocks come to be. */
export interface MiningMode {
  /** A block per submitted transaction, at once. */
  readonly automine: boolean;
  /** Milliseconds between blocks made by a timer; 0: no timer. Two numbers: a random pause between them. */
  readonly interval: number | readonly [number, number];
}

/**
 * One chain, in memory. Everything that `rpc` serves is here; handlers only convert. `createCore(options)` makes one; `createChain` puts the
 * provider of `rpc` on top.
 *
 * Orders (`send*`, `mine*`, `set*`, `revert`, …) and executions run one after the other, in the order of their calls, whatever the caller
 * awaits: two concurrent orders never see each other's halves. Methods that return {@link Awaitable} answer at once if the chain is idle.
 *
 * Refusals throw (or reject with) `ChainError`; its `code` is listed with each method.
 */
export interface Chain extends ChainControls, ChainReorganisation, ProtocolReads {
  /** EIP-155 chain id. */
  readonly chainId: bigint;
  /** The block of another chain that this one began with, if it did. */
  forkedFrom(): ForkOrigin | undefined;
  /** Name of the fork whose rules apply, `cancun`. */
  readonly hardfork: string;
  /** Addresses the chain can sign for, in derivation order. */
  readonly accounts: readonly Address[];
  /** Private key of one of {@link accounts}, to sign messages and typed data; `undefined` for another address. */
  privateKeyOf(address: Address): Uint8Array | undefined;

  // ── Reads: the chain of blocks ──

  /** The head. */
  latestBlock(): Block;
  /** The block, or `undefined` if there is none. `pending` executes what waits in the pool on top of the head. */
  getBlock(selector: BlockSelector): Awaitable<Block | undefined>;
  /** Transaction by hash, mined or waiting; `undefined` if unknown. */
  getTransaction(hash: Hash): Awaitable<LocatedTransaction | undefined>;
  /** The transaction of a sender with a nonce, mined or waiting; `undefined` if unknown. Costs a search through the blocks. */
  findTransaction(sender: Address, nonce: bigint): Awaitable<LocatedTransaction | undefined>;
  /** Receipt of a mined transaction; `undefined` if unknown or waiting. */
  getReceipt(hash: Hash): Awaitable<Receipt | undefined>;
  /** Receipts of a block, or `undefined` if there is none. Of a block from before a fork they are fetched. */
  getReceipts(selector: BlockSelector): Awaitable<readonly Receipt[] | undefined>;
  /**
   * Logs that match, in chain order. Blooms are used to skip blocks.
   * @throws ChainError `BLOCK_NOT_FOUND` for an unknown block hash; a range beyond the head ends at the head
   */
  getLogs(filter: LogFilter): Awaitable<readonly PlacedLog[]>;
  /**
   * Figures of `eth_feeHistory`.
   * @param count number of blocks wanted, ending with `newest`; fewer come back near genesis
   * @param percentiles ascending, 0 to 100
   * @throws ChainError `BLOCK_NOT_FOUND`, `FORK_TOO_OLD` before London
   */
  getFeeHistory(count: number, newest: BlockSelector, percentiles: readonly number[]): Awaitable<FeeHistory>;
  /** Transactions that wait in the pool, executable ones (no nonce gap) apart from the rest; each list in the order of execution. */
  pooledTransactions(): { readonly pending: readonly Transaction[]; readonly queued: readonly Transaction[] };

  // ── Reads: state. All throw ChainError `BLOCK_NOT_FOUND` for an unknown block. Default block: latest. ──

  /** Balance in wei; 0 for an unknown account. */
  getBalance(address: Address, block?: BlockSelector): Awaitable<bigint>;
  /** Number of transactions sent (or contracts created); with `pending`, waiting ones count. */
  getNonce(address: Address, block?: BlockSelector): Awaitable<bigint>;
  /** Code; empty for an account without. */
  getCode(address: Address, block?: BlockSelector): Awaitable<Uint8Array>;
  /** Storage word; zero if never written. */
  getStorageAt(address: Address, slot: Word, block?: BlockSelector): Awaitable<Word>;
  /** EIP-1186 proof against the state root of the block. */
  getProof(address: Address, slots: readonly Word[], block?: BlockSelector): Awaitable<AccountProof>;

  // ── Executions that leave no trace ──

  /**
   * Executes a request on the state of a block and undoes it. A revert is a result with `success: false`.
   * @throws ChainError `BLOCK_NOT_FOUND`, `TX_GAS_BELOW_INTRINSIC`, `TX_INSUFFICIENT_FUNDS` (value beyond the balance, or fees if a price is given),
   * `TX_FEE_CAP_BELOW_BASE_FEE`, `TX_TIP_ABOVE_FEE_CAP`, `TX_INITCODE_TOO_LARGE`; `OVERRIDE_*` for state overrides that cannot be
   */
  call(request: CallRequest, options?: CallOptions): Promise<CallResult>;
  /**
   * Smallest gas limit with which the request succeeds, by binary search as geth does; at most the block gas limit.
   * If the request fails even with that limit, its failure comes back.
   * Default block: `pending`, as in Hardhat's network.
   * @throws ChainError as {@link call}
   */
  estimateGas(request: CallRequest, options?: CallOptions): Promise<EstimateResult>;
  /**
   * Replays a mined transaction after those before it in its block, under a tracer. Leaves no trace.
   * @throws ChainError `TRANSACTION_NOT_FOUND`
   */
  traceTransaction(hash: Hash, tracer: Tracer): Promise<CallResult>;
  /**
   * Executes calls in blocks that are not made, one on top of the other (`eth_simulateV1`).
   * @throws ChainError `BLOCK_NOT_FOUND`, `SIMULATION_*`, `OVERRIDE_*` and the `TX_*` code of a call that no block would take
   */
  simulate(request: SimulationRequest): Promise<readonly SimulatedBlock[]>;
  /**
   * The accounts and slots that a call touches, as an access list (EIP-2930), and what it does with that list.
   * @throws ChainError as {@link call}
   */
  createAccessList(request: CallRequest, options?: Omit<CallOptions, "tracer">): Promise<AccessListResult>;
  /** The tracers of geth over the blocks of the chain and over calls. */
  readonly trace: ChainTracing;
  /** Storage and accounts by ranges, code by its hash. */
  readonly inspect: ChainInspection;
  /** Sets a tracer for every following execution (transactions, calls; not replays), `undefined` removes it. Meant for `console.log`. */
  setTracer(tracer: Tracer | undefined): void;
  /**
   * Turns recording on or off: while it is on, a call, estimate or automined transaction that fails is run once more, and its result has a
   * `record` of what ran, from which a stack trace can be inferred. What succeeds costs nothing.
   */
  recordFailures(enabled: boolean): void;

  // ── Transactions ──

  /**
   * Signs (or, for an impersonated account, marks) and submits. With automine the block is made before this returns; if the transaction
   * failed in it, `receipt.status` is 0 and the receipt carries revert data and halt reason: the rpc layer reports the error, the block stays.
   * @throws ChainError `ACCOUNT_UNKNOWN` (neither known nor impersonated) and every `TX_*` code
   */
  sendTransaction(request: TransactionRequest): Promise<SubmitResult>;
  /**
   * Decodes, checks and submits a signed transaction of any type, one with blobs in its network wrapper. See {@link sendTransaction} for automine.
   * @throws ChainError every `TX_*` code
   */
  sendRawTransaction(raw: Uint8Array): Promise<SubmitResult>;
  /**
   * Takes a waiting transaction out of the pool.
   * @returns false if the pool does not hold it
   * @throws ChainError `TX_ALREADY_MINED`
   */
  dropTransaction(hash: Hash): Awaitable<boolean>;

  // ── Mining ──

  /**
   * Makes blocks from the pool.
   * @param count how many, default 1; of very many empty ones, those between the first few and the last are made when they are asked for
   * @param interval seconds between their timestamps, default 1; the first block follows the clock
   * @returns the blocks made, without those that are made when they are asked for
   * @throws ChainError `TIMESTAMP_TOO_HIGH`
   */
  mine(count?: bigint, interval?: bigint): Promise<readonly Block[]>;
  /** @returns automine and interval as they are */
  miningMode(): MiningMode;
  /** Turns a block per transaction on or off. */
  setAutomine(enabled: boolean): void;
  /** Starts (or with 0 stops) the block timer. */
  setIntervalMining(interval: number | readonly [number, number]): void;

  // ── Time ──

  /**
   * Timestamp (seconds) of the next block only; later blocks go on from there by the clock.
   * @throws ChainError `TIMESTAMP_NOT_AFTER_PARENT`
   */
  setNextBlockTimestamp(timestamp: bigint): Awaitable<void>;
  /**
   * Moves the chain's time ahead of the clock.
   * @param seconds added to the offset; may be 0
   * @returns the whole offset, seconds
   */
  increaseTime(seconds: bigint): Awaitable<bigint>;

  // ── Knobs of the next block ──

  /** Base fee of the next block only, wei per gas. @throws ChainError `FORK_TOO_OLD` before London */
  setNextBlockBaseFeePerGas(baseFee: bigint): Awaitable<void>;
  /** PREVRANDAO of the next block only. @throws ChainError `FORK_TOO_OLD` before Paris */
  setPrevRandao(value: Word): Awaitable<void>;
  /** Beneficiary of all following blocks. */
  setCoinbase(address: Address): Awaitable<void>;
  /** @returns beneficiary of the next block */
  coinbase(): Address;
  /** Gas limit of all following blocks. */
  setBlockGasLimit(gasLimit: bigint): Awaitable<void>;
  /** @returns base fee the next block will have, wei per gas */
  nextBlockBaseFeePerGas(): bigint;
  /**
   * Id of the chain from now on, for CHAINID, for signatures, and for transactions executed again. A return to a snapshot brings the old one back.
   * @throws ChainError `OPTION_INVALID` for a chain on disk
   */
  setChainId(chainId: bigint): Awaitable<void>;
  /** Least tip (before EIP-1559: price) that automine accepts, wei per gas. */
  setMinGasPrice(price: bigint): Awaitable<void>;

  // ── Snapshots ──

  /** Marks the present: blocks, state, pool, time and the knobs of the next block (not mining mode and impersonation). Costs O(1). @returns its id, counting from 1 */
  snapshot(): Awaitable<bigint>;
  /**
   * Returns to a snapshot and forgets it and all later ones. Costs what changed since.
   * @returns false if there is no such snapshot
   */
  revert(id: bigint): Awaitable<boolean>;

  // ── State edits. They take effect at once, also for reads at the latest block, and enter the state root with the next block. ──

  /** @param balance wei */
  setBalance(address: Address, balance: bigint): Awaitable<void>;
  /** @throws ChainError `TX_NONCE_TOO_LOW` if smaller than the present one */
  setNonce(address: Address, nonce: bigint): Awaitable<void>;
  setCode(address: Address, code: Uint8Array): Awaitable<void>;
  setStorageAt(address: Address, slot: Word, value: Word): Awaitable<void>;

  // ── Impersonation ──

  /** From now on {@link sendTransaction} accepts this sender, contract or not. */
  impersonate(address: Address): void;
  /** @returns false if it was not impersonated */
  stopImpersonating(address: Address): boolean;
  /** Accept every sender. */
  setAutoImpersonate(enabled: boolean): void;
  isImpersonated(address: Address): boolean;

  // ── Events, end ──

  /** Listens until the returned function is called. Listeners run after the order that caused the event is complete. */
  on<K extends keyof ChainEvents>(event: K, listener: ChainEvents[K]): () => void;
  /**
   * Waits until everything ordered so far is on disk, if the chain is kept there: an answer may leave then. Many orders share one commit.
   * @throws ChainError `DATA_WRITE_FAILED`
   */
  settle(): Promise<void> | undefined;
  /** Stops timers and drops listeners. A chain on disk writes what is left and frees its folder. */
  close(): Awaitable<void>;
}
