import type { BlockContext } from "../engine/engine.ts";
import type { Tracer } from "../engine/tracer.ts";
import { MissingPage } from "../state/missing-page.ts";
import type { State } from "../state/state.ts";
import type { Execution, ExecutionResult, Executor } from "./executor.ts";

/**
 * An executor for states that may lack pages: an execution that meets a missing one is undone and begins anew when it is there. Meanwhile the
 * transaction is run with guesses, so that what it needs comes in few batches.
 * @param takesRoots whether the inner executor computes state roots half-way: then only a snapshot undoes what it did
 */
export function createPatientExecutor(inner: Executor, takesRoots: boolean): Executor {
  /** Marks the state, and tells how to return to it. */
  function mark(state: State): { undo(): void; end(): void } {
    if (!takesRoots) {
      const place = state.checkpoint();
      return { undo: () => state.revert(place), end() {} };
    }
    const snapshot = state.snapshot();
    return { undo: () => state.restore(snapshot), end: () => state.release(snapshot) };
  }

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
    const before = mark(state);
    try {
      await inner.execute(state, transaction, block);
    } catch {
      // A guess may lead anywhere; the execution that counts comes later.
    } finally {
      before.undo();
      before.end();
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
      const before = mark(state);
      try {
        return await inner.execute(state, transaction, block, tracer);
      } catch (error) {
        if (!(error instanceof MissingPage)) throw error;
        before.undo();
        tracer?.onRestart?.();
        await provide(error, state, transaction, block);
      } finally {
        before.end();
      }
    }
  }

  return {
    rules: inner.rules,
    check: inner.check,
    async execute(state, transaction, block, tracer) {
      if (tracer !== undefined && tracer.onRestart === undefined) {
        const before = mark(state);
        try {
          await execute(state, transaction, block, undefined);
        } finally {
          before.undo();
          before.end();
        }
      }
      return execute(state, transaction, block, tracer);
    },
  };
}
