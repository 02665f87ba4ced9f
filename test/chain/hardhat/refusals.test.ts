import { expect } from "chai";
import { artifacts, network } from "hardhat";
import { BaseError, ContractFunctionRevertedError, encodeFunctionData, getAddress, zeroAddress } from "viem";
import { normalise } from "../../helpers/normalise.ts";

const { abi } = await artifacts.readArtifact("ChainProbe");

/** Reads what a provider refused with. */
async function refusalOf(
  action: Promise<unknown>,
): Promise<{ code: unknown; message: string; data: unknown; transactionHash: unknown }> {
  try {
    await action;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return {
      code: Reflect.get(error, "code"),
      message: error.message,
      data: Reflect.get(error, "data"),
      transactionHash: Reflect.get(error, "transactionHash"),
    };
  }
  throw new Error("Nothing was refused");
}

for (const networkName of ["default", "edr"]) {
  describe(`failing calls and transactions on the network ${networkName}`, () => {
    async function deployProbe() {
      const connection = await network.create(networkName);
      const { viem, provider } = connection;
      const probe = await viem.deployContract("ChainProbe", [1n]);
      const client = await viem.getPublicClient();
      const [wallet] = await viem.getWalletClients();
      if (wallet === undefined) throw new Error("The network has no accounts");
      return { connection, viem, provider, probe, client, wallet, from: wallet.account.address };
    }
    let chain: Awaited<ReturnType<typeof deployProbe>>;
    beforeEach(async () => {
      chain = await deployProbe();
    });

    describe("as hardhat-viem's assertions see them", () => {
      it("names the custom error and its arguments when a read reverts", async () => {
        const { viem, probe } = chain;
        await viem.assertions.revertWithCustomErrorWithArgs(
          probe.simulate.setValue([2_000n]),
          probe,
          "ProbeValueTooHigh",
          [2_000n, 1_000n],
        );
      });

      it("names the custom error when a transaction without a gas limit reverts", async () => {
        const { viem, probe } = chain;
        await viem.assertions.revertWithCustomErrorWithArgs(
          probe.write.setValue([2_001n]),
          probe,
          "ProbeValueTooHigh",
          [2_001n, 1_000n],
        );
      });

      it("names the custom error when a transaction with a gas limit reverts", async () => {
        const { viem, probe } = chain;
        const action = probe.write.setValue([2_002n], { gas: 100_000n });
        await viem.assertions.revertWithCustomErrorWithArgs(action, probe, "ProbeValueTooHigh", [2_002n, 1_000n]);
      });

      it("names the custom error when a constructor reverts", async () => {
        const { viem, probe } = chain;
        await viem.assertions.revertWithCustomError(
          viem.deployContract("ChainProbe", [1_001n]),
          probe,
          "ProbeValueTooHigh",
        );
      });

      it("gives the reason string", async () => {
        const { viem, probe } = chain;
        await viem.assertions.revertWith(probe.read.failWithReason(["no such card"]), "no such card");
      });

      it("accepts a revert without data as a revert", async () => {
        const { viem, probe } = chain;
        await viem.assertions.revert(probe.read.failSilently());
      });

      it("notices that a transaction did not revert", async () => {
        const { viem, probe } = chain;
        const outcome = await viem.assertions.revert(probe.write.setValue([5n])).then(
          () => "accepted",
          () => "refused",
        );
        expect(outcome).to.equal("refused");
        expect(await probe.read.value()).to.equal(5n);
      });
    });

    it("gives viem the decoded error of a write", async () => {
      const { probe } = chain;
      const error: unknown = await probe.write.setValue([3_000n]).catch((failure: unknown) => failure);
      const reverted =
        error instanceof BaseError ? error.walk((cause) => cause instanceof ContractFunctionRevertedError) : undefined;
      if (!(reverted instanceof ContractFunctionRevertedError))
        throw new Error("viem did not see a revert", { cause: error });
      expect(reverted.data?.errorName).to.equal("ProbeValueTooHigh");
      expect(reverted.data?.args).to.deep.equal([3_000n, 1_000n]);
    });

    it("does not mine a failing transaction that names no gas limit", async () => {
      const { probe, provider, client, from } = chain;
      const before = {
        number: await client.getBlockNumber(),
        nonce: await client.getTransactionCount({ address: from }),
      };
      const data = encodeFunctionData({ abi: probe.abi, functionName: "setValue", args: [2_000n] });
      const refusal = await refusalOf(
        provider.request({ method: "eth_sendTransaction", params: [{ from, to: probe.address, data }] }),
      );
      expect(refusal.code).to.equal(3);
      expect(refusal.transactionHash ?? null).to.equal(null);
      expect({
        number: await client.getBlockNumber(),
        nonce: await client.getTransactionCount({ address: from }),
      }).to.deep.equal(before);
    });

    it("mines a failing transaction with a gas limit, and names it in the error", async () => {
      const { probe, provider, client, from } = chain;
      const before = await client.getBlockNumber();
      const data = encodeFunctionData({ abi: probe.abi, functionName: "setValue", args: [2_000n] });
      const refusal = await refusalOf(
        provider.request({
          method: "eth_sendTransaction",
          params: [{ from, to: probe.address, data, gas: "0x186a0" }],
        }),
      );
      expect(refusal.code).to.equal(3);
      expect(refusal.transactionHash).to.match(/^0x[0-9a-f]{64}$/);
      const block = await client.getBlock();
      expect(block.number).to.equal(before + 1n);
      expect(block.transactions).to.deep.equal([refusal.transactionHash]);
      const [hash] = block.transactions;
      if (hash === undefined) throw new Error("The block is empty");
      const receipt = await client.getTransactionReceipt({ hash });
      expect({ status: receipt.status, to: receipt.to, logs: receipt.logs }).to.deep.equal({
        status: "reverted",
        to: probe.address,
        logs: [],
      });
    });

    it("keeps what a contract did that survived the revert of another", async () => {
      const { viem, probe } = chain;
      const other = await viem.deployContract("ChainProbe", [7n]);
      await viem.assertions.emitWithArgs(probe.write.tryOther([other.address, 5_000n]), probe, "ProbeTried", [
        getAddress(other.address),
        false,
      ]);
      expect(await other.read.value()).to.equal(7n);
      await viem.assertions.emitWithArgs(probe.write.tryOther([other.address, 500n]), probe, "ProbeTried", [
        getAddress(other.address),
        true,
      ]);
      expect(await other.read.value()).to.equal(500n);
    });
  });
}

describe("the words of refusals", () => {
  /** Asks both networks the same and returns both answers. */
  async function onBoth(ask: (setup: { probe: `0x${string}`; from: string }) => { method: string; params: unknown[] }) {
    const answers = [];
    for (const networkName of ["default", "edr"]) {
      const { viem, provider } = await network.create(networkName);
      const probe = await viem.deployContract("ChainProbe", [1n]);
      const [wallet] = await viem.getWalletClients();
      if (wallet === undefined) throw new Error("The network has no accounts");
      const { code, message, data } = await refusalOf(
        provider.request(ask({ probe: probe.address, from: wallet.account.address })),
      );
      answers.push({ code, message, data: normalise(data) });
    }
    return answers;
  }

  const failures = {
    "a custom error": encodeFunctionData({ abi, functionName: "setValue", args: [2_000n] }),
    "a reason string": encodeFunctionData({ abi, functionName: "failWithReason", args: ["because"] }),
    "a panic": encodeFunctionData({ abi, functionName: "failWithPanic", args: [0n] }),
    "a silent revert": encodeFunctionData({ abi, functionName: "failSilently" }),
  };
  for (const [what, data] of Object.entries(failures)) {
    for (const method of ["eth_call", "eth_estimateGas", "eth_sendTransaction"]) {
      it(`are those of Hardhat's network for ${what} in ${method}`, async () => {
        const [ours, theirs] = await onBoth(({ probe, from }) => ({ method, params: [{ from, to: probe, data }] }));
        expect(ours).to.deep.equal(theirs);
      });
    }
  }

  it("carry the code of Hardhat's network for gas that ran out", async () => {
    const data = encodeFunctionData({ abi, functionName: "useAllGas" });
    const [ours, theirs] = await onBoth(({ probe, from }) => ({
      method: "eth_call",
      params: [{ from, to: probe, data, gas: "0x30000" }],
    }));
    expect({ code: ours?.code, message: ours?.message }).to.deep.equal({
      code: theirs?.code,
      message: theirs?.message,
    });
  });

  it("carry the code of Hardhat's network for a sender without funds", async () => {
    const [ours, theirs] = await onBoth(({ from }) => ({
      method: "eth_sendTransaction",
      params: [{ from, to: zeroAddress, value: "0xffffffffffffffffffffff", gas: "0x5208" }],
    }));
    expect(ours?.code).to.equal(theirs?.code);
    expect(ours?.data).to.include({ reason: "TX_INSUFFICIENT_FUNDS" });
  });
});
