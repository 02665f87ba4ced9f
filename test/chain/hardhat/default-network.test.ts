import banyanChain from "@banyan/chain/hardhat";
import { expect } from "chai";
import hre, { network } from "hardhat";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import { HardhatPluginError } from "hardhat/plugins";
import type { NetworkHooks } from "hardhat/types/hooks";
import { parseEther } from "viem";

const ADDRESS = "0x00000000000000000000000000000000000000aa";

describe("the default network", () => {
  it("is this repository's chain, and Hardhat's own is the network edr", async () => {
    const ours = await network.create("default");
    expect(await ours.provider.request({ method: "web3_clientVersion" })).to.match(
      /^HardhatNetwork\/.*\/banyan-chain\//,
    );
    expect(hre.config.networks.default?.type).to.equal("http");
    const theirs = await network.create("edr");
    expect(await theirs.provider.request({ method: "web3_clientVersion" })).to.match(/\/@nomicfoundation\/edr\//);
  });

  it("shows itself to tools as a simulated network, which ends with the process", async () => {
    const { networkConfig } = await network.create({ network: "default", override: { banyan: { chainId: 77n } } });
    expect({ type: networkConfig.type, chainId: networkConfig.chainId }).to.deep.equal({
      type: "edr-simulated",
      chainId: 77,
    });
  });

  it("is a fresh chain for every connection", async () => {
    const [first, second] = [await network.create("default"), await network.create("default")];
    await first.networkHelpers.mine(3);
    await first.networkHelpers.setBalance(ADDRESS, 5n);
    const client = await second.viem.getPublicClient();
    expect(await client.getBlockNumber()).to.equal(0n);
    expect(await client.getBalance({ address: ADDRESS })).to.equal(0n);
  });

  it("takes settings for one connection", async () => {
    const override = {
      banyan: { chainId: 4_242n, accountCount: 3, accountBalance: parseEther("5"), blockGasLimit: 9_000_000n },
    };
    const { viem } = await network.create({ network: "default", override });
    const client = await viem.getPublicClient();
    const wallets = await viem.getWalletClients();
    const block = await client.getBlock();
    const [wallet] = wallets;
    if (wallet === undefined) throw new Error("The network has no accounts");
    expect({
      chainId: await client.getChainId(),
      accounts: wallets.length,
      balance: await client.getBalance({ address: wallet.account.address }),
      gasLimit: block.gasLimit,
    }).to.deep.equal({ chainId: 4_242, accounts: 3, balance: parseEther("5"), gasLimit: 9_000_000n });
  });

  it("takes for one connection the settings of Hardhat's simulated network, and does what that does", async () => {
    const initialDate = new Date("2031-05-06T00:00:00Z");
    const override = Object({
      chainId: 4_243,
      hardfork: "shanghai",
      blockGasLimit: 9_000_000,
      initialDate,
      coinbase: ADDRESS,
      initialBaseFeePerGas: 7n,
      allowUnlimitedContractSize: true,
      mining: { auto: false, interval: 0, mempool: { order: "fifo" } },
      accounts: { count: 3, accountsBalance: "5000000000000000000" },
    });
    const answers = await Promise.all(
      ["default", "edr"].map(async (name) => {
        const { provider } = await network.create({ network: name, override });
        const accounts = await provider.request({ method: "eth_accounts" });
        // A contract of 30,000 bytes.
        const sent = { data: "0x6175305ff3", gas: "0x7a1200", from: Object(accounts)[0] };
        const hash = await provider.request({ method: "eth_sendTransaction", params: [sent] });
        const waiting = await provider.request({ method: "eth_getTransactionReceipt", params: [hash] });
        const balance = await provider.request({ method: "eth_getBalance", params: [sent.from, "latest"] });
        await provider.request({ method: "hardhat_mine", params: [] });
        const receipt = await provider.request({ method: "eth_getTransactionReceipt", params: [hash] });
        const block = await provider.request({ method: "eth_getBlockByNumber", params: ["0x0", false] });
        const { gasLimit, timestamp, baseFeePerGas, parentBeaconBlockRoot } = Object(block);
        const { status, contractAddress } = Object(receipt);
        return {
          chainId: await provider.request({ method: "eth_chainId" }),
          coinbase: await provider.request({ method: "eth_coinbase" }),
          ...{ accounts, waiting, balance, status, contractAddress },
          ...{ gasLimit, timestamp, baseFeePerGas, parentBeaconBlockRoot },
        };
      }),
    );
    expect(answers[0]).to.deep.equal(answers[1]);
    expect(answers[0]).to.deep.include({ chainId: "0x1093", coinbase: ADDRESS, waiting: null, status: "0x1" });
    expect(answers[0]).to.deep.include({ gasLimit: "0x895440", baseFeePerGas: "0x7", balance: "0x4563918244f40000" });
  });

  it("refuses settings that it does not know, or of the wrong kind", async () => {
    for (const banyan of [{ chainID: 1n }, { chainId: "one" }, { interval: [1] }]) {
      const outcome = await network.create({ network: "default", override: Object({ banyan }) }).then(
        () => "accepted",
        (error: unknown) => Reflect.get(Object(error), "number"),
      );
      expect(outcome, JSON.stringify(Object.keys(banyan))).to.equal(707);
    }
  });

  it("notifies subscribers through the connection's provider, until the connection is closed", async () => {
    const { provider, networkHelpers, close } = await network.create("default");
    const numbers: unknown[] = [];
    provider.on("message", (message: { data: { subscription: string; result: { number: string } } }) =>
      numbers.push([message.data.subscription, message.data.result.number]),
    );
    const subscription = await provider.request({ method: "eth_subscribe", params: ["newHeads"] });
    await networkHelpers.mine(2);
    expect(numbers).to.deep.equal([
      [subscription, "0x1"],
      [subscription, "0x2"],
    ]);
    expect(await provider.request({ method: "eth_unsubscribe", params: [subscription] })).to.equal(true);
    await networkHelpers.mine(1);
    expect(numbers).to.have.length(2);
    await close();
    const outcome = await provider.request({ method: "eth_blockNumber" }).then(
      () => "answered",
      () => "refused",
    );
    expect(outcome).to.equal("refused");
  });

  it("refuses to measure coverage and gas, which it could not", async () => {
    const config = { plugins: [banyanChain] };
    for (const option of [{ coverage: true }, { gasStats: true }, { gasStatsJson: "gas.json" }]) {
      const environment = await createHardhatRuntimeEnvironment(config, { network: "default", ...option });
      const outcome = await environment.network.create().then(
        () => "connected",
        (error: unknown) => (HardhatPluginError.isHardhatPluginError(error) ? error.pluginId : error),
      );
      expect(outcome, Object.keys(option)[0]).to.equal("banyan-chain");
    }
  });

  it("adds no requests of its own to a transaction that names no gas, price and nonce", async () => {
    const { provider, viem } = await network.create("default");
    const [wallet] = await viem.getWalletClients();
    if (wallet === undefined) throw new Error("The network has no accounts");
    const asked: string[] = [];
    const handlers: Partial<NetworkHooks> = {
      async onRequest(context, connection, request, next) {
        asked.push(request.method);
        return next(context, connection, request);
      },
    };
    hre.hooks.registerHandlers("network", handlers);
    try {
      await provider.request({
        method: "eth_sendTransaction",
        params: [{ from: wallet.account.address, to: ADDRESS, value: "0x1" }],
      });
    } finally {
      hre.hooks.unregisterHandlers("network", handlers);
    }
    expect(asked).to.deep.equal(["eth_sendTransaction"]);
  });
});
