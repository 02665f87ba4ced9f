import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createChain } from "@banyan/chain";
import { openChainData } from "@banyan/chain/data";
import { chainOptionsOf } from "@banyan/chain/hardhat";
import { expect } from "chai";
import hre from "hardhat";
import { newFolder } from "../store/kept-chain.ts";
import { startTask } from "./support.ts";

interface Ending {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** The line of a JSON log that tells of an event. */
function eventOf({ out }: Ending, event: string): unknown {
  const lines = out.split("\n").filter((line) => line.includes(`"${event}"`));
  return JSON.parse(lines[0] ?? "{}");
}

/** Runs `hardhat chain …` to its end, or until a line of its output is there and it is interrupted. */
async function runTask(args: readonly string[], until?: string): Promise<Ending> {
  const task = startTask(...args);
  let out = "";
  let error = "";
  let isWanted = false;
  task.stdout.on("data", (text: Buffer) => {
    out += text.toString();
    if (isWanted || until === undefined || !out.includes(until)) return;
    isWanted = true;
    task.kill("SIGINT");
  });
  task.stderr.on("data", (text: Buffer) => {
    error += text.toString();
  });
  const [code] = await once(task, "close");
  return { code: typeof code === "number" ? code : null, out, error };
}

describe("npx hardhat chain with a folder", function () {
  this.timeout(120_000);
  const { folder: base, remove } = newFolder();
  const folder = join(base, "kept");
  const file = join(base, "kept.chain");
  after(remove);

  before(async () => {
    const network = hre.config.networks.default;
    const settings = network?.type === "http" ? (network.banyan ?? {}) : {};
    const chain = await createChain({ ...(await chainOptionsOf(settings, base)), data: folder });
    await chain.core.mine(4n);
    await chain.close();
  });

  it("refuses export, import and verify without a folder, with one that is empty, and files that are there or missing", async () => {
    for (const [args, words] of [
      [["verify"], "--data"],
      [["verify", "--data", join(base, "none")], "none"],
      [["verify", "--data", join(base, "none"), "--lang", "zh"], "中没有链"],
      [["export", file, "--data", join(base, "none")], "none"],
      [["import", file, "--data", join(base, "new")], "kept.chain"],
      [["--repair"], "--data"],
    ] as const) {
      const { code, error } = await runTask(args);
      expect(code, args.join(" ")).to.equal(1);
      expect(error).to.include(words);
    }
    expect(existsSync(join(base, "none"))).to.equal(false);
    expect(existsSync(join(base, "new"))).to.equal(false);
  });

  it("exports, imports and verifies, in words and as JSON lines", async () => {
    expect((await runTask(["export", file, "--data", folder])).code).to.equal(0);
    expect((await runTask(["export", file, "--data", folder])).code).to.equal(1);
    const copy = join(base, "copy");
    const imported = await runTask(["import", file, "--data", copy, "--json"]);
    expect(JSON.parse(imported.out.trim().split("\n").at(-1) ?? "")).to.include({ event: "done", blocks: 5 });
    const again = await runTask(["import", file, "--data", copy, "--json"]);
    expect(again.code).to.equal(1);
    expect(JSON.parse(again.out)).to.include({ event: "refused", code: "DATA_NOT_EMPTY" });
    const { code, out } = await runTask(["verify", "--data", copy, "--lang", "zh"]);
    expect(code).to.equal(0);
    expect(out).to.include("5 个区块");
  });

  it("leaves nothing behind where an import is refused", async () => {
    const broken = join(base, "broken.chain");
    writeFileSync(broken, readFileSync(file).subarray(0, -5));
    const target = join(base, "refused");
    const { code, out } = await runTask(["import", broken, "--data", target, "--json"]);
    expect(code).to.equal(1);
    expect(JSON.parse(out.trim().split("\n").at(-1) ?? "")).to.include({ event: "refused", code: "FILE_MALFORMED" });
    expect(existsSync(target)).to.equal(false);
  });

  it("goes on with the chain of a folder, refuses a damaged one with the cure, and repairs it", async () => {
    const served = await runTask(["--port", "0", "--json", "--data", folder], '"started"');
    expect(served.code).to.equal(0);
    expect(eventOf(served, "started")).to.include({ event: "started", data: folder, block: 4 });
    const data = openChainData(folder);
    await data.tables.commit(() => {
      data.tables.meta.put(Buffer.from("development"), Buffer.from("{"));
    });
    await data.close();
    const refused = await runTask(["--port", "0", "--data", folder]);
    expect(refused.code).to.equal(1);
    expect(refused.error).to.include("--repair");
    const repaired = await runTask(["--port", "0", "--json", "--repair", "--data", folder], '"started"');
    expect(repaired.code).to.equal(0);
    expect(eventOf(repaired, "repaired")).to.include({ event: "repaired", blocks: 5, dropped: 0 });
    expect(readdirSync(folder)).to.include.members(["chain.lmdb", "chain.lmdb.damaged-1"]);
  });
});
