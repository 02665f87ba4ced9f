import { expect } from "chai";
import { createMachineEngine } from "../../../chain/src/engine/machine/create-machine-engine.ts";
import type { Fork } from "../../../chain/src/rules/fork.ts";
import { CONTRACT, executeOn, stateWith } from "./execute-on.ts";

describe("One state under the rules of several forks", () => {
  it("given code that only some forks know, each run goes by its own fork, in whatever order", async () => {
    // PUSH0 since Shanghai, TLOAD since Cancun, CLZ since Osaka; what an account decoded for one fork must not be run at another.
    const state = stateWith({ [CONTRACT]: "60015f5c1e00" });
    const order: readonly Fork[] = ["osaka", "cancun", "osaka", "london", "shanghai", "osaka", "cancun"];
    const outcomes: boolean[] = [];
    for (const fork of order) {
      const engine = createMachineEngine({ chainId: 1n, fork, allowUnlimitedContractSize: false });
      outcomes.push((await executeOn(engine, { state })).success);
    }
    expect(outcomes).to.deep.equal([true, false, true, false, false, true, false]);
    state.close();
  });
});
