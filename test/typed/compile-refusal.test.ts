import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { expect } from "chai";
import hre from "hardhat";
import { SNAPSHOT } from "./support/probe-client.ts";

const require = createRequire(import.meta.url);
const TSC = path.join(path.dirname(require.resolve("typescript/package.json")), "bin", "tsc");

describe("a program that uses a generated client", () => {
  let folder: string;

  before(async () => {
    // Inside the repository, where packages resolve; not committed.
    const scratch = path.join(hre.config.paths.root, ".banyan");
    await mkdir(scratch, { recursive: true });
    folder = await mkdtemp(path.join(scratch, "typed-"));
  });

  after(async () => await rm(folder, { recursive: true }));

  it("compiles when its arguments are right", async () => {
    expect(await compile(["await probe.write.setFee({ fee: 1n });"])).to.deep.equal({ status: 0, errors: [] });
  });

  it("does not compile when an argument has a wrong type, is missing or unknown, or the function does not exist", async () => {
    const program = [
      'await probe.write.setFee({ fee: "1" });',
      "await probe.write.setFee({});",
      "await probe.write.setFee({ price: 1n });",
      "await probe.write.setPrice({ fee: 1n });",
    ];
    expect(await compile(program)).to.deep.equal({
      status: 1,
      errors: ["1 TS2322", "2 TS2741", "3 TS2353", "4 TS2339"],
    });
  });

  /** Compiles statements over `probe` and tells the exit code, and each error as the statement's number and the error's code. */
  async function compile(statements: readonly string[]): Promise<{ status: number | null; errors: string[] }> {
    const client = path.relative(folder, path.join(SNAPSHOT, "BindingProbe.ts"));
    const preamble = [`import type { BindingProbe } from "${client}";`, "declare const probe: BindingProbe;"];
    await writeFile(path.join(folder, "program.ts"), [...preamble, ...statements, ""].join("\n"));
    const base = path.join(hre.config.paths.root, "tsconfig.base.json");
    await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify({ extends: base, files: ["program.ts"] }));
    const run = spawnSync(process.execPath, [TSC, "--project", folder], { encoding: "utf8" });
    const errors = [...run.stdout.matchAll(/program\.ts\((\d+),\d+\): error (TS\d+)/g)];
    return { status: run.status, errors: errors.map(([, line, code]) => `${Number(line) - preamble.length} ${code}`) };
  }
});
