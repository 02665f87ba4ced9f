import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { type CaseResult, ENGINE_NAMES, type Selection } from "../../../scripts/conformance/case.ts";
import { openData } from "../../../scripts/conformance/data.ts";
import { createTally } from "../../../scripts/conformance/report.ts";
import { runFiles } from "../../../scripts/conformance/run-files.ts";

const samples = fileURLToPath(new URL("./samples/", import.meta.url));
const all: Selection = { filter: undefined, fork: undefined, sample: 1 };

/** Results of a sample folder, in the order of their files. */
async function results(
  folder: string,
  selection: Selection = all,
  timeoutSeconds = 60,
  jobs = 1,
): Promise<readonly CaseResult[]> {
  const found: CaseResult[] = [];
  const data = openData(join(samples, folder));
  try {
    await runFiles({
      data,
      engines: ENGINE_NAMES,
      selection,
      jobs,
      timeoutSeconds,
      onResult: (result) => found.push(result),
      onFile: () => undefined,
    });
  } finally {
    data.close();
  }
  return found;
}

describe("conformance: running files", () => {
  it("given sound cases of every suite, all pass, those with code on every engine", async () => {
    const found = await results("sound", all, 60, 2);
    expect(found.filter(({ verdict }) => verdict !== "passed")).to.deep.equal([]);
    expect(found.filter(({ engine }) => engine !== undefined)).to.have.length(2 * ENGINE_NAMES.length);
    expect(found.filter(({ engine }) => engine === undefined)).to.have.length(6);
  }).timeout(60_000);

  it("given the layout of execution-spec-tests and a fork that only one engine knows, that one passes", async () => {
    const found = await results("later");
    expect(found.map(({ engine, fork, verdict }) => [engine, fork, verdict])).to.have.deep.members([
      ["machine", "osaka", "passed"],
      ["ethereumjs", "osaka", "error"],
    ]);
  }).timeout(60_000);

  it("given a wrong root, wrong logs, a transaction that should be refused and one refused for another reason, each fails", async () => {
    const found = await results("wrong");
    expect(found).to.have.length(4 * ENGINE_NAMES.length);
    expect(new Set(found.map(({ verdict }) => verdict))).to.deep.equal(new Set(["differs"]));
    const root = found.find(({ name }) => name.startsWith("root "));
    // What the trie of ethereumjs gives for the accounts, worked out by hand: 21,000 + 2 x 3 + 22,100 gas at 10 wei, 3 of them tip.
    expect(root?.failure).to.include("0xae4b7f4ef88201cb95ba3bf8d3efdbb001511b28df12833f0a4488fb18d2b254");
  }).timeout(60_000);

  it("given a file cut off, a field that is none and a fork that does not exist, counts each as failed and goes on", async () => {
    const found = await results("malformed");
    const verdicts = new Map(found.map(({ file, verdict }) => [file.split("/").at(-1), verdict]));
    expect(verdicts).to.deep.equal(
      new Map([
        ["cut.json", "error"],
        ["no-root.json", "error"],
        ["other-fork.json", "differs"],
      ]),
    );
    const cut = found.find(({ file }) => file.endsWith("cut.json"));
    expect(cut?.failure).to.match(/^FILE_MALFORMED: GeneralStateTests\/stSample\/cut\.json .*What to do: /);
  }).timeout(60_000);

  it("given a case that never ends, it fails after the time limit and the next one still runs", async () => {
    const found = await results("endless", all, 2);
    expect(found.map(({ name, verdict }) => [name.split(" ")[0], verdict])).to.deep.equal([
      ...ENGINE_NAMES.map(() => ["endless", "timeout"]),
      ...ENGINE_NAMES.map(() => ["store", "passed"]),
    ]);
  }).timeout(60_000);

  it("given a filter, a fork or a sample, runs only what fits, and the same cases each time", async () => {
    const names = async (selection: Partial<Selection>) =>
      (await results("sound", { ...all, ...selection })).map(({ file, name }) => `${file} ${name}`).sort();
    expect(new Set(await names({ filter: "refused" }))).to.have.property("size", 1);
    expect(await names({ fork: "homestead" })).to.deep.equal([
      "TransactionTests/ttSample/transfer.json transfer [Homestead]",
    ]);
    const third = await names({ sample: 3 });
    expect(third.length).to.be.within(1, (await names({})).length - 1);
    expect(await names({ sample: 3 })).to.deep.equal(third);
  }).timeout(60_000);
});

describe("conformance: data", () => {
  it("given nothing, a folder without suites or a broken archive, refuses by code", () => {
    const code = (place: string) => {
      try {
        openData(place).close();
      } catch (error) {
        return error instanceof Error && "code" in error ? error.code : error;
      }
      return undefined;
    };
    expect(code(join(samples, "missing"))).to.equal("DATA_NOT_FOUND");
    expect(code(samples)).to.equal("DATA_EMPTY");
    expect(code(join(samples, "malformed/GeneralStateTests/stSample/cut.json"))).to.equal("DATA_NOT_UNPACKED");
  });

  it("given an archive, or the folder that holds it, unpacks it and leaves nothing behind", () => {
    const folder = mkdtempSync(join(tmpdir(), "conformance-test-"));
    try {
      const archive = join(folder, "ethereum-tests.tar.xz");
      const { status } = spawnSync("tar", ["-cJf", archive, "-C", join(samples, "sound"), "."]);
      expect(status).to.equal(0);
      for (const place of [archive, folder]) {
        const data = openData(place);
        expect(data.files.map(({ path }) => path)).to.deep.equal([
          "GeneralStateTests/stSample/refused.json",
          "GeneralStateTests/stSample/store.json",
          "TrieTests/trieanyorder.json",
          "RLPTests/rlptest.json",
          "TransactionTests/ttSample/transfer.json",
        ]);
        data.close();
        expect(() => openData(data.root)).to.throw();
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("conformance: report", () => {
  const result = { file: "GeneralStateTests/stSample/a.json", fork: "cancun", seconds: 1 } as const;

  it("given results of two engines, counts per folder and fork and lists where the oracle alone fails", () => {
    const tally = createTally();
    tally.add({ ...result, name: "a", engine: "machine", verdict: "passed", failure: undefined });
    tally.add({ ...result, name: "a", engine: "ethereumjs", verdict: "differs", failure: "root" });
    tally.add({ ...result, name: "b", engine: "machine", verdict: "crash", failure: "died" });
    tally.add({ ...result, name: "b", engine: "ethereumjs", verdict: "timeout", failure: "late" });
    const report = tally.report();
    expect(report.folders).to.deep.equal({
      "GeneralStateTests/stSample": {
        machine: { passed: 1, failed: 1, seconds: 2 },
        ethereumjs: { passed: 0, failed: 2, seconds: 2 },
      },
    });
    expect(report).to.include({ passed: 1, failed: 3 });
    expect(report.oracleOnly.map(({ name }) => name)).to.deep.equal(["a"]);
  });
});

describe("conformance: the command", () => {
  function run(...args: string[]): number | null {
    const script = fileURLToPath(new URL("../../../scripts/conformance/run.ts", import.meta.url));
    return spawnSync(process.execPath, [script, ...args], { encoding: "utf8" }).status;
  }

  it("given sound cases exits with 0, given a failure with 1, given a wrong order with 2", () => {
    expect(run("--data", join(samples, "sound"), "--engine", "ethereumjs")).to.equal(0);
    expect(run("--data", join(samples, "wrong"), "--engine", "ethereumjs", "--lang", "zh")).to.equal(1);
    expect(run("--data", join(samples, "missing"))).to.equal(2);
    expect(run("--data", join(samples, "sound"), "--filter", "nothing is called so")).to.equal(2);
    expect(run("--data", join(samples, "sound"), "--fork", "atlantis")).to.equal(2);
    expect(run("--data", join(samples, "sound"), "--sample", "0")).to.equal(2);
    expect(run("--help")).to.equal(0);
  }).timeout(60_000);
});
