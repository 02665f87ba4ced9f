import type { SealedBlock } from "../builder/build-block.ts";
import type { BlockContext } from "../engine/engine.ts";
import { ChainError } from "../errors.ts";
import { type CallViews, contextOfCall, executionOfCall, fundCall, gasCeiling } from "../executor/call-views.ts";
import { executionOf } from "../executor/executor.ts";
import { replayBlock, replayUpTo, requireMined } from "../executor/replay.ts";
import type { Ledger } from "../ledger.ts";
import { openTransaction } from "../pool/open-raw.ts";
import type { State } from "../state/state.ts";
import type { Views } from "../store/views.ts";
import type { Awaitable } from "../types.ts";
import type { TraceSubject } from "./collector.ts";
import { runTraced, type TracedRun } from "./run-traced.ts";
import { createTraceBudget, type TraceBudget } from "./trace-budget.ts";
import { STRUCT_LOG, type TraceOptions } from "./trace-spec.ts";
import type { BlockTraceEntry, ChainTracing, TracedCall } from "./tracing.ts";

/** The place of what is in no block. */
const NOWHERE = { blockHash: undefined, transactionHash: undefined, transactionIndex: 0, firstLog: 0 } as const;

/** What tracing works with. */
export interface TracingModules {
  readonly ledger: Ledger;
  readonly views: Views;
  readonly callViews: CallViews;
  /** Waits for its turn among the orders of the chain. */
  order<T>(work: () => Awaitable<T>): Awaitable<T>;
  /** Milliseconds since some moment. */
  clock(): number;
  /** Most bytes of JSON of one answer. */
  readonly traceSize: number;
}

/** Makes the tracing of a chain. */
export function createTracing({ ledger, views, callViews, order, clock, traceSize }: TracingModules): ChainTracing {
  const { executor, rules } = ledger;
  const budgetFor = ({ timeout }: TraceOptions): TraceBudget => createTraceBudget({ size: traceSize, timeout, clock });

  /** Runs one transaction of a sealed block; the ones before it have run. */
  function runMined(
    sealed: SealedBlock,
    index: number,
    state: State,
    context: BlockContext,
    options: TraceOptions,
    budget: TraceBudget,
  ): Promise<TracedRun> {
    const { block } = sealed;
    const transaction = block.transactions[index];
    if (transaction === undefined)
      throw new ChainError("TRANSACTION_NOT_FOUND", `The block ${block.hash} has no transaction ${index}`, { index });
    const firstLog = block.receipts.slice(0, index).reduce((count, { logs }) => count + logs.length, 0);
    const subject: TraceSubject = {
      rules,
      execution: executionOf(transaction),
      context,
      state,
      place: { blockHash: block.hash, transactionHash: transaction.hash, transactionIndex: index, firstLog },
      budget,
    };
    return runTraced(executor, options.tracer ?? STRUCT_LOG, subject);
  }

  /** Runs one call; its changes stay. */
  async function runCall(
    { request, tracer = STRUCT_LOG }: TracedCall,
    state: State,
    context: BlockContext,
    budget: TraceBudget,
  ): Promise<unknown> {
    const execution = executionOfCall(request, gasCeiling(request, context, ledger), ledger.chainId, context);
    fundCall(state, execution);
    const seen = contextOfCall(execution, context);
    const { trace } = await runTraced(executor, tracer, {
      rules,
      execution,
      context: seen,
      state,
      place: NOWHERE,
      budget,
    });
    return trace;
  }

  return {
    transaction: async (hash, options = {}) =>
      order(async () => {
        const { sealed, index } = requireMined(ledger, hash);
        const budget = budgetFor(options);
        return replayUpTo(ledger, sealed, index, async (state, context) => {
          const { trace } = await runMined(sealed, index, state, context, options, budget);
          return trace;
        });
      }),

    block: async (selector, options = {}) =>
      order(async () => {
        const sealed = views.require(selector);
        const { header, transactions } = sealed.block;
        if (header.number === 0n) {
          throw new ChainError("TRACE_GENESIS", "The genesis block cannot be traced: nothing was executed to make it");
        }
        const budget = budgetFor(options);
        return replayBlock(ledger, sealed, async (state, context) => {
          const entries: BlockTraceEntry[] = [];
          for (const [index, { hash }] of transactions.entries()) {
            const { trace } = await runMined(sealed, index, state, context, options, budget);
            entries.push({ transactionHash: hash, result: trace });
          }
          return entries;
        });
      }),

    call: async (request, options = {}) =>
      order(async () => {
        const budget = budgetFor(options);
        const run = async (state: State, context: BlockContext): Promise<unknown> =>
          undone(state, () => runCall({ request, ...options }, state, context, budget));
        const { transactionIndex } = options;
        if (transactionIndex === undefined) return callViews.within(options, run);
        const sealed = views.require(options.block ?? "latest");
        if (transactionIndex >= sealed.block.transactions.length) {
          throw new ChainError(
            "TRANSACTION_NOT_FOUND",
            `The block ${sealed.block.hash} has no transaction ${transactionIndex}`,
            { index: transactionIndex },
          );
        }
        return replayUpTo(ledger, sealed, transactionIndex, (state, context) =>
          callViews.overridden(state, context, options, run),
        );
      }),

    calls: async (calls, block = "latest") =>
      order(async () => {
        const budget = budgetFor({});
        return callViews.within({ block }, (state, context) =>
          undone(state, async () => {
            const traces: unknown[] = [];
            for (const call of calls) traces.push(await runCall(call, state, context, budget));
            return traces;
          }),
        );
      }),

    rawTransaction: async (raw, options = {}) => {
      const { transaction } = await openTransaction(raw, rules, ledger.chainId);
      return order(() =>
        callViews.within({ block: "pending" }, (state, context) =>
          undone(state, async () => {
            const subject = { rules, execution: executionOf(transaction), context, state, place: NOWHERE };
            const { trace } = await runTraced(executor, options.tracer ?? STRUCT_LOG, {
              ...subject,
              budget: budgetFor(options),
            });
            return { transactionHash: transaction.hash, result: trace };
          }),
        ),
      );
    },
  };
}

/** Lends a state and takes back what was done to it. */
async function undone<T>(state: State, work: () => Promise<T>): Promise<T> {
  const before = state.snapshot();
  try {
    return await work();
  } finally {
    state.restore(before);
    state.release(before);
  }
}
