import { expect } from "chai";
import { network } from "hardhat";
import { configVariable } from "hardhat/config";
import { closeAll, serve } from "../fork/support.ts";

/** The other chain: Hardhat's own network, served over HTTP. */
async function serveHardhatNetwork() {
  const remote = await network.create({ network: "edr", override: { chainId: 4_242 } });
  const probe = await remote.viem.deployContract("ChainProbe", [7n]);
  await probe.write.setValue([8n]);
  await remote.networkHelpers.mine(3);
  return { ...remote, probe, served: await serve(remote.provider) };
}

describe("A network that forks Hardhat's own", () => {
  afterEach(closeAll);

  it("refuses settings that it does not know, or of the wrong kind", async () => {
    for (const forking of [{}, { url: 5 }, { url: "http://x", blocknumber: 1n }, { url: "http://x", retries: "2" }]) {
      const override = { banyan: { forking } };
      const refusal = await network.create({ network: "default", override: override as object }).then(
        () => "none",
        (error: Error) => error.name,
      );
      expect(refusal, Object.keys(forking).join()).to.equal("HardhatError");
    }
  });

  it("given contracts there, fixtures, assertions and custom errors work on the fork", async () => {
    const { served, probe, viem } = await serveHardhatNetwork();
    const forking = { url: served.url, cacheDir: false } as const;
    const fork = await network.create({ network: "default", override: { banyan: { forking } } });
    const ours = await fork.viem.getContractAt("ChainProbe", probe.address);
    async function fixture() {
      await ours.write.setValue([9n]);
    }
    for (let round = 0; round < 2; round++) {
      await fork.networkHelpers.loadFixture(fixture);
      expect(await ours.read.value()).to.equal(9n);
      await ours.write.setValue([10n]);
    }
    await fork.viem.assertions.revertWithCustomErrorWithArgs(ours.write.setValue([2_000n]), ours, "ProbeValueTooHigh", [
      2_000n,
      1_000n,
    ]);
    expect(await probe.read.value()).to.equal(8n);
    const [theirs, own] = await Promise.all([viem.getPublicClient(), fork.viem.getPublicClient()]);
    const range = { address: probe.address, abi: probe.abi, eventName: "ProbeValueSet", fromBlock: 0n } as const;
    const before = await theirs.getContractEvents(range);
    const events = await own.getContractEvents(range);
    expect(events.slice(0, before.length).map(({ transactionHash }) => transactionHash)).to.deep.equal(
      before.map(({ transactionHash }) => transactionHash),
    );
    expect(events.map(({ args }) => args.newValue)).to.deep.equal([8n, 9n, 10n]);
  });

  it("given a configuration variable and a number, reads them; switched off, forks nothing", async () => {
    const { served, probe } = await serveHardhatNetwork();
    process.env.BANYAN_TEST_FORK_URL = served.url;
    const forking = { url: configVariable("BANYAN_TEST_FORK_URL"), blockNumber: 1, cacheDir: false } as const;
    const fork = await network.create({ network: "default", override: { banyan: { forking } } });
    const client = await fork.viem.getPublicClient();
    expect(await client.getBlockNumber()).to.equal(1n);
    expect(await client.getCode({ address: probe.address })).to.be.a("string");
    const plain = await network.create({
      network: "default",
      override: { banyan: { forking: { ...forking, enabled: false } } },
    });
    expect(await (await plain.viem.getPublicClient()).getBlockNumber()).to.equal(0n);
    delete process.env.BANYAN_TEST_FORK_URL;
  });

  it("given Hardhat's network forking the same block, both answer alike", async () => {
    const { served, probe, viem: remoteViem } = await serveHardhatNetwork();
    const [sender] = await remoteViem.getWalletClients();
    const blockNumber = 2;
    const [ours, theirs] = await Promise.all([
      network.create({
        network: "default",
        override: { banyan: { forking: { url: served.url, blockNumber, cacheDir: false } } },
      }),
      network.create({ network: "edr", override: { forking: { url: served.url, blockNumber } } }),
    ]);
    for (const { viem } of [ours, theirs]) {
      const contract = await viem.getContractAt("ChainProbe", probe.address);
      await contract.write.setValue([5n]);
      await contract.write.deposit({ value: 3n });
    }
    const from = sender?.account.address;
    const questions: [string, unknown[]][] = [
      ["eth_chainId", []],
      ["eth_blockNumber", []],
      ["eth_getBalance", [probe.address, "latest"]],
      ["eth_getBalance", [from, "latest"]],
      ["eth_getBalance", [from, "0x2"]],
      ["eth_getBalance", [from, "0x1"]],
      ["eth_getTransactionCount", [from, "latest"]],
      ["eth_getStorageAt", [probe.address, "0x0", "latest"]],
      ["eth_getStorageAt", [probe.address, "0x0", "0x2"]],
      ["eth_getStorageAt", [probe.address, "0x0", "0x1"]],
      ["eth_getCode", [probe.address, "0x0"]],
      ["eth_gasPrice", []],
    ];
    for (const [method, params] of questions) {
      expect(await ours.provider.request({ method, params }), method).to.deep.equal(
        await theirs.provider.request({ method, params }),
      );
    }
    const fields = ["number", "parentHash", "gasUsed", "gasLimit", "baseFeePerGas", "miner", "mixHash", "logsBloom"];
    for (const number of ["0x3", "0x4"]) {
      const pick = async (provider: typeof ours.provider) => {
        const block = Object(await provider.request({ method: "eth_getBlockByNumber", params: [number, false] }));
        return fields.map((field) => (field === "parentHash" && number === "0x4" ? "" : block[field]));
      };
      expect(await pick(ours.provider)).to.deep.equal(await pick(theirs.provider));
    }
  });
});
