import { expect } from "chai";
import { app } from "../../../apps/cold-chain/app.ts";
import { closeContexts, createTestContext, scratchFolder } from "../../helpers/app-context.ts";
import { tableRows } from "../../helpers/table-rows.ts";

interface Figures {
  readonly captured: number;
  readonly products: readonly {
    readonly gtin: string;
    readonly items: number;
    readonly itemsActive: number;
    readonly itemsSold: number;
    readonly itemsDestroyed: number;
  }[];
  readonly legs: readonly {
    readonly leg: string;
    readonly status: string;
    readonly verdict: string;
    readonly max: string;
  }[];
  readonly events: { readonly counts: Readonly<Record<string, number>> };
}

describe("the fortnight of the sample cold chain", function () {
  this.timeout(300_000);
  after(closeContexts);

  it("C-37, C-40: given the shipped fortnight, when played, then two legs are refused at receipt, one is received after its alarm was cleared, the others conform", async () => {
    const context = createTestContext({ root: scratchFolder() });
    const report = await app.play(context, { input: undefined, dryRun: false });
    const figures = report.json as Figures;
    expect(report.ok).to.equal(true);
    expect(figures.captured).to.be.at.least(600);
    expect(figures.products.map(({ items }) => items)).to.deep.equal([480, 240]);
    expect(figures.products.map(({ itemsDestroyed }) => itemsDestroyed)).to.deep.equal([32, 40]);
    const words = figures.legs.map(({ status, verdict }) => `${status} ${verdict}`);
    const count = (word: string): number => words.filter((one) => one === word).length;
    expect(count("REFUSED REFUSE")).to.equal(2);
    expect(count("RECEIVED EXCURSION")).to.equal(1);
    expect(count("RECEIVED CONFORMANT")).to.equal(words.length - 3);
    expect(figures.events.counts.refused).to.equal(5);
    expect(report.text).to.include("Books that must balance").and.include("refused");

    // Every figure that is printed is one of the outcome, and stands where its heading says; what went wrong is named.
    const rows = tableRows(report.text);
    const [conformant, other] = [
      figures.legs.filter(({ verdict }) => verdict === "CONFORMANT"),
      figures.legs.filter(({ verdict }) => verdict !== "CONFORMANT"),
    ];
    for (const { leg, max } of other) {
      const row = rows.find((cells) => cells.at(-1) === leg);
      expect(row?.slice(3, 5)).to.deep.equal(["1", `${max} °C`]);
    }
    const counted = rows.filter((row) => row[2] === "conformant").map((row) => Number(row[3]));
    expect(counted.reduce((sum, count) => sum + count, 0)).to.equal(conformant.length);
    expect(rows.filter((row) => row.at(-1) === "✓")).to.have.length(3);
    for (const { gtin, items, itemsActive, itemsSold, itemsDestroyed } of figures.products) {
      const row = rows.find((cells) => cells[1] === gtin && cells.length === 7);
      expect(row?.slice(2, 6).map(Number)).to.deep.equal([items, itemsActive, itemsSold, itemsDestroyed]);
      expect(row?.at(-1)).to.have.length(24);
    }
  });
});
