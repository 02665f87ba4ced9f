import { expect } from "chai";
import { account, deploy, mined, testChain, word } from "./support.ts";

// PUSH0 CALLDATALOAD PUSH0 SSTORE: keeps the first word of its call data
const KEEPER = "5f355f5500";

describe("Snapshots", () => {
  it("given changes after a snapshot, a revert takes back blocks, state, pool, knobs and time, and uses the snapshot up", async () => {
    const { chain, clock } = testChain();
    const [a, b] = [account(chain, 0), account(chain, 1)];
    const keeper = await deploy(chain, KEEPER);
    await chain.sendTransaction({ from: a, to: keeper, data: Uint8Array.of(1) });
    await chain.increaseTime(50n);
    const head = chain.latestBlock();
    const balance = await chain.getBalance(a);
    const slot = await chain.getStorageAt(keeper, word(0));
    const id = await chain.snapshot();

    const { hash } = await chain.sendTransaction({ from: a, to: keeper, data: Uint8Array.of(2) });
    await chain.setBalance(b, 1n);
    await chain.setCoinbase(b);
    await chain.increaseTime(1_000n);
    await chain.setNextBlockBaseFeePerGas(3n);
    chain.setAutomine(false);
    await chain.sendTransaction({ from: a, to: b });
    clock.now += 30_000;

    expect(await chain.revert(id)).to.equal(true);
    expect(chain.latestBlock()).to.equal(head);
    expect(await chain.getBalance(a)).to.equal(balance);
    expect(await chain.getBalance(b)).to.equal(10_000n * 10n ** 18n);
    expect(await chain.getStorageAt(keeper, word(0))).to.equal(slot);
    expect(await chain.getTransaction(hash)).to.equal(undefined);
    expect(chain.coinbase()).not.to.equal(b);
    expect(chain.pooledTransactions().pending).to.have.length(0);
    expect(chain.nextBlockBaseFeePerGas()).not.to.equal(3n);
    const [block] = await chain.mine();
    // The 30 seconds outside do not count: the chain's time goes on from the snapshot.
    expect(block?.header.timestamp).to.equal(1_900_000_050n);
    expect(await chain.revert(id)).to.equal(false);
  });

  it("given nested snapshots, a revert to the outer one forgets the inner ones, and the chain after it equals one that never strayed", async () => {
    const { chain } = testChain();
    const twin = testChain().chain;
    const keepers = [await deploy(chain, KEEPER), await deploy(twin, KEEPER)] as const;
    const outer = await chain.snapshot();
    await chain.sendTransaction({ from: account(chain, 0), to: keepers[0], data: Uint8Array.of(1) });
    const inner = await chain.snapshot();
    await chain.sendTransaction({ from: account(chain, 0), to: keepers[0], data: Uint8Array.of(2) });
    expect(await chain.revert(outer)).to.equal(true);
    expect(await chain.revert(inner)).to.equal(false);
    for (const [one, keeper] of [
      [chain, keepers[0]],
      [twin, keepers[1]],
    ] as const) {
      await one.sendTransaction({ from: account(one, 0), to: keeper, data: Uint8Array.of(3) });
      await one.mine(2n);
    }
    expect(chain.latestBlock()).to.deep.equal(twin.latestBlock());
  });

  it("given a snapshot that is returned to again and again, the state root is the same each time", async () => {
    const { chain } = testChain();
    const keeper = await deploy(chain, KEEPER);
    let id = await chain.snapshot();
    const roots = new Set<string>();
    for (let i = 0; i < 20; i++) {
      await chain.setBalance(account(chain, 5), BigInt(i));
      for (let j = 1; j <= i; j++)
        await chain.sendTransaction({ from: account(chain, 0), to: keeper, data: Uint8Array.of(j) });
      await chain.revert(id);
      id = await chain.snapshot();
      roots.add(
        mined(await chain.sendTransaction({ from: account(chain, 0), to: keeper, data: Uint8Array.of(9) })) &&
          chain.latestBlock().header.stateRoot,
      );
      await chain.revert(id);
      id = await chain.snapshot();
    }
    expect(roots.size).to.equal(1);
  });
});
