import type { Address, Block, Chain, Hash } from "@banyan/chain";
import { expect } from "chai";
import { account, codeOf, deploy, mined, word } from "../support.ts";
import { closeAll, makeChain, serve, type TestRemote } from "./support.ts";

const NOW = 1_900_000_000_000;
const REMOTE_CHAIN_ID = 4_242n;
/** Stores call data in slot 0 and logs it with topic 7; without call data, returns slot 0 and the chain id. */
const KEEPER = "3615610014575f35805f555f52600760205fa1005b5f545f524660205260405ff3";
/** Returns the hash of the block whose number is given. */
const HASHER = "5f35405f5260205ff3";

describe("History of a fork: what happened before it, and since", () => {
  let origin: Chain;
  let fork: Chain;
  let remote: TestRemote;
  let keeper: Address;
  let request: (method: string, ...params: unknown[]) => Promise<unknown>;
  let requestOrigin: typeof request;

  const keep = (chain: Chain, value: number, from = 1) =>
    chain.sendTransaction({ from: account(chain, from), to: keeper, data: wordBytes(value), gasLimit: 200_000n });

  async function blockOf(number: bigint): Promise<Block> {
    const block = await origin.getBlock(number);
    if (block === undefined) throw new Error(`the other chain has no block ${number}`);
    return block;
  }

  async function transactionOf(number: bigint): Promise<Hash> {
    const [transaction] = (await blockOf(number)).transactions;
    if (transaction === undefined) throw new Error(`block ${number} is empty`);
    return transaction.hash;
  }

  beforeEach(async () => {
    const embedded = await makeChain({ chainId: REMOTE_CHAIN_ID, clock: () => NOW });
    origin = embedded.core;
    requestOrigin = (method, ...params) => embedded.provider.request({ method, params });
    keeper = await deploy(origin, KEEPER);
    for (const value of [11, 12, 13]) mined(await keep(origin, value));
    remote = await serve(embedded.provider);
    const forked = await makeChain({ clock: () => NOW + 60_000, forking: { url: remote.url, blockNumber: 3n } });
    fork = forked.core;
    request = (method, ...params) => forked.provider.request({ method, params });
  });

  afterEach(closeAll);

  it("given no block of that number, refuses to fork and names the latest", async () => {
    expect(await codeOf(() => makeChain({ forking: { url: remote.url, blockNumber: 5n } }))).to.equal(
      "BLOCK_NOT_FOUND",
    );
  });

  it("begins with the block asked for, and goes on from its number, time, hash and base fee", async () => {
    expect(fork.latestBlock().hash).to.equal((await origin.getBlock(3n))?.hash);
    expect(fork.forkedFrom()).to.deep.equal({
      chainId: REMOTE_CHAIN_ID,
      number: 3n,
      hash: fork.latestBlock().hash,
      url: remote.url,
    });
    const [block] = await fork.mine();
    expect(block?.header.number).to.equal(4n);
    expect(block?.header.parentHash).to.equal((await origin.getBlock(3n))?.hash);
    expect(block?.header.timestamp).to.equal(BigInt(NOW / 1000 + 60));
    expect(block?.header.baseFeePerGas).to.equal((await origin.getBlock(4n))?.header.baseFeePerGas);
  });

  it("given a base fee in the options, the first block has it", async () => {
    const forking = { url: remote.url, blockNumber: 3n };
    const { core } = await makeChain({ clock: () => NOW, initialBaseFeePerGas: 7n, forking });
    expect((await core.mine())[0]?.header.baseFeePerGas).to.equal(7n);
  });

  it("given a clock behind the block forked from, blocks come after it all the same", async () => {
    const forking = { url: remote.url, blockNumber: 3n };
    const { core } = await makeChain({ clock: () => 1_000_000_000_000, forking });
    const [block] = await core.mine();
    const parent = await origin.getBlock(3n);
    expect(block?.header.timestamp).to.equal((parent?.header.timestamp ?? 0n) + 1n);
  });

  it("knows nothing of what happened on the other chain later", async () => {
    const later = await blockOf(4n);
    const [mined4] = later.transactions;
    expect(await fork.getBlock(4n)).to.equal(undefined);
    expect(await fork.getBlock({ hash: later.hash })).to.equal(undefined);
    expect(await fork.getReceipt(mined4?.hash ?? later.hash)).to.equal(undefined);
    expect(await fork.getTransaction(mined4?.hash ?? later.hash)).to.equal(undefined);
    expect(await fork.getStorageAt(keeper, word(0))).to.equal(word(12));
  });

  it("answers for blocks, transactions and receipts from before as the other chain does", async () => {
    mined(await keep(fork, 99));
    const { hash } = await blockOf(2n);
    const transaction = await transactionOf(2n);
    const questions: [string, ...unknown[]][] = [
      ["eth_getBlockByNumber", "0x2", false],
      ["eth_getBlockByNumber", "0x2", true],
      ["eth_getBlockByNumber", "earliest", false],
      ["eth_getBlockByHash", hash, true],
      ["eth_getBlockTransactionCountByNumber", "0x2"],
      ["eth_getBlockTransactionCountByHash", hash],
      ["eth_getTransactionByHash", transaction],
      ["eth_getTransactionByBlockHashAndIndex", hash, "0x0"],
      ["eth_getTransactionByBlockNumberAndIndex", "0x2", "0x0"],
      ["eth_getTransactionByBlockNumberAndIndex", "0x2", "0x1"],
      ["eth_getRawTransactionByHash", transaction],
      ["eth_getTransactionReceipt", transaction],
      ["eth_getBlockReceipts", "0x2"],
      ["eth_getBalance", keeper, "0x2"],
      ["eth_getTransactionCount", account(origin, 1), "0x2"],
      ["eth_getStorageAt", keeper, "0x0", "0x2"],
      ["eth_getStorageAt", keeper, "0x0", { blockHash: hash }],
      ["eth_getCode", keeper, "0x0"],
      ["eth_getCode", keeper, "0x1"],
      ["eth_getProof", keeper, ["0x0"], "0x2"],
      ["eth_getLogs", { fromBlock: "0x0", toBlock: "0x3" }],
      ["eth_getLogs", { blockHash: hash, address: keeper }],
    ];
    for (const [method, ...params] of questions)
      expect(await request(method, ...params), method).to.deep.equal(await requestOrigin(method, ...params));
  });

  it("given a node without eth_getBlockReceipts, asks for each receipt", async () => {
    const methods: string[] = [];
    remote.intercept = (calls) => {
      methods.push(...calls.map(({ method }) => method));
      if (calls[0]?.method !== "eth_getBlockReceipts") return undefined;
      const error = { code: -32_601, message: "the method eth_getBlockReceipts does not exist" };
      return { body: JSON.stringify({ jsonrpc: "2.0", id: calls[0].id, error }) };
    };
    expect(await request("eth_getBlockReceipts", "0x2")).to.deep.equal(
      await requestOrigin("eth_getBlockReceipts", "0x2"),
    );
    expect(methods).to.include("eth_getTransactionReceipt");
  });

  it("finds logs across the boundary, in order, by address and topics", async () => {
    mined(await keep(fork, 21));
    mined(await keep(fork, 22));
    const found = await fork.getLogs({ fromBlock: 0n, toBlock: "latest", addresses: [keeper], topics: [[word(7)]] });
    expect(found.map(({ blockNumber, data }) => [blockNumber, Number(BigInt(toWord(data)))])).to.deep.equal([
      [2n, 11],
      [3n, 12],
      [4n, 21],
      [5n, 22],
    ]);
    expect(await fork.getLogs({ fromBlock: 0n, toBlock: "latest", topics: [[word(8)]] })).to.deep.equal([]);
    expect(await fork.getLogs({ fromBlock: 3n, toBlock: 4n })).to.have.length(2);
  });

  it("executes calls at every block: before the fork under the other chain's id, since under its own", async () => {
    mined(await keep(fork, 77));
    const at = async (block: bigint | "latest" | "pending") => {
      const { returnData } = await fork.call({ to: keeper }, { block });
      return [BigInt(toWord(returnData.subarray(0, 32))), BigInt(toWord(returnData.subarray(32)))];
    };
    expect(await at(2n)).to.deep.equal([11n, REMOTE_CHAIN_ID]);
    expect(await at(3n)).to.deep.equal([12n, REMOTE_CHAIN_ID]);
    expect(await at(4n)).to.deep.equal([77n, 31_337n]);
    expect(await at("latest")).to.deep.equal([77n, 31_337n]);
    expect(await at("pending")).to.deep.equal([77n, 31_337n]);
  });

  it("shows contracts the hashes of blocks on both sides", async () => {
    const hasher = await deploy(fork, HASHER);
    await fork.mine(2n);
    const hashOf = async (number: bigint) =>
      toWord((await fork.call({ to: hasher, data: wordBytes(Number(number)) }, { block: "pending" })).returnData);
    for (const number of [0n, 1n, 2n, 3n]) expect(await hashOf(number)).to.equal((await origin.getBlock(number))?.hash);
    for (const number of [4n, 5n, 6n]) expect(await hashOf(number)).to.equal((await fork.getBlock(number))?.hash);
    expect(await hashOf(7n)).to.equal(word(0));
  });

  it("gives the history of fees across the boundary", async () => {
    mined(await keep(fork, 1));
    mined(await keep(fork, 2));
    const ours = await fork.getFeeHistory(5, "latest", [50]);
    const theirs = await origin.getFeeHistory(4, 3n, [50]);
    expect(ours.oldestBlock).to.equal(1n);
    expect(ours.baseFeePerGas).to.have.length(6);
    expect(ours.baseFeePerGas.slice(0, 4)).to.deep.equal([
      ...theirs.baseFeePerGas.slice(1, 4),
      theirs.baseFeePerGas[4],
    ]);
    expect(ours.gasUsedRatio.slice(0, 3)).to.deep.equal(theirs.gasUsedRatio.slice(1));
    expect(ours.reward.slice(0, 3)).to.deep.equal(theirs.reward.slice(1));
    expect(ours.baseFeePerGas.at(-1)).to.equal(fork.nextBlockBaseFeePerGas());
    expect((await fork.getFeeHistory(2, 2n, [])).baseFeePerGas).to.deep.equal(
      (await origin.getFeeHistory(2, 2n, [])).baseFeePerGas,
    );
  });

  it("has no proofs for blocks of its own, and says so", async () => {
    mined(await keep(fork, 1));
    expect(await codeOf(() => fork.getProof(keeper, [], 4n))).to.equal("PROOF_UNAVAILABLE");
    expect(await codeOf(() => fork.getProof(keeper, []))).to.equal("PROOF_UNAVAILABLE");
  });

  it("replays transactions from before, and its own, under a tracer", async () => {
    const old = await transactionOf(2n);
    const own = mined(await keep(fork, 5)).transaction.hash;
    for (const [hash, value] of [
      [old, 11],
      [own, 5],
    ] as const) {
      const writes: unknown[] = [];
      const result = await fork.traceTransaction(hash, { onStorageWrite: (write) => writes.push(write.value) });
      expect(result.success).to.equal(true);
      expect(writes).to.deep.equal([word(value)]);
    }
  });

  it("given a fork of a fork, reads through both", async () => {
    mined(await keep(fork, 50));
    const remoteFork = await serve({ request: ({ method, params = [] }) => request(method, ...params) });
    const { core: second } = await makeChain({ clock: () => NOW + 120_000, forking: { url: remoteFork.url } });
    mined(await keep(second, 60));
    expect(await second.getStorageAt(keeper, word(0))).to.equal(word(60));
    expect(await second.getStorageAt(keeper, word(0), 4n)).to.equal(word(50));
    expect(await second.getStorageAt(keeper, word(0), 2n)).to.equal(word(11));
    const logs = await second.getLogs({ fromBlock: 0n, toBlock: "latest", addresses: [keeper] });
    expect(logs.map(({ blockNumber }) => blockNumber)).to.deep.equal([2n, 3n, 4n, 5n]);
  });

  it("tolerates blocks of other kinds: unknown envelopes, missing and additional fields", async () => {
    remote.intercept = (calls) => {
      if (calls.length !== 1 || calls[0]?.method !== "eth_getBlockByNumber" || calls[0].params[0] !== "0x2")
        return undefined;
      const transaction = {
        hash: word(0xabc),
        type: "0x7e",
        from: account(origin, 1),
        to: keeper,
        gas: "0x5208",
        input: "0x",
        value: "0x0",
        mint: "0x1",
        blockNumber: "0x2",
      };
      const block = {
        number: "0x2",
        hash: word(0xdef),
        parentHash: word(1),
        gasLimit: "0x1c9c380",
        gasUsed: "0x5208",
        timestamp: "0x5",
        miner: keeper,
        l1BlockNumber: "0x9",
        transactions: [transaction],
      };
      return { body: JSON.stringify({ jsonrpc: "2.0", id: calls[0].id, result: block }) };
    };
    const block = (await request("eth_getBlockByNumber", "0x2", true)) as Record<string, unknown>;
    expect(block.l1BlockNumber).to.equal("0x9");
    expect((block.transactions as { type: string; mint: string }[])[0]).to.include({ type: "0x7e", mint: "0x1" });
    expect((await fork.getBlock(2n))?.header.baseFeePerGas).to.equal(undefined);
  });

  it("given a contract made on the fork, it is there from its block on, and not before", async () => {
    const made = await deploy(fork, "00");
    await fork.mine();
    expect(await fork.getCode(made, 4n)).to.have.length(1);
    expect(await fork.getCode(made, 3n)).to.have.length(0);
  });
});

function wordBytes(value: number): Uint8Array {
  return Buffer.from(word(value).slice(2), "hex");
}

function toWord(data: Uint8Array): `0x${string}` {
  return `0x${Buffer.from(data).toString("hex").padStart(64, "0")}`;
}
