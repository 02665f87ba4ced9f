import { bigIntToWord } from "../codec/hex.ts";
import { createEngine } from "../engine/create-engine.ts";
import type { BlockContext } from "../engine/engine.ts";
import { createExecutor, type Executor } from "../executor/executor.ts";
import type { ResolvedOptions } from "../resolve-options.ts";
import { createEthereumRules } from "../rules/ethereum.ts";
import type { Fork } from "../rules/fork.ts";
import { forkOfHeader } from "../rules/fork-of-header.ts";
import type { Rules } from "../rules/rules.ts";
import type { Past } from "./past.ts";

/**
 * The executor of a fork: blocks of its own run under its own rules and chain id, those from before under the remote chain's. A call at the block
 * forked from is one of before, too.
 */
export function createForkExecutor(
  own: Executor,
  past: Past,
  options: Pick<ResolvedOptions, "engine" | "crossCheck" | "allowUnlimitedContractSize">,
): Executor {
  const { engine: name, crossCheck, allowUnlimitedContractSize } = options;
  const executors = new Map<Fork, { readonly executor: Executor; readonly rules: Rules }>();
  const lastNumber = past.last.block.header.number;

  function executorOf(fork: Fork): { readonly executor: Executor; readonly rules: Rules } {
    let made = executors.get(fork);
    if (made === undefined) {
      const { chainId } = past;
      const engine = createEngine({ engine: name, crossCheck, fork, chainId, allowUnlimitedContractSize });
      const rules = createEthereumRules({ fork, allowUnlimitedContractSize });
      made = { executor: createExecutor({ engine, rules }), rules };
      executors.set(fork, made);
    }
    return made;
  }

  return {
    rules: own.rules,
    check: own.check,
    execute(state, transaction, block, tracer) {
      const sealed = block.number > lastNumber ? undefined : past.byNumber(block.number);
      if (sealed === undefined) return own.execute(state, transaction, block, tracer);
      const { header } = sealed.block;
      const fork = forkOfHeader(past.chainId, header);
      const { executor, rules } = executorOf(fork);
      const context: BlockContext = {
        ...block,
        prevRandao: header.difficulty === 0n ? header.prevRandao : bigIntToWord(header.difficulty),
        blobBaseFee: rules.blobs?.baseFee(header.excessBlobGas ?? 0n) ?? 0n,
      };
      return executor.execute(state, transaction, context, tracer);
    },
  };
}
