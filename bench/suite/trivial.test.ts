import { expect } from "chai";
import { network } from "hardhat";

// The least a contract author's test does: a connection, and one question.
it("starts at the genesis block", async () => {
  const { viem } = await network.create();
  const client = await viem.getPublicClient();
  expect(await client.getBlockNumber()).to.equal(0n);
});
