import type { Address, Chain, Hash } from "@banyan/chain";
import { expect } from "chai";
import { account, bytes, deploy, mined, testChain, word } from "../support.ts";
import { caller, DESTROYING, LOGGING, REVERTING } from "../trace/contracts.ts";
import { refusalOf, sessionOn } from "../trace/session.ts";

type Json = ReturnType<typeof Object>;

async function asked(chain: Chain, method: string, ...params: readonly unknown[]): Promise<Json> {
  const answer = await sessionOn(chain).request(method, params);
  return answer === null || typeof answer !== "object" ? answer : Object(answer);
}

async function sent(chain: Chain, to: Address, value = 0n, from = 1, data = ""): Promise<Hash> {
  const fields = { from: account(chain, from), to, value, data: bytes(data), gasLimit: 300_000n };
  return mined(await chain.sendTransaction(fields)).transaction.hash;
}

/** Makes a contract with 5 wei, without code, and ends. */
const FACTORY = "5f5f6005f000";

describe("ots_…", () => {
  it("given what they do not take, refuse by name", async () => {
    const { chain } = testChain();
    const session = sessionOn(chain);
    const refusals: readonly [string, readonly unknown[], unknown][] = [
      ["ots_hasCode", ["0x12"], "address"],
      ["ots_getBlockDetails", [], "block"],
      ["ots_getBlockDetailsByHash", ["latest"], "blockHash"],
      ["ots_getBlockTransactions", ["latest", 0, 0], "pageSize"],
      ["ots_getBlockTransactions", ["latest", -1, 5], "pageNumber"],
      ["ots_searchTransactionsBefore", [account(chain, 0), 0, 1_001], "pageSize"],
      ["ots_searchTransactionsAfter", [account(chain, 0), "x", 5], "blockNumber"],
      ["ots_getTransactionBySenderAndNonce", [account(chain, 0)], "nonce"],
      ["ots_getContractCreator", [], "address"],
    ];
    for (const [method, params, reason] of refusals)
      expect(await refusalOf(session, method, params), method).to.deep.equal({ code: -32602, reason });
    for (const method of ["ots_traceTransaction", "ots_getInternalOperations", "ots_getTransactionError"])
      expect(await refusalOf(session, method, [word(1)])).to.deep.equal({
        code: -32000,
        reason: "TRANSACTION_NOT_FOUND",
      });
  });

  it("given what there is not, answer null", async () => {
    const { chain } = testChain();
    expect(await asked(chain, "ots_getBlockDetails", 9)).to.equal(null);
    expect(await asked(chain, "ots_getBlockDetailsByHash", word(9))).to.equal(null);
    expect(await asked(chain, "ots_getBlockTransactions", 9, 0, 5)).to.equal(null);
    expect(await asked(chain, "ots_getContractCreator", account(chain, 0))).to.equal(null);
    expect(await asked(chain, "ots_getTransactionBySenderAndNonce", account(chain, 0), 0)).to.equal(null);
  });

  it("tell the version, code, and who made a contract, also from inside another one", async () => {
    const { chain } = testChain();
    const contract = await deploy(chain, LOGGING);
    expect(await asked(chain, "ots_getApiLevel")).to.equal(8);
    expect(await asked(chain, "ots_hasCode", contract)).to.equal(true);
    expect(await asked(chain, "ots_hasCode", contract, "0x0")).to.equal(false);
    const made = chain.latestBlock().transactions[0]?.hash;
    expect(await asked(chain, "ots_getContractCreator", contract)).to.deep.equal({
      hash: made,
      creator: account(chain, 0),
    });
    // CREATE with the init code 0x600160005360016000f3: one byte of code
    const maker = await deploy(chain, "69600160005360016000f35f52600a60165ff000");
    const hash = await sent(chain, maker);
    const { calls } = Object(
      await sessionOn(chain).request("debug_traceTransaction", [hash, { tracer: "callTracer" }]),
    );
    expect(await asked(chain, "ots_getContractCreator", calls[0].to)).to.deep.equal({ hash, creator: maker });
    expect(await asked(chain, "ots_getTransactionBySenderAndNonce", account(chain, 1), "0x0")).to.equal(hash);
  });

  it("tell of a block without its transactions, and page these from the last one on", async () => {
    const { chain } = testChain();
    chain.setAutomine(false);
    for (let nonce = 0n; nonce < 3n; nonce++)
      await chain.sendTransaction({ from: account(chain, 0), to: account(chain, 1), nonce, gasLimit: 21_000n });
    await chain.mine();
    const { block, totalFees, issuance } = await asked(chain, "ots_getBlockDetails", 1);
    expect(block).to.include({ number: "0x1", transactionCount: 3, logsBloom: null });
    expect(block).not.to.have.property("transactions");
    const [first] = chain.latestBlock().receipts;
    expect(BigInt(totalFees)).to.equal(3n * 21_000n * (first?.effectiveGasPrice ?? 0n));
    expect(issuance.blockReward).to.equal("0x0");
    expect((await asked(chain, "ots_getBlockDetailsByHash", chain.latestBlock().hash)).block).to.deep.equal(block);
    const noncesOf = async (page: number): Promise<string[]> => {
      const { fullblock, receipts } = await asked(chain, "ots_getBlockTransactions", 1, page, 2);
      expect(receipts).to.have.length(fullblock.transactions.length);
      return fullblock.transactions.map(({ nonce }: { nonce: string }) => nonce);
    };
    expect(await noncesOf(0)).to.deep.equal(["0x1", "0x2"]);
    expect(await noncesOf(1)).to.deep.equal(["0x0"]);
    expect(await noncesOf(2)).to.deep.equal([]);
  });

  it("list the frames of a transaction, its internal operations, and what it reverted with", async () => {
    const { chain } = testChain();
    const reverting = await deploy(chain, REVERTING);
    const factory = await deploy(chain, FACTORY);
    const destroying = await deploy(chain, DESTROYING);
    const contract = await deploy(chain, caller(reverting, factory, destroying));
    await chain.setBalance(factory, 5n);
    await chain.setBalance(destroying, 7n);
    const hash = await sent(chain, contract, 0n, 1, "12345678");
    const frames = await asked(chain, "ots_traceTransaction", hash);
    expect(frames.map(({ type, depth }: Record<string, unknown>) => [type, depth])).to.deep.equal([
      ["CALL", 0],
      ["CALL", 1],
      ["CALL", 1],
      ["CREATE", 2],
      ["CALL", 1],
      ["SELFDESTRUCT", 2],
    ]);
    expect(frames[1]).to.include({ from: contract, to: reverting, value: "0x0", input: "0x12345678" });
    expect(await asked(chain, "ots_getInternalOperations", hash)).to.deep.equal([
      { type: 2, from: factory, to: frames[3].to, value: "0x5" },
      { type: 1, from: destroying, to: `0x${"bb".repeat(20)}`, value: "0x7" },
    ]);
    expect(await asked(chain, "ots_getTransactionError", hash)).to.equal("0x");
    const failed = await sent(chain, reverting);
    expect(await asked(chain, "ots_getTransactionError", failed)).to.match(/^0x08c379a0/);
    expect(await asked(chain, "ots_getInternalOperations", failed)).to.deep.equal([]);
  });

  it("search the transactions of an account page by page, up and down, also those it only has a part in", async () => {
    const { chain } = testChain();
    const logging = await deploy(chain, LOGGING);
    const outer = await deploy(chain, caller(logging));
    await sent(chain, outer);
    await sent(chain, account(chain, 2), 1n);
    await sent(chain, logging);
    const found = async (method: string, block: number, size = 10): Promise<Json> => {
      const { txs, receipts, firstPage, lastPage } = await asked(chain, method, logging, block, size);
      expect(receipts.map(({ transactionHash }: Json) => transactionHash)).to.deep.equal(
        txs.map(({ hash }: Json) => hash),
      );
      return [txs.map(({ blockNumber }: Json) => Number(blockNumber)), firstPage, lastPage];
    };
    expect(await found("ots_searchTransactionsBefore", 0)).to.deep.equal([[5, 3, 1], true, true]);
    expect(await found("ots_searchTransactionsBefore", 0, 1)).to.deep.equal([[5], true, false]);
    expect(await found("ots_searchTransactionsBefore", 5, 1)).to.deep.equal([[3], false, false]);
    expect(await found("ots_searchTransactionsBefore", 2, 2)).to.deep.equal([[1], false, true]);
    expect(await found("ots_searchTransactionsAfter", 0, 1)).to.deep.equal([[1], false, true]);
    expect(await found("ots_searchTransactionsAfter", 1, 2)).to.deep.equal([[5, 3], true, false]);
    const { receipts } = await asked(chain, "ots_searchTransactionsBefore", logging, 0, 1);
    expect(BigInt(receipts[0].timestamp)).to.equal(chain.latestBlock().header.timestamp);
  });

  it("given a thousand million million empty blocks and many full ones on either side, search no longer than over the full ones", async () => {
    const { chain } = testChain();
    const receiver = account(chain, 7);
    const creation = await deploy(chain, LOGGING);
    const hashes: Hash[] = [];
    for (let i = 0; i < 300; i++) hashes.push(await sent(chain, receiver, 1n));
    await chain.mine(10n ** 15n);
    for (let i = 0; i < 300; i++) hashes.push(await sent(chain, receiver, 1n));
    const listed = async (method: string): Promise<unknown> => {
      const { txs } = await asked(chain, method, receiver, 0, 1_000);
      return Array.from(txs, (transaction) => Object(transaction).hash);
    };
    const latestFirst = [...hashes].reverse();
    expect(await listed("ots_searchTransactionsBefore")).to.deep.equal(latestFirst);
    expect(await listed("ots_searchTransactionsAfter")).to.deep.equal(latestFirst);
    expect(await asked(chain, "ots_getContractCreator", await deploy(chain, LOGGING))).to.have.property("hash");
    expect(await asked(chain, "ots_getContractCreator", creation)).to.have.property("hash");
  });
});
