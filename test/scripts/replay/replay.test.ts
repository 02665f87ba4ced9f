import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { readCommand } from "../../../scripts/replay/command.ts";
import { readExpected } from "../../../scripts/replay/expected.ts";
import { readLog } from "../../../scripts/replay/log.ts";
import { ReplayError } from "../../../scripts/replay/replay-error.ts";
import { type LogReport, replayLog } from "../../../scripts/replay/replay-log.ts";
import { nearestFork } from "../../../scripts/replay/sides/forks.ts";

const KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const OWNER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
const OTHER = "0x00000000000000000000000000000000000000aa";
/** Reverts without data, whatever it is sent. */
const REVERTER = "0x600580600b6000396000f35f5ffd0000";
const REVERTER_AT = "0xe7f1725e7734ce288f8367e1bb143e90bb3f0512";

const config = {
  providerConfig: {
    hardfork: "Shanghai",
    chainId: 4_242,
    ownedAccounts: [KEY],
    genesisState: { [OWNER]: { balance: "0x21e19e0c9bab2400000", nonce: null, code: null, storage: null } },
    mining: { autoMine: true, blockGasLimit: 20_000_000, interval: null, memPool: { order: "Fifo" } },
    network: { Local: { genesisBlockGasLimit: 20_000_000, genesisBlockTime: "2030-01-01T00:00:00Z" } },
  },
};

const requests: readonly unknown[] = [
  { method: "eth_chainId" },
  { method: "eth_sendTransaction", params: [{ from: OWNER, to: OTHER, value: "0x5" }] },
  { method: "eth_getBlockByNumber", params: ["latest", false] },
  { method: "eth_sendTransaction", params: [{ from: OWNER, data: REVERTER, gas: "0x20000" }] },
  { method: "eth_call", params: [{ to: REVERTER_AT }, "latest"] },
  { method: "eth_sendTransaction", params: [{ from: OWNER, to: REVERTER_AT }] },
  [{ method: "eth_blockNumber" }, { method: "eth_getBalance", params: [OTHER, "latest"] }],
  [{ method: "eth_blockNumber" }, { method: "no_such_method" }, { method: "evm_mine" }],
  { method: "eth_getTransactionCount", params: [OWNER, "latest"] },
];
/** What fails on any network: the calls of the reverter, and the batch with an unknown method. */
const failing = [4, 5, 7];

describe("replay", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "banyan-test-replay-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, lines: readonly unknown[]): string {
    const path = join(folder, name);
    const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
    writeFileSync(path, name.endsWith(".gz") ? gzipSync(text) : text);
    return path;
  }

  function codeOf(work: () => unknown): string {
    try {
      work();
    } catch (error) {
      if (error instanceof ReplayError) return error.code;
      throw error;
    }
    return "none";
  }

  const replay = (log: string, options: object = {}): Promise<LogReport> =>
    replayLog({
      log,
      expected: undefined,
      start: undefined,
      rounds: 1,
      alone: false,
      results: false,
      onProgress: () => undefined,
      ...options,
    });

  describe("refuses", () => {
    const bad: readonly [string, readonly unknown[], string][] = [
      ["an empty log", [""], "LOG_EMPTY"],
      ["a log without a request", [config], "LOG_EMPTY"],
      ["a first line that is no JSON", ["{", { method: "eth_chainId" }], "LINE_MALFORMED"],
      ["a configuration without a fork", [{ providerConfig: { chainId: 1 } }, { method: "a" }], "CONFIG_MALFORMED"],
      ["a key that is none", [{ hardfork: "Cancun", ownedAccounts: ["secret"] }, { method: "a" }], "CONFIG_MALFORMED"],
      [
        "the fork of another chain",
        [{ hardfork: "Cancun", network: { Fork: { url: "http://127.0.0.1:1" } } }, { method: "a" }],
        "CONFIG_UNSUPPORTED",
      ],
      ["a line that is no JSON", [config, '{"method":'], "LINE_MALFORMED"],
      ["a line that is no request", [config, { methods: "eth_chainId" }], "LINE_MALFORMED"],
      ["an empty batch", [config, []], "LINE_MALFORMED"],
    ];
    for (const [what, lines, code] of bad)
      it(`${what}: ${code}`, () => {
        expect(codeOf(() => readLog(write("bad.jsonl", lines)))).to.equal(code);
      });

    it("a malformed line by its number, with the cure", () => {
      const path = write("bad.jsonl", [config, requests[0], '{"method"']);
      expect(() => readLog(path))
        .to.throw(ReplayError, "line 3")
        .with.property("cure")
        .that.includes("method");
    });

    it("a file that is not there, a folder, one cut off, and expectations that are none", () => {
      expect(codeOf(() => readLog(join(folder, "absent.jsonl")))).to.equal("LOG_NOT_FOUND");
      expect(codeOf(() => readLog(folder))).to.equal("LOG_UNREADABLE");
      const whole = gzipSync(`${JSON.stringify(config)}\n${JSON.stringify(requests[0])}`);
      writeFileSync(join(folder, "cut.jsonl.gz"), whole.subarray(0, whole.length - 12));
      expect(codeOf(() => readLog(join(folder, "cut.jsonl.gz")))).to.equal("LOG_DAMAGED");
      expect(codeOf(() => readExpected("a", "a", join(folder, "absent.json")))).to.equal("EXPECTED_NOT_FOUND");
      for (const text of ["[", '{"a": "all"}', "[-1]"]) {
        writeFileSync(join(folder, "bad.json"), text);
        expect(codeOf(() => readExpected("a", "a", join(folder, "bad.json")))).to.equal("EXPECTED_MALFORMED");
      }
    });

    it("options that are wrong", () => {
      for (const args of [
        [],
        ["--log"],
        ["--log", "a", "--rounds", "0"],
        ["--log", "a", "--start", "soon"],
        ["--log", "a", "--lang", "fr"],
        ["--log", "a", "--alone", "--results"],
        ["--log", "a", "--nonsense"],
      ])
        expect(codeOf(() => readCommand(args))).to.equal("OPTION_INVALID");
    });
  });

  it("reads a compressed log like a plain one, and older configurations like newer ones", () => {
    const plain = readLog(write("sample.jsonl", [config, ...requests]));
    const packed = readLog(write("sample.jsonl.gz", [config, ...requests]));
    expect({ ...packed, path: "" }).to.deep.equal({ ...plain, path: "" });
    expect(plain.name).to.equal("sample");
    expect(plain.config).to.include({ chainId: 4_242n, order: "fifo", genesisTime: Date.parse("2030-01-01") });
    const older = readLog(
      write("older.jsonl", [
        {
          hardfork: "SHANGHAI",
          accounts: [{ secretKey: KEY, balance: "0x5" }],
          blockGasLimit: "0x1312d00",
          initialDate: { secs_since_epoch: 1_893_456_000, nanos_since_epoch: 0 },
        },
        requests[0],
      ]),
    );
    expect(older.config.genesisState.get(OWNER)?.balance).to.equal(5n);
    expect(older.config).to.include({ blockGasLimit: 20_000_000n, hardfork: "shanghai" });
    expect(older.config.genesisTime).to.equal(1_893_456_000_000);
  });

  it("takes the nearest fork that the chain has, however its name is written", () => {
    const forks = ["Frontier", "byzantium", "london", "graygl acier", "merge", "paris", "shanghai", "cancun"];
    expect(forks.map((name) => nearestFork(name.toLowerCase().replaceAll(/[^a-z]/g, "")))).to.include.members([
      "london",
      "paris",
      "shanghai",
      "cancun",
    ]);
    expect(nearestFork("merge")).to.equal("paris");
    expect(nearestFork("grayglacier")).to.equal("london");
  });

  it("given the right expectation beside the log, nothing surprises and both networks are timed", async () => {
    const log = write("right.jsonl", [config, ...requests]);
    writeFileSync(join(folder, "expected-failures.json"), JSON.stringify({ right: failing }));
    const report = await replay(log, { rounds: 2, results: true });
    expect(report).to.include({ name: "right", requests: requests.length, expectedFrom: "file", expected: 3 });
    expect(report.surprises).to.deep.equal([]);
    expect(report.peerSurprises).to.deep.equal([]);
    expect(report.differences).to.deep.equal([]);
    expect(report.ours.min).to.be.greaterThan(0);
    expect(report.edr?.min).to.be.greaterThan(0);
    rmSync(join(folder, "expected-failures.json"));
  }).timeout(120_000);

  it("given a wrong expectation, each surprise is named by index, kind and method", async () => {
    const log = write("wrong.jsonl", [config, ...requests]);
    const expected = join(folder, "wrong.json");
    writeFileSync(expected, JSON.stringify([0, 4, 6, 7]));
    const report = await replay(log, { expected, alone: true });
    expect(report.surprises.map(({ index, kind, method }) => ({ index, kind, method }))).to.deep.equal([
      { index: 0, kind: "unexpected-success", method: "eth_chainId" },
      { index: 5, kind: "unexpected-failure", method: "eth_sendTransaction" },
      { index: 6, kind: "unexpected-success", method: "eth_blockNumber, eth_getBalance" },
    ]);
    expect(report.edr).to.equal(undefined);
  }).timeout(120_000);

  it("without an expectation, what fails on Hardhat's network is it", async () => {
    const report = await replay(write("free.jsonl", [config, ...requests]));
    expect(report).to.include({ expectedFrom: "edr", expected: failing.length });
    expect(report.surprises).to.deep.equal([]);
  }).timeout(120_000);

  it("as a command: prints a table and exits with 0, 1 or 2", () => {
    const log = write("command.jsonl", [config, ...requests]);
    const expected = join(folder, "command.json");
    writeFileSync(expected, JSON.stringify({ command: failing }));
    const script = fileURLToPath(new URL("../../../scripts/replay/run.ts", import.meta.url));
    const run = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
    const passed = run("--log", log, "--expected", expected, "--alone", "--rounds", "1", "--lang", "zh");
    expect(passed.status, passed.stderr).to.equal(0);
    expect(passed.stdout).to.include("command").and.include("全部符合预期");
    writeFileSync(expected, JSON.stringify({ command: [] }));
    const failed = run("--log", log, "--expected", expected, "--alone", "--rounds", "1", "--json");
    expect(failed.status).to.equal(1);
    expect(JSON.parse(failed.stdout).surprises).to.equal(failing.length);
    const refused = run("--log", join(folder, "absent.jsonl"));
    expect(refused.status).to.equal(2);
    expect(refused.stderr).to.include("absent.jsonl").and.include("LOG_NOT_FOUND");
    expect(run("--help").stdout).to.include("expected-failures.json");
  }).timeout(120_000);
});
