import { expect } from "chai";
import { app } from "../../../apps/tea-trace/app.ts";
import { closeContexts, createTestContext, scratchFolder } from "../../helpers/app-context.ts";
import { tableRows } from "../../helpers/table-rows.ts";

interface Figures {
  readonly ok: boolean;
  readonly captured: number;
  readonly declared: number;
  readonly products: readonly {
    readonly gtin: string;
    readonly items: number;
    readonly itemsActive: number;
    readonly itemsSold: number;
    readonly itemsDestroyed: number;
  }[];
  readonly recalls: readonly Readonly<Record<string, unknown>>[];
  readonly events: { readonly counts: Readonly<Record<string, number>> };
}

describe("the season of the sample tea", function () {
  this.timeout(300_000);
  after(closeContexts);

  it("C-29: given the shipped season, when played, then the recall reaches 192 of 1,152 tins, comes to its close and every book balances", async () => {
    const context = createTestContext({ root: scratchFolder(), language: "zh" });
    const report = await app.play(context, { input: undefined, dryRun: false });
    const figures = report.json as Figures;
    expect(report.ok).to.equal(true);
    expect(figures.captured).to.be.at.least(1_200);
    expect(figures.declared).to.equal(2);
    expect(figures.products.map(({ items }) => items)).to.deep.equal([0, 0, 0, 576, 576]);
    const [weight, tins] = figures.recalls;
    expect(weight).to.include({ status: "CLOSED", unit: "KGM" });
    expect(tins).to.include({ status: "CLOSED", distributed: "192", marked: 198 });
    expect(Number(tins?.destroyed) + Number(tins?.writtenOff)).to.equal(192);
    expect(figures.events.counts.refused).to.equal(10);
    expect(report.text).to.include("必须平衡的账").and.include("已结束");

    // Every figure that is printed is one of the outcome, and stands where its heading says.
    const rows = tableRows(report.text);
    const printed = [
      ["fresh leaf of Qingwu tea", "09521001001014", "KGM", "126", "2272.5", "0", "0", "2272.5", "0", "█".repeat(24)],
      ["raw tea", "09521001001021", "KGM", "42", "503.78", "0", "0", "503.78", "0", "█".repeat(24)],
      [
        ...["finished tea, loose", "09521001001038", "KGM", "14", "464.07", "130.97", "3", "304.59", "25.51"],
        `${"█".repeat(16)}${"░".repeat(7)}▒`,
      ],
      ["tin of 250 g of factory-1", "09521201002019", "576", "321", "87", "168", `████${"░".repeat(13)}▒▒▒▒▒▒▒`],
      ["tin of 250 g of factory-2", "09521202002018", "576", "479", "97", "0", `████${"░".repeat(20)}`],
      ["residue", "已结束", "198", "KGM", "25.51", "0", "25.51", "0"],
      ["residue", "已结束", "198", "件", "192", "0", "168", "24"],
      ["tin of 250 g of factory-2", "赋码 = 现存 + 已售 + 已销毁", "576", "576", "✓"],
    ];
    for (const row of printed) expect(rows).to.deep.include(row);
    const sheets = figures.products.filter(({ items }) => items > 0);
    for (const { gtin, items, itemsActive, itemsSold, itemsDestroyed } of sheets) {
      expect(
        rows
          .find((row) => row[1] === gtin)
          ?.slice(2, 6)
          .map(Number),
      ).to.deep.equal([items, itemsActive, itemsSold, itemsDestroyed]);
      expect(itemsActive + itemsSold + itemsDestroyed).to.equal(items);
    }
  });
});
