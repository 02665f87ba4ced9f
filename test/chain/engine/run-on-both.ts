import { expect } from "chai";
import { createEthereumjsEngine } from "../../../chain/src/engine/ethereumjs/create-ethereumjs-engine.ts";
import { createMachineEngine } from "../../../chain/src/engine/machine/create-machine-engine.ts";
import type { ExecutionResult } from "../../../chain/src/executor/executor.ts";
import { CONTRACT, ENGINE_OPTIONS, executeOn, stateWith } from "./execute-on.ts";

const machine = createMachineEngine(ENGINE_OPTIONS);
const oracle = createEthereumjsEngine(ENGINE_OPTIONS);

/** Runs code at a contract, or as init code, on both engines; they must agree. */
export async function runOnBoth(code: string, creates = false, gasLimit = 1_000_000n): Promise<ExecutionResult> {
  const run = (engine: typeof machine) =>
    executeOn(engine, {
      state: stateWith({ [CONTRACT]: code }),
      gasLimit,
      ...(creates ? { to: undefined, data: `0x${code}` } : {}),
    });
  const result = await run(machine);
  expect(result).to.deep.equal(await run(oracle));
  return result;
}
