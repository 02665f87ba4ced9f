import { expect } from "chai";
import { toHex } from "../../../chain/src/codec/hex.ts";
import { createMachineEngine } from "../../../chain/src/engine/machine/create-machine-engine.ts";
import type { Tracer } from "../../../chain/src/engine/tracer.ts";
import type { ExecutionResult } from "../../../chain/src/executor/executor.ts";
import { accountsRoot } from "../../../chain/src/state/account-leaf.ts";
import { createState } from "../../../chain/src/state/state.ts";
import { bytes } from "../support.ts";
import { CONTRACT, ENGINE_OPTIONS, executeOn } from "./execute-on.ts";

// Copies call data through the identity contract, logs it, writes a slot, creates a contract, and returns it all with the new address.
const code = bytes(
  [
    "5f355f52", // MSTORE(0, CALLDATALOAD(0))
    "602060206020 5f60045afa50", // STATICCALL(4, 0, 32, 32, 32)
    "600760405fa1", // LOG1(0, 64, 7)
    "6005600155", // SSTORE(1, 5)
    "67605b5f5360015ff3604052", // MSTORE(64, init code)
    "600860585ff0606052", // MSTORE(96, CREATE(0, 88, 8))
    "60805ff3", // RETURN(0, 128)
  ]
    .join("")
    .replaceAll(" ", ""),
);

async function run(reserved: number): Promise<readonly [ExecutionResult[], string[], string, string]> {
  const state = createState();
  if (reserved > 0) state.machine.exports.allocateBlock(reserved);
  state.setCode(CONTRACT, code);
  const engine = createMachineEngine(ENGINE_OPTIONS);
  const told: string[] = [];
  const tracer: Tracer = {
    onStep: ({ pc, stack, memory, address }) => void told.push(`${pc} ${address} ${stack.join()} ${toHex(memory)}`),
    onEnter: ({ data, from }) => void told.push(`enter ${from} ${toHex(data)}`),
    onExit: ({ returnData }) => void told.push(`exit ${toHex(returnData)}`),
  };
  const results: ExecutionResult[] = [];
  for (const watcher of [undefined, tracer]) {
    results.push(await executeOn(engine, { state, data: `0x${"ab".repeat(32)}`, tracer: watcher }));
  }
  const created = toHex(results[0]?.returnData.subarray(108, 128) ?? bytes(""));
  return [results, told, toHex(state.getCode(created)), toHex(accountsRoot(state.seal()))];
}

describe("the compiled engine in high memory", () => {
  it("given a state whose memory is used beyond 2 GiB, everything comes out as in a fresh one", async () => {
    const [results, told, created, root] = await run(0);
    expect(results.every(({ success, logs }) => success && logs.length === 1)).to.equal(true);
    expect(toHex(results[0]?.returnData.subarray(32, 64) ?? bytes(""))).to.equal(`0x${"ab".repeat(32)}`);
    expect(told).to.have.length.above(40);
    expect(created).to.equal("0x5b");
    expect(await run(2 ** 31)).to.deep.equal([results, told, created, root]);
  });
});
