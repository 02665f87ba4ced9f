import { expect } from "chai";
import { app } from "../../../apps/tea-trace/app.ts";
import { closeContexts, createTestContext, scratchFolder } from "../../helpers/app-context.ts";

interface Figures {
  readonly ok: boolean;
  readonly captured: number;
  readonly declared: number;
  readonly products: readonly { readonly gtin: string; readonly items: number; readonly itemsDestroyed: number }[];
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
  });
});
