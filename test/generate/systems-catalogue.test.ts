import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BanyanError } from "@banyan/app-common";
import { expect } from "chai";
import { readSystems, requireScenarios } from "../../scripts/generate/systems-catalogue.ts";

const entry = (id: string, more: object = {}) => ({
  ...{ id, name: "某系统", gist: "A sample", modules: ["prepaid"], shows: "What it must show." },
  ...more,
});

describe("the catalogue of systems", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "systems-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const list = (module: string, entries: readonly object[]): void =>
    write(`${module}/systems.json`, JSON.stringify(entries));
  const scenario = (path: string, id: string): void => write(path, `system("${id}", () => {});\n`);
  const check = () => requireScenarios(folder, readSystems(folder));
  const codeOf = (): string | undefined => {
    try {
      check();
    } catch (error) {
      if (error instanceof BanyanError && error.cure !== undefined) return error.code;
      throw error;
    }
    return undefined;
  };

  it("given lists that agree with the scenarios, then reads the systems by module", () => {
    list("prepaid", [entry("second"), entry("first")]);
    list("carbon", [entry("third", { modules: ["carbon", "prepaid"] })]);
    for (const [module, id] of [
      ["prepaid", "second"],
      ["prepaid", "first"],
      ["carbon", "third"],
    ] as const) {
      scenario(`${module}/${id}.test.ts`, id);
    }
    check();
    expect(readSystems(folder).map(({ module, id, scenario: file }) => [module, id, file])).to.deep.equal([
      ["carbon", "third", "carbon/third.test.ts"],
      ["prepaid", "second", "prepaid/second.test.ts"],
      ["prepaid", "first", "prepaid/first.test.ts"],
    ]);
  });

  it("given an entry without a scenario, then refuses", () => {
    list("prepaid", [entry("lonely")]);
    expect(codeOf()).to.equal("SYSTEM_SCENARIO_MISSING");
  });

  it("given a scenario that plays another system, then refuses", () => {
    list("prepaid", [entry("one")]);
    scenario("prepaid/one.test.ts", "two");
    expect(codeOf()).to.equal("SYSTEM_SCENARIO_MISSING");
  });

  for (const stray of ["prepaid/stray.test.ts", "carbon/stray.test.ts", "stray.test.ts"]) {
    it(`given the scenario ${stray} without an entry, then refuses`, () => {
      list("prepaid", [entry("one")]);
      scenario("prepaid/one.test.ts", "one");
      scenario(stray, "stray");
      expect(codeOf()).to.equal("SYSTEM_NOT_LISTED");
    });
  }

  it("given a system listed twice, in one list or in two, then refuses", () => {
    scenario("prepaid/one.test.ts", "one");
    list("prepaid", [entry("one"), entry("one")]);
    expect(codeOf()).to.equal("SYSTEMS_LIST_INVALID");
    list("prepaid", [entry("one")]);
    list("carbon", [entry("one", { modules: ["carbon"] })]);
    expect(codeOf()).to.equal("SYSTEMS_LIST_INVALID");
  });

  for (const [what, content] of [
    ["that is not JSON", "[{"],
    ["with an unknown field", JSON.stringify([entry("one", { source: "?" })])],
    ["with a field missing", JSON.stringify([entry("one", { shows: undefined })])],
    ["with an empty text", JSON.stringify([entry("one", { gist: " " })])],
    ["with a text of two lines", JSON.stringify([entry("one", { shows: "a\nb" })])],
    ["with an id that is no file name", JSON.stringify([entry("One System")])],
    ["whose entry leaves out the module it is listed under", JSON.stringify([entry("one", { modules: ["carbon"] })])],
  ] as const) {
    it(`given a list ${what}, then refuses`, () => {
      write("prepaid/systems.json", content);
      expect(codeOf()).to.equal("SYSTEMS_LIST_INVALID");
    });
  }
});
