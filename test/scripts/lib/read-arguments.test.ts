import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Programs by the npm script that runs them. */
const PROGRAMS = {
  "bench:throughput": "bench/throughput/run.ts",
  "bench:memory": "bench/memory/run.ts",
  "bench:suite": "bench/suite/run.ts",
  "bench:transfer": "bench/transfer/run.ts",
  "bench:kill": "bench/durable/kill.ts",
  compare: "scripts/compare/run.ts",
  "fuzz:rpc": "scripts/fuzz-rpc.ts",
} as const;

function run(program: string, ...args: string[]) {
  return spawnSync(process.execPath, [program, ...args], { cwd: ROOT, encoding: "utf8" });
}

describe("arguments of programs", () => {
  for (const [script, program] of Object.entries(PROGRAMS)) {
    it(`given an option that ${script} has not, it is named, the help is pointed to, and the exit code is 2`, () => {
      const { status, stderr, stdout } = run(program, "--no-such-option");
      expect({ status, stdout }).to.deep.equal({ status: 2, stdout: "" });
      expect(stderr).to.contain("--no-such-option").and.contain(`npm run ${script} -- --help`);
      expect(stderr.trim().split("\n"), "no stack").to.have.length(2);
    });
  }

  it("given no whole number where one is due, it is refused with exit code 2", () => {
    for (const written of ["many", "0", "-1", "1.5"]) {
      const { status, stderr } = run(PROGRAMS["bench:memory"], `--transfers=${written}`);
      expect(status).to.equal(2);
      expect(stderr).to.contain(`--transfers ${written}`);
    }
  });

  it("given --help, the options are told and nothing runs", () => {
    const { status, stderr, stdout } = run(PROGRAMS["bench:throughput"], "--rounds", "2", "--help");
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    for (const option of ["--transfers", "--batch", "--rounds", "--connections", "--only"])
      expect(stdout).to.contain(option);
  });
});
