import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { CLOSING, DAY } from "../../fixtures/prepaid.ts";
import { CARD_FORM, CARD_STATUS, END_CAUSE as CAUSE, NO_DIGEST } from "../../fixtures/prepaid-cards.ts";
import { deployRefunds, REFUND } from "../../fixtures/refunds.ts";
import { eventsOf } from "../../helpers/events-of.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";
import { normalise } from "../../helpers/normalise.ts";

const fixture = defineFixture(deployRefunds);
const REASON = digestOf("reason");

describe("Refunds.request", () => {
  describe("refuses", () => {
    it("given a caller who does not hold the card", async () => {
      const { refunds, sell, other, accounts } = await fixture();
      const card = await sell();
      await expectRevert(refunds.write.request([card, CAUSE.CONSUMER, REASON], other), refunds, "RefundsNotHolder", [
        card,
        accounts.consumer2.address,
      ]);
    });

    it("given a card that does not exist", async () => {
      const { refunds, cards, holder } = await fixture();
      await expectRevert(refunds.write.request([9n, CAUSE.CONSUMER, REASON], holder), cards, "CardLedgerUnknownCard", [
        9n,
      ]);
    });

    it("A-47: given a lost card, whose account may be a thief's", async () => {
      const { refunds, cards, sell, holder } = await fixture();
      const card = await sell();
      await cards.write.reportLoss([card], holder);
      await expectRevert(
        refunds.write.request([card, CAUSE.CONSUMER, REASON], holder),
        refunds,
        "RefundsCardNotActive",
        [card, CARD_STATUS.LOST],
      );
    });

    it("given a card that is ending or has ended", async () => {
      const { refunds, sell, request, holder } = await fixture();
      const waiting = await sell();
      await request(waiting, CAUSE.NEUTRAL);
      const paid = await sell();
      await request(paid, CAUSE.CONSUMER);
      for (const [card, status] of [
        [waiting, CARD_STATUS.ENDING],
        [paid, CARD_STATUS.ENDED],
      ] as const) {
        await expectRevert(
          refunds.write.request([card, CAUSE.CONSUMER, REASON], holder),
          refunds,
          "RefundsCardNotActive",
          [card, status],
        );
      }
    });

    it("A-43: given claims after a default, which pay all holders in the same share", async () => {
      const { refunds, claims, register, sell, holder, merchant, regulator, now } = await fixture();
      const card = await sell();
      await register.write.declareDefault([merchant, await now(), digestOf("default")], regulator);
      await claims.write.openRound([merchant, digestOf("round")], regulator);
      await expectRevert(refunds.write.request([card, CAUSE.OPERATOR, REASON], holder), refunds, "RefundsClaimsOpen", [
        merchant,
      ]);
    });

    it("given a cause for which no card ends on request", async () => {
      const { refunds, refundRules, sell, holder } = await fixture();
      const card = await sell();
      for (const cause of [CAUSE.NONE, CAUSE.DEFAULT, CAUSE.USED_UP]) {
        await expectRevert(
          refunds.write.request([card, cause, REASON], holder),
          refundRules,
          "RefundRulesCauseNotAllowed",
          [cause],
        );
      }
    });

    it("given a cause that somebody has to judge and no reason", async () => {
      const { refunds, sell, holder } = await fixture();
      const card = await sell();
      for (const cause of [CAUSE.OPERATOR, CAUSE.NEUTRAL, CAUSE.MINOR]) {
        await expectRevert(refunds.write.request([card, cause, NO_DIGEST], holder), refunds, "DigestsMissing", [
          NO_DIGEST.value,
          0,
        ]);
      }
    });
  });

  it("A-50: given neither's cause, waits, and the card can no longer be used", async () => {
    const { connection, refunds, cards, sell, merchant, holder, accounts, balances, writer, now } = await fixture();
    const card = await sell();
    const before = await balances();
    const events = await eventsOf(connection, refunds.write.request([card, CAUSE.NEUTRAL, REASON], holder), refunds);
    const time = await now();
    // 15 working days from a Monday without holidays: three weeks.
    const dueAt = time + 21n * DAY;
    const consumer = normalise(accounts.consumer.address);
    expect(events).to.deep.equal([
      [
        "RefundRequested",
        { refund: 1n, card, merchant, holder: consumer, cause: CAUSE.NEUTRAL, dueAt, reason: REASON },
      ],
    ]);
    expect(normalise(await refunds.read.refundOf([1n]))).to.deep.equal({
      card,
      merchant,
      cause: CAUSE.NEUTRAL,
      status: REFUND.REQUESTED,
      topUpOnly: false,
      awaitsEntries: false,
      holder: consumer,
      requestedAt: time,
      terminatedAt: 0n,
      dueAt,
      principal: 0n,
      kept: 0n,
      earned: 0n,
      refundedBefore: 0n,
      fromCard: 0n,
      paidFromCustody: 0n,
      paidByMerchant: 0n,
      interestOnCustody: 0n,
      interestPaid: 0n,
      ratePpm: 0,
      custodyRatePpm: 0,
      jointDebtor: 0n,
      reason: REASON,
      ruling: NO_DIGEST,
    });
    const { status, cause } = await cards.read.cardOf([card]);
    expect([status, cause]).to.deep.equal([CARD_STATUS.ENDING, CAUSE.NEUTRAL]);
    await expectRevert(cards.write.consume([card, 1n, 1n, false], writer), cards, "CardLedgerWrongStatus", [
      card,
      CARD_STATUS.ENDING,
    ]);
    expect(await balances()).to.deep.equal(before);
    expect(await refunds.read.owedOf([1n])).to.deep.equal([0n, 0n]);
    expect(await refunds.read.refundOfCard([card])).to.equal(1n);
    expect(await refunds.read.count()).to.equal(1n);
  });

  it("A-49, A-51: given the operator's cause that the register does not show, or a minor, waits", async () => {
    const { refunds, sell, request } = await fixture();
    for (const cause of [CAUSE.OPERATOR, CAUSE.MINOR]) {
      const refund = await request(await sell(), cause);
      expect((await refunds.read.refundOf([refund])).status).to.equal(REFUND.REQUESTED);
    }
  });

  it("A-32, A-40: given a closing that the register shows, is fixed and paid at once, without a reason", async () => {
    const { connection, refunds, cards, custody, register, sell, use, agent, holder, merchant, accounts, ...f } =
      await fixture();
    const card = await sell({ paid: 300_000n, face: 400_000n });
    await use(card, 359_400n);
    const notice = [merchant, CLOSING.CLOSING, (await f.now()) + 60n * DAY, digestOf("notice")] as const;
    await register.write.announceClosing(notice, agent);
    const before = await f.balances();
    const action = refunds.write.request([card, CAUSE.OPERATOR, NO_DIGEST], holder);
    const events = await eventsOf(connection, action, refunds);
    const time = await f.now();
    const consumer = normalise(accounts.consumer.address);
    const dueAt = time + 21n * DAY;
    const [ratePpm, custodyRatePpm] = [30_000, 3_500];
    const principal = 30_450n;
    expect(events).to.deep.equal([
      [
        "RefundRequested",
        { refund: 1n, card, merchant, holder: consumer, cause: CAUSE.OPERATOR, dueAt, reason: NO_DIGEST },
      ],
      [
        "RefundApproved",
        {
          refund: 1n,
          account: consumer,
          cause: CAUSE.OPERATOR,
          terminatedAt: time,
          principal,
          awaitsEntries: false,
          ratePpm,
          custodyRatePpm,
        },
      ],
      ["RefundPaid", { refund: 1n, payer: normalise(custody.address), holder: consumer, principal, interest: 0n }],
      ["RefundCompleted", { refund: 1n, principal, interest: 0n }],
    ]);
    expect(normalise(await refunds.read.refundOf([1n]))).to.deep.equal({
      card,
      merchant,
      cause: CAUSE.OPERATOR,
      status: REFUND.PAID,
      topUpOnly: false,
      awaitsEntries: false,
      holder: consumer,
      requestedAt: time,
      terminatedAt: time,
      dueAt,
      principal,
      kept: 0n,
      earned: 0n,
      refundedBefore: 0n,
      fromCard: principal,
      paidFromCustody: principal,
      paidByMerchant: 0n,
      interestOnCustody: 0n,
      interestPaid: 0n,
      ratePpm,
      custodyRatePpm,
      jointDebtor: 0n,
      reason: NO_DIGEST,
      ruling: NO_DIGEST,
    });
    expect(await f.balances()).to.deep.equal({
      vault: before.vault - principal,
      holder: before.holder + principal,
      book: before.book - principal,
    });
    const stored = await cards.read.cardOf([card]);
    expect([stored.status, stored.cause, stored.principal]).to.deep.equal([CARD_STATUS.ENDED, CAUSE.OPERATOR, 0n]);
    expect([stored.redeemed, stored.refunded]).to.deep.equal([269_550n, principal]);
  });

  it("A-45: given a transferred card, pays who holds it now", async () => {
    const { refunds, cards, sell, holder, other, accounts, token, balances } = await fixture();
    const card = await sell();
    const to = accounts.consumer2.address;
    await cards.write.transfer([card, to, digestOf("key 2").value, digestOf("identity 2")], holder);
    const before = await balances();
    await expectRevert(refunds.write.request([card, CAUSE.CONSUMER, REASON], holder), refunds, "RefundsNotHolder", [
      card,
      accounts.consumer.address,
    ]);
    await refunds.write.request([card, CAUSE.CONSUMER, REASON], other);
    expect(await token.read.balanceOf([to])).to.equal(100_000n);
    expect((await balances()).holder).to.equal(before.holder);
  });

  it("A-07: given an expired bearer card, pays what is left", async () => {
    const { refunds, sell, use, request, now, nextAt } = await fixture();
    const card = await sell({ form: CARD_FORM.BEARER, expiresAt: (await now()) + 100n * DAY });
    await use(card, 20_000n);
    await nextAt((await now()) + 101n * DAY);
    const refund = await request(card, CAUSE.CONSUMER);
    expect((await refunds.read.refundOf([refund])).paidFromCustody).to.equal(80_000n);
  });

  it("given a card that was given back into use, takes another request under a new number", async () => {
    const { refunds, sell, request, holder } = await fixture();
    const card = await sell();
    const first = await request(card, CAUSE.NEUTRAL);
    await refunds.write.withdrawRequest([first], holder);
    const second = await request(card, CAUSE.MINOR);
    expect([first, second]).to.deep.equal([1n, 2n]);
    expect(await refunds.read.refundOfCard([card])).to.equal(2n);
    expect((await refunds.read.refundOf([first])).status).to.equal(REFUND.WITHDRAWN);
  });

  it("A-28c, A-29: given terms with days of their own, these hold, unless cooling off gives fewer", async () => {
    const { refunds, fileTerms, merchant, sell, request } = await fixture();
    for (const [refundDays, cause, days] of [
      [30, CAUSE.NEUTRAL, 30n],
      [3, CAUSE.NEUTRAL, 3n],
      [30, CAUSE.COOLING_OFF, 7n],
      [3, CAUSE.COOLING_OFF, 3n],
      [0, CAUSE.COOLING_OFF, 7n],
      [0, CAUSE.NEUTRAL, 21n],
    ] as const) {
      const terms = await fileTerms(merchant, { refundDays });
      const refund = await request(await sell({ terms }), cause);
      const { requestedAt, dueAt } = await refunds.read.refundOf([refund]);
      expect(dueAt - requestedAt, `${refundDays} days for cause ${cause}`).to.equal(days * DAY);
    }
  });
});
