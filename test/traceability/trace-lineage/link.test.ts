import { expect } from "chai";
import { loadTrade, NO_NODE, nodeOf } from "../../fixtures/trade.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const [A, B, C] = [nodeOf(1), nodeOf(2), nodeOf(3)];

describe("TraceLineage.link", () => {
  it("refuses everyone but the state", async () => {
    const { lineage, accounts } = await loadTrade();
    for (const account of [accounts.admin, accounts.platform, accounts.regulator, accounts.growerAgent]) {
      const linking = lineage.write.link([A, B], { account });
      await expectRevert(linking, lineage, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("given a missing node, or one and the same, when linked, then it is refused", async () => {
    const { lineage, asState } = await loadTrade();
    for (const pair of [
      [NO_NODE, B],
      [A, NO_NODE],
      [NO_NODE, NO_NODE],
      [A, A],
    ] as const) {
      await expectRevert(lineage.write.link(pair, asState), lineage, "TraceLineageInvalidEdge", pair);
    }
  });

  it("C-06: given edges, when linked, then each is read downwards and upwards in the order of linking", async () => {
    const { lineage, asState, connection } = await loadTrade();
    for (const [from, to] of [
      [A, B],
      [A, C],
      [B, C],
    ] as const) {
      await expectEvents(connection, lineage.write.link([from, to], asState), [event(lineage, "Linked", { from, to })]);
    }
    expect(await lineage.read.down([A, 0n, 10n])).to.deep.equal([[B, C], 0n]);
    expect(await lineage.read.up([C, 0n, 10n])).to.deep.equal([[A, B], 0n]);
    expect(await lineage.read.up([A, 0n, 10n])).to.deep.equal([[], 0n]);
    expect([await lineage.read.downCount([A]), await lineage.read.upCount([C])]).to.deep.equal([2n, 2n]);
    expect([await lineage.read.downCount([C]), await lineage.read.upCount([A])]).to.deep.equal([0n, 0n]);
  });
});
