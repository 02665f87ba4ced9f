import { createChain, createNode } from "@banyan/chain";
import { expect } from "chai";
import { createPublicClient, custom, http } from "viem";

it("a chain within a program tells of its blocks", async () => {
  const chain = await createChain({ clock: () => 1_900_000_000_000 });
  const heights: bigint[] = [];
  const stop = chain.core.on("newHead", ({ header }) => heights.push(header.number));
  const client = createPublicClient({ transport: custom(chain.provider) });
  await chain.core.mine(3n);
  expect(await client.getBlockNumber()).to.equal(3n);
  expect(heights).to.deep.equal([1n, 2n, 3n]);
  stop();
  await chain.close();
});

it("a node serves its chain until it is closed", async () => {
  const node = await createNode({ chainId: 4_242n, server: { port: 0 } });
  const client = createPublicClient({ transport: http(node.url) });
  expect(await client.getChainId()).to.equal(4_242);
  await node.close();
});
