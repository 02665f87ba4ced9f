import { expect } from "chai";
import { drawSystemsPage } from "../../scripts/generate/systems-page.ts";

const system = {
  ...{ id: "one", module: "prepaid", name: "某系统", gist: "A | sample", modules: ["prepaid", "credentials"] },
  ...{ shows: "What it must show.", scenario: "prepaid/one.test.ts" },
};

describe("the page of systems", () => {
  it("given systems, then lists each with its modules and a link to its scenario, and counts them", () => {
    const page = drawSystemsPage([system, { ...system, id: "two", module: "carbon" }], "../test/systems");
    const rows = page.split("\n").filter((line) => line.startsWith("| "));
    expect(rows).to.include(
      "| [`one`](../test/systems/prepaid/one.test.ts) | 某系统 | A \\| sample | prepaid, credentials | What it must show. |",
    );
    expect(rows).to.include("| [prepaid](#prepaid) | 1 |");
    expect(rows).to.include("| [carbon](#carbon) | 1 |");
    expect(rows).to.include("| all | 2 |");
  });
});
