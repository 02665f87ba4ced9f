import { connect } from "node:net";
import { type ChainNode, createNode } from "@banyan/chain";
import { expect } from "chai";

/** Sends text over a bare connection and returns all that comes until the server ends it, or until enough came. */
function exchange(port: number, text: string, isEnough: (received: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let received = "";
    socket.on("data", (bytes: Buffer) => {
      received += bytes.toString("utf8");
      if (isEnough(received)) socket.destroy();
    });
    socket.on("close", () => resolve(received));
    socket.on("error", reject);
    socket.write(text);
  });
}

function posting(body: string): string {
  return `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

const asking = (id: number, method: string, params: unknown[] = []): string =>
  JSON.stringify({ jsonrpc: "2.0", id, method, params });

describe("the life of a server", () => {
  let node: ChainNode;
  beforeEach(async () => {
    node = await createNode({ server: { port: 0 } });
  });
  afterEach(() => node.close());

  it("tells its health", async () => {
    await node.core.mine(3n);
    const response = await fetch(`${node.url}/health`);
    expect(response.status).to.equal(200);
    expect(await response.json()).to.deep.equal({
      status: "ok",
      chainId: 31_337,
      blockNumber: 3,
      blockHash: node.core.latestBlock().hash,
    });
  });

  it("tells its figures as Prometheus reads them, and invents no figure for a method that a client invented", async () => {
    await node.core.mine(2n);
    await fetch(node.url, { method: "POST", body: asking(1, "eth_chainId") });
    await fetch(node.url, { method: "POST", body: asking(1, "eth_invented") });
    const response = await fetch(`${node.url}/metrics`);
    expect(response.headers.get("content-type")).to.match(/^text\/plain; version=0\.0\.4/);
    const lines = (await response.text()).split("\n");
    expect(lines).to.include.members([
      "banyan_chain_height 2",
      'banyan_rpc_requests_total{method="eth_chainId",transport="http",outcome="ok"} 1',
      'banyan_rpc_requests_total{method="unknown",transport="http",outcome="-32601"} 1',
    ]);
    expect(lines.some((line) => line.startsWith("process_resident_memory_bytes "))).to.equal(true);
  });

  it("answers requests that come at once on a connection in their order (pipelining), and keeps the connection", async () => {
    const count = 50;
    const requests = Array.from({ length: count }, (_, id) =>
      posting(asking(id, id % 2 ? "evm_mine" : "eth_accounts")),
    );
    const received = await exchange(node.server.port, requests.join(""), (text) => text.includes(`"id":${count - 1},`));
    const ids = [...received.matchAll(/"id":(\d+)/g)].map(([, id]) => Number(id));
    expect(ids).to.deep.equal(Array.from({ length: count }, (_, id) => id));
    expect(received).to.include("Keep-Alive");
    expect(node.core.latestBlock().header.number).to.equal(25n);
  });

  it("refuses what is no HTTP, and answers on", async () => {
    expect(await exchange(node.server.port, "\x16\x03\x01 hello\r\n\r\n", () => false)).to.match(/^HTTP\/1.1 400 /);
    expect((await fetch(`${node.url}/health`)).status).to.equal(200);
  });

  it("answers what has arrived before it closes, says goodbye to sockets, and takes nothing more", async () => {
    const socket = new WebSocket(node.webSocketUrl);
    await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
    const answers: unknown[] = [];
    socket.addEventListener("message", ({ data }) => answers.push(Object(JSON.parse(String(data))).id));
    const goodbye = new Promise<number>((resolve) => {
      socket.addEventListener("close", ({ code }) => resolve(code), { once: true });
    });
    for (let id = 0; id < 20; id++) socket.send(asking(id, "hardhat_mine", ["0x64"]));
    const answered = fetch(node.url, { method: "POST", body: asking(99, "hardhat_mine", ["0x3e8"]) });
    // The requests are on their way when the server is told to close: it has seen the first answer.
    while (answers.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const closed = node.server.close();
    expect(Object(await (await answered).json()).id).to.equal(99);
    expect(await goodbye).to.equal(1001);
    await closed;
    expect(answers).to.deep.equal(Array.from({ length: answers.length }, (_, id) => id));
    const after: unknown = await fetch(node.url).catch((error: unknown) => error);
    expect(after).to.be.an("error");
  });
});
