import { expect } from "chai";
import fc from "fast-check";
import type { Hex } from "viem";
import { loadTrade, nodeOf } from "../../fixtures/trade.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const [DOWN, UP] = [0, 1];
type Edge = readonly [from: number, to: number];

/** The lineage with edges between nodes by number. */
async function graph(edges: readonly Edge[]) {
  const trade = await loadTrade();
  for (const [from, to] of edges) await trade.lineage.write.link([nodeOf(from), nodeOf(to)], trade.asState);
  return trade;
}

/** What a walk reaches, breadth first, worked out beside the contract. */
function reached(edges: readonly Edge[], start: number): Hex[] {
  const seen = [start];
  for (const node of seen) {
    for (const [from, to] of edges) if (from === node && !seen.includes(to)) seen.push(to);
  }
  return seen.slice(1).map(nodeOf);
}

describe("TraceLineage.walk", () => {
  it("given no bound, or one above 200, when walked, then it is refused", async () => {
    const { lineage } = await graph([[1, 2]]);
    for (const bound of [0n, 201n]) {
      const call = lineage.read.walk([nodeOf(1), DOWN, bound]);
      await expectRevert(call, lineage, "TraceLineageWalkOutOfRange", [bound, 200n]);
    }
    expect(await lineage.read.walk([nodeOf(1), DOWN, 200n])).to.deep.equal([[nodeOf(2)], true]);
  });

  it("C-06: given inputs and outputs of one transformation, when walked either way, then every pair is followed", async () => {
    const { lineage } = await graph([
      [1, 10],
      [2, 10],
      [10, 3],
      [10, 4],
    ]);
    for (const input of [1, 2]) {
      expect(await lineage.read.walk([nodeOf(input), DOWN, 9n])).to.deep.equal([[10, 3, 4].map(nodeOf), true]);
    }
    for (const output of [3, 4]) {
      expect(await lineage.read.walk([nodeOf(output), UP, 9n])).to.deep.equal([[10, 1, 2].map(nodeOf), true]);
    }
  });

  it("given a bound, when more is reached, then the nearest come back and the walk says that they are not all", async () => {
    const { lineage } = await graph([
      [1, 2],
      [1, 3],
      [2, 4],
    ]);
    const walk = (bound: bigint) => lineage.read.walk([nodeOf(1), DOWN, bound]);
    expect(await walk(1n)).to.deep.equal([[nodeOf(2)], false]);
    expect(await walk(2n)).to.deep.equal([[2, 3].map(nodeOf), false]);
    expect(await walk(3n)).to.deep.equal([[2, 3, 4].map(nodeOf), true]);
  });

  it("given a ring and an object reached by two ways, when walked, then each comes once and the object itself not at all", async () => {
    const { lineage } = await graph([
      [1, 2],
      [2, 1],
      [1, 3],
      [3, 4],
      [2, 4],
    ]);
    expect(await lineage.read.walk([nodeOf(1), DOWN, 9n])).to.deep.equal([[2, 3, 4].map(nodeOf), true]);
    expect(await lineage.read.walk([nodeOf(4), UP, 9n])).to.deep.equal([[3, 2, 1].map(nodeOf), true]);
    expect(await lineage.read.walk([nodeOf(7), DOWN, 9n])).to.deep.equal([[], true]);
  });

  it("C-06: given any graph, when walked from any node, then it reaches what a search beside the contract reaches", async () => {
    const node = fc.integer({ min: 1, max: 8 });
    const edge = fc.tuple(node, node).filter(([from, to]) => from !== to);
    const edges = fc.uniqueArray(edge, { minLength: 1, maxLength: 12, selector: String });
    await fc.assert(
      fc.asyncProperty(edges, node, async (pairs, start) => {
        const { lineage } = await graph(pairs);
        expect(await lineage.read.walk([nodeOf(start), DOWN, 8n])).to.deep.equal([reached(pairs, start), true]);
        const turned = pairs.map(([from, to]) => [to, from] as const);
        expect(await lineage.read.walk([nodeOf(start), UP, 8n])).to.deep.equal([reached(turned, start), true]);
      }),
      { numRuns: 15 },
    );
  });
});
