import { expect } from "chai";
import { app } from "../../../apps/cold-chain/app.ts";
import { closeContexts, createTestContext, scratchFolder } from "../../helpers/app-context.ts";

interface Figures {
  readonly captured: number;
  readonly products: readonly { readonly items: number; readonly itemsSold: number; readonly itemsDestroyed: number }[];
  readonly legs: readonly { readonly status: string; readonly verdict: string; readonly max: string }[];
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
  });
});
