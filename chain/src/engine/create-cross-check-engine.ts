import { toHex } from "../codec/hex.ts";
import { ChainError } from "../errors.ts";
import { accountsRoot } from "../state/account-leaf.ts";
import type { State } from "../state/state.ts";
import type { BlockContext, Engine, Message, Outcome } from "./engine.ts";
import { firstDifferingStep, recordSteps } from "./step-record.ts";
import type { Tracer } from "./tracer.ts";

/** The two engines to compare. */
export interface CrossCheckModules {
  /** Whose answer counts, and whose changes stay. */
  readonly subject: Engine;
  /** Whom it is compared with. */
  readonly oracle: Engine;
}

/**
 * An engine that runs every message on two engines and stops if they differ in gas, refund, output, logs, the contracts destroyed or the state
 * they leave. Slow: it computes two state roots per message.
 * @throws ChainError `ENGINE_DIFFERENCE`, its details naming what differs and the first step that does
 */
export function createCrossCheckEngine({ subject, oracle }: CrossCheckModules): Engine {
  async function execute(state: State, message: Message, block: BlockContext, tracer?: Tracer): Promise<Outcome> {
    const before = state.snapshot();
    const attempt = async (engine: Engine, watcher?: Tracer) => {
      const outcome = await engine.execute(state, message, block, watcher);
      return { outcome, root: toHex(accountsRoot(state.root())) };
    };
    const undo = (): void => state.restore(before);
    try {
      const expected = await attempt(oracle);
      undo();
      const actual = await attempt(subject, tracer);
      const difference = differenceOf(expected, actual);
      if (difference === undefined) return actual.outcome;
      undo();
      const expectedSteps = await recordSteps((watcher) => attempt(oracle, watcher));
      undo();
      const actualSteps = await recordSteps((watcher) => attempt(subject, watcher));
      undo();
      const step = firstDifferingStep(expectedSteps, actualSteps);
      throw new ChainError(
        "ENGINE_DIFFERENCE",
        `The engines ${subject.name} and ${oracle.name} differ in ${difference.field}: ${difference.actual} against ${difference.expected}${
          step === undefined
            ? "; their steps are the same"
            : `; first at step ${step.index}: ${step.actual} against ${step.expected}`
        }`,
        { ...difference, step, caller: message.caller, to: message.to, block: block.number },
      );
    } finally {
      state.release(before);
    }
  }
  return { name: `${subject.name}+${oracle.name}`, execute };
}

/** What of two runs differs. */
export interface EngineDifference {
  readonly field: string;
  readonly expected: string;
  readonly actual: string;
}

interface Run {
  readonly outcome: Outcome;
  readonly root: string;
}

/** Compares two runs; the reason of a failure may be told differently, all else may not. */
export function differenceOf(expected: Run, actual: Run): EngineDifference | undefined {
  const fields: readonly (readonly [string, (run: Run) => string])[] = [
    ["success", ({ outcome }) => String(outcome.success)],
    ["gasUsed", ({ outcome }) => String(outcome.gasUsed)],
    ["gasRefund", ({ outcome }) => String(outcome.gasRefund)],
    ["returnData", ({ outcome }) => toHex(outcome.returnData)],
    [
      "logs",
      ({ outcome }) =>
        outcome.logs.map((log) => `${log.address} ${log.topics.join(" ")} ${toHex(log.data)}`).join("; "),
    ],
    ["createdAddress", ({ outcome }) => (outcome.success ? String(outcome.createdAddress) : "")],
    ["selfdestructs", ({ outcome }) => [...outcome.selfdestructs].sort().join(" ")],
    ["root", ({ root }) => root],
  ];
  for (const [field, read] of fields) {
    const [left, right] = [read(expected), read(actual)];
    if (left !== right) return { field, expected: left, actual: right };
  }
  return undefined;
}
