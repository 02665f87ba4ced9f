import { expect } from "chai";
import { BATCH, DAY, loadBatch, MISSING, NO_PAPER, PAPER, PARTY } from "../../fixtures/recall.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

byEachClock((clock) => {
  describe("RecallDesk.announceDestruction", () => {
    it("refuses an unknown recall, strangers, a moment that is past, no announcement, and a recall that is withdrawn", async () => {
      const { recalls, as, accounts, open, asRegulator, time, now } = await loadBatch(clock);
      const announce = (recall: number, at: bigint, paper: typeof PAPER | typeof NO_PAPER = PAPER) =>
        recalls.write.announceDestruction([recall, at, paper], as("processor"));
      const at = (await now()) + DAY;
      await expectRevert(announce(1, at), recalls, "RecallDeskUnknown", [1]);
      const recall = await open([BATCH.root]);
      const byShop = recalls.write.announceDestruction([recall, at, PAPER], as("shop"));
      await expectRevert(byShop, recalls, "RecallDeskNotParty", [PARTY.processor, accounts.shop.address]);
      await expectRevert(announce(recall, at, NO_PAPER), recalls, "DigestsMissing", MISSING);
      await time.setNextBlockTimestamp(at);
      await expectRevert(announce(recall, at - 1n), recalls, "RecallDeskDestructionPast", [at - 1n, at]);
      await recalls.write.withdraw([recall, PAPER], asRegulator);
      await expectRevert(announce(recall, at + DAY), recalls, "RecallDeskWrongStatus", [recall]);
    });

    it("C-29: given a moment to come, or this very one, when it is announced, then it is told and kept", async () => {
      const { recalls, as, open, time, now, connection } = await loadBatch(clock);
      const recall = await open([BATCH.root]);
      const moment = (await now()) + DAY;
      for (const at of [moment + 5n, moment + 1n]) {
        await time.setNextBlockTimestamp(at === moment + 5n ? moment : at);
        await expectEvents(connection, recalls.write.announceDestruction([recall, at, PAPER], as("processor")), [
          event(recalls, "DestructionAnnounced", { recall, at, announcement: PAPER }),
        ]);
        expect((await recalls.read.recallOf([recall])).destructionAt).to.equal(at);
      }
    });
  });
});
