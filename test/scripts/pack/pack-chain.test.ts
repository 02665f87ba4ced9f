import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const DEPENDENCIES = join(ROOT, "node_modules");

/** What a program of another project does with the package: each of its doors, a thread and the compiled engine. */
const PROGRAM = `
import { createChain, createNode } from "@banyan/chain";
import { openChainData } from "@banyan/chain/data";
import banyanChain, { inProcessNetwork } from "@banyan/chain/hardhat";
const chain = await createChain({ hardfork: "osaka" });
const { provider } = chain;
const [from] = await provider.request({ method: "eth_accounts" });
// Returns the 7 it is created with.
const data = "0x600a600c600039600a6000f3600760005260206000f3";
const hash = await provider.request({ method: "eth_sendTransaction", params: [{ from, data, gas: "0x30000" }] });
const { contractAddress: to } = await provider.request({ method: "eth_getTransactionReceipt", params: [hash] });
const answer = await provider.request({ method: "eth_call", params: [{ to }] });
chain.close();
const node = await createNode({ data: "kept", server: { port: 0 } });
await node.core.mine(3n);
await node.close();
const reopened = await createNode({ data: "kept", server: { port: 0 } });
const height = Number((await reopened.core.latestBlock()).header.number);
await reopened.close();
console.log(JSON.stringify({
  answer: Number(answer), height, plugin: banyanChain.id, tasks: banyanChain.tasks.map(({ id }) => id.join(" ")),
  network: inProcessNetwork({ chainId: 7n }).type, openChainData: typeof openChainData,
  hooks: await Promise.all(Object.values(banyanChain.hookHandlers).map(async (load) => typeof (await load()).default)),
}));
`;

const THREADS = `
import { startRecoveryThreads } from "./node_modules/@banyan/chain/dist/pool/recovery-threads.js";
const threads = startRecoveryThreads(1);
// A thread that starts keeps no process alive.
const alive = setInterval(() => undefined, 1_000);
await threads.idle();
clearInterval(alive);
console.log(threads.tryRun(new Uint8Array(0)) === undefined ? "none is idle" : "idle");
process.exit();
`;

describe("the package of the chain", () => {
  let folder: string;
  before(function () {
    this.timeout(120_000);
    folder = mkdtempSync(join(tmpdir(), "banyan-test-pack-"));
    const printed = execFileSync(process.execPath, ["scripts/pack-chain.ts", "--out", folder], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const installed = join(folder, "node_modules/@banyan/chain");
    mkdirSync(installed, { recursive: true });
    execFileSync("tar", ["-xzf", printed.trim(), "-C", installed, "--strip-components=1"]);
    // What npm would install beside it.
    symlinkSync(DEPENDENCIES, join(installed, "node_modules"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function run(name: string, program: string) {
    const path = join(folder, name);
    writeFileSync(path, program);
    return spawnSync(process.execPath, [path], { cwd: folder, encoding: "utf8" });
  }

  it("given an installation beside no sources, a program creates chains, keeps one, and finds the plugin whole", () => {
    const { status, stdout, stderr } = run("program.mjs", PROGRAM);
    expect(status, stderr).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.equal({
      answer: 7,
      height: 3,
      plugin: "banyan-chain",
      tasks: ["chain", "chain export", "chain import", "chain verify"],
      network: "http",
      openChainData: "function",
      hooks: ["function", "function", "function"],
    });
  }).timeout(60_000);

  it("given modules that are loaded by their path, the compiled ones are found", () => {
    const { status, stdout, stderr } = run("threads.mjs", THREADS);
    expect(status, stderr).to.equal(0);
    expect(stdout.trim()).to.equal("idle");
  }).timeout(60_000);
});
