import type { Address, Chain, Tracer } from "@banyan/chain";
import { expect } from "chai";
import { account, bytes, codeOf, deploy, mined, word } from "../support.ts";
import { closeAll, makeChain, serve, type TestRemote } from "./support.ts";

const ETHER = 10n ** 18n;
/** Counts its calls in slot 0 and returns nothing; with value, too. */
const COUNTER = "5f546001015f5500";
/** Destroys itself in favour of the caller. */
const MORTAL = "33ff";
const SOMEBODY: Address = "0x00000000000000000000000000000000000000aa";

describe("Orders to a fork about accounts of the other chain", () => {
  let origin: Chain;
  let fork: Chain;
  let remote: TestRemote;
  let counter: Address;
  let request: (method: string, ...params: unknown[]) => Promise<unknown>;

  const count = async (chain: Chain = fork): Promise<bigint> => BigInt(await chain.getStorageAt(counter, word(0)));
  const call = (from = 1, to = counter) => fork.sendTransaction({ from: account(fork, from), to, gasLimit: 100_000n });

  beforeEach(async () => {
    const embedded = await makeChain({ chainId: 4_242n });
    origin = embedded.core;
    counter = await deploy(origin, COUNTER);
    for (let i = 0; i < 3; i++)
      mined(await origin.sendTransaction({ from: account(origin, 2), to: counter, gasLimit: 100_000n }));
    await origin.setBalance(SOMEBODY, 5n * ETHER);
    await origin.mine();
    remote = await serve(embedded.provider);
    const forked = await makeChain({ forking: { url: remote.url } });
    fork = forked.core;
    request = (method, ...params) => forked.provider.request({ method, params });
  });

  afterEach(closeAll);

  it("funds the unlocked accounts without code, and keeps their nonces", async () => {
    const delegated = account(origin, 2);
    await origin.setCode(delegated, bytes(`ef0100${counter.slice(2)}`));
    const { core } = await makeChain({ accountBalance: 7n, forking: { url: remote.url } });
    expect(await core.getBalance(delegated)).to.equal(7n);
    expect(await core.getCode(delegated)).to.have.length(0);
    expect(await core.getNonce(delegated)).to.equal(3n);
    expect(await core.getCode(delegated, 1n)).to.have.length(0);
  });

  it("sets balances, nonces, code and storage, and leaves the rest as it was", async () => {
    await fork.setBalance(counter, 9n);
    await fork.setStorageAt(counter, word(0), word(41));
    await fork.setStorageAt(SOMEBODY, word(1), word(2));
    await fork.setNonce(SOMEBODY, 8n);
    await fork.setCode(SOMEBODY, bytes(COUNTER));
    expect(await codeOf(() => fork.setNonce(account(fork, 2), 2n))).to.equal("TX_NONCE_TOO_LOW");
    mined(await call());
    expect(await count()).to.equal(42n);
    expect(await fork.getBalance(counter)).to.equal(9n);
    expect(await fork.getBalance(SOMEBODY)).to.equal(5n * ETHER);
    expect(await fork.getNonce(SOMEBODY)).to.equal(8n);
    expect(await fork.getStorageAt(SOMEBODY, word(1))).to.equal(word(2));
    expect(await count(origin)).to.equal(3n);
  });

  it("returns to snapshots, again and again, and asks nothing for what it has read before", async () => {
    mined(await call());
    for (let round = 0; round < 3; round++) {
      const snapshot = await fork.snapshot();
      if (round === 1) remote.forget();
      mined(await call(3));
      await fork.setStorageAt(counter, word(5), word(1));
      await fork.mine(3n);
      expect(await count()).to.equal(5n);
      expect(await fork.revert(snapshot)).to.equal(true);
      expect(await count()).to.equal(4n);
      expect(await fork.getStorageAt(counter, word(5))).to.equal(word(0));
    }
    expect(remote.total()).to.equal(0);
  });

  it("impersonates accounts of the other chain", async () => {
    fork.impersonate(SOMEBODY);
    mined(await fork.sendTransaction({ from: SOMEBODY, to: account(fork, 0), value: ETHER, gasLimit: 21_000n }));
    expect(await fork.getNonce(SOMEBODY)).to.equal(1n);
    expect((await fork.getBalance(SOMEBODY)) < 4n * ETHER).to.equal(true);
    expect(await codeOf(() => fork.sendTransaction({ from: counter, to: SOMEBODY }))).to.equal("ACCOUNT_UNKNOWN");
  });

  it("given a transaction without gas limit, estimates and overrides, reads what they need", async () => {
    expect((await fork.sendTransaction({ from: account(fork, 4), to: counter })).receipt?.status).to.equal(1);
    const estimate = await fork.estimateGas({ from: account(fork, 5), to: counter });
    expect(estimate.success && estimate.gasLimit).to.be.a("bigint");
    const stateOverrides = new Map([
      [SOMEBODY, { code: bytes("5f545f5260205ff3"), stateDiff: new Map([[word(0), word(6)]]) }],
    ]);
    const { returnData } = await fork.call({ to: SOMEBODY }, { stateOverrides });
    expect(Buffer.from(returnData).toString("hex")).to.equal(word(6).slice(2));
    expect(await fork.getCode(SOMEBODY)).to.have.length(0);
  });

  it("given pending transactions, their block and its state include accounts of the other chain", async () => {
    fork.setAutomine(false);
    await call(1);
    await call(2);
    expect((await fork.getBlock("pending"))?.transactions).to.have.length(2);
    expect(BigInt(await fork.getStorageAt(counter, word(0), "pending"))).to.equal(5n);
    expect(await count()).to.equal(3n);
    await fork.mine();
    expect(await count()).to.equal(5n);
  });

  it("given a contract that destroys itself before Cancun, its storage does not come back from the other chain", async () => {
    const options = { hardfork: "shanghai", forking: { url: remote.url } } as const;
    const mortal = await deploy(origin, MORTAL);
    await origin.setStorageAt(mortal, word(1), word(9));
    const { core } = await makeChain(options);
    mined(await core.sendTransaction({ from: account(core, 0), to: mortal, gasLimit: 100_000n }));
    expect(await core.getCode(mortal)).to.have.length(0);
    expect(await core.getStorageAt(mortal, word(1))).to.equal(word(0));
    await core.setCode(mortal, bytes("60015460025500"));
    mined(await core.sendTransaction({ from: account(core, 0), to: mortal, gasLimit: 100_000n }));
    expect(await core.getStorageAt(mortal, word(2))).to.equal(word(0));
    const destroyedAt = core.latestBlock().header.number - 1n;
    expect(await core.getStorageAt(mortal, word(1), destroyedAt)).to.equal(word(0));
    expect(await core.getStorageAt(mortal, word(1), destroyedAt - 1n)).to.equal(word(9));
  });

  it("given a tracer, it sees an execution once, though pages were missing", async () => {
    for (const restartable of [true, false]) {
      const { core } = await makeChain({ forking: { url: remote.url } });
      let entered = 0;
      let before = 0;
      const tracer: Tracer = {
        onBegin() {
          before = entered;
        },
        onEnter() {
          entered++;
        },
        ...(restartable
          ? {
              onRestart() {
                entered = before;
              },
            }
          : {}),
      };
      core.setTracer(tracer);
      mined(await core.sendTransaction({ from: account(core, 1), to: counter, gasLimit: 100_000n }));
      expect(entered).to.equal(1);
    }
  });

  it("given a second engine that checks the first, both read the other chain", async () => {
    const { core } = await makeChain({ crossCheck: true, forking: { url: remote.url } });
    mined(await core.sendTransaction({ from: account(core, 1), to: counter, gasLimit: 100_000n }));
    expect(await count(core)).to.equal(4n);
  });

  describe("hardhat_reset", () => {
    it("refuses what is no fork, and stays as it is", async () => {
      mined(await call());
      const head = fork.latestBlock().hash;
      for (const options of [5, { forking: 5 }, { forking: { jsonRpcUrl: 5 } }, { forking: { blockNumber: "x" } }])
        expect(await codeOf(() => request("hardhat_reset", options))).to.equal("-32602");
      expect(await codeOf(() => request("hardhat_reset", { forking: { jsonRpcUrl: "ws://x" } }))).to.equal("-32602");
      expect(await codeOf(() => fork.reset({ forking: { blockNumber: 99n } }))).to.equal("BLOCK_NOT_FOUND");
      expect(fork.latestBlock().hash).to.equal(head);
      const { core } = await makeChain();
      expect(await codeOf(() => core.reset({ forking: { blockNumber: 1n } }))).to.equal("OPTION_INVALID");
    });

    it("forks another block, the same endpoint again, or nothing", async () => {
      mined(await call());
      const filter = await request("eth_newBlockFilter");
      await request("hardhat_reset", { forking: { jsonRpcUrl: remote.url, blockNumber: 2 } });
      expect(await request("eth_blockNumber")).to.equal("0x2");
      expect(await count()).to.equal(1n);
      expect(await request("hardhat_metadata")).to.deep.include({
        forkedNetwork: { chainId: 4_242, forkBlockNumber: 2, forkBlockHash: fork.latestBlock().hash },
      });
      await request("anvil_reset", { forking: { blockNumber: Number.NaN } });
      expect(fork.latestBlock().hash).to.equal(origin.latestBlock().hash);
      expect(await request("eth_getFilterChanges", filter)).to.deep.equal([]);
      await request("hardhat_reset");
      expect(await request("eth_blockNumber")).to.equal("0x0");
      expect(fork.forkedFrom()).to.equal(undefined);
      expect(await fork.getCode(counter)).to.have.length(0);
    });
  });
});
