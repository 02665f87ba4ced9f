import { expect } from "chai";
import { network } from "hardhat";
import { getAddress, pad, parseEther, toHex } from "viem";
import { expectRevert } from "../../helpers/expect-revert.ts";

const stranger = getAddress("0x00000000000000000000000000000000000000aa");

for (const networkName of ["default", "edr"]) {
  const { viem, networkHelpers } = await network.create(networkName);
  const { loadFixture, time } = networkHelpers;
  const client = await viem.getPublicClient();

  describe(`hardhat-network-helpers on the network ${networkName}`, () => {
    async function probeFixture() {
      const probe = await viem.deployContract("ChainProbe", [1n]);
      return { probe };
    }
    async function otherFixture() {
      const probe = await viem.deployContract("ChainProbe", [2n]);
      return { probe };
    }

    it("loadFixture gives every test the same state, and different fixtures side by side", async () => {
      const { probe } = await loadFixture(probeFixture);
      const height = await client.getBlockNumber();
      await probe.write.setValue([9n]);
      const other = await loadFixture(otherFixture);
      expect(await other.probe.read.value()).to.equal(2n);
      const again = await loadFixture(probeFixture);
      expect(again.probe.address).to.equal(probe.address);
      expect(await again.probe.read.value()).to.equal(1n);
      expect(await client.getBlockNumber()).to.equal(height);
      await loadFixture(otherFixture);
      await loadFixture(otherFixture);
    });

    it("a snapshot restores state, height, nonce and time, and can be restored twice", async () => {
      const { probe } = await loadFixture(probeFixture);
      const snapshot = await networkHelpers.takeSnapshot();
      const before = { block: await client.getBlock(), value: await probe.read.value() };
      for (const value of [3n, 4n]) {
        await time.increase(1_000);
        await probe.write.setValue([value]);
        expect(await probe.read.value()).to.equal(value);
        await snapshot.restore();
        expect({ block: await client.getBlock(), value: await probe.read.value() }).to.deep.equal(before);
      }
    });

    it("time.increase mines a block that many seconds later", async () => {
      const before = await time.latest();
      await time.increase(3_600);
      expect(await time.latest()).to.equal(before + 3_600);
    });

    it("time.increaseTo mines a block at that time, and refuses the past", async () => {
      const target = (await time.latest()) + 500;
      await time.increaseTo(target);
      expect(await time.latest()).to.equal(target);
      const outcome = await time.increaseTo(target - 1).then(
        () => "accepted",
        () => "refused",
      );
      expect(outcome).to.equal("refused");
    });

    it("time.setNextBlockTimestamp dates the next transaction, which the EVM sees", async () => {
      const { probe } = await loadFixture(probeFixture);
      const target = BigInt(await time.latest()) + 77n;
      await time.setNextBlockTimestamp(target);
      await probe.write.setValue([3n]);
      expect((await client.getBlock()).timestamp).to.equal(target);
      expect((await probe.read.blockFields()).timestamp).to.equal(target);
    });

    it("mine makes so many blocks so many seconds apart", async () => {
      const before = await client.getBlock();
      await networkHelpers.mine(5, { interval: 60 });
      const after = await client.getBlock();
      expect(after.number).to.equal(before.number + 5n);
      const fourth = await client.getBlock({ blockNumber: after.number - 1n });
      expect(after.timestamp - fourth.timestamp).to.equal(60n);
      expect(after.parentHash).to.equal(fourth.hash);
    });

    it("mine with an interval of zero makes blocks a second apart", async () => {
      const before = await client.getBlock();
      const test = await viem.getTestClient();
      await test.mine({ blocks: 3 });
      const after = await client.getBlock();
      expect({ blocks: after.number - before.number, late: after.timestamp - before.timestamp >= 3n }).to.deep.equal({
        blocks: 3n,
        late: true,
      });
    });

    it("mineUpTo reaches a height, thousands of blocks away", async () => {
      const height = await client.getBlockNumber();
      await networkHelpers.mineUpTo(height + 3_000n);
      expect(await client.getBlockNumber()).to.equal(height + 3_000n);
      expect((await client.getBlock({ blockNumber: height + 1_500n })).number).to.equal(height + 1_500n);
    });

    it("impersonateAccount sends for a stranger, and stops", async () => {
      const { probe } = await loadFixture(probeFixture);
      await networkHelpers.setBalance(stranger, parseEther("1"));
      await networkHelpers.impersonateAccount(stranger);
      await probe.write.setValue([5n], { account: stranger });
      expect(await probe.read.value()).to.equal(5n);
      const [event] = await probe.getEvents.ProbeValueSet();
      expect(event?.args).to.deep.equal({ by: stranger, oldValue: 1n, newValue: 5n });
      await networkHelpers.stopImpersonatingAccount(stranger);
      const outcome = await probe.write.setValue([6n], { account: stranger }).then(
        () => "accepted",
        () => "refused",
      );
      expect(outcome).to.equal("refused");
      expect(await probe.read.value()).to.equal(5n);
    });

    it("impersonateAccount sends for a contract", async () => {
      const { probe } = await loadFixture(probeFixture);
      const other = await viem.deployContract("ChainProbe", [8n]);
      await networkHelpers.setBalance(other.address, parseEther("1"));
      await networkHelpers.impersonateAccount(other.address);
      await expectRevert(probe.write.setValue([1_001n], { account: other.address }), probe, "ProbeValueTooHigh", [
        1_001n,
        1_000n,
      ]);
      await probe.write.setValue([11n], { account: other.address });
      expect(await probe.read.value()).to.equal(11n);
    });

    it("setBalance, setNonce, setCode and setStorageAt are seen at once", async () => {
      const { probe } = await loadFixture(probeFixture);
      await networkHelpers.setBalance(stranger, 12_345n);
      expect(await client.getBalance({ address: stranger })).to.equal(12_345n);
      await networkHelpers.setNonce(stranger, 7);
      expect(await client.getTransactionCount({ address: stranger })).to.equal(7);
      await networkHelpers.setStorageAt(probe.address, 0, 99);
      expect(await probe.read.value()).to.equal(99n);
      expect(await networkHelpers.getStorageAt(probe.address, 0)).to.equal(pad(toHex(99n), { size: 32 }));
      const code = await client.getCode({ address: probe.address });
      if (code === undefined) throw new Error("The probe has no code");
      await networkHelpers.setCode(stranger, code);
      const twin = await viem.getContractAt("ChainProbe", stranger);
      expect(await twin.read.MAX_VALUE()).to.equal(1_000n);
      expect(await twin.read.value()).to.equal(0n);
    });

    it("setCoinbase, setPrevRandao, setNextBlockBaseFeePerGas and setBlockGasLimit shape the next block", async () => {
      const { probe } = await loadFixture(probeFixture);
      await networkHelpers.setCoinbase(stranger);
      await networkHelpers.setPrevRandao(42);
      await networkHelpers.setNextBlockBaseFeePerGas(2_000_000_000n);
      await networkHelpers.setBlockGasLimit(20_000_000n);
      await probe.write.setValue([3n]);
      const block = await client.getBlock();
      expect({
        miner: getAddress(block.miner),
        mixHash: block.mixHash,
        baseFee: block.baseFeePerGas,
        gasLimit: block.gasLimit,
      }).to.deep.equal({
        miner: stranger,
        mixHash: pad(toHex(42n), { size: 32 }),
        baseFee: 2_000_000_000n,
        gasLimit: 20_000_000n,
      });
    });

    it("dropTransaction takes a waiting transaction back", async () => {
      const { probe } = await loadFixture(probeFixture);
      const test = await viem.getTestClient();
      await test.setAutomine(false);
      try {
        const hash = await probe.write.setValue([5n]);
        expect(await networkHelpers.dropTransaction(hash)).to.equal(true);
        await networkHelpers.mine();
        expect(await probe.read.value()).to.equal(1n);
      } finally {
        await test.setAutomine(true);
      }
    });
  });
}
