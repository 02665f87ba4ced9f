import { expect } from "chai";
import { createEthereumjsEngine } from "../../../chain/src/engine/ethereumjs/create-ethereumjs-engine.ts";
import { createMachineEngine } from "../../../chain/src/engine/machine/create-machine-engine.ts";
import { createExecutor, type ExecutionResult } from "../../../chain/src/executor/executor.ts";
import { createEthereumRules } from "../../../chain/src/rules/ethereum.ts";
import { createState } from "../../../chain/src/state/state.ts";
import type { Address } from "../../../chain/src/types.ts";
import { bytes } from "../support.ts";

const sender: Address = `0x${"aa".repeat(20)}`;
const contract: Address = `0x${"cc".repeat(20)}`;
const options = { chainId: 1n, fork: "cancun", allowUnlimitedContractSize: false } as const;
const engines = [createMachineEngine(options), createEthereumjsEngine(options)];
const rules = createEthereumRules(options);
const block = {
  number: 1n,
  timestamp: 1n,
  coinbase: `0x${"bb".repeat(20)}`,
  gasLimit: 2n ** 63n,
  baseFeePerGas: 0n,
  prevRandao: `0x${"00".repeat(32)}`,
  blobBaseFee: 1n,
  blockHash: () => undefined,
} as const;

/** Runs code at a contract, or as init code, on both engines; they must agree. */
export async function runOnBoth(code: string, creates = false, gasLimit = 1_000_000n): Promise<ExecutionResult> {
  const results: ExecutionResult[] = [];
  for (const engine of engines) {
    const state = createState();
    state.setCode(contract, bytes(code));
    results.push(
      await createExecutor({ engine, rules }).execute(
        state,
        {
          from: sender,
          to: creates ? undefined : contract,
          value: 0n,
          data: creates ? bytes(code) : new Uint8Array(0),
          gasLimit,
          maxFeePerGas: 0n,
          maxPriorityFeePerGas: 0n,
          accessList: [],
          nonce: undefined,
          hash: undefined,
          mayHaveCode: false,
          chargesFees: false,
        },
        block,
      ),
    );
  }
  const [machine, oracle] = results;
  if (machine === undefined) throw new Error("no engine ran");
  expect(machine).to.deep.equal(oracle);
  return machine;
}
