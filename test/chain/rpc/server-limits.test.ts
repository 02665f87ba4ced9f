import { connect, type Socket } from "node:net";
import { type ChainNode, createNode, type NodeOptions } from "@banyan/chain";
import { expect } from "chai";
import { account, deployCode } from "../support.ts";

const CHAIN_ID = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId" });

function once(socket: WebSocket, event: "open" | "close" | "message"): Promise<Event> {
  return new Promise((resolve) => socket.addEventListener(event, resolve, { once: true }));
}

describe("limits of a server", () => {
  let node: ChainNode;
  afterEach(() => node.close());

  async function start(options: NodeOptions): Promise<void> {
    node = await createNode({ ...options, server: { port: 0, ...options.server } });
  }

  async function post(
    body: string | Uint8Array<ArrayBuffer>,
  ): Promise<{ status: number; code: unknown; limit: unknown }> {
    const response = await fetch(node.url, { method: "POST", body });
    const { error } = Object(await response.json());
    return { status: response.status, code: error?.code, limit: error?.data?.limit };
  }

  async function codeOf(method: string, ...params: unknown[]): Promise<unknown> {
    const error: unknown = await node.provider.request({ method, params }).catch((failure: unknown) => failure);
    return error instanceof Error ? Reflect.get(error, "code") : undefined;
  }

  it("given a body that is too long, refuses it with a JSON-RPC error, and answers on", async () => {
    await start({ server: { limits: { body: 1_000 } } });
    expect(await post(`"${"x".repeat(2_000)}"`)).to.deep.equal({ status: 413, code: -32_005, limit: "body" });
    expect((await post(CHAIN_ID)).status).to.equal(200);
    const socket = new WebSocket(node.webSocketUrl);
    await once(socket, "open");
    socket.send("x".repeat(2_000));
    await once(socket, "close");
    expect((await post(CHAIN_ID)).status).to.equal(200);
  });

  it("given a body that is not UTF-8, refuses it as no JSON", async () => {
    await start({});
    expect(await post(Uint8Array.of(0x22, 0xff, 0x22))).to.deep.include({ status: 200, code: -32_700 });
  });

  it("given too many connections, refuses the next until one ends", async () => {
    await start({ server: { limits: { connections: 2 } } });
    const held: Socket[] = [];
    for (let index = 0; index < 2; index++) {
      const socket = connect(node.server.port, "127.0.0.1");
      await new Promise((resolve) => socket.once("connect", resolve));
      held.push(socket);
    }
    expect(await post(CHAIN_ID)).to.deep.equal({ status: 503, code: -32_005, limit: "connections" });
    held[0]?.destroy();
    let status = 503;
    for (let tries = 0; tries < 100 && status !== 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      ({ status } = await post(CHAIN_ID));
    }
    expect(status).to.equal(200);
    held[1]?.destroy();
  });

  it("given too many filters, refuses the next until one is removed", async () => {
    await start({ rpc: { limits: { filters: 3 } } });
    const [first] = [await node.provider.request({ method: "eth_newBlockFilter" })];
    expect(await codeOf("eth_newFilter", {})).to.equal(undefined);
    expect(await codeOf("eth_newPendingTransactionFilter")).to.equal(undefined);
    expect(await codeOf("eth_newBlockFilter")).to.equal(-32_005);
    expect(await codeOf("eth_uninstallFilter", first)).to.equal(undefined);
    expect(await codeOf("eth_newBlockFilter")).to.equal(undefined);
  });

  it("given filters that nobody asks, removes them in time", async () => {
    await start({ rpc: { limits: { filters: 1, filterIdle: 20 } } });
    const idle = await node.provider.request({ method: "eth_newBlockFilter" });
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await codeOf("eth_newBlockFilter")).to.equal(undefined);
    expect(await node.provider.request({ method: "eth_uninstallFilter", params: [idle] })).to.equal(false);
  });

  it("given too many subscriptions on a connection, refuses the next until one ends", async () => {
    await start({ rpc: { limits: { subscriptions: 2 } } });
    const first = await node.provider.request({ method: "eth_subscribe", params: ["newHeads"] });
    expect(await codeOf("eth_subscribe", "logs")).to.equal(undefined);
    expect(await codeOf("eth_subscribe", "newHeads")).to.equal(-32_005);
    expect(await node.provider.request({ method: "eth_unsubscribe", params: [first] })).to.equal(true);
    expect(await codeOf("eth_subscribe", "newHeads")).to.equal(undefined);
  });

  it("given too many waiting transactions, of a sender and in all, refuses the next", async () => {
    await start({ automine: false, maxPooledTransactions: 3, maxPooledPerSender: 2 });
    const send = async (index: number) => {
      const from = account(node.core, index);
      return codeOf("eth_sendTransaction", { from, to: from, gas: "0x5208" });
    };
    expect([await send(0), await send(0), await send(0)]).to.deep.equal([undefined, undefined, -32_000]);
    expect([await send(1), await send(1)]).to.deep.equal([undefined, -32_000]);
  });

  it("given more logs than an answer holds, refuses the search", async () => {
    await start({ rpc: { limits: { logs: 3 } } });
    // Four times LOG0 of nothing.
    const from = account(node.core, 0);
    const data = `0x${Buffer.from(deployCode("5f5fa0".repeat(4))).toString("hex")}`;
    await node.provider.request({ method: "eth_sendTransaction", params: [{ from, data }] });
    const { receipt } = await node.core.sendTransaction({ from, to: (await created()) ?? from });
    expect(receipt?.logs).to.have.length(4);
    expect(await codeOf("eth_getLogs", { fromBlock: "0x0" })).to.equal(-32_000);
    expect(await codeOf("eth_getLogs", { fromBlock: "0x0", toBlock: "0x1" })).to.equal(undefined);

    async function created() {
      return (await node.core.getBlock(1n))?.receipts[0]?.contractAddress;
    }
  });

  it("given a block gas limit with which code could run for hours, refuses it", async () => {
    await start({});
    expect(await codeOf("evm_setBlockGasLimit", "0x38d7ea4c68000")).to.equal(-32_005);
    expect(await codeOf("evm_setBlockGasLimit", "0x0")).to.equal(-32_000);
    expect(await codeOf("evm_setBlockGasLimit", "0x5f5e100")).to.equal(undefined);
  });

  it("given a WebSocket client that does not read, cuts it off, and answers others", async () => {
    await start({ server: { limits: { unread: 100_000, queued: 10 } } });
    const socket = connect(node.server.port, "127.0.0.1");
    const key = "dGhlIHNhbXBsZSBub25jZQ==";
    socket.write(
      `GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once("data", resolve));
    socket.pause();
    let ended = false;
    socket.on("close", () => {
      ended = true;
    });
    socket.on("error", () => {});
    // Each answer has some ten kilobytes; a text frame of a client is masked, here with zeros.
    const text = Buffer.from(
      JSON.stringify(Array.from({ length: 20 }, (_, id) => ({ jsonrpc: "2.0", id, method: "eth_accounts" }))),
    );
    const head = Buffer.from([0x81, 0xfe, text.length >> 8, text.length & 255, 0, 0, 0, 0]);
    const frame = Buffer.concat([head, text]);
    for (let sent = 0; sent < 2_000 && !ended; sent++) {
      socket.write(frame);
      if (sent % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const metrics = async () => (await fetch(`${node.url}/metrics`)).text();
    let figures = "";
    for (let tries = 0; tries < 300 && !figures.includes('reason="slow reader"'); tries++) {
      figures = await metrics();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(figures).to.include('banyan_server_refused_total{reason="slow reader"} 1');
    expect((await post(CHAIN_ID)).status).to.equal(200);
    socket.destroy();
  });
});
