import type { BlockContext } from "../engine/engine.ts";
import type { Tracer } from "../engine/tracer.ts";
import { MissingPage } from "../state/missing-page.ts";
import type { State } from "../state/state.ts";
import type { Execution, ExecutionResult, Executor } from "./executor.ts";

/**
 * An executor for states that may lack pages: an execution that meets a missing one is undone and begins anew when it is there. Meanwhile the
 * transaction is run with guesses, so that what it needs comes in few batches.
 */
export function createPatientExecutor(inner: Executor): Executor {
  /** Fetches what an execution misses, and what it would miss next. */
  async function provide(
    missing: MissingPage,
    state: State,
    transaction: Execution,
    block: BlockContext,
  ): Promise<void> {
    const { source } = missing;
    if (source === undefined) return missing.load();
    // A guessed account must not end the run before it has begun.
    const guess: Execution = { ...transaction, nonce: undefined, mayHaveCode: true };
    let isFirst = true;
    while ((await source.foresee(() => rehearse(state, guess, block))) > 0) isFirst = false;
    if (isFirst) await missing.load();
  }

  /** Runs an execution for the pages it asks for, and undoes it. */
  async function rehearse(state: State, transaction: Execution, block: BlockContext): Promise<void> {
    const mark = state.checkpoint();
    try {
      await inner.execute(state, transaction, block);
    } catch {
      // A guess may lead anywhere; the execution that counts comes later.
    } finally {
      state.revert(mark);
    }
  }

  /** Executes as soon as no page is missing. */
  async function execute(
    state: State,
    transaction: Execution,
    block: BlockContext,
    tracer: Tracer | undefined,
  ): Promise<ExecutionResult> {
    for (;;) {
      const mark = state.checkpoint();
      try {
        return await inner.execute(state, transaction, block, tracer);
      } catch (error) {
        if (!(error instanceof MissingPage)) throw error;
        state.revert(mark);
        tracer?.onRestart?.();
        await provide(error, state, transaction, block);
      }
    }
  }

  return {
    rules: inner.rules,
    check: inner.check,
    async execute(state, transaction, block, tracer) {
      if (tracer !== undefined && tracer.onRestart === undefined) {
        const mark = state.checkpoint();
        try {
          await execute(state, transaction, block, undefined);
        } finally {
          state.revert(mark);
        }
      }
      return execute(state, transaction, block, tracer);
    },
  };
}
