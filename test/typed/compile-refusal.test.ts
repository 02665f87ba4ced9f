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
    expect(await compile("await probe.write.setFee({ fee: 1n });")).to.deep.equal({ status: 0, codes: [] });
  });

  it("does not compile when an argument has the wrong type", async () => {
    expect(await compile('await probe.write.setFee({ fee: "1" });')).to.deep.equal({ status: 1, codes: ["TS2322"] });
  });

  it("does not compile when an argument is missing, or has a wrong name", async () => {
    expect((await compile("await probe.write.setFee({});")).codes).to.deep.equal(["TS2741"]);
    expect((await compile("await probe.write.setFee({ price: 1n });")).codes).to.deep.equal(["TS2353"]);
  });

  it("does not compile when the contract has no such function", async () => {
    expect((await compile("await probe.write.setPrice({ fee: 1n });")).codes).to.deep.equal(["TS2339"]);
  });

  /** Compiles one statement over `probe` and tells the exit code and the codes of the errors. */
  async function compile(statement: string): Promise<{ status: number | null; codes: string[] }> {
    const program = path.join(folder, "program.ts");
    const client = path.relative(folder, path.join(SNAPSHOT, "BindingProbe.ts"));
    await writeFile(
      program,
      `import type { BindingProbe } from "${client}";\ndeclare const probe: BindingProbe;\n${statement}\n`,
    );
    const base = path.join(hre.config.paths.root, "tsconfig.base.json");
    await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify({ extends: base, files: ["program.ts"] }));
    const run = spawnSync(process.execPath, [TSC, "--project", folder], { encoding: "utf8" });
    const codes = [...run.stdout.matchAll(/error (TS\d+)/g)].map(([, code = ""]) => code);
    return { status: run.status, codes };
  }
});
