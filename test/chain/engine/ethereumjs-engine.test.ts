import { expect } from "chai";
import { fromHex, toHex } from "../../../chain/src/codec/hex.ts";
import { createEthereumjsEngine } from "../../../chain/src/engine/ethereumjs/create-ethereumjs-engine.ts";
import type { StepView } from "../../../chain/src/engine/tracer.ts";
import { createExecutor, type Executor } from "../../../chain/src/executor/executor.ts";
import { createEthereumRules } from "../../../chain/src/rules/ethereum.ts";
import { createState, type State } from "../../../chain/src/state/state.ts";
import { executionWith, numberedAddress, scenarioBlock } from "../../../scripts/fuzz/scenario.ts";

const SENDER = numberedAddress("5e4de4", 1);
const CONTRACT = numberedAddress("c0de", 1);
const block = scenarioBlock();

function executor(): Executor {
  const engine = createEthereumjsEngine({ chainId: 1n, allowUnlimitedContractSize: false });
  return createExecutor({ engine, rules: createEthereumRules({ allowUnlimitedContractSize: false }) });
}

function stateWith(code: Uint8Array): State {
  const state = createState();
  state.setBalance(SENDER, 10n ** 18n);
  if (code.length > 0) state.setCode(CONTRACT, code);
  state.seal();
  return state;
}

describe("The engine of ethereumjs behind our interface", () => {
  it("given init code that reverts with data that starts with 0xEF, it is a revert with that data, and the gas left comes back", async () => {
    // MSTORE8(0, 0xef); REVERT(0, 32)
    const data = fromHex("0x60ef5f5360205ffd");
    const execution = executionWith({ from: SENDER, to: undefined, gasLimit: 200_000n, data });
    const result = await executor().execute(stateWith(new Uint8Array(0)), execution, block);
    expect(result.haltReason).to.equal("revert");
    expect(toHex(result.returnData)).to.equal(`0xef${"00".repeat(31)}`);
    expect(result.gasUsed < 60_000n).to.equal(true);
  });

  it("given one array of init code on two engines, each writes to its own state", async () => {
    // SSTORE(2, 1) twice
    const data = fromHex("0x6001600255600160025500");
    const execution = executionWith({ from: SENDER, to: undefined, gasLimit: 200_000n, data });
    const [first, second] = [
      await executor().execute(stateWith(new Uint8Array(0)), execution, block),
      await executor().execute(stateWith(new Uint8Array(0)), execution, block),
    ];
    expect(second.gasUsed).to.equal(first.gasUsed);
  });

  it("given a watched run, a step shows the memory before it, its own byte, and how a frame was really entered", async () => {
    // MSTORE(32, 1); CALLCODE(gas, itself, …) with no gas; the undefined 0x0c
    const code = fromHex(`0x6001602052${"5f5f5f5f5f305ff2"}500c`);
    const steps: Pick<StepView, "opcode" | "memory">[] = [];
    const kinds: string[] = [];
    const execution = executionWith({ from: SENDER, to: CONTRACT, gasLimit: 100_000n });
    const result = await executor().execute(stateWith(code), execution, block, {
      onEnter: ({ kind }) => kinds.push(kind),
      onStep: ({ opcode, memory }) => steps.push({ opcode, memory: memory.slice() }),
    });
    expect(result.haltReason).to.equal("invalid-opcode");
    expect(kinds).to.deep.equal(["call", "callcode"]);
    expect(steps.find(({ opcode }) => opcode === 0x52)?.memory.length).to.equal(0);
    expect(steps.find(({ opcode }) => opcode === 0xf2)?.memory.length).to.equal(64);
    expect(steps.at(-1)?.opcode).to.equal(0x0c);
  });
});
