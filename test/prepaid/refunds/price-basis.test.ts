import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { CARD_KIND, CLOSING, DAY } from "../../fixtures/prepaid.ts";
import { CARD_STATUS, END_CAUSE as CAUSE } from "../../fixtures/prepaid-cards.ts";
import { deployRefunds, REFUND, type RefundsFixture } from "../../fixtures/refunds.ts";
import { eventsOf } from "../../helpers/events-of.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployRefunds);
const YEAR = 365n * DAY;
const PASS = { kind: CARD_KIND.PERIOD, paid: 365_000n, face: YEAR } as const;

/** What a quote says of the principal. */
async function sums(f: RefundsFixture, card: bigint, cause: number) {
  const { redeemedValue, principal, earned, beyondBook } = await f.refunds.read.quote([card, cause]);
  return { redeemedValue, principal, earned, beyondBook };
}

/** Mines a block at a moment. */
async function moveTo(f: RefundsFixture, moment: bigint) {
  await f.time.increaseTo(moment);
}

describe("Refunds: the price basis of each cause", () => {
  it("A-29: given a rest that still buys the cheapest item, or terms that name none, refuses a residue", async () => {
    const f = await fixture();
    const terms = await f.fileTerms(f.merchant, { cheapestItem: 1_000n });
    const card = await f.sell({ terms });
    await f.use(card, 99_000n);
    await expectRevert(f.request(card, CAUSE.RESIDUE), f.refundRules, "RefundRulesNotResidue", [card, 1_000n, 1_000n]);
    const other = await f.sell();
    await f.use(other, 99_999n);
    await expectRevert(f.request(other, CAUSE.RESIDUE), f.refundRules, "RefundRulesNotResidue", [other, 1n, 0n]);
  });

  it("A-29: given a rest under the cheapest item, open entries left out, returns it at the price paid", async () => {
    const f = await fixture();
    const terms = await f.fileTerms(f.merchant, { cheapestItem: 1_000n });
    const card = await f.sell({ terms, paid: 75_000n, face: 100_000n });
    await f.use(card, 98_000n);
    await f.openEntry(card, 1_001n);
    const refund = await f.request(card, CAUSE.RESIDUE);
    // 75,000 less floor(75,000 x 99,001 / 100,000).
    expect((await f.refunds.read.refundOf([refund])).paidFromCustody).to.equal(750n);
    expect((await f.refunds.read.refundOf([refund])).ratePpm).to.equal(15_000);
  });

  it("A-31, A-33: given visits at a discount, counts the price paid for the operator's cause and the list price for the consumer's", async () => {
    const f = await fixture();
    const card = await f.sell({ kind: CARD_KIND.VISITS, paid: 80_000n, face: 10n, listUnitPrice: 10_000n });
    await f.use(card, 3n, 30_000n);
    const atPaid = { redeemedValue: 24_000n, principal: 56_000n, earned: 0n, beyondBook: 0n };
    const atList = { redeemedValue: 30_000n, principal: 50_000n, earned: 6_000n, beyondBook: 0n };
    for (const [cause, expected] of [
      [CAUSE.OPERATOR, atPaid],
      [CAUSE.NEUTRAL, atPaid],
      [CAUSE.MINOR, atPaid],
      [CAUSE.CONSUMER, atList],
    ] as const) {
      expect(await sums(f, card, cause), `cause ${cause}`).to.deep.equal(expected);
    }
    const before = await f.book.read.totalsOf([f.merchant]);
    const events = await eventsOf(
      f.connection,
      f.refunds.write.request([card, CAUSE.CONSUMER, digestOf("reason")], f.holder),
      f.refunds,
    );
    expect(events.map(([name]) => name)).to.deep.equal([
      "RefundRequested",
      "RefundApproved",
      "RefundEarned",
      "RefundPaid",
      "RefundCompleted",
    ]);
    expect(events[2]?.[1]).to.deep.equal({ refund: 1n, amount: 6_000n });
    const refund = await f.refunds.read.refundOf([1n]);
    expect([refund.principal, refund.kept, refund.earned, refund.ratePpm]).to.deep.equal([
      50_000n,
      6_000n,
      6_000n,
      15_000,
    ]);
    const after = await f.book.read.totalsOf([f.merchant]);
    expect([after.redeemed - before.redeemed, after.refunded - before.refunded]).to.deep.equal([6_000n, 50_000n]);
    const stored = await f.cards.read.cardOf([card]);
    expect([stored.status, stored.redeemed, stored.refunded]).to.deep.equal([CARD_STATUS.ENDED, 30_000n, 50_000n]);
  });

  it("A-33: given a bonus and the consumer's cause, counts the face used in full", async () => {
    const f = await fixture();
    const card = await f.sell({ paid: 300_000n, face: 400_000n });
    await f.use(card, 100_000n);
    expect(await sums(f, card, CAUSE.CONSUMER)).to.deep.equal({
      redeemedValue: 100_000n,
      principal: 200_000n,
      earned: 25_000n,
      beyondBook: 0n,
    });
  });

  it("A-34: given more used at the list price than was paid, pays nothing, claims nothing and ends the card", async () => {
    const f = await fixture();
    const card = await f.sell({ paid: 300_000n, face: 400_000n });
    await f.use(card, 359_400n);
    const before = await f.balances();
    const refund = await f.request(card, CAUSE.CONSUMER);
    const entry = await f.refunds.read.refundOf([refund]);
    expect([entry.status, entry.principal, entry.earned]).to.deep.equal([REFUND.PAID, 0n, 30_450n]);
    expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDED);
    expect(await f.balances()).to.deep.equal({ ...before, book: before.book - 30_450n });
  });

  it("A-30: given nothing left, ends the card with a refund of zero", async () => {
    const f = await fixture();
    const card = await f.sell();
    await f.use(card, 100_000n);
    const refund = await f.request(card, CAUSE.CONSUMER);
    const entry = await f.refunds.read.refundOf([refund]);
    expect([entry.status, entry.principal, entry.earned]).to.deep.equal([REFUND.PAID, 0n, 0n]);
    expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDED);
  });

  it("A-50: given a policy that counts neither's cause at the list price, it holds for cards sold from then on", async () => {
    const f = await fixture();
    const order = { paid: 300_000n, face: 400_000n };
    const older = await f.sell(order);
    await f.publish("CN-SH", { "prepaid.neutral.atList": 1n });
    const newer = await f.sell(order);
    for (const [card, principal] of [
      [older, 225_000n],
      [newer, 200_000n],
    ] as const) {
      await f.use(card, 100_000n);
      expect((await sums(f, card, CAUSE.NEUTRAL)).principal).to.equal(principal);
    }
    expect((await sums(f, newer, CAUSE.OPERATOR)).principal).to.equal(225_000n);
  });

  describe("of a period pass", () => {
    it("A-35: given any cause, counts the term that remains, and what passed unrecorded is earned", async () => {
      const f = await fixture();
      const card = await f.sell(PASS);
      const { soldAt } = await f.cards.read.cardOf([card]);
      await f.use(card, 50n * DAY, 0n);
      await moveTo(f, soldAt + 100n * DAY);
      for (const cause of [CAUSE.OPERATOR, CAUSE.CONSUMER, CAUSE.NEUTRAL, CAUSE.MINOR]) {
        expect(await sums(f, card, cause), `cause ${cause}`).to.deep.equal({
          redeemedValue: 100_000n,
          principal: 265_000n,
          earned: 50_000n,
          beyondBook: 0n,
        });
      }
      const { soldAt: start } = await f.cards.read.cardOf([card]);
      await f.nextAt(start + 100n * DAY + 1n);
      const refund = await f.request(card, CAUSE.CONSUMER);
      const entry = await f.refunds.read.refundOf([refund]);
      // One second less than 265 days, rounded up to the fen.
      expect([entry.principal, entry.earned]).to.deep.equal([265_000n, 50_000n]);
      expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDED);
    });

    it("A-35: given an operator that stopped earlier, counts from the stop; what was accrued beyond is its own debt", async () => {
      const f = await fixture();
      const card = await f.sell(PASS);
      const { soldAt } = await f.cards.read.cardOf([card]);
      await moveTo(f, soldAt + 100n * DAY);
      await f.use(card, 100n * DAY, 0n);
      const arbiter = { account: f.accounts.arbiter };
      await f.register.write.recordStop([f.merchant, soldAt + 60n * DAY, digestOf("stop")], arbiter);
      expect(await sums(f, card, CAUSE.OPERATOR)).to.deep.equal({
        redeemedValue: 60_000n,
        principal: 305_000n,
        earned: 0n,
        beyondBook: 40_000n,
      });
      const refund = await f.request(card, CAUSE.OPERATOR);
      const entry = await f.refunds.read.refundOf([refund]);
      expect([entry.status, entry.principal, entry.paidFromCustody, entry.kept]).to.deep.equal([
        REFUND.APPROVED,
        305_000n,
        265_000n,
        0n,
      ]);
      expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDED);
      expect(await f.refunds.read.owedOf([refund])).to.deep.equal([40_000n, 0n]);
      const before = await f.balances();
      await f.refunds.write.pay([refund], f.agent);
      expect(await f.balances()).to.deep.equal({ ...before, holder: before.holder + 40_000n });
      expect((await f.refunds.read.refundOf([refund])).status).to.equal(REFUND.PAID);
    });

    it("A-35: given a term that is over through the consumer's own cause, leaves nothing", async () => {
      const f = await fixture();
      const card = await f.sell(PASS);
      const { soldAt } = await f.cards.read.cardOf([card]);
      await moveTo(f, soldAt + YEAR - 1n);
      expect((await sums(f, card, CAUSE.CONSUMER)).principal).to.equal(1n);
      await moveTo(f, soldAt + YEAR);
      expect(await sums(f, card, CAUSE.CONSUMER)).to.deep.equal({
        redeemedValue: 365_000n,
        principal: 0n,
        earned: 365_000n,
        beyondBook: 0n,
      });
      const arbiter = { account: f.accounts.arbiter };
      await f.register.write.recordStop([f.merchant, soldAt + 300n * DAY, digestOf("stop")], arbiter);
      expect((await sums(f, card, CAUSE.CONSUMER)).principal).to.equal(0n);
      expect((await sums(f, card, CAUSE.OPERATOR)).principal).to.equal(65_000n);
    });

    it("A-35: given a pass that has not begun, leaves all of it", async () => {
      const f = await fixture();
      const card = await f.sell({ ...PASS, startsAt: (await f.now()) + 90n * DAY });
      expect((await sums(f, card, CAUSE.CONSUMER)).principal).to.equal(365_000n);
    });

    it("A-35: given a renewal, counts what was left and the renewal over the term they share", async () => {
      const f = await fixture();
      const card = await f.sell(PASS);
      const { soldAt } = await f.cards.read.cardOf([card]);
      await moveTo(f, soldAt + 265n * DAY);
      await f.use(card, 265n * DAY, 0n);
      await f.topUp(card, { paid: 300_000n, face: YEAR });
      await moveTo(f, soldAt + 265n * DAY + 93n * DAY);
      // 400,000 for 465 days, 93 of them over.
      expect((await sums(f, card, CAUSE.OPERATOR)).principal).to.equal(320_000n);
    });

    it("given a pass used up whose renewal was taken back, leaves nothing and does not stop", async () => {
      const f = await fixture();
      const card = await f.sell(PASS);
      await f.use(card, YEAR, 0n);
      await f.nextAt((await f.now()) + 10n * DAY);
      await f.topUp(card, { paid: 300_000n, face: YEAR });
      await f.request(card, CAUSE.COOLING_OFF);
      expect((await f.cards.read.cardOf([card])).trancheFace).to.equal(0n);
      const refund = await f.request(card, CAUSE.CONSUMER);
      expect((await f.refunds.read.refundOf([refund])).status).to.equal(REFUND.PAID);
      expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDED);
    });
  });

  it("A-39, A-40: given a notice of closing, the quote does not depend on it and the request needs no word of anyone", async () => {
    const f = await fixture();
    const card = await f.sell({ paid: 300_000n, face: 400_000n });
    await f.use(card, 100_000n);
    const before = await sums(f, card, CAUSE.OPERATOR);
    const notice = [f.merchant, CLOSING.PAUSING, (await f.now()) + 60n * DAY, digestOf("notice")] as const;
    await f.register.write.announceClosing(notice, f.agent);
    expect(await sums(f, card, CAUSE.OPERATOR)).to.deep.equal(before);
    expect(before.principal).to.equal(225_000n);
    const refund = await f.request(card, CAUSE.OPERATOR);
    expect((await f.refunds.read.refundOf([refund])).paidFromCustody).to.equal(225_000n);
  });
});
