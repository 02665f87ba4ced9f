import { bigIntToBytes, toHex } from "../../chain/src/codec/hex.ts";
import type { Engine, Outcome } from "../../chain/src/engine/engine.ts";
import type { Tracer } from "../../chain/src/engine/tracer.ts";
import { ChainError } from "../../chain/src/errors.ts";
import { createExecutor, type Executor } from "../../chain/src/executor/executor.ts";
import { createEthereumRules } from "../../chain/src/rules/ethereum.ts";
import type { Fork } from "../../chain/src/rules/fork.ts";
import { accountsRoot } from "../../chain/src/state/account-leaf.ts";
import type { State, StateSnapshot } from "../../chain/src/state/state.ts";
import type { GenesisAccount, Scenario } from "./scenario.ts";
import { createRecorder, firstDifference, type TraceEvent } from "./trace.ts";

/** An engine with the states it runs on. */
export interface Side {
  readonly name: string;
  createEngine(fork: Fork): Engine;
  createState(): State;
}

/** Where two engines first differ. */
export interface Difference {
  /** Index of the action. */
  readonly action: number;
  /** What differs: a field of the outcome, the root, or the trace. */
  readonly field: string;
  readonly oracle: string;
  readonly subject: string;
  /** The single check it lies in, if the scenario is made of checks. */
  readonly check?: string;
}

/** Runs scenarios on two engines. */
export interface Comparison {
  /**
   * Compares what each action leads to: gas, refund counter, output, logs, made and destroyed accounts, and the state root.
   * With `trace` also every step and frame; what an engine does must not depend on being watched, so the subject then runs twice.
   */
  run(scenario: Scenario, options: { readonly trace: boolean }): Promise<Difference | undefined>;
}

/** What an action led to, by field. */
type Effect = Readonly<Record<string, string>>;

interface Run {
  readonly effects: readonly Effect[];
  /** Per action. */
  readonly traces: readonly (readonly TraceEvent[])[];
}

/**
 * Compares two engines.
 * @param oracle The one that is believed.
 * @param subject The one that is judged.
 */
export function compareEngines(oracle: Side, subject: Side): Comparison {
  const [runOracle, runSubject] = [createRunner(oracle), createRunner(subject)];
  return {
    async run(scenario, { trace }) {
      const expected = await runOracle(scenario, trace);
      const plain = differenceOf(expected, await runSubject(scenario, false), scenario);
      if (plain !== undefined || !trace) return plain;
      const watched = await runSubject(scenario, true);
      const difference = differenceOf(expected, watched, scenario);
      if (difference !== undefined) return { ...difference, field: `${difference.field} (when watched)` };
      for (const [action, events] of expected.traces.entries()) {
        const parted = firstDifference(events, watched.traces[action] ?? []);
        if (parted !== undefined) return { action, field: "trace", oracle: "", subject: parted };
      }
      return undefined;
    },
  };
}

function differenceOf(expected: Run, actual: Run, scenario: Scenario): Difference | undefined {
  for (const [action, theirs] of expected.effects.entries()) {
    const ours = actual.effects[action] ?? {};
    for (const field of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      const [oracle = "(nothing)", subject = "(nothing)"] = [theirs[field], ours[field]];
      if (oracle === subject) continue;
      const difference = { action, field, oracle, subject };
      if (field !== "returnData" || scenario.checks.length === 0) return difference;
      return { ...difference, ...narrowed(oracle, subject, scenario) };
    }
  }
  return undefined;
}

/** The first check whose words differ. */
function narrowed(oracle: string, subject: string, { checks }: Scenario): Partial<Difference> {
  const word = (data: string, index: number): string => data.slice(2 + 64 * index, 66 + 64 * index);
  for (const { label, firstWord, words } of checks) {
    const from = (data: string): string => Array.from({ length: words }, (_, i) => word(data, firstWord + i)).join(" ");
    if (from(oracle) !== from(subject)) return { check: label, oracle: from(oracle), subject: from(subject) };
  }
  return {};
}

function createRunner(side: Side): (scenario: Scenario, trace: boolean) => Promise<Run> {
  const executors = new Map<Fork, { readonly executor: Executor; last(): Outcome | undefined }>();
  const executorOf = (fork: Fork) => {
    const known = executors.get(fork);
    if (known !== undefined) return known;
    const engine = side.createEngine(fork);
    let outcome: Outcome | undefined;
    const observed: Engine = {
      name: engine.name,
      async execute(...input) {
        outcome = undefined;
        outcome = await engine.execute(...input);
        return outcome;
      },
    };
    const rules = createEthereumRules({ fork, allowUnlimitedContractSize: false });
    const made = { executor: createExecutor({ engine: observed, rules }), last: () => outcome };
    executors.set(fork, made);
    return made;
  };

  return async (scenario, trace) => {
    const { executor, last } = executorOf(scenario.fork);
    const state = genesisState(side, scenario.accounts);
    let snapshot: StateSnapshot | undefined;
    const effects: Effect[] = [];
    const traces: TraceEvent[][] = [];
    for (const action of scenario.actions) {
      const { tracer, events } = createRecorder();
      traces.push(events);
      let effect: Effect = {};
      if (action.kind === "seal") state.seal();
      else if (action.kind === "snapshot") {
        if (snapshot !== undefined) state.release(snapshot);
        snapshot = state.snapshot();
      } else if (action.kind === "restore") {
        if (snapshot !== undefined) state.restore(snapshot);
      } else {
        effect = await effectOf(trace ? tracer : undefined, async (watching) => {
          const result = await executor.execute(state, action.execution, scenario.block, watching);
          return { ...describeOutcome(last()), gasUsed: String(result.gasUsed) };
        });
      }
      if ("crash" in effect) {
        effects.push(effect);
        break;
      }
      effects.push({ ...effect, root: toHex(accountsRoot(state.root())) });
    }
    return { effects, traces };
  };
}

async function effectOf(
  tracer: Tracer | undefined,
  execute: (tracer: Tracer | undefined) => Promise<Effect>,
): Promise<Effect> {
  try {
    return await execute(tracer);
  } catch (error) {
    if (error instanceof ChainError && error.code !== "ENGINE_FAILURE") return { refusal: error.code };
    return { crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function describeOutcome(outcome: Outcome | undefined): Effect {
  if (outcome === undefined) return {};
  const { success, haltReason, gasUsed, gasRefund, returnData, logs, createdAddress, selfdestructs } = outcome;
  return {
    // Which failure it was may depend on what an engine looks at first; whether it was a revert may not.
    status: success ? "success" : haltReason === "revert" ? "revert" : "halt",
    executionGas: String(gasUsed),
    refund: String(gasRefund),
    returnData: toHex(returnData),
    logs: JSON.stringify(logs.map(({ address, topics, data }) => [address, topics, toHex(data)])),
    createdAddress: success ? String(createdAddress) : "",
    selfdestructs: JSON.stringify([...selfdestructs].sort()),
  };
}

function genesisState(side: Side, accounts: readonly GenesisAccount[]): State {
  const state = side.createState();
  for (const { address, balance, nonce, code, storage } of accounts) {
    state.setBalance(address, balance);
    state.setNonce(address, nonce);
    if (code.length > 0) state.setCode(address, code);
    for (const [slot, value] of storage)
      state.setStorage(address, `0x${slot.toString(16).padStart(64, "0")}`, bigIntToBytes(value));
  }
  state.seal();
  return state;
}
