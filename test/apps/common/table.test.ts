import { displayWidth, renderTable } from "@banyan/app-common/app";
import { expect } from "chai";

describe("tables in a terminal", () => {
  it("given Chinese words, when measured, then each character counts two columns", () => {
    expect(displayWidth("预付码 A1")).to.equal(9);
  });

  it("given numbers and words, when drawn, then every line is equally wide and numbers stand right", () => {
    const drawn = renderTable(
      [{ heading: "商户" }, { heading: "balance", align: "right" }],
      [
        ["面包店", "1.00"],
        ["gym", "20,000.00"],
      ],
    ).split("\n");
    expect(new Set(drawn.map(displayWidth)).size).to.equal(1);
    expect(drawn[3]).to.equal("│ 面包店 │      1.00 │");
    expect(drawn).to.have.length(6);
  });

  it("given no rows, when drawn, then the headings stand alone", () => {
    expect(renderTable([{ heading: "a" }], []).split("\n")).to.have.length(4);
  });
});
