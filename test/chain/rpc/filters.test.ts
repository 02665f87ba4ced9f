import { createChain, type EmbeddedChain, type SubscriptionMessage } from "@banyan/chain";
import { expect } from "chai";
import { artifacts } from "hardhat";
import { encodeDeployData, encodeFunctionData, type Hex, pad } from "viem";

const { abi, bytecode } = await artifacts.readArtifact("ChainProbe");

describe("filters and subscriptions", () => {
  let chain: EmbeddedChain;
  let probe: Hex;
  const ask = (method: string, ...params: unknown[]) => chain.provider.request({ method, params });
  const codeOf = (action: Promise<unknown>) =>
    action.then(
      () => "answered",
      (error: unknown) => Object(error).code,
    );

  async function setValue(value: bigint): Promise<unknown> {
    return ask("eth_sendTransaction", {
      to: probe,
      data: encodeFunctionData({ abi, functionName: "setValue", args: [value] }),
    });
  }
  async function changes(id: unknown): Promise<unknown[]> {
    return Object(await ask("eth_getFilterChanges", id));
  }
  const hashesOf = (logs: unknown[]) => logs.map((log) => Object(log).transactionHash);

  beforeEach(async () => {
    chain = await createChain();
    const hash = await ask("eth_sendTransaction", { data: encodeDeployData({ abi, bytecode, args: [1n] }) });
    probe = Object(await ask("eth_getTransactionReceipt", hash)).contractAddress;
  });
  afterEach(() => chain.close());

  it("a block filter tells each new block once", async () => {
    const id = await ask("eth_newBlockFilter");
    expect(await changes(id)).to.deep.equal([]);
    await ask("hardhat_mine", "0x3");
    const heads = await changes(id);
    const latest = Object(await ask("eth_getBlockByNumber", "latest", false));
    expect(heads).to.have.length(3);
    expect(heads.at(-1)).to.equal(latest.hash);
    expect(await changes(id)).to.deep.equal([]);
  });

  it("a log filter tells new logs once, and all of its range when asked for them", async () => {
    const first = await setValue(2n);
    const id = await ask("eth_newFilter", { address: probe, fromBlock: "0x0" });
    expect(await changes(id)).to.deep.equal([]);
    const second = await setValue(3n);
    expect(hashesOf(await changes(id))).to.deep.equal([second]);
    expect(await changes(id)).to.deep.equal([]);
    expect(hashesOf(Object(await ask("eth_getFilterLogs", id)))).to.deep.equal([first, second]);
  });

  it("a log filter keeps to its topics and its last block", async () => {
    const [, other] = chain.core.accounts;
    const byOther = await ask("eth_newFilter", { topics: [null, pad(other ?? "0x")] });
    const none = await ask("eth_newFilter", { topics: [null, null, null] });
    const head = chain.core.latestBlock().header.number;
    const short = await ask("eth_newFilter", { toBlock: `0x${(head + 1n).toString(16)}` });
    const data = encodeFunctionData({ abi, functionName: "setValue", args: [4n] });
    const mine = await setValue(3n);
    const theirs = await ask("eth_sendTransaction", { from: other, to: probe, data });
    expect(hashesOf(await changes(byOther))).to.deep.equal([theirs]);
    expect(await changes(none)).to.deep.equal([]);
    expect(hashesOf(await changes(short))).to.deep.equal([mine]);
  });

  it("a filter tells the blocks again that replace those a revert took away", async () => {
    const id = await ask("eth_newFilter", { address: probe });
    const snapshot = await ask("evm_snapshot");
    await setValue(2n);
    await setValue(3n);
    expect(await changes(id)).to.have.length(2);
    await ask("evm_revert", snapshot);
    expect(await changes(id)).to.deep.equal([]);
    const hash = await setValue(4n);
    expect(hashesOf(await changes(id))).to.deep.equal([hash]);
  });

  it("a filter of waiting transactions tells their hashes in order", async () => {
    await ask("evm_setAutomine", false);
    const id = await ask("eth_newPendingTransactionFilter");
    const hashes = [await setValue(2n), await setValue(3n)];
    expect(await changes(id)).to.deep.equal(hashes);
    expect(await ask("txpool_status")).to.deep.equal({ pending: "0x2", queued: "0x0" });
    const content = Object(await ask("txpool_content"));
    const [from] = chain.core.accounts;
    expect(Object.values(content.pending[from ?? ""]).map((transaction) => Object(transaction).hash)).to.deep.equal(
      hashes,
    );
  });

  it("an unknown filter has found null, as on Hardhat's network; a removed one is removed once", async () => {
    expect(await ask("eth_getFilterChanges", "0x77")).to.equal(null);
    const id = await ask("eth_newBlockFilter");
    expect(await ask("eth_getFilterLogs", id)).to.equal(null);
    expect([await ask("eth_uninstallFilter", id), await ask("eth_uninstallFilter", id)]).to.deep.equal([true, false]);
    expect(await ask("eth_getFilterChanges", id)).to.equal(null);
  });

  it("a filter for a block that is not there is refused", async () => {
    expect(await codeOf(ask("eth_newFilter", { blockHash: `0x${"11".repeat(32)}` }))).to.equal(-32_000);
  });

  it("a subscription to logs tells those that match, until it ends", async () => {
    const results: unknown[] = [];
    chain.provider.on("message", (message: SubscriptionMessage) => results.push(message.data));
    const id = await ask("eth_subscribe", "logs", { address: probe });
    const elsewhere = await ask("eth_subscribe", "logs", { address: "0x00000000000000000000000000000000000000aa" });
    const hash = await setValue(2n);
    expect(
      results.map((result) => [Object(result).subscription, Object(Object(result).result).transactionHash]),
    ).to.deep.equal([[id, hash]]);
    expect([await ask("eth_unsubscribe", id), await ask("eth_unsubscribe", id)]).to.deep.equal([true, false]);
    expect(await ask("eth_unsubscribe", elsewhere)).to.equal(true);
    await setValue(3n);
    expect(results).to.have.length(1);
  });

  it("a refused transaction is told to nobody", async () => {
    const id = await ask("eth_newPendingTransactionFilter");
    const heads = await ask("eth_newBlockFilter");
    expect(await codeOf(setValue(1_001n))).to.equal(3);
    expect(await changes(id)).to.deep.equal([]);
    expect(await changes(heads)).to.deep.equal([]);
  });
});
