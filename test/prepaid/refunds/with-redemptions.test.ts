import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { CLOSING, DAY } from "../../fixtures/prepaid.ts";
import {
  CARD_STATUS,
  END_CAUSE as CAUSE,
  deployCards,
  NO_DIGEST,
  periodOrder,
  storedOrder,
} from "../../fixtures/prepaid-cards.ts";
import { REFUND } from "../../fixtures/refunds.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCards);
const PAPER = digestOf("paper");

describe("Refunds of cards that were sold and redeemed", () => {
  it("A-32, A-53: given an entry contested and never answered, pays its part when the holder's version stands", async () => {
    const { refunds, redemptions, cards, time, asAgent, asConsumer, sell } = await fixture();
    const card = await sell(storedOrder(), { toCustody: 300_000n });
    await redemptions.write.record([card, 359_400n, 359_400n, PAPER], asAgent);
    await redemptions.write.confirm([1n], asConsumer);
    await redemptions.write.record([card, 10_000n, 10_000n, PAPER], asAgent);
    await refunds.write.request([card, CAUSE.NEUTRAL, PAPER], asConsumer);
    await refunds.write.accept([1n], asAgent);
    expect((await refunds.read.refundOf([1n])).paidFromCustody).to.equal(22_950n);

    await redemptions.write.contest([2n, PAPER], asConsumer);
    const { answerUntil } = await redemptions.read.redemptionOf([2n]);
    await time.increaseTo(answerUntil + 1n);
    await redemptions.write.claimUnanswered([2n], asConsumer);
    await refunds.write.settle([1n], asConsumer);
    const { status, principal, paidFromCustody } = await refunds.read.refundOf([1n]);
    expect([status, principal, paidFromCustody]).to.deep.equal([REFUND.PAID, 30_450n, 30_450n]);
    expect((await cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDED);
  });

  it("A-33: given an authorisation, the consumer's refund waits for it at most until it expires", async () => {
    const { refunds, redemptions, accounts, asAgent, asConsumer, sell, now, time, signAuthorisation } = await fixture();
    const card = await sell(storedOrder(), { toCustody: 300_000n });
    const expiresAt = (await now()) + 10n * DAY;
    const signature = await signAuthorisation(accounts.consumer, { card, face: 50_000n, expiresAt, nonce: 0n });
    await redemptions.write.authorise([card, 50_000n, expiresAt, 0n, signature], asAgent);
    await refunds.write.request([card, CAUSE.CONSUMER, NO_DIGEST], asConsumer);
    const waiting = await refunds.read.refundOf([1n]);
    expect([waiting.awaitsEntries, waiting.paidFromCustody]).to.deep.equal([true, 0n]);
    await time.increaseTo(expiresAt + 1n);
    await redemptions.write.reclaim([1n], asConsumer);
    await refunds.write.settle([1n], asConsumer);
    const { principal, paidFromCustody } = await refunds.read.refundOf([1n]);
    expect([principal, paidFromCustody]).to.deep.equal([300_000n, 300_000n]);
  });

  it("A-35, A-40: given a pass accrued beyond the day the operator stopped, the arbiter's decision and the refund agree", async () => {
    const { refunds, redemptions, cards, register, merchant, asAgent, asArbiter, asConsumer, sell, now, time } =
      await fixture();
    const card = await sell(periodOrder(), { toCustody: 200_000n });
    const { soldAt } = await cards.read.cardOf([card]);
    await time.increaseTo(soldAt + 10n * DAY);
    await redemptions.write.accrue([card], asAgent);
    await register.write.recordStop([merchant, soldAt + 6n * DAY, PAPER], asArbiter);
    await register.write.announceClosing([merchant, CLOSING.CLOSING, (await now()) + 60n * DAY, PAPER], asAgent);
    await refunds.write.request([card, CAUSE.OPERATOR, NO_DIGEST], asConsumer);
    const first = await refunds.read.refundOf([1n]);
    // 94 of 100 days are due; the open entry holds 10 of them.
    expect([first.principal, first.paidFromCustody]).to.deep.equal([188_000n, 180_000n]);
    await redemptions.write.contest([1n, PAPER], asConsumer);
    await redemptions.write.decide([1n, 6n * DAY, 18_000n, PAPER], asArbiter);
    await refunds.write.settle([1n], asConsumer);
    const { status, paidFromCustody, principal } = await refunds.read.refundOf([1n]);
    expect([principal, paidFromCustody]).to.deep.equal([188_000n, 188_000n]);
    expect(status).to.equal(REFUND.PAID);
    const ended = await cards.read.cardOf([card]);
    expect([ended.status, ended.redeemed, ended.refunded]).to.deep.equal([CARD_STATUS.ENDED, 12_000n, 188_000n]);
  });
});
