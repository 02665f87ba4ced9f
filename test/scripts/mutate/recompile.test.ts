import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { type BuildInput, readBuild, writeCode } from "../../../scripts/mutate/artifacts.ts";
import { importersOf, recompile } from "../../../scripts/mutate/recompile.ts";

const HEAD = "// SPDX-License-Identifier: Apache-2.0\npragma solidity ^0.8.24;\n";
const SUM = `${HEAD}library Sum {\n  function next(uint256 a) internal pure returns (uint256) {\n    return a + 1;\n  }\n}\n`;
const SOURCES: Readonly<Record<string, string>> = {
  "project/contracts/libraries/Sum.sol": SUM,
  "project/contracts/interfaces/IShop.sol": `${HEAD}interface IShop {}\n`,
  "project/contracts/Base.sol": `${HEAD}import {\n  Sum\n} from "./libraries/Sum.sol";\nabstract contract Base {\n  function one() public pure returns (uint256) {\n    return Sum.next(0);\n  }\n}\n`,
  "project/contracts/Shop.sol": `${HEAD}import { Base } from "./Base.sol";\nimport { IShop } from "./interfaces/IShop.sol";\ncontract Shop is Base, IShop {}\n`,
  "project/contracts/Other.sol": `${HEAD}import { IShop } from "./interfaces/IShop.sol";\ncontract Other is IShop {}\n`,
};

function buildOf(sources: Readonly<Record<string, string>>): BuildInput {
  return {
    language: "Solidity",
    settings: { evmVersion: "cancun", optimizer: { enabled: true, runs: 200 }, metadata: { bytecodeHash: "none" } },
    sources: Object.fromEntries(Object.entries(sources).map(([name, content]) => [name, { content }])),
  };
}

describe("mutation: compiling a fault", () => {
  const build = buildOf(SOURCES);

  it("given a library, finds all that import it, directly or not, and nothing beside", () => {
    expect(importersOf("contracts/libraries/Sum.sol", build.sources)).to.deep.equal([
      "project/contracts/libraries/Sum.sol",
      "project/contracts/Base.sol",
      "project/contracts/Shop.sol",
    ]);
    expect(importersOf("contracts/Shop.sol", build.sources)).to.deep.equal(["project/contracts/Shop.sol"]);
  });

  it("given a fault in a library, compiles the contracts that have its code; a sound one gives the sound code", () => {
    const code = (content: string) =>
      new Map(
        recompile("contracts/libraries/Sum.sol", content, build).map(({ name, code }) => [name, code.deployedBytecode]),
      );
    const sound = code(SUM);
    const faulty = code(SUM.replace("a + 1", "a + 2"));
    expect([...sound.keys()].sort()).to.deep.equal(["Base", "Shop", "Sum"]);
    expect(code(SUM)).to.deep.equal(sound);
    expect(faulty.get("Shop")).to.not.equal(sound.get("Shop"));
    expect(faulty.get("Base")).to.equal("0x");
  });

  it("given sources to compile it into, compiles no other", () => {
    const compiled = recompile("contracts/libraries/Sum.sol", SUM, build, ["contracts/Shop.sol"]);
    expect(compiled.map(({ source, name }) => [source, name])).to.deep.include(["contracts/Shop.sol", "Shop"]);
    expect(compiled.map(({ name }) => name)).to.not.include("Sum");
  });

  it("given a fault that is no Solidity, says what solc says", () => {
    expect(() => recompile("contracts/libraries/Sum.sol", SUM.replace("+ 1", "+ true"), build)).to.throw("TypeError");
  });

  describe("in a folder", () => {
    let folder = "";
    const write = (file: string, content: string) => {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), content);
    };
    beforeEach(() => {
      folder = mkdtempSync(path.join(tmpdir(), "banyan-test-"));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it("given several builds, reads them as one, with the project's sources as they are now", () => {
      write("contracts/Shop.sol", "now");
      write(
        "artifacts/build-info/a.json",
        JSON.stringify({ input: buildOf({ "project/contracts/Shop.sol": "then" }) }),
      );
      write("artifacts/build-info/b.json", JSON.stringify({ input: buildOf({ "npm/x/X.sol": "package" }) }));
      write("artifacts/build-info/b.output.json", "{}");
      expect(readBuild(folder).sources).to.deep.equal({
        "project/contracts/Shop.sol": { content: "now" },
        "npm/x/X.sol": { content: "package" },
      });
    });

    it("given a folder without builds, refuses", () => {
      mkdirSync(path.join(folder, "artifacts/build-info"), { recursive: true });
      expect(() => readBuild(folder)).to.throw("no contract is compiled");
    });

    it("given code, puts it into the artifact and leaves the rest; what has no code or no artifact is left alone", () => {
      const artifact = "artifacts/contracts/Shop.sol/Shop.json";
      write(artifact, JSON.stringify({ contractName: "Shop", bytecode: "0x00" }));
      const code = {
        ...{ bytecode: "0x01", deployedBytecode: "0x02" },
        ...{ linkReferences: {}, deployedLinkReferences: {}, immutableReferences: {} },
      };
      const read = () => JSON.parse(readFileSync(path.join(folder, artifact), "utf8"));
      writeCode(folder, { source: "contracts/Shop.sol", name: "Shop", code: { ...code, bytecode: "0x" } });
      writeCode(folder, { source: "contracts/Shop.sol", name: "Gone", code });
      expect(read()).to.deep.equal({ contractName: "Shop", bytecode: "0x00" });
      writeCode(folder, { source: "contracts/Shop.sol", name: "Shop", code });
      expect(read()).to.deep.equal({ contractName: "Shop", ...code });
    });
  });
});
