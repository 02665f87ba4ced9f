import { expect } from "chai";
import { toHex } from "../../../chain/src/codec/hex.ts";
import { createMachineEngine } from "../../../chain/src/engine/machine/create-machine-engine.ts";
import type { Precompile, PrecompileContext } from "../../../chain/src/engine/precompiles/precompile.ts";
import type { Address, Word } from "../../../chain/src/types.ts";
import { CONTRACT, ENGINE_OPTIONS, executeOn, SENDER, stateWith } from "./execute-on.ts";

const COUNTER: Address = "0x0000000000000000000000000000000000001005";
const OTHER: Address = `0x${"dd".repeat(20)}`;
const SLOT: Word = `0x${"00".repeat(32)}`;
const GAS = 700n;

/** Counts its calls in its own storage; its first byte says how it answers. */
function counter(seen: PrecompileContext[] = []): Precompile {
  return {
    name: "counter",
    address: COUNTER,
    gas: (input) => (input[0] === 0xff ? undefined : GAS),
    run(input, context) {
      seen.push({ ...context, gasLeft: context.gasLeft });
      const before = context.state.getStorage(COUNTER, SLOT)[0] ?? 0;
      if (context.isStatic) return { kind: "failure" };
      context.state.setStorage(COUNTER, SLOT, Uint8Array.of(before + 1));
      if (input[0] === 1) return { kind: "revert", data: Uint8Array.of(0xba, 0xd0) };
      if (input[0] === 2) return { kind: "failure" };
      if (input[0] === 3) {
        const called = context.call({ to: OTHER, value: 0n, data: input.slice(), gasLimit: 50_000n, isStatic: false });
        return { kind: "return", data: Uint8Array.of(called.success ? 1 : 0, ...called.returnData) };
      }
      if (input[0] === 4) return { kind: "return", data: Uint8Array.of(), gasUsed: context.gasLeft + 1n };
      return { kind: "return", data: Uint8Array.of(before + 1) };
    },
  };
}

/** Calls the counter with its own call data, by an opcode; returns the success flag and what came back. */
function caller(opcode: "f1" | "fa" | "f4"): string {
  const value = opcode === "f1" ? "5f" : "";
  // CALLDATACOPY all; call; MSTORE8(0, flag); RETURNDATACOPY to 1; RETURN 1 + size.
  return `365f5f375f5f365f${value}6110055a${opcode}5f533d5f60013e3d6001015ff3`;
}

const engineWith = (...precompiles: readonly Precompile[]) => createMachineEngine({ ...ENGINE_OPTIONS, precompiles });

describe("custom precompiled contracts", () => {
  it("given a refusal, a failure or too little gas, all gas of the call is taken and its writes are undone", async () => {
    for (const data of ["0xff", "0x02", "0x04"] as const) {
      const state = stateWith({});
      const result = await executeOn(engineWith(counter()), { state, to: COUNTER, data });
      expect([result.success, result.gasUsed], data).to.deep.equal([false, 1_000_000n]);
      expect(state.getStorage(COUNTER, SLOT)).to.have.length(0);
    }
    const short = await executeOn(engineWith(counter()), { to: COUNTER, gasLimit: 21_000n + GAS - 1n });
    expect([short.success, short.haltReason]).to.deep.equal([false, "out-of-gas"]);
  });

  it("given a revert, its data comes back, the rest of the gas too, and its writes are undone", async () => {
    const state = stateWith({});
    const result = await executeOn(engineWith(counter()), { state, to: COUNTER, data: "0x01" });
    expect([result.success, result.haltReason]).to.deep.equal([false, "revert"]);
    expect(toHex(result.returnData)).to.equal("0xbad0");
    expect(result.gasUsed).to.equal(21_016n + GAS);
    expect(state.getStorage(COUNTER, SLOT)).to.have.length(0);
  });

  it("given a call from a contract, it runs as itself, writes its state, and its caller is charged its gas", async () => {
    const seen: PrecompileContext[] = [];
    const engine = engineWith(counter(seen));
    const state = stateWith({ [CONTRACT]: caller("f1") });
    for (const count of [1, 2]) {
      const result = await executeOn(engine, { state, data: "0x00" });
      expect(toHex(result.returnData)).to.equal(`0x010${count}`);
    }
    expect(state.getStorage(COUNTER, SLOT)).to.deep.equal(Uint8Array.of(2));
    expect(seen.map(({ caller: from, self, isStatic, value }) => [from, self, isStatic, value])).to.deep.equal([
      [CONTRACT, COUNTER, false, 0n],
      [CONTRACT, COUNTER, false, 0n],
    ]);
  });

  it("given STATICCALL and DELEGATECALL, it is told", async () => {
    const seen: PrecompileContext[] = [];
    const engine = engineWith(counter(seen));
    const refused = await executeOn(engine, { state: stateWith({ [CONTRACT]: caller("fa") }), data: "0x00" });
    expect(toHex(refused.returnData)).to.equal("0x00");
    await executeOn(engine, { state: stateWith({ [CONTRACT]: caller("f4") }), data: "0x00" });
    expect(seen.map(({ caller: from, self, isStatic }) => [from, self, isStatic])).to.deep.equal([
      [CONTRACT, COUNTER, true],
      [SENDER, CONTRACT, false],
    ]);
  });

  it("given a call back into the EVM, the contract sees it as caller, and a failure there is told, not thrown", async () => {
    // Returns CALLER and stores it.
    const answers = "335f55335f5260205ff3";
    const engine = engineWith(counter());
    const state = stateWith({ [CONTRACT]: caller("f1"), [OTHER]: answers });
    const result = await executeOn(engine, { state, data: "0x03" });
    expect(toHex(result.returnData)).to.equal(`0x0101${COUNTER.slice(2).padStart(64, "0")}`);
    expect(toHex(state.getStorage(OTHER, SLOT))).to.equal("0x1005");

    const failing = stateWith({ [CONTRACT]: caller("f1"), [OTHER]: `${answers.slice(0, -2)}fd` });
    const told = await executeOn(engine, { state: failing, data: "0x03" });
    expect(toHex(told.returnData).slice(0, 6)).to.equal("0x0100");
    expect(failing.getStorage(OTHER, SLOT)).to.have.length(0);
    expect(failing.getStorage(COUNTER, SLOT)).to.deep.equal(Uint8Array.of(1));
  });

  it("given a call back that calls the precompile again, each sees its own depth", async () => {
    const seen: PrecompileContext[] = [];
    const engine = engineWith(counter(seen));
    const state = stateWith({ [CONTRACT]: caller("f1"), [OTHER]: caller("f1").replace("365f5f37", "") });
    const result = await executeOn(engine, { state, data: "0x03" });
    expect(result.success).to.equal(true);
    expect(seen.map(({ caller: from }) => from)).to.deep.equal([CONTRACT, OTHER]);
    expect(state.getStorage(COUNTER, SLOT)).to.deep.equal(Uint8Array.of(2));
  });

  it("given an address above 511, it is found by the whole address", async () => {
    const high: Precompile = { ...counter(), address: `0x${"1234567890".repeat(4)}` };
    const result = await executeOn(engineWith(high), { to: high.address, data: "0x00" });
    expect(toHex(result.returnData)).to.equal("0x01");
    const near = await executeOn(engineWith(high), { to: `0x00${high.address.slice(4)}`, data: "0x00" });
    expect(near.returnData).to.have.length(0);
  });
});
