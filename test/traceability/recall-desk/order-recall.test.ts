import { expect } from "chai";
import { BATCH, FINDING, LEVEL, loadBatch, PARTY } from "../../fixtures/recall.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

describe("RecallDesk.orderRecall", () => {
  it("refuses everyone but the regulator, and a party that is not filed", async () => {
    const { recalls, parties, as, accounts, now, asRegulator } = await loadBatch();
    const said = { by: PARTY.processor, level: LEVEL.ONE, labelOnly: false, knownAt: await now(), reason: FINDING };
    const stranger = recalls.write.orderRecall([said, [BATCH.root]], as("processor"));
    await expectRevert(stranger, recalls, "AccessManagedUnauthorized", [accounts.processor.address]);
    const unknown = recalls.write.orderRecall([{ ...said, by: 99 }, [BATCH.root]], asRegulator);
    await expectRevert(unknown, parties, "TradePartiesUnknown", [99]);
  });

  it("C-28: given goods of somebody else in a container, when the regulator orders it, then the party named recalls", async () => {
    const { recalls, now, asRegulator, isRecalled, as } = await loadBatch();
    const said = { by: PARTY.shop, level: LEVEL.ONE, labelOnly: false, knownAt: await now(), reason: FINDING };
    await recalls.write.orderRecall([said, [BATCH.pallet]], asRegulator);
    const recall = await recalls.read.recallOf([1]);
    expect([recall.by, recall.ordered]).to.deep.equal([PARTY.shop, true]);
    expect(await isRecalled(BATCH.pallet)).to.equal(true);
    await recalls.write.publishNotice([1, FINDING], as("shop"));
    expect((await recalls.read.recallOf([1])).noticeAt > 0n).to.equal(true);
  });
});
