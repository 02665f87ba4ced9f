import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Address, Chain } from "@banyan/chain";
import { expect } from "chai";
import { openRequestLog } from "../../../chain/src/fork/request-log.ts";
import { account, codeOf, deploy, mined, word } from "../support.ts";
import { type Answerer, closeAll, makeChain, serve, type TestRemote } from "./support.ts";

/** Adds up slots 0 to 9 and stores the sum in slot 10. */
const ADDER = `5f${Array.from({ length: 10 }, (_, slot) => `60${slot.toString(16).padStart(2, "0")}5401`).join("")}600a5500`;

describe("What a fork asks of the other chain", () => {
  let origin: Chain;
  let provider: Answerer;
  let remote: TestRemote;
  let folder: string;
  let adder: Address;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "banyan-fork-"));
    const embedded = await makeChain({ chainId: 4_242n });
    origin = embedded.core;
    ({ provider } = embedded);
    adder = await deploy(origin, ADDER);
    for (let slot = 0; slot < 10; slot++) await origin.setStorageAt(adder, word(slot), word(slot + 1));
    await origin.mine();
    remote = await serve(provider);
  });

  afterEach(async () => {
    await closeAll();
    rmSync(folder, { recursive: true, force: true });
  });

  const add = (chain: Chain, from = 1) =>
    chain.sendTransaction({ from: account(chain, from), to: adder, gasLimit: 200_000n });

  async function forkAt(blockNumber: bigint): Promise<Chain> {
    return (await makeChain({ forking: { url: remote.url, blockNumber, cacheDir: folder } })).core;
  }

  it("given a transaction that reads ten slots, fetches what it needs in few batches, and the next asks nothing", async () => {
    const { core: fork } = await makeChain({ forking: { url: remote.url } });
    expect(remote.posts()).to.equal(2);
    remote.forget();
    mined(await add(fork));
    expect(await fork.getStorageAt(adder, word(10))).to.equal(word(55));
    // The sender and what every block needs; the recipient; its slots.
    expect(remote.posts()).to.be.at.most(3);
    expect(remote.asked.get("eth_getStorageAt")).to.equal(11);
    expect(remote.asked.get("eth_getCode")).to.be.at.most(3);
    remote.forget();
    mined(await add(fork, 2));
    await fork.mine(3n);
    expect(remote.total()).to.equal(0);
  });

  it("given the newest fork rules, mining blocks asks nothing of the other chain", async () => {
    const { core: fork } = await makeChain({ hardfork: "osaka", forking: { url: remote.url } });
    await fork.mine();
    remote.forget();
    await fork.mine(50n);
    expect(remote.total()).to.equal(0);
  });

  it("given a settled block and a full cache, a second start asks nothing, and works offline", async () => {
    await origin.mine(200n);
    mined(await add(await forkAt(2n)));
    remote.forget();
    const again = await forkAt(2n);
    mined(await add(again));
    expect(await again.getStorageAt(adder, word(10))).to.equal(word(55));
    expect(remote.total()).to.equal(0);
    await remote.stop();
    mined(await add(await forkAt(2n)));
    expect(await codeOf(async () => (await forkAt(2n)).getBalance(word(99).slice(0, 42) as Address))).to.equal(
      "REMOTE_UNREACHABLE",
    );
  });

  it("given blocks, receipts and logs of the past, they are kept too", async () => {
    await origin.mine(200n);
    const look = async (fork: Chain) => [
      (await fork.getBlock(1n))?.hash,
      (await fork.getReceipts(1n))?.length,
      (await fork.getLogs({ fromBlock: 0n, toBlock: 2n })).length,
      await fork.getBalance(adder, 1n),
    ];
    const first = await look(await forkAt(2n));
    remote.forget();
    expect(await look(await forkAt(2n))).to.deep.equal(first);
    expect(remote.total()).to.equal(0);
  });

  it("given a block that may yet be reorganised, keeps nothing", async () => {
    mined(await add(await forkAt(2n)));
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it("given a development chain of the default id, asks whether the cached block is still its own", async () => {
    const { core, provider: other } = await makeChain();
    await core.mine(200n);
    const local = await serve(other);
    const forking = { url: local.url, blockNumber: 2n, cacheDir: folder };
    const first = (await makeChain({ forking })).core.latestBlock().hash;
    local.forget();
    expect((await makeChain({ forking })).core.latestBlock().hash).to.equal(first);
    expect([...local.asked]).to.deep.equal([["eth_getBlockByNumber", 1]]);
    await core.reset({ initialDate: 1_600_000_000_000 });
    await core.mine(200n);
    expect((await makeChain({ forking })).core.latestBlock().hash).to.equal((await core.getBlock(2n))?.hash);
  });

  it("given damaged, cut off and foreign lines in the cache, fetches those answers again", async () => {
    await origin.mine(200n);
    mined(await add(await forkAt(2n)));
    const [log] = readdirSync(folder).filter((name) => name.startsWith("4242-"));
    const path = join(folder, String(log));
    const lines = readFileSync(path, "utf8").split("\n");
    const at = lines.findIndex((line) => line.includes("eth_getStorageAt"));
    lines[at] = String(lines[at]).replace(/0x0+/, "0xf0");
    writeFileSync(path, `${lines.join("\n")}garbage\n\tx\ty\n\u0000`);
    appendFileSync(path, String(lines[at + 1]).slice(0, 30));
    remote.forget();
    const fork = await forkAt(2n);
    mined(await add(fork));
    expect(await fork.getStorageAt(adder, word(10))).to.equal(word(55));
    expect(remote.asked.get("eth_getStorageAt")).to.be.within(1, 2);
  });

  it("given two processes that write one log, both read all of it", () => {
    const [one, other] = [openRequestLog(folder, "shared"), openRequestLog(folder, "shared")];
    one.put([["a", "0x1"]]);
    other.put([
      ["b", { list: ["with\ttab", "and\nbreak"] }],
      ["c", false],
    ]);
    one.put([["d", "0x4"]]);
    const read = openRequestLog(folder, "shared");
    expect(["a", "b", "c", "d", "e"].map((key) => read.get(key))).to.deep.equal([
      "0x1",
      { list: ["with\ttab", "and\nbreak"] },
      false,
      "0x4",
      undefined,
    ]);
  });

  it("given cacheDir false, keeps nothing, whatever the default", async () => {
    await origin.mine(200n);
    const forking = { url: remote.url, blockNumber: 2n, cacheDir: false } as const;
    mined(await add((await makeChain({ forkCacheDir: folder, forking })).core));
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it("given no block number, forks 128 below the latest of a public chain", async () => {
    await origin.mine(200n);
    const { core } = await makeChain({ forking: { url: remote.url } });
    expect(core.latestBlock().header.number).to.equal(origin.latestBlock().header.number - 128n);
  });

  it("given headers, sends them with every request", async () => {
    const seen = new Set<unknown>();
    remote.intercept = (_calls, headers) => {
      seen.add(headers.authorization);
      return undefined;
    };
    const forking = { url: remote.url, headers: { Authorization: "Bearer banyan" } };
    const { core } = await makeChain({ forking });
    await core.getBalance(adder);
    expect([...seen]).to.deep.equal(["Bearer banyan"]);
  });
});
