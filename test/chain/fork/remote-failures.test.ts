import type { Address, Chain } from "@banyan/chain";
import { expect } from "chai";
import { createRemoteClient, type RemoteModules } from "../../../chain/src/fork/remote-client.ts";
import { showUrl } from "../../../chain/src/fork/remote-failure.ts";
import { account, codeOf, deploy, mined } from "../support.ts";
import { closeAll, type Interception, makeChain, type RpcCall, serve, type TestRemote } from "./support.ts";

/** A client whose pauses take no time. */
function clientOf(url: string, options: { retries?: number; batchSize?: number; requestsPerSecond?: number } = {}) {
  const pauses: number[] = [];
  let now = 0;
  const modules: RemoteModules = {
    fetch: globalThis.fetch,
    now: () => now,
    wait: async (milliseconds) => {
      pauses.push(milliseconds);
      now += milliseconds;
    },
  };
  return { client: createRemoteClient({ url, ...options }, modules), pauses };
}

const question = { method: "eth_chainId", params: [] };

function refuse(calls: readonly RpcCall[], error: { code: number; message: string }): Interception {
  const answers = calls.map(({ id }) => ({ jsonrpc: "2.0", id, error }));
  return { body: JSON.stringify(answers.length === 1 ? answers[0] : answers) };
}

describe("A fork whose other chain fails", () => {
  let origin: Chain;
  let remote: TestRemote;

  beforeEach(async () => {
    const embedded = await makeChain({ chainId: 4_242n });
    origin = embedded.core;
    await origin.mine(2n);
    remote = await serve(embedded.provider);
  });

  afterEach(closeAll);

  it("given URLs and options that cannot be, refuses them by name", async () => {
    for (const forking of [
      { url: "not a url" },
      { url: "ws://127.0.0.1:1" },
      { url: remote.url, blockNumber: -1n },
      { url: remote.url, requestsPerSecond: 0 },
      { url: remote.url, batchSize: 0 },
    ])
      expect(await codeOf(() => makeChain({ forking }))).to.equal("OPTION_INVALID");
  });

  it("never shows what may be secret in a URL", () => {
    expect(showUrl("https://user:pass@rpc.example.org/v2/SECRET?key=SECRET")).to.equal("https://rpc.example.org/…");
    expect(showUrl("http://127.0.0.1:8545")).to.equal("http://127.0.0.1:8545");
    expect(showUrl("SECRET")).to.equal("(not a URL)");
  });

  it("given nobody at the URL, says so", async () => {
    await remote.stop();
    expect(await codeOf(() => clientOf(remote.url).client.send([question]))).to.equal("REMOTE_UNREACHABLE");
    expect(await codeOf(() => makeChain({ forking: { url: remote.url, retries: 0 } }))).to.equal("REMOTE_UNREACHABLE");
  });

  it("given a busy node, waits longer each time, and as long as it is told", async () => {
    let left = 4;
    remote.intercept = (calls) => {
      left--;
      if (left === 3) return { status: 429, body: "slow down", headers: { "Retry-After": "3" } };
      if (left === 2) return { status: 503, body: "" };
      return left === 1 ? refuse(calls, { code: -32_005, message: "daily request limit" }) : undefined;
    };
    const { client, pauses } = clientOf(remote.url);
    expect(await client.send([question])).to.deep.equal(["0x1092"]);
    expect(pauses).to.deep.equal([3_000, 400, 800]);
  });

  it("given a node that stays busy, gives up with a code of its own", async () => {
    remote.intercept = () => ({ status: 429, body: "slow down" });
    const { client, pauses } = clientOf(remote.url, { retries: 2 });
    expect(await codeOf(() => client.send([question]))).to.equal("REMOTE_BUSY");
    expect(pauses).to.have.length(2);
  });

  it("given a node without the state, names the cure", async () => {
    remote.intercept = (calls) => refuse(calls, { code: -32_000, message: "missing trie node 12ab (path )" });
    expect(await codeOf(() => clientOf(remote.url).client.send([question]))).to.equal("REMOTE_STATE_MISSING");
  });

  it("given refusals and nonsense, tells them apart", async () => {
    const { client } = clientOf(remote.url);
    for (const [answer, code] of [
      [{ status: 401, body: "who are you" }, "REMOTE_REFUSED"],
      [{ body: "<html>" }, "REMOTE_MALFORMED"],
      [{ body: "null" }, "REMOTE_MALFORMED"],
      [{ body: "{}" }, "REMOTE_MALFORMED"],
      [{ body: '{"error":{"code":-32601,"message":"no such method"}}' }, "REMOTE_REFUSED"],
    ] as const) {
      remote.intercept = () => answer;
      expect(await codeOf(() => client.send([question])), answer.body).to.equal(code);
    }
    remote.intercept = (calls) => ({
      body: JSON.stringify(calls.map(({ id }) => ({ jsonrpc: "2.0", id, result: "0xzz" }))),
    });
    expect(await codeOf(() => makeChain({ forking: { url: remote.url, blockNumber: 1n } }))).to.equal(
      "REMOTE_MALFORMED",
    );
  });

  it("given a node that takes no batches, asks one by one", async () => {
    remote.intercept = (calls) =>
      calls.length > 1 ? refuse(calls.slice(0, 1), { code: -32_600, message: "no" }) : undefined;
    const { client } = clientOf(remote.url);
    expect(await client.send(Array.from({ length: 20 }, () => question))).to.deep.equal(Array(20).fill("0x1092"));
    const { core } = await makeChain({ forking: { url: remote.url } });
    expect(await core.getBalance(account(core, 0))).to.equal(10_000n * 10n ** 18n);
  });

  it("given more requests than a batch may hold, sends several, and keeps their order", async () => {
    const { client } = clientOf(remote.url, { batchSize: 3 });
    const numbers = Array.from({ length: 10 }, (_, index) => `0x${(index % 3).toString(16)}`);
    const answers = await client.send(
      numbers.map((number) => ({ method: "eth_getBlockByNumber", params: [number, false] })),
    );
    expect(answers.map((block) => Object(block).number)).to.deep.equal(numbers);
    expect(remote.posts()).to.equal(4);
  });

  it("given a limit of requests per second, spreads them", async () => {
    const { client, pauses } = clientOf(remote.url, { requestsPerSecond: 10, batchSize: 5 });
    await client.send(Array.from({ length: 5 }, () => question));
    await client.send([question]);
    await client.send([question]);
    expect(pauses).to.deep.equal([500, 100]);
  });

  it("given a failure in the midst of a transaction, nothing happened, and it can be sent again", async () => {
    const contract: Address = await deploy(origin, "5f545f5500");
    const { core: fork } = await makeChain({ forking: { url: remote.url, retries: 0 } });
    const head = fork.latestBlock().hash;
    const send = () => fork.sendTransaction({ from: account(fork, 0), to: contract, gasLimit: 100_000n });
    remote.intercept = (calls) =>
      calls.some(({ method }) => method === "eth_getStorageAt")
        ? refuse(calls, { code: -32_000, message: "missing trie node" })
        : undefined;
    expect(await codeOf(send)).to.equal("REMOTE_STATE_MISSING");
    expect(await codeOf(() => fork.call({ to: contract }))).to.equal("REMOTE_STATE_MISSING");
    expect(fork.latestBlock().hash).to.equal(head);
    expect(fork.pooledTransactions().pending).to.deep.equal([]);
    remote.intercept = undefined;
    expect(mined(await send()).status).to.equal(1);
    expect(await fork.getNonce(account(fork, 0))).to.equal((await origin.getNonce(account(fork, 0))) + 1n);
  });

  it("given waiting transactions and a failure while mining, they go on waiting", async () => {
    const contract: Address = await deploy(origin, "5f545f5500");
    const { core: fork } = await makeChain({ forking: { url: remote.url, retries: 0 } });
    fork.setAutomine(false);
    await fork.sendTransaction({ from: account(fork, 0), to: contract, gasLimit: 100_000n });
    remote.intercept = () => ({ status: 500, body: "" });
    expect(await codeOf(() => fork.mine())).to.equal("REMOTE_BUSY");
    expect(fork.pooledTransactions().pending).to.have.length(1);
    remote.intercept = undefined;
    expect((await fork.mine())[0]?.receipts[0]?.status).to.equal(1);
  });
});
