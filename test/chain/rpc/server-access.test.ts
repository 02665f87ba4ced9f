import { request } from "node:http";
import { networkInterfaces } from "node:os";
import { type ChainNode, createNode } from "@banyan/chain";
import { expect } from "chai";

/** An answer over HTTP. */
interface Answer {
  readonly status: number;
  readonly origin: string | undefined;
  readonly code: unknown;
  readonly reason: unknown;
}

const CHAIN_ID = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId" });

/** Asks with headers that `fetch` does not let one set. */
function ask(url: string, headers: Record<string, string>, options: { method?: string; body?: string } = {}) {
  const { method = "POST", body = CHAIN_ID } = options;
  return new Promise<Answer>((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const { error } = Object(text.startsWith("{") ? JSON.parse(text) : {});
        resolve({
          status: response.statusCode ?? 0,
          origin: response.headers["access-control-allow-origin"],
          code: error?.code,
          reason: error?.data?.reason,
        });
      });
    });
    sent.on("error", reject);
    sent.end(method === "POST" ? body : undefined);
  });
}

function opens(url: string, headers: Record<string, string>): Promise<boolean> {
  return new Promise((resolve) => {
    const upgrade = { Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13" };
    const sent = request(url, { headers: { ...upgrade, "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", ...headers } });
    sent.on("upgrade", (_response, socket) => {
      socket.destroy();
      resolve(true);
    });
    sent.on("response", () => resolve(false));
    sent.on("error", () => resolve(false));
    sent.end();
  });
}

/** An address of this machine that others reach. */
function outsideAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal)?.address;
}

describe("who may ask a server", () => {
  let node: ChainNode;
  afterEach(() => node.close());

  it("given no list, refuses web pages from elsewhere over HTTP and WebSocket, and answers those of this machine", async () => {
    node = await createNode({ server: { port: 0 } });
    const elsewhere = await ask(node.url, { Origin: "https://shop.example" });
    expect(elsewhere).to.deep.include({ status: 403, origin: undefined, reason: "ORIGIN_REFUSED" });
    expect((await ask(node.url, { Origin: "null" })).status).to.equal(403);
    expect(await opens(node.url, { Origin: "https://shop.example" })).to.equal(false);
    for (const origin of ["http://localhost:3000", "https://127.0.0.1", "http://[::1]:5173"]) {
      expect(await ask(node.url, { Origin: origin })).to.deep.include({ status: 200, origin });
      expect(await opens(node.url, { Origin: origin })).to.equal(true);
    }
    const preflight = await ask(node.url, { Origin: "http://localhost:3000" }, { method: "OPTIONS" });
    expect(preflight).to.deep.include({ status: 204, origin: "http://localhost:3000" });
  });

  it("given a list of origins, answers their pages; given *, every page", async () => {
    node = await createNode({ server: { port: 0, corsOrigins: ["https://shop.example"] } });
    expect((await ask(node.url, { Origin: "https://shop.example" })).origin).to.equal("https://shop.example");
    expect((await ask(node.url, { Origin: "https://shop.example.org" })).status).to.equal(403);
    await node.close();
    node = await createNode({ server: { port: 0, corsOrigins: ["*"] } });
    expect((await ask(node.url, { Origin: "https://any.example" })).origin).to.equal("https://any.example");
  });

  it("refuses a host name that it does not go by, so that no page can be turned towards it (DNS rebinding)", async () => {
    node = await createNode({ server: { port: 0, allowedHosts: ["node.example"] } });
    const { port } = node.server;
    expect(await ask(node.url, { Host: `rebound.example:${port}` })).to.deep.include({
      status: 403,
      reason: "HOST_REFUSED",
    });
    expect(await opens(node.url, { Host: "rebound.example" })).to.equal(false);
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, "[::1]", "10.1.2.3", "NODE.example", "x.localhost"])
      expect((await ask(node.url, { Host: host })).status).to.equal(200);
  });

  it("given an address that other machines reach, serves neither accounts nor development methods", async () => {
    node = await createNode({ server: { port: 0, hostname: "0.0.0.0" } });
    expect(node.server.servesAccounts).to.equal(false);
    const url = `http://${outsideAddress() ?? "127.0.0.1"}:${node.server.port}`;
    const codeOf = async (method: string) =>
      (await ask(url, {}, { body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: [] }) })).code;
    const refused = ["eth_accounts", "eth_sendTransaction", "eth_sign", "eth_signTypedData_v4", "personal_newAccount"];
    refused.push("evm_mine", "hardhat_setBalance", "anvil_dumpState", "miner_stop", "tenderly_setBalance");
    for (const method of refused) expect(await codeOf(method), method).to.equal(-32_004);
    for (const method of ["eth_blockNumber", "hardhat_metadata", "anvil_nodeInfo", "web3_clientVersion"])
      expect(await codeOf(method), method).to.equal(undefined);
    expect(await codeOf("eth_sendRawTransaction")).to.equal(-32_602);
  });

  it("given such an address and unsafe, serves everything", async () => {
    node = await createNode({ server: { port: 0, hostname: "0.0.0.0", unsafe: true } });
    expect(node.server.servesAccounts).to.equal(true);
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "evm_mine", params: [] });
    expect((await ask(`http://127.0.0.1:${node.server.port}`, {}, { body })).code).to.equal(undefined);
  });
});
