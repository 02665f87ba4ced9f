import { expect } from "chai";
import { fromHex } from "../../../chain/src/codec/hex.ts";
import { keccak256Hex } from "../../../chain/src/crypto/keccak.ts";
import { account, bytes, deploy, mined, testChain, word } from "../support.ts";
import { refusalOf, sessionOn } from "../trace/session.ts";

/** SSTORE of the two words of the call data. */
const STORING = "602035" + "5f35" + "55" + "00";

describe("debug_codeByHash, dbGet, storageRangeAt, getModifiedAccountsBy…", () => {
  it("given what they do not take, refuse by name", async () => {
    const { chain } = testChain();
    await chain.mine(2n);
    const session = sessionOn(chain);
    const { hash } = chain.latestBlock();
    const to = account(chain, 0);
    const refusals: readonly [string, readonly unknown[], unknown][] = [
      ["debug_codeByHash", ["0x12"], "codeHash"],
      ["debug_dbGet", ["c"], "key"],
      ["debug_storageRangeAt", ["latest", 0, to, "0x", 1], "blockHash"],
      ["debug_storageRangeAt", [hash, 0, "0x1", "0x", 1], "address"],
      ["debug_storageRangeAt", [hash, 0, to, "x", 1], "start"],
      ["debug_storageRangeAt", [hash, 0, to, "0x"], "limit"],
      ["debug_getModifiedAccountsByNumber", ["earliest"], "startNumber"],
      ["debug_getModifiedAccountsByNumber", [9], "startNumber"],
      ["debug_getModifiedAccountsByHash", [hash, "0x1"], "endHash"],
    ];
    for (const [method, params, reason] of refusals)
      expect(await refusalOf(session, method, params), method).to.deep.equal({ code: -32602, reason });
    const refused: readonly [string, readonly unknown[], string][] = [
      ["debug_storageRangeAt", [word(1), 0, to, "0x", 1], "BLOCK_NOT_FOUND"],
      ["debug_storageRangeAt", [hash, 1, to, "0x", 1], "TRANSACTION_NOT_FOUND"],
      ["debug_getModifiedAccountsByNumber", [2, 1], "BLOCK_ORDER"],
      ["debug_getModifiedAccountsByNumber", [1, 9], "BLOCK_NOT_FOUND"],
    ];
    for (const [method, params, reason] of refused)
      expect(await refusalOf(session, method, params), method).to.deep.equal({ code: -32000, reason });
  });

  it("give code by its hash, also of a contract that is gone, and nothing for another hash", async () => {
    const { chain } = testChain();
    const mark = await chain.snapshot();
    await deploy(chain, STORING);
    await chain.revert(mark);
    const session = sessionOn(chain);
    const hash = keccak256Hex(bytes(STORING));
    expect(await session.request("debug_codeByHash", [hash])).to.equal(`0x${STORING}`);
    expect(await session.request("debug_codeByHash", [hash, "latest"])).to.equal(`0x${STORING}`);
    expect(await session.request("debug_codeByHash", [word(1)])).to.equal("0x");
    expect(await session.request("debug_dbGet", [`0x63${hash.slice(2)}`])).to.equal(`0x${STORING}`);
    expect(await session.request("debug_dbGet", [hash])).to.equal(`0x${STORING}`);
    expect(await session.request("debug_dbGet", ["0x00"])).to.equal("0x");
  });

  it("list the slots of an account as they were before a transaction, in the order of their hashes", async () => {
    const { chain } = testChain();
    const contract = await deploy(chain, STORING);
    const store = async (slot: number, value: number): Promise<void> => {
      const data = bytes(word(slot) + word(value).slice(2));
      mined(await chain.sendTransaction({ from: account(chain, 0), to: contract, data, gasLimit: 100_000n }));
    };
    for (let slot = 1; slot <= 5; slot++) await store(slot, 10 + slot);
    const { hash } = chain.latestBlock();
    // Taken away since.
    await store(2, 0);
    await store(3, 99);
    const session = sessionOn(chain);
    const range = async (index: number, start: string, limit: number): Promise<ReturnType<typeof Object>> =>
      Object(await session.request("debug_storageRangeAt", [hash, index, contract, start, limit]));
    const ordered = [1, 2, 3, 4]
      .map((slot) => [keccak256Hex(fromHex(word(slot))), { key: word(slot), value: word(10 + slot) }] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const before = await range(0, "0x", 10);
    expect(Object.entries(before.storage)).to.deep.equal(ordered);
    expect(before.nextKey).to.equal(null);
    const page = await range(0, "0x00", 3);
    expect(Object.keys(page.storage)).to.deep.equal(ordered.slice(0, 3).map(([key]) => key));
    expect(page.nextKey).to.equal(ordered[3]?.[0]);
    expect(Object.keys((await range(0, page.nextKey, 3)).storage)).to.deep.equal([page.nextKey]);
    expect(Object.keys((await range(1, "0x", 10)).storage)).to.have.length(5);
  });

  it("name the accounts that blocks changed, those whose storage alone did among them", async () => {
    const { chain } = testChain();
    const contract = await deploy(chain, STORING);
    const [from, to] = [account(chain, 0), account(chain, 7)];
    mined(await chain.sendTransaction({ from, to, value: 1n }));
    const data = bytes(word(1) + word(1).slice(2));
    mined(await chain.sendTransaction({ from, to: contract, data, gasLimit: 100_000n }));
    const session = sessionOn(chain);
    const coinbase = chain.coinbase();
    const names = async (...params: readonly unknown[]): Promise<unknown> =>
      // Contracts of the protocol change with every block.
      Object(await session.request("debug_getModifiedAccountsByNumber", params)).filter(
        (name: string) => name === coinbase || name === to || name === contract || name === from,
      );
    expect(await names(2)).to.deep.equal([from, to, coinbase].sort());
    expect(await names(3)).to.deep.equal([from, contract, coinbase].sort());
    expect(await names(1, 3)).to.deep.equal([from, to, contract, coinbase].sort());
    const hash = chain.latestBlock().hash;
    expect(await session.request("debug_getModifiedAccountsByHash", [hash])).to.deep.equal(
      await session.request("debug_getModifiedAccountsByNumber", [2, 3]),
    );
  });
});
