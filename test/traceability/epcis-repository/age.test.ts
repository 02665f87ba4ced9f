import { ascii } from "../../fixtures/common.ts";
import { commission, GTIN, loadTrace, START, sell, sgtin } from "../../fixtures/trace.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const BOX = sgtin(GTIN.BOX, "1");

byEachClock((clock) => {
  describe("EpcisRepository: how old an event may be", () => {
    it("C-01: given a policy on how old an event may be, when an older one is captured, then it is refused, to the millisecond", async () => {
      const trace = await loadTrace(clock);
      const { repository, policy, accounts, time } = trace;
      const DAY = 86_400n;
      const limit = (days: bigint, from: bigint) =>
        policy.write.publish([ascii("CN"), [ascii("trace.capture.maxAge")], [days * DAY], from, "Sample"], {
          account: accounts.regulator,
        });
      // Where nothing is said, an event may be as old as it likes.
      await trace.capture("processor", commission([BOX], { eventTime: 1n }));
      await limit(30n, START + 100n);
      await time.increaseTo(START + 200n);
      const sale = (eventTime: bigint) => sell([BOX], { eventTime });
      await time.setNextBlockTimestamp(START + 300n);
      const earliest = (START + 300n - 30n * DAY) * 1_000n;
      await expectRevert(trace.capture("processor", sale(earliest - 1n)), repository, "EpcisRepositoryTooOld", [
        earliest - 1n,
        earliest,
      ]);
      // A day is always taken.
      await limit(0n, START + 400n);
      await time.increaseTo(START + 500n);
      await time.setNextBlockTimestamp(START + 600n);
      const dayAgo = (START + 600n - DAY) * 1_000n;
      await expectRevert(trace.capture("processor", sale(dayAgo - 1n)), repository, "EpcisRepositoryTooOld", [
        dayAgo - 1n,
        dayAgo,
      ]);
      await time.setNextBlockTimestamp(START + 700n);
      await trace.capture("processor", sale((START + 700n - DAY) * 1_000n));
    });

    it("C-01: given that policy, when opening stock is declared, then it may be as old as it likes", async () => {
      const trace = await loadTrace(clock);
      const { policy, accounts, time } = trace;
      const published = [ascii("CN"), [ascii("trace.capture.maxAge")], [86_400n], 1_546_272_000n, "Sample"] as const;
      await policy.write.publish(published, { account: accounts.regulator });
      await trace.allowOpening("shop");
      await trace.captureOpening("shop", commission([BOX], { eventTime: 1n }));
      await time.setNextBlockTimestamp(START + 600n);
      const sale = trace.capture("shop", sell([BOX], { eventTime: 1n }));
      await expectRevert(sale, trace.repository, "EpcisRepositoryTooOld", [1n, (START + 600n - 86_400n) * 1_000n]);
    });
  });
});
