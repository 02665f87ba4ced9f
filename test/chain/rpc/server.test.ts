import {
  ChainError,
  createChain,
  type EmbeddedChain,
  type RequestRecord,
  type RpcServer,
  startServer,
} from "@banyan/chain";
import { expect } from "chai";
import { artifacts } from "hardhat";
import {
  createPublicClient,
  createTestClient,
  createWalletClient,
  encodeFunctionData,
  http,
  type Log,
  publicActions,
  walletActions,
  webSocket,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { expectRevert } from "../../helpers/expect-revert.ts";

const { abi, bytecode } = await artifacts.readArtifact("ChainProbe");
// The first key of the standard test mnemonic.
const account = privateKeyToAccount("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

function once(socket: WebSocket, event: "open" | "close"): Promise<void> {
  return new Promise((resolve) => socket.addEventListener(event, () => resolve(), { once: true }));
}

/** Waits until something is there. */
async function until(reached: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !reached(); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe("the chain over HTTP and WebSocket", () => {
  let chain: EmbeddedChain;
  let server: RpcServer;
  let url: string;
  let socketUrl: string;
  let records: RequestRecord[];
  beforeEach(async () => {
    chain = await createChain();
    records = [];
    server = await startServer(chain.rpc, { port: 0, onRequest: (record) => records.push(record) });
    url = `http://127.0.0.1:${server.port}`;
    socketUrl = `ws://127.0.0.1:${server.port}`;
  });
  afterEach(async () => {
    await server.close();
    chain.close();
  });

  function overHttp(batch = false) {
    const transport = http(url, { batch, retryCount: 0 });
    return createTestClient({ chain: hardhat, mode: "hardhat", transport, pollingInterval: 10 })
      .extend(publicActions)
      .extend(walletActions);
  }

  async function deploy() {
    const client = overHttp();
    const hash = await client.deployContract({ abi, bytecode, account, args: [1n] });
    const { contractAddress } = await client.waitForTransactionReceipt({ hash });
    if (!contractAddress) throw new Error("Nothing was deployed");
    return { client, address: contractAddress };
  }

  it("deploys, reads and writes with a key of the client's own over HTTP", async () => {
    const { client, address } = await deploy();
    const hash = await client.writeContract({ abi, address, account, functionName: "setValue", args: [5n] });
    expect((await client.waitForTransactionReceipt({ hash })).status).to.equal("success");
    expect(await client.readContract({ abi, address, functionName: "value" })).to.equal(5n);
    expect(records.map((record) => record.method)).to.include.members([
      "eth_sendRawTransaction",
      "eth_getTransactionReceipt",
      "eth_call",
    ]);
  });

  it("lets viem name the custom error of a call, an estimate and a sent transaction", async () => {
    const { client, address } = await deploy();
    const write = { abi, address, functionName: "setValue", args: [2_000n] } as const;
    const probe = { abi };
    await expectRevert(client.simulateContract(write), probe, "ProbeValueTooHigh", [2_000n, 1_000n]);
    await expectRevert(client.estimateContractGas({ ...write, account }), probe, "ProbeValueTooHigh", [2_000n, 1_000n]);
    await expectRevert(client.writeContract({ ...write, account, gas: 100_000n }), probe, "ProbeValueTooHigh", [
      2_000n,
      1_000n,
    ]);
    expect(records.filter((record) => record.error?.code === 3)).to.have.length(3);
  });

  it("answers batches of viem", async () => {
    const client = overHttp(true);
    const [chainId, height, accounts] = await Promise.all([
      client.getChainId(),
      client.getBlockNumber(),
      client.getAddresses(),
    ]);
    expect({ chainId, height, count: accounts.length }).to.deep.equal({ chainId: 31_337, height: 0n, count: 20 });
  });

  it("notifies subscribers over WebSocket of blocks, logs and waiting transactions, and of nothing after they left", async () => {
    const { client, address } = await deploy();
    const socket = createPublicClient({ chain: hardhat, transport: webSocket(socketUrl, { reconnect: false }) });
    const heights: bigint[] = [];
    const logs: Log[] = [];
    const hashes: string[] = [];
    const stops = [
      socket.watchBlocks({ onBlock: (block) => heights.push(block.number) }),
      socket.watchEvent({ address, onLogs: (found) => logs.push(...found) }),
      socket.watchPendingTransactions({ onTransactions: (found) => hashes.push(...found) }),
    ];
    await until(() => records.filter((record) => record.method === "eth_subscribe").length === 3);
    const hash = await client.writeContract({ abi, address, account, functionName: "setValue", args: [5n] });
    await until(() => heights.length > 0 && logs.length > 0 && hashes.length > 0);
    expect({ heights, logs: logs.map((log) => log.transactionHash), hashes }).to.deep.equal({
      heights: [2n],
      logs: [hash],
      hashes: [hash],
    });
    for (const stop of stops) stop();
    await until(() => records.filter((record) => record.method === "eth_unsubscribe").length === 3);
    await client.mine({ blocks: 1 });
    expect(await socket.getBlockNumber({ cacheTime: 0 })).to.equal(3n);
    expect(heights).to.deep.equal([2n]);
    (await socket.transport.getRpcClient()).close();
  });

  it("keeps the subscriptions of two sockets apart", async () => {
    const sockets = [new WebSocket(socketUrl), new WebSocket(socketUrl)];
    const heights: unknown[][] = [[], []];
    for (const [index, socket] of sockets.entries()) {
      socket.addEventListener("message", (event) => {
        const { method, params } = Object(JSON.parse(String(event.data)));
        if (method === "eth_subscription") heights[index]?.push(params.result.number);
      });
      await once(socket, "open");
      socket.send('{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]}');
    }
    await until(() => records.filter((record) => record.method === "eth_subscribe").length === 2);
    sockets[1]?.send('{"jsonrpc":"2.0","id":2,"method":"eth_unsubscribe","params":["0x1"]}');
    await until(() => records.some((record) => record.method === "eth_unsubscribe"));
    const client = overHttp();
    await client.mine({ blocks: 1 });
    await until(() => heights.every((seen) => seen.length > 0));
    const [leaving] = sockets;
    if (leaving === undefined) throw new Error("There is no socket");
    leaving.close();
    await once(leaving, "close");
    await client.mine({ blocks: 1 });
    await until(() => heights[1]?.length === 2);
    expect(heights).to.deep.equal([["0x1"], ["0x1", "0x2"]]);
    sockets[1]?.close();
  });

  it("sends with the node's own accounts", async () => {
    const { client, address } = await deploy();
    const [first] = await client.getAddresses();
    if (first === undefined) throw new Error("The node has no accounts");
    const wallet = createWalletClient({ account: first, chain: hardhat, transport: http(url) });
    const hash = await wallet.sendTransaction({
      to: address,
      data: encodeFunctionData({ abi, functionName: "setValue", args: [6n] }),
    });
    expect((await client.getTransactionReceipt({ hash })).status).to.equal("success");
  });

  it("explains itself to a GET", async () => {
    const get = await fetch(url);
    expect({ status: get.status, allow: get.headers.get("allow") }).to.deep.equal({
      status: 405,
      allow: "POST, OPTIONS",
    });
  });

  it("answers broken JSON with a JSON-RPC error", async () => {
    const response = await fetch(url, { method: "POST", body: "{" });
    expect(response.status).to.equal(200);
    expect(Reflect.get(Object(await response.json()), "id")).to.equal(null);
  });

  it("refuses a port that is taken, and names it", async () => {
    const error: unknown = await startServer(chain.rpc, { port: server.port }).catch((failure: unknown) => failure);
    if (!(error instanceof ChainError)) throw error;
    expect({ code: error.code, details: error.details }).to.deep.equal({
      code: "PORT_IN_USE",
      details: { hostname: "127.0.0.1", port: server.port },
    });
  });

  it("frees its port when it is closed, with clients still connected", async () => {
    const socket = createPublicClient({ chain: hardhat, transport: webSocket(socketUrl, { reconnect: false }) });
    await socket.getBlockNumber();
    await server.close();
    const next = await startServer(chain.rpc, { port: server.port });
    expect(next.port).to.equal(server.port);
    await next.close();
    (await socket.transport.getRpcClient()).close();
  });
});
