import { expect } from "chai";
import { account, testChain } from "../support.ts";
import { sessionOn } from "../trace/session.ts";

describe("the timestamp of a transaction's block", () => {
  it("is told wherever a mined transaction is, and not while it waits", async () => {
    const { chain } = testChain();
    const session = sessionOn(chain);
    const ask = async (method: string, ...params: readonly unknown[]): Promise<ReturnType<typeof Object>> =>
      Object(await session.request(method, params));
    chain.setAutomine(false);
    const { hash } = await chain.sendTransaction({ from: account(chain, 0), to: account(chain, 1), gasLimit: 21_000n });
    expect(await ask("eth_getTransactionByHash", hash)).not.to.have.property("blockTimestamp");
    await chain.mine();
    const { timestamp, transactions } = await ask("eth_getBlockByNumber", "latest", true);
    const { hash: blockHash } = chain.latestBlock();
    const told = [
      await ask("eth_getTransactionByHash", hash),
      transactions[0],
      await ask("eth_getTransactionByBlockHashAndIndex", blockHash, "0x0"),
      await ask("eth_getTransactionByBlockNumberAndIndex", "0x1", "0x0"),
      await ask("eth_getTransactionBySenderAndNonce", account(chain, 0), "0x0"),
    ];
    for (const transaction of told) expect(transaction.blockTimestamp).to.equal(timestamp);
  });
});
