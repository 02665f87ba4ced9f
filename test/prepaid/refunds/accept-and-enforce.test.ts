import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { CLOSING, DAY } from "../../fixtures/prepaid.ts";
import { CARD_STATUS, END_CAUSE as CAUSE } from "../../fixtures/prepaid-cards.ts";
import { deployRefunds, REFUND } from "../../fixtures/refunds.ts";
import { eventsOf } from "../../helpers/events-of.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";
import { normalise } from "../../helpers/normalise.ts";

const fixture = defineFixture(deployRefunds);

describe("Refunds.accept", () => {
  describe("refuses", () => {
    it("given a refund that does not exist", async () => {
      const { refunds, agent } = await fixture();
      await expectRevert(refunds.write.accept([1n], agent), refunds, "RefundsUnknown", [1n]);
    });

    it("given a caller who does not act for the merchant", async () => {
      const { refunds, sell, request, holder, accounts, merchant } = await fixture();
      const refund = await request(await sell(), CAUSE.NEUTRAL);
      await expectRevert(refunds.write.accept([refund], holder), refunds, "RefundsNotAgent", [
        merchant,
        accounts.consumer.address,
      ]);
    });

    it("given a refund that is fixed, withdrawn or paid", async () => {
      const { refunds, sell, request, agent, holder } = await fixture();
      const withdrawn = await request(await sell(), CAUSE.NEUTRAL);
      await refunds.write.withdrawRequest([withdrawn], holder);
      const paid = await request(await sell(), CAUSE.CONSUMER);
      for (const [refund, status] of [
        [withdrawn, REFUND.WITHDRAWN],
        [paid, REFUND.PAID],
      ] as const) {
        await expectRevert(refunds.write.accept([refund], agent), refunds, "RefundsWrongStatus", [refund, status]);
      }
    });

    it("A-43: given claims after a default", async () => {
      const f = await fixture();
      const refund = await f.request(await f.sell(), CAUSE.NEUTRAL);
      await f.register.write.declareDefault([f.merchant, await f.now(), digestOf("default")], f.regulator);
      await f.claims.write.openRound([f.merchant, digestOf("round")], f.regulator);
      await expectRevert(f.refunds.write.accept([refund], f.agent), f.refunds, "RefundsClaimsOpen", [f.merchant]);
    });
  });

  it("A-38: given a request, fixes it as of the request, and pays", async () => {
    const f = await fixture();
    const card = await f.sell();
    const refund = await f.request(card, CAUSE.OPERATOR);
    const { requestedAt } = await f.refunds.read.refundOf([refund]);
    await f.nextAt(requestedAt + 3n * DAY);
    const events = await eventsOf(f.connection, f.refunds.write.accept([refund], f.agent), f.refunds);
    expect(events[0]).to.deep.equal([
      "RefundApproved",
      {
        refund,
        account: normalise(f.accounts.agent.address),
        cause: CAUSE.OPERATOR,
        terminatedAt: requestedAt,
        principal: 100_000n,
        awaitsEntries: false,
        ratePpm: 30_000,
        custodyRatePpm: 3_500,
      },
    ]);
    expect(events.map(([name]) => name)).to.deep.equal(["RefundApproved", "RefundPaid"]);
    const entry = await f.refunds.read.refundOf([refund]);
    // 100,000 at 0.35% for 3 days: 2.88 fen, so the merchant still owes 3.
    expect([entry.status, entry.paidFromCustody, entry.interestOnCustody]).to.deep.equal([
      REFUND.APPROVED,
      100_000n,
      3n,
    ]);
    expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDED);
    expect(await f.refunds.read.owedOf([refund])).to.deep.equal([0n, 3n]);
  });
});

describe("Refunds.enforce", () => {
  describe("refuses", () => {
    it("given a refund that does not exist", async () => {
      const { refunds, holder } = await fixture();
      await expectRevert(refunds.write.enforce([1n], holder), refunds, "RefundsUnknown", [1n]);
    });

    it("given a caller who does not hold the card", async () => {
      const { refunds, sell, request, agent, accounts } = await fixture();
      const card = await sell();
      const refund = await request(card, CAUSE.NEUTRAL);
      await expectRevert(refunds.write.enforce([refund], agent), refunds, "RefundsNotHolder", [
        card,
        accounts.agent.address,
      ]);
    });

    it("A-29: given the last second of the time to answer, and not the second after it", async () => {
      const { refunds, sell, request, holder, nextAt } = await fixture();
      const card = await sell();
      const refund = await request(card, CAUSE.NEUTRAL);
      const { dueAt } = await refunds.read.refundOf([refund]);
      await nextAt(dueAt);
      await expectRevert(refunds.write.enforce([refund], holder), refunds, "RefundsNotDue", [refund, dueAt]);
      await nextAt(dueAt + 1n);
      await refunds.write.enforce([refund], holder);
      const { status, cause, paidFromCustody } = await refunds.read.refundOf([refund]);
      expect([status, cause, paidFromCustody]).to.deep.equal([REFUND.APPROVED, CAUSE.NEUTRAL, 100_000n]);
    });

    it("given a request that was answered", async () => {
      const { refunds, sell, request, holder, arbiter } = await fixture();
      const refund = await request(await sell(), CAUSE.NEUTRAL);
      await refunds.write.reject([refund, digestOf("ruling")], arbiter);
      await expectRevert(refunds.write.enforce([refund], holder), refunds, "RefundsWrongStatus", [
        refund,
        REFUND.REJECTED,
      ]);
    });

    it("A-43: given claims after a default", async () => {
      const f = await fixture();
      const refund = await f.request(await f.sell(), CAUSE.OPERATOR);
      await f.register.write.declareDefault([f.merchant, await f.now(), digestOf("default")], f.regulator);
      await f.claims.write.openRound([f.merchant, digestOf("round")], f.regulator);
      await expectRevert(f.refunds.write.enforce([refund], f.holder), f.refunds, "RefundsClaimsOpen", [f.merchant]);
    });

    it("given a closing, before the time is over, for another cause than the operator's", async () => {
      const f = await fixture();
      const refund = await f.request(await f.sell(), CAUSE.NEUTRAL);
      const { dueAt } = await f.refunds.read.refundOf([refund]);
      const notice = [f.merchant, CLOSING.CLOSING, (await f.now()) + 60n * DAY, digestOf("notice")] as const;
      await f.register.write.announceClosing(notice, f.agent);
      await expectRevert(f.refunds.write.enforce([refund], f.holder), f.refunds, "RefundsNotDue", [refund, dueAt]);
    });
  });

  it("A-40: given the operator's cause that the register meanwhile shows, does not wait", async () => {
    const f = await fixture();
    const refund = await f.request(await f.sell(), CAUSE.OPERATOR);
    const notice = [f.merchant, CLOSING.CLOSING, (await f.now()) + 60n * DAY, digestOf("notice")] as const;
    await f.register.write.announceClosing(notice, f.agent);
    await f.refunds.write.enforce([refund], f.holder);
    const { status, paidFromCustody } = await f.refunds.read.refundOf([refund]);
    expect([status, paidFromCustody]).to.deep.equal([REFUND.PAID, 100_000n]);
  });

  it("A-53: given no answer in time, the holder's version stands, from the day of the request", async () => {
    const f = await fixture();
    const refund = await f.request(await f.sell({ custody: 0n }), CAUSE.MINOR);
    const { dueAt, requestedAt } = await f.refunds.read.refundOf([refund]);
    await f.nextAt(dueAt + 1n);
    const events = await eventsOf(f.connection, f.refunds.write.enforce([refund], f.holder), f.refunds);
    expect(events).to.deep.equal([
      [
        "RefundApproved",
        {
          refund,
          account: normalise(f.accounts.consumer.address),
          cause: CAUSE.MINOR,
          terminatedAt: requestedAt,
          principal: 100_000n,
          awaitsEntries: false,
          ratePpm: 15_000,
          custodyRatePpm: 3_500,
        },
      ],
    ]);
    // 100,000 at 1.50% for 21 days.
    expect(await f.refunds.read.owedOf([refund])).to.deep.equal([100_000n, 87n]);
  });
});
