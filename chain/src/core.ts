import { createHashSequence } from "./builder/hash-sequence.ts";
import { createIntervalTimer } from "./builder/interval-timer.ts";
import { mineMany } from "./builder/mine-many.ts";
import { admit, createMiner } from "./builder/miner.ts";
import type { Chain } from "./chain.ts";
import { bytesToWord, fromHex, trimZeros } from "./codec/hex.ts";
import { createControls } from "./create-controls.ts";
import { createInspection } from "./create-inspection.ts";
import { createLedger } from "./create-ledger.ts";
import { createReorganisation } from "./create-reorganisation.ts";
import { ChainError } from "./errors.ts";
import { createEventHub, type EventHub } from "./event-hub.ts";
import { createAccessList } from "./executor/access-list.ts";
import { createCallViews } from "./executor/call-views.ts";
import { createSimulator } from "./executor/simulator.ts";
import type { OpenedFork } from "./fork/open-fork.ts";
import { forkOrigin } from "./fork/past.ts";
import { isRemoteFailure, showUrl } from "./fork/remote-failure.ts";
import { type LedgerSnapshot, nextBaseFee, restoreLedger, rollBackLedger, snapshotLedger } from "./ledger.ts";
import type { ChainOptions, ForkingOptions, Scheduler } from "./options.ts";
import { affordableGas, completeRequest } from "./pool/complete-request.ts";
import { nameBlobs } from "./pool/name-blobs.ts";
import { hasBlobs, openTransaction } from "./pool/open-raw.ts";
import { decodeTransaction, markTransaction, signTransaction } from "./pool/transaction-codec.ts";
import { createProtocolReads } from "./protocol-reads.ts";
import { resolveOptions } from "./resolve-options.ts";
import { requireFork } from "./rules/require-fork.ts";
import { simulateBlocks } from "./simulation/simulate-blocks.ts";
import { patiently } from "./state/missing-page.ts";
import { proveAccount } from "./state/state-reader.ts";
import type { ChainData } from "./store/durable/chain-data.ts";
import type { Impersonation } from "./store/durable/development-state.ts";
import { findTransaction } from "./store/find-transaction.ts";
import { createHistory } from "./store/history.ts";
import { createViews } from "./store/views.ts";
import { createTracing } from "./trace/create-tracing.ts";
import { createTurnstile } from "./turnstile.ts";
import type { Address, Awaitable, SubmitResult, Transaction, TransactionRequest } from "./types.ts";

/** Options of a core: it takes neither the time nor a timer by itself. */
export interface CoreOptions extends ChainOptions {
  readonly clock: () => number;
  readonly schedule: Scheduler;
  /** The open folder that the chain is kept in. Default: none, and it ends with the process. */
  readonly data?: ChainData;
  /** The block of {@link ChainOptions.forking}, found by `openFork`. `createChain` does that. */
  readonly fork?: OpenedFork;
  /** Finds the block of another chain, for a reset. */
  readonly openFork?: (forking: ForkingOptions) => Promise<OpenedFork>;
}

/** A chain that is what its options made it. */
export interface CoreChain extends Omit<Chain, "reset"> {
  /** Stops the timer; the listeners go on to another chain. */
  stop(): void;
}

/** Orders after which writing begins beside a long batch, so that its end need not wait for all of it. */
const MOST_UNWRITTEN = 32;

/**
 * Makes a chain over its genesis block. Reads no clock and starts no timer but those it is given: the same options, clock readings
 * and orders give byte-identical blocks.
 * @param options what it is like
 * @param events whom it tells
 * @throws ChainError `OPTION_INVALID`
 */
export function createCore(options: CoreOptions, events: EventHub = createEventHub()): CoreChain {
  const resolved = resolveOptions(options);
  if (options.forking !== undefined && options.fork === undefined)
    throw new ChainError("OPTION_INVALID", "A chain that forks another is made by createChain: it has to ask first", {
      forking: showUrl(options.forking.url),
    });
  const ledger = createLedger(resolved, options.clock, options);
  const { state, store, pool, clock, knobs } = ledger;
  const miner = createMiner(ledger, events);
  const views = createViews(ledger);
  const history = createHistory(ledger, views);
  const callViews = createCallViews(ledger, views, miner);
  const simulator = createSimulator(ledger, callViews);
  const turnstile = createTurnstile();
  const rawTypes = ledger.rules.transactionTypes.filter((type) => type !== 3);
  const keys = new Map<Address, Uint8Array>(resolved.accounts.map(({ address, privateKey }) => [address, privateKey]));
  const accounts = resolved.accounts.map(({ address }) => address);
  const impersonation: Impersonation = { everyone: false, accounts: new Set() };
  const keeper = options.data?.keep(ledger, impersonation);
  const snapshots = new Map<bigint, LedgerSnapshot>();
  let nextSnapshotId = 1n;
  let { automine } = resolved;
  let settling: NodeJS.Immediate | undefined;
  let unwritten = 0;
  const timer = createIntervalTimer(
    options.schedule,
    async () => order(() => miner.mineOne()),
    createHashSequence(`${resolved.seed} interval`),
  );

  /** Waits for its turn, works, then tells the listeners. */
  function order<T>(work: () => Awaitable<T>): Awaitable<T> {
    // What misses a page of a fork has not changed anything yet, or is restarted further down, where it has.
    const answer = turnstile.pass(ledger.past === undefined ? work : () => patiently(work));
    if (answer instanceof Promise) return answer.finally(complete);
    complete();
    return answer;
  }

  function complete(): void {
    events.flush();
    if (keeper === undefined) return;
    if (++unwritten >= MOST_UNWRITTEN) settle()?.catch(() => {});
    if (settling !== undefined) return;
    // What nobody waits for is written all the same, once this round of orders is over.
    settling = setImmediate(() => {
      settling = undefined;
      settle()?.catch(() => {});
    });
  }

  /** Waits between two orders: half an order is never written. */
  function settle(): Promise<void> | undefined {
    if (keeper === undefined) return undefined;
    unwritten = 0;
    const flushed = turnstile.pass(keeper.flush);
    return flushed instanceof Promise ? flushed.then(keeper.settled) : keeper.settled();
  }

  async function submit(transaction: Transaction): Promise<SubmitResult> {
    admit(ledger, transaction, automine);
    // Hardhat's network marks the present before a block of its own accord; recorded requests count on the ids that come after.
    if (automine && transaction.type !== 3) nextSnapshotId++;
    pool.add(transaction);
    events.pendingTransaction(transaction);
    try {
      const mined = automine ? await miner.mineUntil(transaction) : { receipt: undefined };
      return { hash: transaction.hash, ...mined };
    } catch (error) {
      // It can be sent again when the remote node of the fork answers again.
      if (isRemoteFailure(error)) pool.remove(transaction.hash);
      throw error;
    }
  }

  async function submitWithBlobs(raw: Uint8Array): Promise<SubmitResult> {
    const { transaction, sidecar } = await openTransaction(raw, ledger.rules, ledger.chainId);
    const result = await submit(transaction);
    ledger.blobs.keep(transaction.blobHashes ?? [], sidecar?.blobs ?? []);
    return result;
  }

  /** The key of an account that the chain sends for; `undefined` if it only impersonates it. */
  function keyFor(from: Address): Uint8Array | undefined {
    const key = keys.get(from);
    if (key === undefined && !impersonation.everyone && !impersonation.accounts.has(from)) {
      throw new ChainError("ACCOUNT_UNKNOWN", `The chain holds no key for ${from} and does not impersonate it`, {
        from,
      });
    }
    return key;
  }

  /** Completes a request but for its gas limit. @returns what signs it with one, or marks it, if its sender is impersonated */
  function prepare(request: TransactionRequest) {
    const { from } = request;
    const key = keyFor(from);
    const unsigned = completeRequest(ledger, request, ledger.chainId);
    const seal = (gasLimit: bigint): Transaction =>
      key === undefined
        ? markTransaction({ ...unsigned, gasLimit }, from)
        : signTransaction({ ...unsigned, gasLimit }, from, key);
    return { unsigned, seal };
  }

  async function send(request: TransactionRequest): Promise<SubmitResult> {
    const { from } = request;
    const { unsigned, seal } = prepare(request);
    const gasLimit = request.gasLimit ?? knobs.defaultGasLimit;
    if (gasLimit !== undefined) return submit(seal(gasLimit));
    if (automine) return submitUnlessFailing(seal(affordableGas(ledger, unsigned, from)));
    const { nonce: _nonce, chainId: _chainId, ...call } = request;
    const estimate = await simulator.estimateGas(call, { block: "pending" });
    if (estimate.success) return submit(seal(estimate.gasLimit));
    return { hash: seal(knobs.blockGasLimit).hash, refused: estimate, receipt: undefined };
  }

  /** Mines a transaction, and takes everything back if it fails: one execution serves as estimate and as the real thing. */
  async function submitUnlessFailing(transaction: Transaction): Promise<SubmitResult> {
    const before = snapshotLedger(ledger);
    let result: SubmitResult;
    try {
      result = await submit(transaction);
    } catch (error) {
      state.release(before.state);
      throw error;
    }
    if (result.receipt === undefined || result.receipt.status === 1) {
      state.release(before.state);
      return result;
    }
    const { gasUsed, returnData, haltReason } = result.receipt;
    rollBackLedger(ledger, before);
    events.discard();
    const record = result.record === undefined ? {} : { record: result.record };
    return {
      hash: result.hash,
      refused: { success: false, returnData, gasUsed, haltReason, logs: [], createdAddress: undefined, ...record },
      receipt: undefined,
    };
  }

  timer.set(resolved.interval);

  return {
    ...createControls({ ledger, keys, accounts, simulator, order }),
    get chainId() {
      return ledger.chainId;
    },
    setChainId: (id) =>
      order(() => {
        if (keeper !== undefined)
          throw new ChainError(
            "OPTION_INVALID",
            "A chain on disk keeps its id: its blocks are executed again with it",
            {
              chainId: ledger.chainId,
            },
          );
        knobs.chainId = id;
      }),
    forkedFrom: () => forkOrigin(ledger.past),
    hardfork: ledger.rules.hardfork,
    accounts,
    privateKeyOf: (address) => keys.get(address),

    latestBlock: () => store.head().block,
    getBlock: (selector) =>
      order(() => (selector === "pending" ? miner.withPending(({ block }) => block) : views.sealed(selector)?.block)),
    getTransaction: (hash) => order(() => history.transaction(hash)),
    findTransaction: (sender, nonce) => order(() => findTransaction(ledger, sender, nonce)),
    getReceipt: (hash) => order(() => history.receipt(hash)),
    getReceipts: (selector) =>
      order(() =>
        selector === "pending"
          ? miner.withPending(({ block }) => block.receipts)
          : views.sealed(selector)?.block.receipts,
      ),
    getLogs: (filter) => order(() => history.logs(filter)),
    getFeeHistory: (count, newest, percentiles) => order(() => history.fees(count, newest, percentiles)),
    pooledTransactions: () => ({
      pending: pool.executable((address) => state.getNonce(address), 0n),
      queued: pool.gapped((address) => state.getNonce(address)),
    }),

    getBalance: (address, block = "latest") =>
      order(() => views.read(block, miner, (view) => view.getBalance(address))),
    getNonce: (address, block = "latest") =>
      order(() =>
        block === "pending"
          ? pool.nextNonce(address, (account) => state.getNonce(account))
          : views.read(block, miner, (view) => view.getNonce(address)),
      ),
    getCode: (address, block = "latest") => order(() => views.read(block, miner, (view) => view.getCode(address))),
    getStorageAt: (address, slot, block = "latest") =>
      order(() => views.read(block, miner, (view) => bytesToWord(view.getStorage(address, slot)))),
    getProof: (address, slots, block = "latest") =>
      order(() => views.root(block, miner, (root) => proveAccount(root, address, slots))),

    call: async (request, callOptions = {}) => order(() => simulator.call(request, callOptions)),
    estimateGas: async (request, callOptions = {}) => order(() => simulator.estimateGas(request, callOptions)),
    traceTransaction: async (hash, tracer) => order(() => simulator.traceTransaction(hash, tracer)),
    simulate: async (request) => order(() => simulateBlocks(ledger, views, miner, request)),
    createAccessList: async (request, callOptions = {}) =>
      order(() => createAccessList(ledger, callViews, request, callOptions)),
    trace: createTracing({ ledger, views, callViews, order, clock: options.clock, traceSize: resolved.traceSize }),
    inspect: createInspection({ ledger, views, order }),
    setTracer(tracer) {
      ledger.tracer = tracer;
    },
    recordFailures(enabled) {
      ledger.recordsFailures = enabled;
    },

    ...createProtocolReads(ledger),
    ...createReorganisation({
      ledger,
      miner,
      snapshots,
      seal: (request) => prepare(request).seal(request.gasLimit ?? knobs.blockGasLimit),
      order,
    }),

    sendTransaction: async (request) =>
      order(async () =>
        send(request.blobs === undefined ? request : await nameBlobs(request, ledger.rules, ledger.blobs)),
      ),
    sendRawTransaction: async (raw) => {
      if (hasBlobs(raw, ledger.rules)) return order(() => submitWithBlobs(raw));
      const transaction = decodeTransaction(raw, {
        chainId: ledger.chainId,
        fork: ledger.rules.hardfork,
        types: rawTypes,
      });
      return order(() => submit(transaction));
    },
    dropTransaction: (hash) =>
      order(() => {
        if (store.transaction(hash) !== undefined)
          throw new ChainError("TX_ALREADY_MINED", `The transaction ${hash} is in a block already`, { hash });
        return pool.remove(hash);
      }),

    mine: async (count = 1n, interval = 1n) => order(() => mineMany(ledger, miner, count, interval)),
    miningMode: () => ({ automine, interval: timer.interval }),
    setAutomine(enabled) {
      automine = enabled;
    },
    setIntervalMining: (interval) => timer.set(interval),

    setNextBlockTimestamp: (timestamp) => order(() => clock.setNext(timestamp, store.head().block.header.timestamp)),
    increaseTime: (seconds) => order(() => clock.increase(seconds)),

    setNextBlockBaseFeePerGas: (baseFee) =>
      order(() => {
        requireFork(ledger.rules, "london", "Base fees");
        knobs.nextBaseFee = baseFee;
      }),
    setPrevRandao: (value) =>
      order(() => {
        requireFork(ledger.rules, "paris", "PREVRANDAO");
        ledger.prevRandao.setNext(value);
      }),
    setCoinbase: (address) =>
      order(() => {
        knobs.coinbase = address;
      }),
    coinbase: () => knobs.coinbase,
    setBlockGasLimit: (gasLimit) =>
      order(() => {
        knobs.blockGasLimit = gasLimit;
      }),
    nextBlockBaseFeePerGas: () => nextBaseFee(ledger),
    setMinGasPrice: (price) =>
      order(() => {
        knobs.minGasPrice = price;
      }),

    snapshot: () =>
      order(() => {
        const id = nextSnapshotId++;
        snapshots.set(id, snapshotLedger(ledger));
        return id;
      }),
    revert: (id) =>
      order(() => {
        const snapshot = snapshots.get(id);
        if (snapshot === undefined) return false;
        for (const [other, { state: later }] of snapshots) {
          if (other < id) continue;
          snapshots.delete(other);
          if (other > id) state.release(later);
        }
        restoreLedger(ledger, snapshot);
        return true;
      }),

    setBalance: (address, balance) => order(() => state.setBalance(address, balance)),
    setNonce: (address, nonce) =>
      order(() => {
        const present = state.getNonce(address);
        if (nonce < present)
          throw new ChainError(
            "TX_NONCE_TOO_LOW",
            `The nonce of ${address} is ${present} and cannot go back to ${nonce}`,
            { nonce, expected: present },
          );
        state.setNonce(address, nonce);
      }),
    setCode: (address, code) => order(() => state.setCode(address, code)),
    setStorageAt: (address, slot, value) => order(() => state.setStorage(address, slot, trimZeros(fromHex(value)))),

    impersonate: (address) => {
      impersonation.accounts.add(address);
    },
    stopImpersonating: (address) => impersonation.accounts.delete(address),
    setAutoImpersonate(enabled) {
      impersonation.everyone = enabled;
    },
    isImpersonated: (address) => impersonation.everyone || impersonation.accounts.has(address),

    on: events.on,
    stop: () => timer.set(0),
    settle,
    close() {
      timer.set(0);
      events.clear();
      return keeper?.close();
    },
  };
}
