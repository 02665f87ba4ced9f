import { expect } from "chai";
import { createCrossCheckEngine } from "../../../chain/src/engine/create-cross-check-engine.ts";
import type { Engine } from "../../../chain/src/engine/engine.ts";
import { createEthereumjsEngine } from "../../../chain/src/engine/ethereumjs/create-ethereumjs-engine.ts";
import { createMachineEngine } from "../../../chain/src/engine/machine/create-machine-engine.ts";
import { ChainError } from "../../../chain/src/errors.ts";
import { account, bytes, mined, testChain } from "../support.ts";
import { CONTRACT, ENGINE_OPTIONS, executeOn, stateWith } from "./execute-on.ts";

/** PUSH0, TLOAD, STOP: Shanghai does not know TLOAD. */
const USES_TLOAD = { [CONTRACT]: "5f5c00" };

async function differenceBetween(subject: Engine, oracle: Engine, codes: Readonly<Record<`0x${string}`, string>>) {
  const state = stateWith(codes);
  const engine = createCrossCheckEngine({ subject, oracle });
  try {
    await executeOn(engine, { state });
  } catch (error) {
    if (error instanceof ChainError) return error;
    throw error;
  }
  throw new Error("The engines agreed");
}

describe("cross-check", () => {
  it("given engines that differ, it stops and names the first differing step", async () => {
    const oracle = createEthereumjsEngine(ENGINE_OPTIONS);
    const subject = createMachineEngine({ ...ENGINE_OPTIONS, fork: "shanghai" });
    const error = await differenceBetween(subject, oracle, USES_TLOAD);
    expect(error.code).to.equal("ENGINE_DIFFERENCE");
    expect(error.details).to.deep.include({ field: "success", expected: "true", actual: "false", to: CONTRACT });
    expect(error.details.step).to.deep.include({ index: 2, actual: "nothing" });
  });

  for (const [field, broken] of [
    ["gasUsed", { gasUsed: 1n }],
    ["gasRefund", { gasRefund: 7n }],
    ["returnData", { returnData: Uint8Array.of(1) }],
    ["logs", { logs: [{ address: CONTRACT, topics: [], data: Uint8Array.of(1) }] }],
    ["selfdestructs", { selfdestructs: [CONTRACT] }],
  ] as const) {
    it(`given an engine that tells other ${field}, it stops`, async () => {
      const machine = createMachineEngine(ENGINE_OPTIONS);
      const subject: Engine = {
        name: "broken",
        execute: async (...call) => ({ ...(await machine.execute(...call)), ...broken }),
      };
      const error = await differenceBetween(subject, createEthereumjsEngine(ENGINE_OPTIONS), { [CONTRACT]: "00" });
      expect([error.code, error.details.field, error.details.step]).to.deep.equal([
        "ENGINE_DIFFERENCE",
        field,
        undefined,
      ]);
    });
  }

  it("given an engine that leaves another state, it stops at the root", async () => {
    const machine = createMachineEngine(ENGINE_OPTIONS);
    const subject: Engine = {
      name: "broken",
      async execute(state, ...call) {
        const outcome = await machine.execute(state, ...call);
        state.setBalance(CONTRACT, 1n);
        return outcome;
      },
    };
    const error = await differenceBetween(subject, createEthereumjsEngine(ENGINE_OPTIONS), { [CONTRACT]: "00" });
    expect([error.code, error.details.field]).to.deep.equal(["ENGINE_DIFFERENCE", "root"]);
  });

  for (const engine of ["machine", "ethereumjs"] as const) {
    it(`given a chain of ${engine} that checks itself, its blocks are those of one that does not`, async () => {
      const chains = [testChain({ engine, crossCheck: true }), testChain({ engine })];
      const hashes = await Promise.all(
        chains.map(async ({ chain }) => {
          const from = account(chain, 0);
          // Init code that leaves runtime code: SSTORE(0, CALLVALUE), LOG0, SELFDESTRUCT to the caller if there is data.
          const runtime = "345f5536601057346000a05f5ff35b33ff";
          const init = `70${runtime}5f526011600ff3`;
          const { contractAddress } = mined(
            await chain.sendTransaction({ from, data: bytes(init), gasLimit: 500_000n }),
          );
          if (contractAddress === undefined) throw new Error("nothing was made");
          const call = { from, to: contractAddress, gasLimit: 200_000n };
          mined(await chain.sendTransaction({ ...call, value: 5n }));
          mined(await chain.sendTransaction({ ...call, value: 0n }));
          mined(await chain.sendTransaction({ ...call, data: Uint8Array.of(1) }));
          expect((await chain.call(call)).success).to.equal(true);
          return chain.latestBlock().hash;
        }),
      );
      expect(hashes[0]).to.equal(hashes[1]);
    });
  }
});
