import { ChainError, type ChainFork } from "@banyan/chain";
import { expect } from "chai";
import { account, bytes, deploy, mined, testChain } from "./support.ts";

describe("Fork of a chain", () => {
  it("refuses a fork and an engine that there is not", () => {
    for (const option of [JSON.parse('{"hardfork":"berlin"}'), JSON.parse('{"engine":"geth"}')]) {
      expect(() => testChain(option))
        .to.throw(ChainError)
        .with.property("code", "OPTION_INVALID");
    }
  });

  // PUSH0 since Shanghai (EIP-3855); TLOAD and MCOPY since Cancun (EIP-1153, EIP-5656).
  const known: readonly (readonly [ChainFork, push0: boolean, tload: boolean])[] = [
    ["london", false, false],
    ["paris", false, false],
    ["shanghai", true, false],
    ["cancun", true, true],
  ];
  for (const engine of ["machine", "ethereumjs"] as const) {
    for (const [hardfork, push0, tload] of known) {
      it(`given ${hardfork} on ${engine}, instructions of later forks are unknown`, async () => {
        const { chain } = testChain({ hardfork, engine });
        expect(chain.hardfork).to.equal(hardfork);
        const answers = [];
        for (const code of ["5f00", "60005c00", "6000600060005e00"]) {
          const to = "0x00000000000000000000000000000000000000cc";
          const stateOverrides = new Map([[to, { code: bytes(code) }]] as const);
          const { success, haltReason } = await chain.call({ from: account(chain, 0), to }, { stateOverrides });
          expect(haltReason).to.equal(success ? undefined : "invalid-opcode");
          answers.push(success);
        }
        expect(answers).to.deep.equal([push0, tload, tload]);
      });

      it(`given ${hardfork} on ${engine}, SELFDESTRUCT deletes an old contract before Cancun only (EIP-6780)`, async () => {
        const { chain } = testChain({ hardfork, engine });
        // Written without PUSH0: returns CALLER SELFDESTRUCT.
        const from = account(chain, 0);
        const init = bytes("6133ff6000526002601ef3");
        const { contractAddress } = mined(await chain.sendTransaction({ from, data: init, gasLimit: 200_000n }));
        if (contractAddress === undefined) throw new Error("nothing was made");
        expect(await chain.getCode(contractAddress)).to.deep.equal(bytes("33ff"));
        mined(await chain.sendTransaction({ from, to: contractAddress, gasLimit: 100_000n }));
        expect(await chain.getCode(contractAddress)).to.have.length(hardfork === "cancun" ? 2 : 0);
      });
    }
  }

  it("given the default, it is Cancun", async () => {
    const { chain } = testChain();
    expect(chain.hardfork).to.equal("cancun");
    await deploy(chain, "5f5c00");
  });
});
