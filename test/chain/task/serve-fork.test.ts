import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { closeAll, makeChain, serve } from "../fork/support.ts";
import { refusalOf, startTask } from "./support.ts";

describe("npx hardhat chain --fork", function () {
  this.timeout(60_000);

  afterEach(closeAll);

  it("given arguments that do not fit together, names them and the cure, in both languages", async () => {
    const [url, block, alone, twice] = await Promise.all([
      refusalOf("--port", "0", "--fork", "ftp://127.0.0.1/key"),
      refusalOf("--port", "0", "--fork", "http://127.0.0.1:1", "--fork-block", "latest"),
      refusalOf("--port", "0", "--fork-block", "5", "--lang", "zh"),
      refusalOf("--port", "0", "--fork", "http://127.0.0.1:1", "--fork-cache", "somewhere", "--no-fork-cache"),
    ]);
    expect(url).to.include("--fork is no URL").and.not.to.include("key");
    expect(block).to.include("--fork-block is latest");
    expect(alone).to.include("--fork-block").and.to.include("--fork URL");
    expect(twice).to.include("--no-fork-cache");
  });

  it("given nobody at the URL, or a block that is not there, says what to do", async () => {
    const origin = await makeChain({ chainId: 4_242n });
    const remote = await serve(origin.provider);
    expect(
      await refusalOf("--port", "0", "--fork", remote.url, "--fork-block", "9", "--no-fork-cache", "--lang", "zh"),
    ).to.include("没有区块 9");
    await remote.stop();
    expect(await refusalOf("--port", "0", "--fork", remote.url, "--no-fork-cache")).to.include(
      `Cannot reach ${remote.url}`,
    );
  });

  it("serves the fork, and keeps what it read in the folder given", async () => {
    const origin = await makeChain({ chainId: 4_242n });
    await origin.core.mine(200n);
    const remote = await serve(origin.provider);
    const folder = mkdtempSync(join(tmpdir(), "banyan-fork-"));
    const task = startTask("--port", "0", "--fork", remote.url, "--fork-block", "7", "--fork-cache", folder, "--json");
    try {
      for await (const line of createInterface(task.stdout)) {
        const { event, url, forkedFrom } = Object(JSON.parse(line));
        if (event !== "started") continue;
        expect(forkedFrom).to.include({ chainId: 4_242, number: 7, url: remote.url });
        const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_blockNumber", params: [] });
        const headers = { "Content-Type": "application/json" };
        const response = await fetch(String(url), { method: "POST", headers, body });
        expect(Object(await response.json()).result).to.equal("0x7");
        break;
      }
      expect(readdirSync(folder)).to.have.length(2);
    } finally {
      const exit = once(task, "exit");
      task.kill("SIGTERM");
      await exit;
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
