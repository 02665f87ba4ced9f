import type { BuildInfo } from "./build-info.ts";
import { type ContractIndex, createContractIndex } from "./contract-index.ts";
import type { RecordedFrame } from "./execution-record.ts";
import { inferStack } from "./infer-stack.ts";
import { type SolidityFrame, toSolidityFrame } from "./solidity-frame.ts";
import type { StackEntry } from "./stack-entry.ts";
import { stackMessage } from "./stack-message.ts";

/** What can be said of a failed execution. */
export interface FailureExplanation {
  /** In the words of Hardhat's network; `undefined` if nothing is known. */
  readonly message: string | undefined;
  /** The custom error by the ABI of the contract that raised it: `TooMuch(5)`. */
  readonly customError: string | undefined;
  /** The stack trace, innermost first, as JavaScript prints its own. */
  readonly frames: readonly SolidityFrame[];
}

/** Explains failed executions by the sources of their contracts. */
export interface StackTracer {
  explain(record: RecordedFrame): FailureExplanation;
  /** The same, entry by entry, outermost first. */
  infer(record: RecordedFrame): readonly StackEntry[];
}

/**
 * Makes a stack tracer. The builds are read when the first execution is explained.
 * @param builds runs of the compiler; of equal bytecodes the last one counts
 */
export function createStackTracer(builds: Iterable<BuildInfo>): StackTracer {
  let known: ContractIndex | undefined;
  function index(): ContractIndex {
    known ??= createContractIndex(builds);
    return known;
  }
  const infer = (record: RecordedFrame): readonly StackEntry[] => inferStack(record, index());
  return {
    infer,
    explain(record) {
      const entries = infer(record);
      const last = entries.at(-1);
      return {
        message: last === undefined ? undefined : stackMessage(last),
        customError: last?.kind === "custom-error" ? last.error : undefined,
        frames: entries.map((entry) => toSolidityFrame(entry, index().signature)).reverse(),
      };
    },
  };
}
