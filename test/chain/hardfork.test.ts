import { ChainError, type ChainFork, type ChainOptions } from "@banyan/chain";
import { expect } from "chai";
import { account, bytes, codeOf, deploy, mined, testChain, word } from "./support.ts";

describe("Fork of a chain", () => {
  it("refuses a fork, an engine and a gas cap that no chain can have", () => {
    for (const option of [
      '{"hardfork":"spuriousDragon"}',
      '{"hardfork":"amsterdam"}',
      '{"hardfork":"toString"}',
      '{"engine":"geth"}',
    ]) {
      expect(() => testChain(JSON.parse(option)), option)
        .to.throw(ChainError)
        .with.property("code", "OPTION_INVALID");
    }
    expect(() => testChain({ transactionGasCap: 20_999n }))
      .to.throw(ChainError)
      .with.property("code", "OPTION_INVALID");
  });

  it("refuses the engine of ethereumjs, alone and in cross-check, after Cancun", () => {
    for (const hardfork of ["prague", "osaka"] as const) {
      for (const option of [{ engine: "ethereumjs" }, { engine: "machine", crossCheck: true }] as const) {
        expect(() => testChain({ hardfork, ...option }))
          .to.throw(ChainError)
          .with.property("code", "OPTION_INVALID");
      }
    }
  });

  it("given Hardhat's other names, takes the fork that has the same rules", () => {
    const forks = ["muirGlacier", "arrowGlacier", "grayGlacier", "merge"] as const;
    expect(forks.map((hardfork) => testChain({ hardfork }).chain.hardfork)).to.deep.equal([
      "istanbul",
      "london",
      "london",
      "paris",
    ]);
  });

  it("given a fork without base fees, refuses what needs them, and prices by one gas price", async () => {
    const { chain } = testChain({ hardfork: "berlin" });
    const from = account(chain, 0);
    expect(await codeOf(() => chain.setNextBlockBaseFeePerGas(1n))).to.equal("FORK_TOO_OLD");
    expect(await codeOf(() => chain.setPrevRandao(word(1)))).to.equal("FORK_TOO_OLD");
    expect(await codeOf(() => chain.getFeeHistory(1, "latest", []))).to.equal("FORK_TOO_OLD");
    const feeMarket = { from, to: from, maxFeePerGas: 1n };
    expect(await codeOf(() => chain.sendTransaction(feeMarket))).to.equal("TX_TYPE_UNSUPPORTED");
    const old = testChain({ hardfork: "istanbul" }).chain;
    expect(await codeOf(() => old.sendTransaction({ from, to: from, accessList: [] }))).to.equal("TX_TYPE_UNSUPPORTED");
    const { transaction, effectiveGasPrice } = mined(await chain.sendTransaction({ from, to: from }));
    expect(transaction.type).to.equal(0);
    expect(effectiveGasPrice).to.equal(8_000_000_000n);
    expect(mined(await chain.sendTransaction({ from, to: from, accessList: [] })).transaction.type).to.equal(1);
  });

  it("given Osaka, a transaction has 2^24 gas at most unless the cap is lifted (EIP-7825)", async () => {
    const endless = bytes("5b5f56");
    const gasOf = async (options: ChainOptions) => {
      const { chain } = testChain({ engine: "machine", ...options });
      const from = account(chain, 0);
      const { gasUsed } = await chain.call({ from, data: endless });
      const big = { from, to: from, gasLimit: 16_777_217n };
      const { transaction } = mined(await chain.sendTransaction({ from, to: from }));
      return [gasUsed, await codeOf(() => chain.sendTransaction(big)), transaction.gasLimit];
    };
    expect(await gasOf({ hardfork: "prague" })).to.deep.equal([60_000_000n, "none", 60_000_000n]);
    expect(await gasOf({ hardfork: "osaka" })).to.deep.equal([16_777_216n, "TX_GAS_ABOVE_CAP", 16_777_216n]);
    expect(await gasOf({ hardfork: "osaka", transactionGasCap: false })).to.deep.equal([
      60_000_000n,
      "none",
      60_000_000n,
    ]);
    expect(await gasOf({ hardfork: "cancun", transactionGasCap: 60_000n })).to.deep.equal([
      60_000n,
      "TX_GAS_ABOVE_CAP",
      60_000n,
    ]);
  });

  it("given Prague, the hashes of 8,191 blocks are kept in the history contract (EIP-2935)", async () => {
    const history = "0x0000f90827f1c53a10cb7a02335b175320002935";
    const { chain } = testChain({ hardfork: "prague", engine: "machine" });
    const from = account(chain, 0);
    const ask = (number: bigint, block?: bigint) =>
      chain.call({ from, to: history, data: bytes(word(number)) }, { block: block ?? "latest" });
    await chain.mine(8_193n);
    const hashOf = async (number: bigint) => bytes((await chain.getBlock(number))?.hash ?? "");
    expect((await ask(8_193n)).haltReason).to.equal("revert");
    expect((await ask(1n)).haltReason).to.equal("revert");
    expect((await ask(2n)).returnData).to.deep.equal(await hashOf(2n));
    expect((await ask(5_000n)).returnData).to.deep.equal(await hashOf(5_000n));
    expect((await ask(8_192n)).returnData).to.deep.equal(await hashOf(8_192n));
    expect((await ask(1n, 2n)).returnData).to.deep.equal(await hashOf(1n));
    expect(
      (await chain.call({ from, to: history, data: bytes(word(8_193n)) }, { block: "pending" })).returnData,
    ).to.deep.equal(await hashOf(8_193n));
    await chain.setCode(history, bytes("00"));
    const before = await chain.getStorageAt(history, word(2));
    await chain.mine();
    expect(await chain.getStorageAt(history, word(2))).to.equal(before);
  });

  // PUSH0 since Shanghai (EIP-3855); TLOAD and MCOPY since Cancun (EIP-1153, EIP-5656).
  const known: readonly (readonly [ChainFork, push0: boolean, tload: boolean])[] = [
    ["london", false, false],
    ["paris", false, false],
    ["shanghai", true, false],
    ["cancun", true, true],
    ["prague", true, true],
    ["osaka", true, true],
  ];
  for (const engine of ["machine", "ethereumjs"] as const) {
    for (const [hardfork, push0, tload] of known) {
      // ethereumjs knows none later than Cancun.
      if (engine === "ethereumjs" && (hardfork === "prague" || hardfork === "osaka")) continue;
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
        expect(await chain.getCode(contractAddress)).to.have.length(tload ? 2 : 0);
      });
    }
  }

  it("given the default, it is Cancun", async () => {
    const { chain } = testChain();
    expect(chain.hardfork).to.equal("cancun");
    await deploy(chain, "5f5c00");
  });
});
