import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { CARD_KIND, DAY } from "../../fixtures/prepaid.ts";
import { CARD_STATUS, END_CAUSE as CAUSE, NO_DIGEST } from "../../fixtures/prepaid-cards.ts";
import { deployRefunds, KEEPS_ALL, REFUND, rulingOf } from "../../fixtures/refunds.ts";
import { eventsOf } from "../../helpers/events-of.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";
import { normalise } from "../../helpers/normalise.ts";

const fixture = defineFixture(deployRefunds);

describe("Refunds.rule", () => {
  describe("refuses", () => {
    it("given a caller who is no arbiter", async () => {
      const { refunds, sell, request, holder, accounts } = await fixture();
      const refund = await request(await sell(), CAUSE.NEUTRAL);
      await expectRevert(
        refunds.write.rule([refund, rulingOf(CAUSE.OPERATOR)], holder),
        refunds,
        "AccessManagedUnauthorized",
        [accounts.consumer.address],
      );
    });

    it("given a refund that does not exist", async () => {
      const { refunds, arbiter } = await fixture();
      await expectRevert(refunds.write.rule([1n, rulingOf(CAUSE.OPERATOR)], arbiter), refunds, "RefundsUnknown", [1n]);
    });

    it("given a refund that is fixed", async () => {
      const { refunds, sell, request, arbiter } = await fixture();
      const refund = await request(await sell({ custody: 0n }), CAUSE.CONSUMER);
      await expectRevert(
        refunds.write.rule([refund, rulingOf(CAUSE.OPERATOR)], arbiter),
        refunds,
        "RefundsWrongStatus",
        [refund, REFUND.APPROVED],
      );
    });

    it("A-43: given claims after a default", async () => {
      const f = await fixture();
      const refund = await f.request(await f.sell(), CAUSE.NEUTRAL);
      await f.register.write.declareDefault([f.merchant, await f.now(), digestOf("default")], f.regulator);
      await f.claims.write.openRound([f.merchant, digestOf("round")], f.regulator);
      await expectRevert(
        f.refunds.write.rule([refund, rulingOf(CAUSE.OPERATOR)], f.arbiter),
        f.refunds,
        "RefundsClaimsOpen",
        [f.merchant],
      );
    });

    it("given a cause for which no card ends by ruling, also where the value is ruled", async () => {
      const { refunds, refundRules, sell, request, arbiter } = await fixture();
      const refund = await request(await sell(), CAUSE.NEUTRAL);
      for (const cause of [CAUSE.NONE, CAUSE.DEFAULT, CAUSE.USED_UP]) {
        const ruling = rulingOf(cause, { overrideValue: true });
        await expectRevert(refunds.write.rule([refund, ruling], arbiter), refundRules, "RefundRulesCauseNotAllowed", [
          cause,
        ]);
      }
    });

    it("given an end of the contract before the sale or after now, and not on either", async () => {
      const { refunds, cards, sell, request, arbiter, now, nextAt } = await fixture();
      const card = await sell();
      const refund = await request(card, CAUSE.NEUTRAL);
      const { soldAt } = await cards.read.cardOf([card]);
      const time = (await now()) + 10n * DAY;
      for (const terminatedAt of [soldAt - 1n, time + 1n]) {
        await nextAt(time);
        await expectRevert(
          refunds.write.rule([refund, rulingOf(CAUSE.OPERATOR, { terminatedAt })], arbiter),
          refunds,
          "RefundsTerminationOutOfRange",
          [terminatedAt, soldAt, time],
        );
      }
      const other = await sell();
      const second = await request(other, CAUSE.NEUTRAL);
      const sold = (await cards.read.cardOf([other])).soldAt;
      await refunds.write.rule([refund, rulingOf(CAUSE.OPERATOR, { terminatedAt: soldAt })], arbiter);
      await nextAt(sold + DAY);
      await refunds.write.rule([second, rulingOf(CAUSE.OPERATOR, { terminatedAt: sold + DAY })], arbiter);
      expect((await refunds.read.refundOf([refund])).terminatedAt).to.equal(soldAt);
      expect((await refunds.read.refundOf([second])).terminatedAt).to.equal(sold + DAY);
    });

    it("A-52: given a joint debtor that is not registered, or is the merchant", async () => {
      const { refunds, sell, request, arbiter, merchant } = await fixture();
      const refund = await request(await sell(), CAUSE.NEUTRAL);
      for (const jointDebtor of [merchant, 77n]) {
        await expectRevert(
          refunds.write.rule([refund, rulingOf(CAUSE.OPERATOR, { jointDebtor })], arbiter),
          refunds,
          "RefundsInvalidDebtor",
          [jointDebtor],
        );
      }
    });

    it("given a ruling without its digest", async () => {
      const { refunds, sell, request, arbiter } = await fixture();
      const refund = await request(await sell(), CAUSE.NEUTRAL);
      await expectRevert(
        refunds.write.rule([refund, rulingOf(CAUSE.OPERATOR, { digest: NO_DIGEST })], arbiter),
        refunds,
        "DigestsMissing",
        [NO_DIGEST.value, 0],
      );
    });
  });

  it("A-31: given another cause than the one named, the card ends for the one ruled", async () => {
    const f = await fixture();
    const card = await f.sell();
    const refund = await f.request(card, CAUSE.NEUTRAL);
    const { requestedAt } = await f.refunds.read.refundOf([refund]);
    const ruling = rulingOf(CAUSE.OPERATOR);
    const events = await eventsOf(f.connection, f.refunds.write.rule([refund, ruling], f.arbiter), f.refunds);
    expect(events[0]).to.deep.equal(["RefundRuled", { refund, ruling: normalise(ruling) }]);
    expect(events[1]).to.deep.equal([
      "RefundApproved",
      {
        refund,
        account: normalise(f.accounts.arbiter.address),
        cause: CAUSE.OPERATOR,
        terminatedAt: requestedAt,
        principal: 100_000n,
        awaitsEntries: false,
        ratePpm: 30_000,
        custodyRatePpm: 3_500,
      },
    ]);
    const { status, cause } = await f.cards.read.cardOf([card]);
    expect([status, cause]).to.deep.equal([CARD_STATUS.ENDED, CAUSE.OPERATOR]);
    const entry = await f.refunds.read.refundOf([refund]);
    expect([entry.cause, entry.ruling, entry.status]).to.deep.equal([CAUSE.OPERATOR, ruling.digest, REFUND.PAID]);
  });

  it("A-31: given the cause that was named, the card's ending is not begun anew", async () => {
    const f = await fixture();
    const refund = await f.request(await f.sell(), CAUSE.OPERATOR);
    const action = f.refunds.write.rule([refund, rulingOf(CAUSE.OPERATOR)], f.arbiter);
    const names = (await eventsOf(f.connection, action, f.cards)).map(([name]) => name);
    expect(names).to.deep.equal(["CardRepaid", "CardEnded"]);
  });

  it("A-33: given a market value, counts it instead of the list price", async () => {
    const f = await fixture();
    const card = await f.sell({ paid: 300_000n, face: 400_000n });
    await f.use(card, 100_000n, 150_000n);
    const refund = await f.request(card, CAUSE.NEUTRAL);
    const ruling = rulingOf(CAUSE.CONSUMER, { overrideValue: true, redeemedValue: 90_000n });
    await f.refunds.write.rule([refund, ruling], f.arbiter);
    const entry = await f.refunds.read.refundOf([refund]);
    expect([entry.principal, entry.kept, entry.earned, entry.status]).to.deep.equal([
      210_000n,
      KEEPS_ALL,
      15_000n,
      REFUND.PAID,
    ]);
  });

  it("A-51: given a minor in an unlawful game service, returns all that was paid; what was earned is the merchant's debt", async () => {
    const f = await fixture();
    const card = await f.sell();
    await f.use(card, 60_000n);
    const refund = await f.request(card, CAUSE.MINOR);
    const ruling = rulingOf(CAUSE.MINOR, { overrideValue: true, redeemedValue: 0n });
    await f.refunds.write.rule([refund, ruling], f.arbiter);
    const entry = await f.refunds.read.refundOf([refund]);
    expect([entry.principal, entry.paidFromCustody, entry.status]).to.deep.equal([100_000n, 40_000n, REFUND.APPROVED]);
    expect(await f.refunds.read.owedOf([refund])).to.deep.equal([60_000n, 0n]);
    await f.refunds.write.pay([refund], f.agent);
    const { redeemed, refunded } = await f.cards.read.cardOf([card]);
    expect([redeemed, refunded]).to.deep.equal([60_000n, 40_000n]);
    expect((await f.balances()).holder).to.equal(100_000n);
  });

  it("A-51: given a minor and a ruling without a value, sets off what was redeemed", async () => {
    const f = await fixture();
    const card = await f.sell();
    await f.use(card, 60_000n);
    const refund = await f.request(card, CAUSE.MINOR);
    await f.refunds.write.rule([refund, rulingOf(CAUSE.MINOR)], f.arbiter);
    expect((await f.refunds.read.refundOf([refund])).principal).to.equal(40_000n);
  });

  it("A-34: given a ruled value above the payment, pays nothing", async () => {
    const f = await fixture();
    const card = await f.sell();
    const refund = await f.request(card, CAUSE.NEUTRAL);
    const ruling = rulingOf(CAUSE.CONSUMER, { overrideValue: true, redeemedValue: 100_001n });
    await f.refunds.write.rule([refund, ruling], f.arbiter);
    const entry = await f.refunds.read.refundOf([refund]);
    expect([entry.principal, entry.earned, entry.status]).to.deep.equal([0n, 100_000n, REFUND.PAID]);
  });

  it("given a ruled value, entries that fall later change nothing for the holder", async () => {
    const f = await fixture();
    const card = await f.sell();
    await f.openEntry(card, 50_000n);
    const refund = await f.request(card, CAUSE.NEUTRAL);
    const ruling = rulingOf(CAUSE.CONSUMER, { overrideValue: true, redeemedValue: 30_000n });
    await f.refunds.write.rule([refund, ruling], f.arbiter);
    const first = await f.refunds.read.refundOf([refund]);
    expect([first.principal, first.paidFromCustody]).to.deep.equal([70_000n, 50_000n]);
    await f.entryFalls(card, 50_000n);
    await f.refunds.write.settle([refund], f.holder);
    const last = await f.refunds.read.refundOf([refund]);
    expect([last.principal, last.paidFromCustody, last.earned, last.status]).to.deep.equal([
      70_000n,
      70_000n,
      30_000n,
      REFUND.PAID,
    ]);
  });

  it("A-36: given gifts that stay with the holder, takes their value off, also from a ruled value", async () => {
    const f = await fixture();
    for (const overrideValue of [false, true]) {
      const card = await f.sell();
      const refund = await f.request(card, CAUSE.NEUTRAL);
      const ruling = rulingOf(CAUSE.OPERATOR, { overrideValue, giftDeduction: 12_345n });
      await f.refunds.write.rule([refund, ruling], f.arbiter);
      const entry = await f.refunds.read.refundOf([refund]);
      expect([entry.principal, entry.earned, entry.status]).to.deep.equal([87_655n, 12_345n, REFUND.PAID]);
    }
  });

  it("A-28: given cooling off by ruling, returns what is left, open entries aside", async () => {
    const f = await fixture();
    const card = await f.sell();
    await f.use(card, 10_000n, 20_000n);
    const refund = await f.request(card, CAUSE.NEUTRAL);
    await f.refunds.write.rule([refund, rulingOf(CAUSE.COOLING_OFF)], f.arbiter);
    const entry = await f.refunds.read.refundOf([refund]);
    expect([entry.topUpOnly, entry.principal, entry.ratePpm]).to.deep.equal([false, 90_000n, 15_000]);
  });

  it("A-35, A-38: given an end of the contract before the request, counts the term and the interest from it", async () => {
    const f = await fixture();
    const card = await f.sell({ kind: CARD_KIND.PERIOD, paid: 365_000n, face: 365n * DAY, custody: 0n });
    const { soldAt } = await f.cards.read.cardOf([card]);
    await f.time.increaseTo(soldAt + 200n * DAY);
    const refund = await f.request(card, CAUSE.OPERATOR);
    const ruling = rulingOf(CAUSE.OPERATOR, { terminatedAt: soldAt + 100n * DAY });
    await f.nextAt(soldAt + 200n * DAY + 60n);
    await f.refunds.write.rule([refund, ruling], f.arbiter);
    // 265,000 at 3.00% for 100 days: 2,178.08.
    expect(await f.refunds.read.owedOf([refund])).to.deep.equal([265_000n, 2_179n]);
  });
});
