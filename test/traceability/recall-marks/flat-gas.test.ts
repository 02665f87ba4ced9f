import { expect } from "chai";
import type { Hex } from "viem";
import { box, commission, deployRecalls, qty, type Recalls, tea, transform } from "../../fixtures/recall.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** Recalls on a chain of its own. */
const load = defineFixture(deployRecalls);

/** A tree of lots, each but the last generation split into `width`, and `cases` cases of each lot of the last. */
async function grow({ capture }: Recalls, name: string, width: number, generations: number, cases: number) {
  const root = tea(name);
  await capture("processor", commission([qty(root, width ** generations)]));
  let generation: Hex[] = [root];
  for (let depth = 1, serial = 0; depth <= generations; depth += 1) {
    const amount = width ** (generations - depth);
    const next: Hex[] = [];
    for (const lot of generation) {
      const parts = Array.from({ length: width }, () => tea(`${name}-${depth}-${++serial}`));
      await capture(
        "processor",
        transform(
          [qty(lot, width * amount)],
          parts.map((part) => qty(part, amount)),
        ),
      );
      next.push(...parts);
    }
    generation = next;
  }
  for (const [i, lot] of generation.entries()) {
    const items = Array.from({ length: cases }, (_, j) => box(`${name}${i}.${j}`));
    if (items.length > 0) await capture("processor", commission(items, { ilmd: { lot } }));
  }
  return root;
}

describe("RecallMarks.advance, gas", () => {
  it("C-29: given a tree of some 400 nodes, when it is recalled in pages of 20, then no page costs much more than another, whatever was marked before", async () => {
    const recalls = await load();
    const { marks, as, open, viem } = recalls;
    const client = await viem.getPublicClient();
    const root = await grow(recalls, "R", 4, 2, 20);
    const recall = await open([root]);
    const costs: bigint[] = [];
    while (!(await marks.read.progressOf([recall])).complete) {
      const hash = await marks.write.advance([recall, 20n], as("shop"));
      costs.push((await client.getTransactionReceipt({ hash })).gasUsed);
    }
    const { reached } = await marks.read.progressOf([recall]);
    expect(reached).to.equal(1n + 1n + 4n + 4n + 16n + 16n + 320n);
    // From the second half on there are cases only: pages do the same work and cost the same.
    const alike = costs.slice(costs.length / 2, -1).map(Number);
    expect(Math.max(...alike) / Math.min(...alike)).to.be.lessThan(1.1);
    expect(Math.max(...costs.map(Number))).to.be.lessThan(2_800_000);
  });

  for (const [what, kind] of [
    ["cases", "items"],
    ["lots", "lots"],
  ] as const) {
    it(`C-29: given a page of 50 that reaches nothing but ${what}, when it is marked, then it costs less than 5 million gas`, async () => {
      const recalls = await load();
      const { capture, open, advance } = recalls;
      const lot = tea("W");
      const many = Array.from({ length: 50 }, (_, j) => j);
      await capture("processor", commission([qty(lot, 50)]));
      if (kind === "items") {
        const cases = many.map((j) => box(`W${j}`));
        await capture("processor", commission(cases, { ilmd: { lot } }));
      } else {
        const parts = many.map((j) => qty(tea(`W${j}`), 1));
        await capture("processor", transform([qty(lot, 50)], parts));
      }
      const recall = await open([lot]);
      const { most } = await advance(recall, 50);
      expect(Number(most)).to.be.lessThan(5_000_000);
    });
  }
});
