import { expect } from "chai";
import { toHex } from "../../../chain/src/codec/hex.ts";
import { createEthereumjsEngine } from "../../../chain/src/engine/ethereumjs/create-ethereumjs-engine.ts";
import { createMachineEngine } from "../../../chain/src/engine/machine/create-machine-engine.ts";
import type { Address } from "../../../chain/src/types.ts";
import { CONTRACT, ENGINE_OPTIONS, executeOn, SENDER, stateWith } from "./execute-on.ts";

const CHILD: Address = `0x${"dd".repeat(20)}`;
const CONSOLE = "636f6e736f6c652e6c6f67";

/** Writes slot 1, calls the child, calls the console with four bytes, logs one topic. */
const PARENT = [
  "6007600155", // SSTORE(1, 7)
  `5f5f5f5f5f73${CHILD.slice(2)}5af150`, // CALL(gas, child)
  "63deadbeef5f52", // MSTORE(0, 0xdeadbeef)
  `5f5f6004601c6a${CONSOLE}5afa50`, // STATICCALL(gas, console, 28, 4)
  "60096020601fa1", // LOG1(31, 32, 9)
  "00",
].join("");
/** Writes slot 2 and reverts. */
const REVERTS = "60086002555f5ffd";

/** Everything an engine tells, a line each. */
async function toldBy(engine: ReturnType<typeof createMachineEngine>) {
  const told: string[] = [];
  const result = await executeOn(engine, {
    state: stateWith({ [CONTRACT]: PARENT, [CHILD]: REVERTS }),
    tracer: {
      onEnter: ({ kind, depth, from, to, data, isStatic }) =>
        told.push(`enter ${kind} ${depth} ${from} ${to} ${toHex(data)} ${isStatic}`),
      onExit: ({ depth, success, haltReason, gasUsed }) =>
        told.push(`exit ${depth} ${success} ${haltReason} ${gasUsed}`),
      onConsole: (data) => told.push(`console ${toHex(data)}`),
      onLog: ({ address, topics, data }, depth) => told.push(`log ${address} ${topics} ${toHex(data)} ${depth}`),
      onStorageWrite: ({ address, slot, value, depth }) =>
        told.push(`write ${address} ${BigInt(slot)} ${BigInt(value)} ${depth}`),
    },
  });
  return { told, result };
}

describe("hooks of the engines", () => {
  for (const engine of [createMachineEngine(ENGINE_OPTIONS), createEthereumjsEngine(ENGINE_OPTIONS)]) {
    it(`given a tracer on ${engine.name}, frames, storage writes, console calls and logs are told in order`, async () => {
      const { told, result } = await toldBy(engine);
      expect(result.success).to.equal(true);
      const word = "0x0000000000000000000000000000000000000000000000000000000000000009";
      const logged = `0xef${"00".repeat(31)}`;
      const { gasUsed } = result;
      expect(told.map((line) => line.replace(/(exit .*) \d+$/, "$1"))).to.deep.equal([
        `enter call 0 ${SENDER} ${CONTRACT} 0x false`,
        `write ${CONTRACT} 1 7 0`,
        `enter call 1 ${CONTRACT} ${CHILD} 0x false`,
        `write ${CHILD} 2 8 1`,
        "exit 1 false revert",
        `enter staticcall 1 ${CONTRACT} 0x000000000000000000${CONSOLE} 0xdeadbeef true`,
        "console 0xdeadbeef",
        "exit 1 true undefined",
        `log ${CONTRACT} ${word} ${logged} 0`,
        "exit 0 true undefined",
      ]);
      expect(told.at(-1)).to.equal(`exit 0 true undefined ${gasUsed - 21_000n}`);
    });
  }

  it("given the same execution, both engines tell the same", async () => {
    const machine = await toldBy(createMachineEngine(ENGINE_OPTIONS));
    const oracle = await toldBy(createEthereumjsEngine(ENGINE_OPTIONS));
    expect(machine.told).to.deep.equal(oracle.told);
    expect(machine.result).to.deep.equal(oracle.result);
  });
});
