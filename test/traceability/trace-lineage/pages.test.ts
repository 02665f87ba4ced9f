import { expect } from "chai";
import { loadTrade, nodeOf } from "../../fixtures/trade.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const ROOT = nodeOf(0);
const LEAVES = [1, 2, 3, 4, 5].map(nodeOf);

/** A root with five leaves below it, and the same the other way round. */
async function star() {
  const trade = await loadTrade();
  const tip = nodeOf(9);
  for (const leaf of LEAVES) {
    await trade.lineage.write.link([ROOT, leaf], trade.asState);
    await trade.lineage.write.link([leaf, tip], trade.asState);
  }
  const { down, up } = trade.lineage.read;
  return { ...trade, ways: [[down, ROOT] as const, [up, tip] as const] };
}

describe("TraceLineage.down and up", () => {
  it("given a page of nothing, of more than 100, or after the end, when read, then it is refused", async () => {
    const { lineage, ways } = await star();
    for (const [read, node] of ways) {
      for (const limit of [0n, 101n]) {
        await expectRevert(read([node, 0n, limit]), lineage, "PagingLimitOutOfRange", [limit, 100n]);
      }
      await expectRevert(read([node, 6n, 1n]), lineage, "PagingOffsetOutOfRange", [6n, 5n]);
    }
  });

  it("given five edges, when read by two, then the pages follow each other and the last has no next", async () => {
    const { ways } = await star();
    for (const [read, node] of ways) {
      expect(await read([node, 0n, 2n])).to.deep.equal([LEAVES.slice(0, 2), 2n]);
      expect(await read([node, 2n, 2n])).to.deep.equal([LEAVES.slice(2, 4), 4n]);
      expect(await read([node, 4n, 2n])).to.deep.equal([LEAVES.slice(4), 0n]);
      expect(await read([node, 0n, 5n])).to.deep.equal([LEAVES, 0n]);
      expect(await read([node, 5n, 1n])).to.deep.equal([[], 0n]);
    }
  });

  it("C-12: given voided nodes, when read, then a page is short or empty and the next still follows", async () => {
    const { lineage, asState } = await star();
    const [first, second, third] = LEAVES;
    if (!first || !second || !third) throw new Error("There are five leaves");
    await lineage.write.voidNode([first], asState);
    await lineage.write.voidNode([second], asState);
    expect(await lineage.read.down([ROOT, 0n, 2n])).to.deep.equal([[], 2n]);
    expect(await lineage.read.down([ROOT, 1n, 2n])).to.deep.equal([[third], 3n]);
    expect(await lineage.read.down([ROOT, 0n, 100n])).to.deep.equal([LEAVES.slice(2), 0n]);
  });
});
