import { expect } from "chai";
import { network } from "hardhat";
import {
  encodeFunctionData,
  getAddress,
  hashMessage,
  isHash,
  type Log,
  pad,
  parseEther,
  parseGwei,
  recoverAddress,
  verifyTypedData,
  zeroAddress,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";

const FIRST_ACCOUNT = getAddress("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
const local = privateKeyToAccount("0x0123456789012345678901234567890123456789012345678901234567890123");

/** Waits until something is there. */
async function until(reached: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !reached(); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
}

for (const networkName of ["default", "edr"]) {
  describe(`viem's clients on the network ${networkName}`, () => {
    async function open() {
      const connection = await network.create(networkName);
      const { viem } = connection;
      const [wallet, second] = await viem.getWalletClients();
      if (wallet === undefined || second === undefined) throw new Error("The network has too few accounts");
      const client = await viem.getPublicClient();
      const test = await viem.getTestClient();
      const probe = await viem.deployContract("ChainProbe", [1n]);
      return { connection, viem, wallet, second, client, test, probe };
    }
    let chain: Awaited<ReturnType<typeof open>>;
    beforeEach(async () => {
      chain = await open();
    });

    describe("the public client", () => {
      it("is on chain 31337 with the twenty standard accounts", async () => {
        const { client, viem } = chain;
        expect(await client.getChainId()).to.equal(31_337);
        const wallets = await viem.getWalletClients();
        expect(wallets).to.have.length(20);
        expect(getAddress(wallets[0]?.account.address ?? zeroAddress)).to.equal(FIRST_ACCOUNT);
        expect(await client.getBalance({ address: wallets[19]?.account.address ?? zeroAddress })).to.equal(
          parseEther("10000"),
        );
      });

      it("reads state at every earlier block", async () => {
        const { client, probe } = chain;
        const first = await client.getBlockNumber();
        await probe.write.setValue([10n]);
        await probe.write.setValue([20n]);
        const values = await Promise.all([0n, 1n, 2n].map((later) => probe.read.value({ blockNumber: first + later })));
        expect(values).to.deep.equal([1n, 10n, 20n]);
        const slots = await Promise.all(
          [0n, 1n].map((later) =>
            client.getStorageAt({ address: probe.address, slot: "0x0", blockNumber: first + later }),
          ),
        );
        expect(slots.map((slot) => BigInt(slot ?? 0))).to.deep.equal([1n, 10n]);
        expect(await client.getCode({ address: probe.address, blockNumber: first - 1n })).to.equal(undefined);
        expect(await client.getTransactionCount({ address: FIRST_ACCOUNT, blockNumber: first })).to.equal(1);
      });

      it("applies state overrides to one call only", async () => {
        const { client, probe } = chain;
        const data = encodeFunctionData({ abi: probe.abi, functionName: "value" });
        const stateDiff = [{ slot: pad("0x00"), value: pad("0x2a") }];
        const { data: result } = await client.call({
          to: probe.address,
          data,
          stateOverride: [{ address: probe.address, stateDiff }],
        });
        expect(BigInt(result ?? 0)).to.equal(42n);
        expect(await probe.read.value()).to.equal(1n);
      });

      it("estimates what a transaction then uses", async () => {
        const { client, probe, wallet } = chain;
        const gas = await probe.estimateGas.setValue([77n], { account: wallet.account.address });
        const receipt = await client.waitForTransactionReceipt({ hash: await probe.write.setValue([77n], { gas }) });
        expect(receipt.status).to.equal("success");
        expect(receipt.gasUsed <= gas).to.equal(true);
      });

      it("finds logs by address, event, argument and range", async () => {
        const { client, probe, second, viem } = chain;
        const other = await viem.deployContract("ChainProbe", [1n]);
        await probe.write.setValue([10n]);
        await other.write.setValue([11n]);
        await probe.write.setValue([12n], { account: second.account });
        const values = (logs: readonly { args: { newValue?: bigint | undefined } }[]) =>
          logs.map((log) => log.args.newValue);
        const of = { abi: probe.abi, eventName: "ProbeValueSet", fromBlock: 0n } as const;
        expect(values(await client.getContractEvents({ ...of }))).to.deep.equal([10n, 11n, 12n]);
        expect(values(await client.getContractEvents({ ...of, address: probe.address }))).to.deep.equal([10n, 12n]);
        expect(values(await client.getContractEvents({ ...of, args: { by: second.account.address } }))).to.deep.equal([
          12n,
        ]);
        const head = await client.getBlockNumber();
        expect(values(await client.getContractEvents({ ...of, toBlock: head - 1n }))).to.deep.equal([10n, 11n]);
        const { hash } = await client.getBlock({ blockNumber: head - 1n });
        expect(
          values(await client.getContractEvents({ abi: probe.abi, eventName: "ProbeValueSet", blockHash: hash })),
        ).to.deep.equal([11n]);
      });

      it("reads blocks, transactions and receipts alike by number, hash and position", async () => {
        const { client, probe } = chain;
        const hash = await probe.write.setValue([10n]);
        const receipt = await client.getTransactionReceipt({ hash });
        const block = await client.getBlock({ blockHash: receipt.blockHash, includeTransactions: true });
        expect(block).to.deep.equal(
          await client.getBlock({ blockNumber: receipt.blockNumber, includeTransactions: true }),
        );
        const transaction = await client.getTransaction({ hash });
        expect(block.transactions).to.deep.equal([transaction]);
        expect(await client.getTransaction({ blockHash: receipt.blockHash, index: 0 })).to.deep.equal(transaction);
        expect(await client.getTransaction({ blockNumber: receipt.blockNumber, index: 0 })).to.deep.equal(transaction);
        expect(await client.getBlockTransactionCount({ blockNumber: receipt.blockNumber })).to.equal(1);
        expect(receipt.logs).to.have.length(1);
        expect(receipt.effectiveGasPrice).to.equal(transaction.gasPrice);
        expect(block.gasUsed).to.equal(receipt.gasUsed);
      });

      it("gets fees that a transaction can be sent with", async () => {
        const { client, wallet } = chain;
        const fees = await client.estimateFeesPerGas();
        const history = await client.getFeeHistory({ blockCount: 2, rewardPercentiles: [25, 75] });
        expect(history.baseFeePerGas).to.have.length(3);
        expect(history.reward?.map((tips) => tips.length)).to.deep.equal([2, 2]);
        const hash = await wallet.sendTransaction({ to: zeroAddress, value: 1n, ...fees });
        expect((await client.getTransactionReceipt({ hash })).status).to.equal("success");
        expect(await client.getGasPrice()).to.be.a("bigint");
        expect(await client.estimateMaxPriorityFeePerGas()).to.equal(parseGwei("1"));
      });

      it("watches blocks, logs and waiting transactions", async () => {
        const { client, probe } = chain;
        const heights: bigint[] = [];
        const logs: Log[] = [];
        const hashes: string[] = [];
        const stops = [
          client.watchBlockNumber({ onBlockNumber: (height) => heights.push(height), pollingInterval: 10 }),
          client.watchEvent({ address: probe.address, onLogs: (found) => logs.push(...found), pollingInterval: 10 }),
          client.watchPendingTransactions({ onTransactions: (found) => hashes.push(...found), pollingInterval: 10 }),
        ];
        await new Promise((resolve) => setTimeout(resolve, 100));
        const hash = await probe.write.setValue([10n]);
        const height = await client.getBlockNumber();
        await until(() => heights.includes(height) && logs.length > 0 && hashes.length > 0);
        for (const stop of stops) stop();
        expect(heights.at(-1)).to.equal(height);
        expect(logs.map((log) => log.transactionHash)).to.deep.equal([hash]);
        expect(hashes).to.deep.equal([hash]);
      });
    });

    describe("the wallet client", () => {
      it("signs messages and typed data with the node's keys", async () => {
        const { wallet } = chain;
        const signature = await wallet.signMessage({ message: "prepaid" });
        expect(await recoverAddress({ hash: hashMessage("prepaid"), signature })).to.equal(FIRST_ACCOUNT);
        const typed = {
          domain: { name: "Card", chainId: 31_337, verifyingContract: zeroAddress },
          types: {
            Redemption: [
              { name: "amount", type: "uint256" },
              { name: "note", type: "string" },
            ],
          },
          primaryType: "Redemption",
          message: { amount: 12_345n, note: "洗车" },
        } as const;
        const typedSignature = await wallet.signTypedData(typed);
        expect(await verifyTypedData({ ...typed, address: FIRST_ACCOUNT, signature: typedSignature })).to.equal(true);
      });

      it("sends raw transactions of every type", async () => {
        const { client, wallet } = chain;
        await wallet.sendTransaction({ to: local.address, value: parseEther("1") });
        const common = { chainId: 31_337, to: zeroAddress, value: 5n, gas: 60_000n };
        const gasPrice = await client.getGasPrice();
        const signed = [
          await local.signTransaction({ ...common, type: "legacy", nonce: 0, gasPrice }),
          await local.signTransaction({
            ...common,
            type: "eip2930",
            nonce: 1,
            gasPrice,
            accessList: [{ address: zeroAddress, storageKeys: [] }],
          }),
          await local.signTransaction({
            ...common,
            type: "eip1559",
            nonce: 2,
            maxFeePerGas: gasPrice,
            maxPriorityFeePerGas: 1n,
          }),
        ];
        const types = [];
        for (const serializedTransaction of signed) {
          const hash = await client.sendRawTransaction({ serializedTransaction });
          const transaction = await client.getTransaction({ hash });
          expect(getAddress(transaction.from)).to.equal(local.address);
          types.push(transaction.type);
        }
        expect(types).to.deep.equal(["legacy", "eip2930", "eip1559"]);
        expect(await client.getBalance({ address: zeroAddress })).to.equal(15n);
      });
    });

    describe("the test client", () => {
      it("holds transactions back and mines them together, in order", async () => {
        const { client, test, probe, wallet } = chain;
        expect(await test.getAutomine()).to.equal(true);
        await test.setAutomine(false);
        const hashes = [await probe.write.setValue([10n]), await probe.write.setValue([20n])];
        expect(await probe.read.value()).to.equal(1n);
        expect(await client.getTransactionCount({ address: wallet.account.address, blockTag: "pending" })).to.equal(3);
        expect((await client.getTransaction({ hash: hashes[0] ?? "0x" })).blockNumber).to.equal(null);
        expect((await client.getBlock({ blockTag: "pending" })).transactions).to.deep.equal(hashes);
        await test.mine({ blocks: 1 });
        expect((await client.getBlock()).transactions).to.deep.equal(hashes);
        expect(await probe.read.value()).to.equal(20n);
      });

      it("snapshots and reverts", async () => {
        const { test, probe } = chain;
        const id = await test.snapshot();
        await probe.write.setValue([10n]);
        await test.revert({ id });
        expect(await probe.read.value()).to.equal(1n);
      });

      it("edits accounts and time", async () => {
        const { client, test, probe } = chain;
        await test.setBalance({ address: local.address, value: 5n });
        expect(await client.getBalance({ address: local.address })).to.equal(5n);
        await test.setStorageAt({ address: probe.address, index: 0, value: pad("0x09") });
        expect(await probe.read.value()).to.equal(9n);
        const { timestamp } = await client.getBlock();
        await test.setNextBlockTimestamp({ timestamp: timestamp + 1_000n });
        await test.mine({ blocks: 1 });
        expect((await client.getBlock()).timestamp).to.equal(timestamp + 1_000n);
        await test.increaseTime({ seconds: 500 });
        await test.mine({ blocks: 1 });
        expect((await client.getBlock()).timestamp >= timestamp + 1_500n).to.equal(true);
      });

      it("makes a block now and then in interval mining", async () => {
        const { client, test } = chain;
        const before = await client.getBlockNumber();
        await test.setIntervalMining({ interval: 1 });
        let height = before;
        for (let tries = 0; tries < 300 && height < before + 2n; tries++) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          height = await client.getBlockNumber({ cacheTime: 0 });
        }
        await test.setIntervalMining({ interval: 0 });
        expect(height >= before + 2n).to.equal(true);
      });
    });

    it("deploys with a confirmation and reports the deployment transaction", async () => {
      const { viem } = chain;
      const { contract, deploymentTransaction } = await viem.sendDeploymentTransaction("ChainProbe", [3n]);
      expect(isHash(deploymentTransaction.hash)).to.equal(true);
      expect(await contract.read.value()).to.equal(3n);
    });
  });
}
