import { createChain } from "@banyan/chain";
import { expect } from "chai";
import { account, bytes, codeOf, testChain, word } from "./support.ts";

describe("Controls of a chain", () => {
  it("given the order of arrival, a block takes transactions as they came; by Hardhat's name for it, too", async () => {
    for (const mempoolOrder of ["arrival", "fifo"] as const) {
      const { chain } = testChain({ automine: false, mempoolOrder });
      const [a, b] = [account(chain, 0), account(chain, 1)];
      const { hash: first } = await chain.sendTransaction({ from: a, to: b, maxPriorityFeePerGas: 1n });
      const { hash: second } = await chain.sendTransaction({ from: b, to: a, maxPriorityFeePerGas: 9n });
      expect((await chain.mine())[0]?.transactions.map(({ hash }) => hash)).to.deep.equal([first, second]);
    }
    expect(await codeOf(() => testChain({ mempoolOrder: Object("random") }))).to.equal("OPTION_INVALID");
  });

  it("given a fixed base fee, blocks keep it until another is set", async () => {
    const { chain } = testChain({ baseFee: "fixed", initialBaseFeePerGas: 5n });
    await chain.mine(3n);
    expect(chain.latestBlock().header.baseFeePerGas).to.equal(5n);
    await chain.setNextBlockBaseFeePerGas(9n);
    await chain.mine(2n);
    expect(chain.latestBlock().header.baseFeePerGas).to.equal(9n);
  });

  it("given an interval of timestamps, blocks are so far apart until it is removed", async () => {
    const { chain, clock } = testChain();
    const start = chain.latestBlock().header.timestamp;
    expect(await chain.setBlockTimestampInterval(12n)).to.equal(false);
    clock.now += 5_000;
    await chain.mine();
    await chain.mine();
    expect(chain.latestBlock().header.timestamp).to.equal(start + 24n);
    expect(await chain.setBlockTimestampInterval(undefined)).to.equal(true);
    clock.now += 5_000;
    await chain.mine();
    expect(chain.latestBlock().header.timestamp).to.equal(start + 29n);
  });

  it("given automine and a timer at once, both make blocks", async () => {
    const { chain, fire } = testChain({ automine: true, interval: 1_000 });
    await chain.sendTransaction({ from: account(chain, 0), to: account(chain, 1) });
    fire();
    await chain.mine(0n);
    expect(chain.latestBlock().header.number).to.equal(2n);
  });

  it("given a dumped state, another chain that loads it has the same accounts, code and storage", async () => {
    const [source, target] = [await createChain(), await createChain()];
    const place = `0x${"cd".repeat(20)}` as const;
    await source.core.setCode(place, bytes("6001"));
    await source.core.setStorageAt(place, word(3), word(7));
    await source.core.setBalance(place, 11n);
    const state = await source.provider.request({ method: "anvil_dumpState" });
    expect(await target.provider.request({ method: "anvil_loadState", params: [state] })).to.equal(true);
    expect(await target.core.getStorageAt(place, word(3))).to.equal(word(7));
    expect(await target.core.getBalance(place)).to.equal(11n);
    expect(await target.core.getCode(place)).to.deep.equal(bytes("6001"));
    await source.close();
    await target.close();
  });

  it("given a reset, it begins anew, and its listeners stay", async () => {
    const { chain } = testChain();
    const heads: bigint[] = [];
    chain.on("newHead", ({ header }) => heads.push(header.number));
    const genesis = chain.latestBlock().hash;
    await chain.mine(2n);
    await chain.setBalance(account(chain, 0), 1n);
    await chain.reset();
    expect(chain.latestBlock().hash).to.equal(genesis);
    expect(await chain.getBalance(account(chain, 0))).to.equal(10_000n * 10n ** 18n);
    await chain.mine();
    expect(heads).to.deep.equal([1n, 2n, 1n]);
  });

  it("given a key, it signs for its account from then on, until that is removed", async () => {
    const { chain } = testChain();
    const added = chain.addAccount(bytes("11".repeat(32)));
    expect(chain.accounts).to.include(added);
    await chain.setBalance(added, 10n ** 18n);
    expect((await chain.sendTransaction({ from: added, to: added })).receipt?.status).to.equal(1);
    expect(chain.removeAccount(added)).to.equal(true);
    expect(await codeOf(() => chain.sendTransaction({ from: added, to: added }))).to.equal("ACCOUNT_UNKNOWN");
    expect(await codeOf(() => chain.addAccount(bytes("00".repeat(32))))).to.equal("OPTION_INVALID");
  });
});
