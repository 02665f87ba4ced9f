import type { Block, Hash } from "@banyan/chain";
import { expect } from "chai";
import { account, codeOf, deploy, mined, testChain, word } from "./support.ts";

const START = 1_900_000_000n;

describe("Mining", () => {
  it("given genesis, has the state root, PREVRANDAO and size of Hardhat's network at Cancun", () => {
    const { header, size } = testChain().chain.latestBlock();
    expect(header.stateRoot).to.equal("0x14d0a4a137c56f3a112a028d1c4fe582b223467808e942404f8ce02f3cbd8ed0");
    expect(header.prevRandao).to.equal("0x53c5ae3ce8eefbfad3aca77e5f4e1b19a949b04e2e5ce7a24fbb64422f14f0bf");
    expect(header).to.include({ number: 0n, gasLimit: 60_000_000n, baseFeePerGas: 1_000_000_000n, timestamp: START });
    expect(size).to.equal(0x249);
  });

  it("given automine, a transaction is in a block of its own before the order returns", async () => {
    const { chain } = testChain();
    const [a, b] = [account(chain, 0), account(chain, 1)];
    const receipt = mined(await chain.sendTransaction({ from: a, to: b, value: 5n }));
    expect(receipt).to.include({
      status: 1,
      gasUsed: 21_000n,
      blockNumber: 1n,
      transactionIndex: 0,
      cumulativeGasUsed: 21_000n,
    });
    // 1 gwei at genesis, an empty block lowers it by an eighth; the tip is 1 gwei.
    expect(chain.latestBlock().header.baseFeePerGas).to.equal(875_000_000n);
    expect(receipt.effectiveGasPrice).to.equal(1_875_000_000n);
    expect(await chain.getBalance(b)).to.equal(10_000n * 10n ** 18n + 5n);
    expect(await chain.getBalance(a)).to.equal(10_000n * 10n ** 18n - 5n - 21_000n * 1_875_000_000n);
    expect(await chain.getBalance(chain.coinbase())).to.equal(21_000n * 1_000_000_000n);
    expect((await chain.getTransaction(receipt.transaction.hash))?.block?.hash).to.equal(receipt.blockHash);
  });

  it("given automine off, transactions wait, are ordered by tip and by nonce, and share a block", async () => {
    const { chain } = testChain({ automine: false });
    const [a, b] = [account(chain, 0), account(chain, 1)];
    const tip = (maxPriorityFeePerGas: bigint): { maxPriorityFeePerGas: bigint } => ({ maxPriorityFeePerGas });
    const { hash: a0 } = await chain.sendTransaction({ from: a, to: b, ...tip(1n) });
    const { hash: a1, receipt } = await chain.sendTransaction({ from: a, to: b, ...tip(9n) });
    const { hash: b0 } = await chain.sendTransaction({ from: b, to: a, ...tip(5n) });
    expect(receipt).to.equal(undefined);
    expect(chain.latestBlock().header.number).to.equal(0n);
    expect(await chain.getNonce(a, "pending")).to.equal(2n);
    expect(await chain.getNonce(a)).to.equal(0n);
    expect((await chain.getBlock("pending"))?.transactions.map(({ hash }): Hash => hash)).to.deep.equal([b0, a0, a1]);
    expect(chain.latestBlock().header.number).to.equal(0n);
    const [block] = (await chain.mine()) as [Block];
    expect(block.transactions.map(({ hash }): Hash => hash)).to.deep.equal([b0, a0, a1]);
    expect(block.receipts.map((one) => one.cumulativeGasUsed)).to.deep.equal([21_000n, 42_000n, 63_000n]);
    expect(chain.pooledTransactions()).to.deep.equal({ pending: [], queued: [] });
  });

  it("given transactions beyond the block gas limit, the rest waits for the next block", async () => {
    const { chain } = testChain({ automine: false, blockGasLimit: 50_000n });
    const [a, b] = [account(chain, 0), account(chain, 1)];
    for (let i = 0; i < 3; i++) await chain.sendTransaction({ from: a, to: b, gasLimit: 21_000n });
    const blocks = await chain.mine(3n);
    expect(blocks.map(({ transactions }) => transactions.length)).to.deep.equal([2, 1, 0]);
  });

  it("given a nonce gap, the transaction waits until the gap is closed", async () => {
    const { chain } = testChain({ automine: false });
    const [a, b] = [account(chain, 0), account(chain, 1)];
    const { hash: late } = await chain.sendTransaction({ from: a, to: b, nonce: 1n, gasLimit: 21_000n });
    expect(chain.pooledTransactions().queued.map(({ hash }): Hash => hash)).to.deep.equal([late]);
    expect((await chain.mine())[0]?.transactions).to.have.length(0);
    await chain.sendTransaction({ from: a, to: b, nonce: 0n, gasLimit: 21_000n });
    expect((await chain.mine())[0]?.transactions).to.have.length(2);
  });

  it("given a replacement, the higher bid is mined and a bid of less than 10 % more is refused", async () => {
    const { chain } = testChain({ automine: false });
    const [a, b] = [account(chain, 0), account(chain, 1)];
    const bid = (gwei: bigint): { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint } => ({
      maxFeePerGas: gwei * 10n ** 8n,
      maxPriorityFeePerGas: gwei * 10n ** 8n,
    });
    await chain.sendTransaction({ from: a, to: b, nonce: 0n, gasLimit: 21_000n, ...bid(20n) });
    expect(
      await codeOf(() => chain.sendTransaction({ from: a, to: b, nonce: 0n, gasLimit: 21_001n, ...bid(21n) })),
    ).to.equal("TX_REPLACEMENT_UNDERPRICED");
    const { hash } = await chain.sendTransaction({ from: a, to: b, nonce: 0n, gasLimit: 21_002n, ...bid(22n) });
    expect((await chain.mine())[0]?.transactions.map((one): Hash => one.hash)).to.deep.equal([hash]);
  });

  it("given a dropped transaction, it is mined no more; a mined one cannot be dropped", async () => {
    const { chain } = testChain({ automine: false });
    const [a, b] = [account(chain, 0), account(chain, 1)];
    const { hash } = await chain.sendTransaction({ from: a, to: b, gasLimit: 21_000n });
    expect(await chain.dropTransaction(hash)).to.equal(true);
    expect(await chain.dropTransaction(hash)).to.equal(false);
    const { hash: other } = await chain.sendTransaction({ from: a, to: b, gasLimit: 21_000n, value: 1n });
    await chain.mine();
    expect(await codeOf(() => chain.dropTransaction(other))).to.equal("TX_ALREADY_MINED");
  });

  it("given many blocks with an interval, their times are that far apart and the chain's time goes on from the last", async () => {
    const { chain, clock } = testChain();
    clock.now += 60_000;
    const blocks = await chain.mine(1_000n, 3_600n);
    expect(blocks).to.have.length(1_000);
    expect(blocks[0]?.header.timestamp).to.equal(START + 60n);
    expect(blocks[999]?.header.timestamp).to.equal(START + 60n + 999n * 3_600n);
    clock.now += 5_000;
    expect((await chain.mine())[0]?.header.timestamp).to.equal(START + 60n + 999n * 3_600n + 5n);
  });

  it("given a next timestamp, one block has it and later blocks follow the clock from there", async () => {
    const { chain, clock } = testChain();
    expect(await codeOf(() => chain.setNextBlockTimestamp(START))).to.equal("TIMESTAMP_NOT_AFTER_PARENT");
    await chain.setNextBlockTimestamp(START + 1_000n);
    expect((await chain.getBlock("pending"))?.header.timestamp).to.equal(START + 1_000n);
    expect((await chain.mine())[0]?.header.timestamp).to.equal(START + 1_000n);
    clock.now += 7_000;
    expect((await chain.mine())[0]?.header.timestamp).to.equal(START + 1_007n);
    expect(await chain.increaseTime(100n)).to.equal(1_100n);
    expect((await chain.mine())[0]?.header.timestamp).to.equal(START + 1_107n);
    // The clock stands still: time moves on by a second a block.
    expect((await chain.mine())[0]?.header.timestamp).to.equal(START + 1_108n);
  });

  it("given knobs of the next block, it has them, and only what is meant to last lasts", async () => {
    const { chain } = testChain();
    const beneficiary = "0x00000000000000000000000000000000000000bb";
    await chain.setNextBlockBaseFeePerGas(7n);
    await chain.setPrevRandao(word(99));
    await chain.setCoinbase(beneficiary);
    await chain.setBlockGasLimit(30_000_000n);
    const [first, second] = (await chain.mine(2n)) as [Block, Block];
    expect(first.header).to.include({
      baseFeePerGas: 7n,
      prevRandao: word(99),
      coinbase: beneficiary,
      gasLimit: 30_000_000n,
    });
    expect(second.header).to.include({ baseFeePerGas: 7n, coinbase: beneficiary, gasLimit: 30_000_000n });
    expect(second.header.prevRandao).not.to.equal(word(99));
  });

  it("given full blocks, the base fee rises by an eighth; given half full ones, it stays", async () => {
    const { chain } = testChain({ blockGasLimit: 42_000n });
    const [a, b] = [account(chain, 0), account(chain, 1)];
    await chain.sendTransaction({ from: a, to: b, gasLimit: 21_000n });
    const half = chain.latestBlock().header.baseFeePerGas ?? 0n;
    expect(chain.nextBlockBaseFeePerGas()).to.equal(half);
    chain.setAutomine(false);
    await chain.sendTransaction({ from: a, to: b, gasLimit: 21_000n });
    await chain.sendTransaction({ from: a, to: b, gasLimit: 21_000n });
    await chain.mine();
    expect(chain.nextBlockBaseFeePerGas()).to.equal(half + half / 8n);
  });

  it("given an interval, the timer makes blocks until it is stopped", async () => {
    const { chain, fire } = testChain({ automine: false, interval: 500 });
    const heads: bigint[] = [];
    const stop = chain.on("newHead", ({ header }) => heads.push(header.number));
    for (let i = 0; i < 2; i++) {
      fire();
      await chain.mine(0n);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(heads).to.deep.equal([1n, 2n]);
    expect(chain.miningMode()).to.deep.equal({ automine: false, interval: 500 });
    chain.setIntervalMining(0);
    fire();
    await chain.mine(0n);
    expect(chain.latestBlock().header.number).to.equal(2n);
    stop();
  });

  it("given an interval and a time beyond what a header holds, the timer goes on without blocks until there is a time again", async () => {
    const { chain, fire } = testChain();
    const snapshot = await chain.snapshot();
    chain.setIntervalMining(1_000);
    await chain.setNextBlockTimestamp(2n ** 64n - 1n);
    await chain.mine();
    for (let round = 0; round < 3; round++) {
      fire();
      expect((await chain.getBlock("latest"))?.header.number).to.equal(1n);
      await new Promise(setImmediate);
    }
    await chain.revert(snapshot);
    await chain.mine();
    const before = chain.latestBlock().header.number;
    fire();
    expect((await chain.getBlock("latest"))?.header.number).to.equal(before + 1n);
    chain.setIntervalMining(0);
  });

  it("given listeners, they hear of transactions, heads and logs in order, and not after they left", async () => {
    const { chain } = testChain();
    // LOG1 of nothing, topic 7
    const emitter = await deploy(chain, "60075f5fa100");
    const heard: string[] = [];
    const stops = [
      chain.on("pendingTransaction", ({ to }) => heard.push(`transaction to ${to === emitter}`)),
      chain.on("newHead", ({ header }) => heard.push(`head ${header.number}`)),
      chain.on("logs", (logs) => heard.push(`logs ${logs.map(({ topics }) => topics)}`)),
    ];
    await chain.sendTransaction({ from: account(chain, 0), to: emitter });
    expect(heard).to.deep.equal(["transaction to true", "head 2", `logs ${word(7)}`]);
    for (const stop of stops) stop();
    await chain.mine();
    expect(heard).to.have.length(3);
  });

  it("given the same options, clock and orders, two chains make byte-identical blocks", async () => {
    const run = async (seed: string): Promise<readonly Hash[]> => {
      const { chain, clock } = testChain({ seed });
      const heads: Hash[] = [];
      for (let i = 0; i < 5; i++) {
        clock.now += 1_500;
        await chain.sendTransaction({ from: account(chain, i), to: account(chain, i + 1), value: BigInt(i) });
        heads.push(chain.latestBlock().hash);
      }
      return heads;
    };
    expect(await run("one")).to.deep.equal(await run("one"));
    expect(await run("two")).not.to.deep.equal(await run("one"));
  });
});
