import { expect } from "chai";
import { loadTrade, nodeOf } from "../../fixtures/trade.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const [INPUT, MAKING, OUTPUT, OTHER] = [nodeOf(1), nodeOf(2), nodeOf(3), nodeOf(4)];
const [DOWN, UP] = [0, 1];

/** An input that goes through a transformation into an output, and into another output directly. */
async function linked() {
  const trade = await loadTrade();
  for (const [from, to] of [
    [INPUT, MAKING],
    [MAKING, OUTPUT],
    [INPUT, OTHER],
  ] as const) {
    await trade.lineage.write.link([from, to], trade.asState);
  }
  return trade;
}

describe("TraceLineage.voidNode and restoreNode", () => {
  it("refuse everyone but the state", async () => {
    const { lineage, accounts } = await linked();
    for (const account of [accounts.admin, accounts.platform, accounts.growerAgent]) {
      for (const call of [lineage.write.voidNode, lineage.write.restoreNode]) {
        await expectRevert(call([MAKING], { account }), lineage, "AccessManagedUnauthorized", [account.address]);
      }
    }
  });

  it("given a node, when voided twice or restored without need, then it is refused", async () => {
    const { lineage, asState } = await linked();
    const restore = () => lineage.write.restoreNode([MAKING], asState);
    await expectRevert(restore(), lineage, "TraceLineageNotVoided", [MAKING]);
    await lineage.write.voidNode([MAKING], asState);
    await expectRevert(lineage.write.voidNode([MAKING], asState), lineage, "TraceLineageVoided", [MAKING]);
    await restore();
    await expectRevert(restore(), lineage, "TraceLineageNotVoided", [MAKING]);
  });

  it("C-12: given a transformation, when voided, then nothing is reached through it, and what goes another way is", async () => {
    const { lineage, asState, connection } = await linked();
    expect(await lineage.read.walk([INPUT, DOWN, 10n])).to.deep.equal([[MAKING, OTHER, OUTPUT], true]);
    await expectEvents(connection, lineage.write.voidNode([MAKING], asState), [
      event(lineage, "NodeVoided", { node: MAKING }),
    ]);
    expect(await lineage.read.isVoided([MAKING])).to.equal(true);
    expect(await lineage.read.walk([INPUT, DOWN, 10n])).to.deep.equal([[OTHER], true]);
    expect(await lineage.read.walk([OUTPUT, UP, 10n])).to.deep.equal([[], true]);
    expect(await lineage.read.walk([MAKING, DOWN, 10n])).to.deep.equal([[], true]);
    expect(await lineage.read.down([INPUT, 0n, 10n])).to.deep.equal([[OTHER], 0n]);
    for (const read of [lineage.read.down, lineage.read.up]) {
      expect(await read([MAKING, 0n, 10n])).to.deep.equal([[], 0n]);
    }
    expect(await lineage.read.downCount([INPUT])).to.equal(2n);
  });

  it("C-12: given a voided node, when restored, then everything is reached again as before", async () => {
    const { lineage, asState, connection } = await linked();
    await lineage.write.voidNode([MAKING], asState);
    await expectEvents(connection, lineage.write.restoreNode([MAKING], asState), [
      event(lineage, "NodeRestored", { node: MAKING }),
    ]);
    expect(await lineage.read.isVoided([MAKING])).to.equal(false);
    expect(await lineage.read.walk([INPUT, DOWN, 10n])).to.deep.equal([[MAKING, OTHER, OUTPUT], true]);
    expect(await lineage.read.walk([OUTPUT, UP, 10n])).to.deep.equal([[MAKING, INPUT], true]);
  });
});
