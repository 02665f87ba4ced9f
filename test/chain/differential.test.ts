import type { Address, Chain, TransactionRequest } from "@banyan/chain";
import { expect } from "chai";
import fc from "fast-check";
import { artifacts } from "hardhat";
import { encodeDeployData, encodeFunctionData, parseAbi } from "viem";
import { toHex } from "../../chain/src/codec/hex.ts";
import { action, requestOf } from "./random-actions.ts";
import { initCode } from "./random-program.ts";
import { createStockVm, type StockVm, stockBlock } from "./stock-vm.ts";
import { account, bytes, mined, testChain } from "./support.ts";

/** Sends to our chain, replays on the stock VM, and compares everything both of them say. */
async function compare(chain: Chain, stock: StockVm, request: TransactionRequest): Promise<Address | undefined> {
  const receipt = mined(await chain.sendTransaction(request));
  const block = chain.latestBlock();
  const theirs = await stock.run(receipt.transaction, block);
  const ours = {
    status: receipt.status as number,
    gasUsed: receipt.gasUsed,
    logs: receipt.logs.map(({ address, topics, data }) => ({ address, topics, data: toHex(data) })),
    returnData: toHex(receipt.returnData),
    bloom: toHex(receipt.logsBloom),
    root: block.header.stateRoot as string,
  };
  expect(ours).to.deep.equal({
    status: theirs.status,
    gasUsed: theirs.gasUsed,
    logs: theirs.logs.map(({ address, topics, data }) => ({ address, topics, data: toHex(data) })),
    returnData: theirs.returnData,
    bloom: theirs.bloom,
    root: await stock.root(),
  });
  if (receipt.status === 1) expect(receipt.contractAddress).to.equal(theirs.createdAddress);
  return receipt.status === 1 ? receipt.contractAddress : undefined;
}

describe("Our chain against the stock VM of ethereumjs", () => {
  it("given random transactions with creations, nested calls, reverts and self-destructions, gas, logs and state root agree after each", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(initCode, { minLength: 3, maxLength: 4 }),
        fc.array(action, { minLength: 4, maxLength: 10 }),
        async (first, actions) => {
          const { chain } = testChain();
          const stock = await createStockVm(chain);
          const contracts: Address[] = [];
          for (const init of first) {
            const made = await compare(chain, stock, {
              from: account(chain, 0),
              data: bytes(init),
              value: 1_000n,
              gasLimit: 3_000_000n,
            });
            if (made !== undefined) contracts.push(made);
          }
          for (const one of actions) {
            const made = await compare(chain, stock, requestOf(chain, contracts, one));
            if (made !== undefined) contracts.push(made);
          }
        },
      ),
      { numRuns: 60 },
    );
  }).timeout(300_000);

  it("given an ERC-20 behind a minimal proxy, transfers and refusals agree", async () => {
    const { chain } = testChain();
    const stock = await createStockVm(chain);
    const { abi, bytecode } = await artifacts.readArtifact("PlainToken");
    const data = bytes(encodeDeployData({ abi, bytecode: bytecode as `0x${string}`, args: [10n ** 24n] }));
    const token = await compare(chain, stock, { from: account(chain, 0), data, gasLimit: 5_000_000n });
    expect(token).to.be.a("string");
    // EIP-1167
    const proxyInit = bytes(`3d602d80600a3d3981f3363d3d373d3d3d363d73${token?.slice(2)}5af43d82803e903d91602b57fd5bf3`);
    const proxy = await compare(chain, stock, { from: account(chain, 0), data: proxyInit, gasLimit: 1_000_000n });
    const erc20 = parseAbi([
      "function transfer(address,uint256) returns (bool)",
      "function approve(address,uint256) returns (bool)",
      "function transferFrom(address,address,uint256) returns (bool)",
    ]);
    const [a, b, c] = [0, 1, 2].map((index) => account(chain, index)) as [Address, Address, Address];
    for (const to of [token, proxy] as Address[]) {
      for (const [from, encoded] of [
        [a, encodeFunctionData({ abi: erc20, functionName: "transfer", args: [b, 5n] })],
        [a, encodeFunctionData({ abi: erc20, functionName: "transfer", args: [b, 2n ** 255n] })],
        [a, encodeFunctionData({ abi: erc20, functionName: "approve", args: [c, 9n] })],
        [c, encodeFunctionData({ abi: erc20, functionName: "transferFrom", args: [a, c, 0n] })],
        [c, encodeFunctionData({ abi: erc20, functionName: "transferFrom", args: [a, c, 10n] })],
        [b, encodeFunctionData({ abi: erc20, functionName: "transfer", args: [a, 5n] })],
      ] as const) {
        await compare(chain, stock, { from, to, data: bytes(encoded), gasLimit: 200_000n });
      }
    }
  });

  it("given blocks of many transactions, ethereumjs hashes header, transactions and receipts to the same", async () => {
    const { chain } = testChain({ automine: false });
    const [a, b] = [account(chain, 0), account(chain, 1)];
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 70; i++)
        await chain.sendTransaction({ from: i % 2 === 0 ? a : b, to: b, value: BigInt(i), gasLimit: 21_000n });
      const [block] = await chain.mine();
      if (block === undefined) throw new Error("no block");
      expect(block.transactions).to.have.length(70);
      const stock = stockBlock(block);
      expect(toHex(stock.hash())).to.equal(block.hash);
      expect(await stock.transactionsTrieIsValid()).to.equal(true);
      expect(block.size).to.equal(stock.serialize().length);
      expect(block.header.parentHash).to.equal((await chain.getBlock(block.header.number - 1n))?.hash);
    }
  });
});
