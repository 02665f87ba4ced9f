import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { createPublicClient, http } from "viem";
import { refusalOf, startTask } from "./support.ts";

describe("npx hardhat chain", function () {
  this.timeout(60_000);

  it("serves until it is interrupted, and says so as JSON lines", async () => {
    const task = startTask("--port", "0", "--json");
    const lines = createInterface(task.stdout)[Symbol.asyncIterator]();
    // Some lines are the server's own.
    const next = async () => {
      for (;;) {
        const line = Object(JSON.parse(String((await lines.next()).value)));
        if (line.event !== undefined) return line;
      }
    };
    const started = await next();
    expect({
      level: started.level,
      event: started.event,
      chainId: started.chainId,
      count: started.accounts.length,
    }).to.deep.equal({
      level: "info",
      event: "started",
      chainId: 31_337,
      count: 20,
    });
    expect(started.accounts[0]).to.deep.equal({
      address: "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
      privateKey: "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
    });
    const client = createPublicClient({ transport: http(started.url) });
    expect(await client.getBlockNumber()).to.equal(0n);
    expect(await next()).to.include({ level: "info", event: "request", method: "eth_blockNumber" });
    const exit = once(task, "exit");
    task.kill("SIGTERM");
    expect((await next()).event).to.equal("stopping");
    expect((await next()).event).to.equal("stopped");
    expect((await exit)[0]).to.equal(0);
  });

  it("names the port that is taken and the cure, and fails", async () => {
    const blocker = createServer();
    blocker.listen(0, "127.0.0.1");
    await once(blocker, "listening");
    const address = blocker.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    for (const [lang, cure] of [
      ["en", `npx hardhat chain --port ${port + 1}`],
      ["zh", "占用"],
    ] as const) {
      expect(await refusalOf("--port", String(port), "--lang", lang))
        .to.include(String(port))
        .and.to.include(cure);
    }
    blocker.close();
  });

  it("keeps its accounts to itself on an address that other machines reach, and stops on Ctrl+C", async () => {
    const task = startTask("--port", "0", "--hostname", "0.0.0.0", "--json");
    const lines = createInterface(task.stdout)[Symbol.asyncIterator]();
    let started = Object({});
    while (started.event !== "started") started = Object(JSON.parse(String((await lines.next()).value)));
    expect({ servesAccounts: started.servesAccounts, accounts: started.accounts }).to.deep.equal({
      servesAccounts: false,
      accounts: [],
    });
    const exit = once(task, "exit");
    task.kill("SIGINT");
    expect((await exit)[0]).to.equal(0);
  });

  it("stops in order when nobody reads its output any more", async () => {
    const task = startTask("--port", "0");
    await once(task.stdout, "data");
    task.stdout.destroy();
    const exit = once(task, "exit");
    task.kill("SIGINT");
    expect((await exit)[0]).to.equal(0);
  });

  it("refuses a log level that there is not", async () => {
    expect(await refusalOf("--log-level", "loud"))
      .to.include("--log-level")
      .and.to.include("debug");
  });

  it("refuses a language it does not speak", async () => {
    expect(await refusalOf("--lang", "xx")).to.include("--lang");
  });
});
