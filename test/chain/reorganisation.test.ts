import type { Address, Chain } from "@banyan/chain";
import { expect } from "chai";
import { account, bytes, codeOf, deploy, mined, testChain, word } from "./support.ts";
import { DESTROYING } from "./trace/contracts.ts";
import { refusalOf, sessionOn } from "./trace/session.ts";

/** SSTORE of the two words of the call data; without call data, gives its balance away and ends. */
const STORING = `36600b575f35ff5b${"602035"}${"5f35"}5500`;

async function store(chain: Chain, to: Address, slot: number, value: number): Promise<void> {
  const data = bytes(word(slot) + word(value).slice(2));
  mined(await chain.sendTransaction({ from: account(chain, 0), to, data, gasLimit: 100_000n }));
}

async function transfer(chain: Chain, value: bigint): Promise<void> {
  mined(await chain.sendTransaction({ from: account(chain, 1), to: account(chain, 2), value, gasLimit: 21_000n }));
}

describe("anvil_rollback, anvil_reorg", () => {
  it("given a depth or transactions that cannot be, refuse and change nothing", async () => {
    const { chain } = testChain();
    await transfer(chain, 1n);
    await transfer(chain, 2n);
    const session = sessionOn(chain);
    const { hash } = chain.latestBlock();
    const from = account(chain, 0);
    const refusals: readonly [string, readonly unknown[], number, unknown][] = [
      ["anvil_rollback", [3], -32602, "ROLLBACK_TOO_DEEP"],
      ["anvil_rollback", [-1], -32602, "depth"],
      ["anvil_reorg", [], -32602, "depth"],
      ["anvil_reorg", [0, []], -32602, "depth"],
      ["anvil_reorg", [3, []], -32602, "ROLLBACK_TOO_DEEP"],
      ["anvil_reorg", [2, [[{ from, to: from }, 2]]], -32602, "transactions[0][1]"],
      ["anvil_reorg", [2, [{ from, to: from }]], -32602, "transactions[0]"],
      ["anvil_reorg", [2, [[{ from, to: "0x1" }, 0]]], -32602, "transactions[0][0].to"],
      ["anvil_reorg", [2, [["0x0102", 0]]], -32602, "TX_MALFORMED"],
      ["anvil_reorg", [2, [[{ from: `0x${"99".repeat(20)}`, to: from }, 0]]], -32000, "ACCOUNT_UNKNOWN"],
      ["anvil_reorg", [2, [[{ from, to: from, nonce: "0x7" }, 0]]], -32000, "TX_NONCE_TOO_HIGH"],
      ["anvil_reorg", [2, [[{ from, to: from, value: `0x${"f".repeat(40)}` }, 1]]], -32000, "TX_INSUFFICIENT_FUNDS"],
    ];
    for (const [method, params, code, reason] of refusals)
      expect(await refusalOf(session, method, params), JSON.stringify(params)).to.deep.equal({ code, reason });
    expect(chain.latestBlock().hash).to.equal(hash);
  });

  it("given blocks of every kind, a chain goes on from each as one does that never had the later ones", async () => {
    const steps: readonly ((chain: Chain, contract: Address) => Promise<unknown>)[] = [
      (chain) => transfer(chain, 5n),
      (chain, contract) => store(chain, contract, 1, 7),
      (chain, contract) => store(chain, contract, 2, 8),
      (chain) => deploy(chain, "00"),
      (chain, contract) => store(chain, contract, 1, 0),
      async (chain) => {
        await chain.setBalance(account(chain, 9), 123n);
        await chain.setCode(account(chain, 8), bytes("6001"));
        await chain.mine();
      },
      (chain, contract) => store(chain, contract, 2, 9),
      (chain) => chain.mine(3n),
    ];
    const roots = async (count: number): Promise<readonly [Chain, Address, string]> => {
      const { chain } = testChain();
      const contract = await deploy(chain, STORING);
      for (const step of steps.slice(0, count)) await step(chain, contract);
      return [chain, contract, chain.latestBlock().header.stateRoot];
    };
    const [whole, contract] = await roots(steps.length);
    for (let count = steps.length - 1; count >= 0; count--) {
      const [control, , root] = await roots(count);
      const { number } = control.latestBlock().header;
      const target = await whole.rollback(whole.latestBlock().header.number - number);
      expect(target.header.stateRoot, `after ${count} steps`).to.equal(root);
      expect(whole.latestBlock().header.number).to.equal(number);
      expect(await whole.getBlock(number + 1n)).to.equal(undefined);
      // State roots of blocks that follow are equal if and only if the states are.
      const before = await whole.snapshot();
      for (const chain of [whole, control]) await store(chain, contract, 3, 3);
      expect((await whole.getProof(contract, [])).storageHash).to.equal(
        (await control.getProof(contract, [])).storageHash,
      );
      expect(await whole.getNonce(account(whole, 0))).to.equal(await control.getNonce(account(control, 0)));
      expect(await whole.getBalance(account(whole, 9))).to.equal(await control.getBalance(account(control, 9)));
      await whole.revert(before);
    }
  });

  it("take transactions, receipts and logs of the blocks with them, and tell filters of the new ones", async () => {
    const { chain } = testChain();
    const session = sessionOn(chain);
    await transfer(chain, 1n);
    const filter = await session.request("eth_newBlockFilter", []);
    await transfer(chain, 2n);
    await transfer(chain, 3n);
    const [second] = (await chain.getBlock(2n))?.transactions ?? [];
    const lost = chain.latestBlock().transactions[0]?.hash;
    expect(await session.request("eth_getFilterChanges", [filter])).to.have.length(2);
    expect(await session.request("anvil_rollback", [])).to.equal(null);
    expect(await session.request("eth_getTransactionReceipt", [lost])).to.equal(null);
    expect(await session.request("eth_blockNumber", [])).to.equal("0x2");
    const value = { from: account(chain, 3), to: account(chain, 4), value: "0x9" };
    expect(
      await session.request("anvil_reorg", [
        2,
        [
          [value, 1],
          [value, 1],
        ],
      ]),
    ).to.equal(null);
    expect(chain.latestBlock().header.number).to.equal(2n);
    expect((await chain.getBlock(1n))?.transactions).to.have.length(0);
    expect(chain.latestBlock().receipts.map(({ status }) => status)).to.deep.equal([1, 1]);
    expect(await chain.getTransaction(second?.hash ?? "0x")).to.equal(undefined);
    expect(await chain.getBalance(account(chain, 4))).to.equal(10_000n * 10n ** 18n + 18n);
    expect(await chain.getBalance(account(chain, 2))).to.equal(10_000n * 10n ** 18n);
    const told = await session.request("eth_getFilterChanges", [filter]);
    expect(told).to.deep.equal([(await chain.getBlock(1n))?.hash, chain.latestBlock().hash]);
  });

  it("given a signed transaction of the old branch, put it into another block of the new one; what waits goes on waiting", async () => {
    const { chain } = testChain();
    await transfer(chain, 1n);
    await transfer(chain, 2n);
    const raws = [1n, 2n].map(async (height) => (await chain.getBlock(height))?.transactions[0]?.raw ?? bytes(""));
    const [first, second] = await Promise.all(raws);
    chain.setAutomine(false);
    const waiting = await chain.sendTransaction({ from: account(chain, 5), to: account(chain, 6), gasLimit: 21_000n });
    const made = await chain.reorganise(
      2n,
      [
        { transaction: second ?? bytes(""), block: 1 },
        { transaction: first ?? bytes(""), block: 1 },
      ].reverse(),
    );
    expect(made.map(({ transactions }) => transactions.length)).to.deep.equal([0, 2]);
    expect(chain.pooledTransactions().pending.map(({ hash }) => hash)).to.deep.equal([waiting.hash]);
  });

  it("forget snapshots of what is gone, and keep the earlier ones", async () => {
    const { chain } = testChain();
    const early = await chain.snapshot();
    await transfer(chain, 1n);
    await transfer(chain, 2n);
    const late = await chain.snapshot();
    await chain.rollback(1n);
    expect(await chain.revert(late)).to.equal(false);
    expect(await chain.revert(early)).to.equal(true);
    expect(await chain.getBalance(account(chain, 2))).to.equal(10_000n * 10n ** 18n);
    await transfer(chain, 4n);
    expect(chain.latestBlock().header.number).to.equal(1n);
  });

  it("given a contract that ended with its storage, bring it back", async () => {
    const { chain } = testChain({ hardfork: "shanghai" });
    const contract = await deploy(chain, `36601e57${DESTROYING}${"00".repeat(4)}5b60203515${"50"}6020355f355500`);
    await store(chain, contract, 4, 44);
    await transfer(chain, 1n);
    mined(await chain.sendTransaction({ from: account(chain, 0), to: contract, gasLimit: 100_000n }));
    expect(await chain.getCode(contract)).to.have.length(0);
    await chain.rollback(1n);
    expect(await chain.getCode(contract)).to.have.length.greaterThan(0);
    expect(await chain.getStorageAt(contract, word(4))).to.equal(word(44));
  });

  it("given a state that nothing tells of any more, refuse and leave the chain as it is", async () => {
    const { chain } = testChain();
    const contract = await deploy(chain, STORING);
    await chain.setStorageAt(contract, word(77), word(1));
    await chain.mine();
    await chain.setStorageAt(contract, word(77), word(0));
    await chain.mine();
    const { hash } = chain.latestBlock();
    expect(await codeOf(() => chain.rollback(1n))).to.equal("ROLLBACK_STATE_LOST");
    expect(chain.latestBlock().hash).to.equal(hash);
    await store(chain, contract, 1, 1);
    expect(await chain.getStorageAt(contract, word(77))).to.equal(word(0));
  });

  it("given a run of empty blocks, cut it where it is asked to", async () => {
    const { chain } = testChain();
    await transfer(chain, 1n);
    await chain.mine(5_000n);
    await chain.rollback(2_000n);
    expect(chain.latestBlock().header.number).to.equal(3_001n);
    expect(await chain.getBlock(3_002n)).to.equal(undefined);
    await transfer(chain, 2n);
    expect(chain.latestBlock().header.number).to.equal(3_002n);
    await chain.rollback(3_001n);
    expect(chain.latestBlock().header.number).to.equal(1n);
    expect(await chain.getBalance(account(chain, 2))).to.equal(10_000n * 10n ** 18n + 1n);
  });
});
