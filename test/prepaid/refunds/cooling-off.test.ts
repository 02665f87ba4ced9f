import { regionId } from "@banyan/app-common/policy";
import { expect } from "chai";
import { DAY } from "../../fixtures/prepaid.ts";
import { CARD_STATUS, END_CAUSE as CAUSE, NO_DIGEST } from "../../fixtures/prepaid-cards.ts";
import { deployRefunds, REFUND, type RefundsFixture } from "../../fixtures/refunds.ts";
import { eventsOf } from "../../helpers/events-of.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployRefunds);
const WEEK = 7n * DAY;

/** Asks for a refund without a reason, in the second given. */
async function coolOff(f: RefundsFixture, card: bigint, at?: bigint) {
  if (at !== undefined) await f.nextAt(at);
  await f.refunds.write.request([card, CAUSE.COOLING_OFF, NO_DIGEST], f.holder);
  return f.refunds.read.refundOf([await f.refunds.read.count()]);
}

/** A card of a merchant in Beijing. */
async function sellInBeijing(f: RefundsFixture) {
  const merchant = await f.fileMerchant({ region: regionId("CN-BJ"), agent: f.accounts.agent2.address });
  await f.linkMerchant(merchant);
  const terms = await f.fileTerms(merchant);
  return f.sell({ merchant, terms });
}

describe("Refunds: cooling off", () => {
  describe("refuses", () => {
    it("A-28: given a consumer who had had the service before", async () => {
      const f = await fixture();
      const card = await f.sell({ hadBefore: true });
      await expectRevert(coolOff(f, card), f.refundRules, "RefundRulesCoolingOffBarred", [card]);
      await expectRevert(
        f.refunds.read.quote([card, CAUSE.COOLING_OFF]),
        f.refundRules,
        "RefundRulesCoolingOffBarred",
        [card],
      );
    });

    it("A-28: given one second after seven days, and not the second before", async () => {
      const f = await fixture();
      const early = await f.sell();
      const { soldAt: earlySold } = await f.cards.read.cardOf([early]);
      const late = await f.sell();
      const { soldAt } = await f.cards.read.cardOf([late]);
      expect((await coolOff(f, early, earlySold + WEEK)).paidFromCustody).to.equal(100_000n);
      await expectRevert(coolOff(f, late, soldAt + WEEK + 1n), f.refundRules, "RefundRulesCoolingOffOver", [
        late,
        soldAt + WEEK,
      ]);
    });

    it("A-28: given one second after a top-up's seven days", async () => {
      const f = await fixture();
      const card = await f.sell();
      await f.nextAt((await f.now()) + 20n * DAY);
      await f.topUp(card);
      const { toppedUpAt } = await f.cards.read.cardOf([card]);
      await expectRevert(coolOff(f, card, toppedUpAt + WEEK + 1n), f.refundRules, "RefundRulesCoolingOffOver", [
        card,
        toppedUpAt + WEEK,
      ]);
    });

    it("A-28b: given Beijing and a card that was used, or has an open entry", async () => {
      const f = await fixture();
      const used = await sellInBeijing(f);
      await f.use(used, 1n);
      const open = await f.sell({ ...(await merchantAndTerms(f, used)) });
      await f.openEntry(open, 1n);
      for (const card of [used, open]) {
        await expectRevert(coolOff(f, card), f.refundRules, "RefundRulesCoolingOffUsed", [card]);
      }
    });

    it("A-28b: given Beijing and a card used before its top-up, takes back the top-up and not the whole", async () => {
      const f = await fixture();
      const card = await sellInBeijing(f);
      await f.use(card, 1_000n);
      await f.topUp(card);
      await expectRevert(coolOff(f, card), f.refundRules, "RefundRulesCoolingOffUsed", [card]);
      await f.nextAt((await f.now()) + 8n * DAY);
      await f.topUp(card, { paid: 30_000n });
      const refund = await coolOff(f, card);
      expect([refund.topUpOnly, refund.principal]).to.deep.equal([true, 30_000n]);
    });

    it("A-28b: given Beijing and a card used since its top-up", async () => {
      const f = await fixture();
      const card = await sellInBeijing(f);
      await f.nextAt((await f.now()) + 8n * DAY);
      await f.topUp(card);
      await f.use(card, 1n);
      await expectRevert(coolOff(f, card), f.refundRules, "RefundRulesCoolingOffUsed", [card]);
    });

    it("given a top-up that open entries hold wholly", async () => {
      const f = await fixture();
      const card = await f.sell();
      await f.nextAt((await f.now()) + 20n * DAY);
      await f.topUp(card);
      await f.openEntry(card, 150_000n);
      await expectRevert(coolOff(f, card), f.refundRules, "RefundRulesTopUpSpent", [card]);
      await f.entryFalls(card, 1n);
      expect((await coolOff(f, card)).principal).to.equal(1n);
    });
  });

  it("A-28, A-30: given a card that was used in part, returns the rest at the price paid", async () => {
    const f = await fixture();
    const card = await f.sell({ paid: 300_000n, face: 400_000n });
    await f.use(card, 100_000n);
    expect(await f.refunds.read.quote([card, CAUSE.COOLING_OFF])).to.deep.equal({
      topUpOnly: false,
      awaitsEntries: false,
      redeemedValue: 75_000n,
      principal: 225_000n,
      earned: 0n,
      beyondBook: 0n,
      ratePpm: 15_000,
      custodyRatePpm: 3_500,
    });
    const refund = await coolOff(f, card);
    expect([refund.status, refund.paidFromCustody, refund.ratePpm]).to.deep.equal([REFUND.PAID, 225_000n, 15_000]);
    const { status, cause } = await f.cards.read.cardOf([card]);
    expect([status, cause]).to.deep.equal([CARD_STATUS.ENDED, CAUSE.COOLING_OFF]);
  });

  it("A-28: given a period pass, returns all that was not redeemed, though days have passed", async () => {
    const f = await fixture();
    const card = await f.sell({ kind: 2, paid: 365_000n, face: 365n * DAY });
    const { soldAt } = await f.cards.read.cardOf([card]);
    expect((await coolOff(f, card, soldAt + 5n * DAY)).paidFromCustody).to.equal(365_000n);
  });

  it("A-28: given terms with ten days, these hold; with three, the law's seven", async () => {
    const f = await fixture();
    for (const [coolingOffDays, days] of [
      [10, 10n],
      [3, 7n],
    ] as const) {
      const card = await f.sell({ terms: await f.fileTerms(f.merchant, { coolingOffDays }) });
      const { soldAt } = await f.cards.read.cardOf([card]);
      await f.nextAt(soldAt + days * DAY - 1n);
      await f.fill(1n);
      await expectRevert(coolOff(f, card, soldAt + days * DAY + 1n), f.refundRules, "RefundRulesCoolingOffOver", [
        card,
        soldAt + days * DAY,
      ]);
      const again = await f.sell({ terms: await f.fileTerms(f.merchant, { coolingOffDays }) });
      const sold = (await f.cards.read.cardOf([again])).soldAt;
      expect((await coolOff(f, again, sold + days * DAY)).status).to.equal(REFUND.PAID);
    }
  });

  it("A-28b: given Beijing and an unused card, pays all and is due in five natural days", async () => {
    const f = await fixture();
    const card = await sellInBeijing(f);
    const refund = await coolOff(f, card);
    expect([refund.paidFromCustody, refund.dueAt - refund.requestedAt]).to.deep.equal([100_000n, 5n * DAY]);
  });

  it("A-28c: given working days in a year without a calendar, counts natural days instead of refusing", async () => {
    const f = await fixture();
    const last = BigInt(Date.parse("2031-12-29T10:00:00+08:00") / 1000);
    await f.nextAt(last);
    const card = await f.sell();
    const refund = await coolOff(f, card);
    expect(refund.dueAt - refund.requestedAt).to.equal(5n * DAY);
  });

  describe("of a top-up alone", () => {
    it("A-28: given a top-up inside its seven days, to the second, takes it back and the card lives on", async () => {
      const f = await fixture();
      const card = await f.sell({ paid: 100_000n });
      await f.nextAt((await f.now()) + 20n * DAY);
      await f.topUp(card, { paid: 50_000n, face: 60_000n });
      const { toppedUpAt } = await f.cards.read.cardOf([card]);
      const before = await f.balances();
      const refund = await coolOff(f, card, toppedUpAt + WEEK);
      expect([refund.topUpOnly, refund.status, refund.principal]).to.deep.equal([true, REFUND.PAID, 50_000n]);
      const after = await f.cards.read.cardOf([card]);
      expect([after.status, after.cause, after.principal, after.trancheFace]).to.deep.equal([
        CARD_STATUS.ACTIVE,
        CAUSE.NONE,
        100_000n,
        100_000n,
      ]);
      expect(await f.balances()).to.deep.equal({
        vault: before.vault - 50_000n,
        holder: before.holder + 50_000n,
        book: before.book - 50_000n,
      });
      await f.use(card, 100_000n);
      await expectRevert(coolOff(f, card), f.refundRules, "RefundRulesCoolingOffOver", [card, after.soldAt + WEEK]);
    });

    it("A-28: given sale and top-up both inside, returns the whole card", async () => {
      const f = await fixture();
      const card = await f.sell();
      await f.topUp(card);
      const refund = await coolOff(f, card);
      expect([refund.topUpOnly, refund.paidFromCustody]).to.deep.equal([false, 150_000n]);
    });

    it("A-28, A-30: given a top-up that was used in part, returns its part of what is left", async () => {
      const f = await fixture();
      const card = await f.sell();
      await f.nextAt((await f.now()) + 20n * DAY);
      await f.topUp(card);
      await f.use(card, 30_000n);
      const quote = await f.refunds.read.quote([card, CAUSE.COOLING_OFF]);
      // 120,000 of 150,000 is left, so 40,000 of the 50,000.
      expect(quote).to.deep.equal({
        topUpOnly: true,
        awaitsEntries: false,
        redeemedValue: 30_000n,
        principal: 40_000n,
        earned: 0n,
        beyondBook: 0n,
        ratePpm: 15_000,
        custodyRatePpm: 3_500,
      });
      expect((await coolOff(f, card)).paidFromCustody).to.equal(40_000n);
      expect(await f.cards.read.principalOf([card])).to.equal(80_000n);
    });

    it("given an entry that stays open, is paid and done without it", async () => {
      const f = await fixture();
      const card = await f.sell();
      await f.nextAt((await f.now()) + 20n * DAY);
      await f.topUp(card);
      await f.openEntry(card, 15_000n);
      const refund = await coolOff(f, card);
      expect([refund.status, refund.principal]).to.deep.equal([REFUND.PAID, 50_000n]);
      const { status, reserved } = await f.cards.read.cardOf([card]);
      expect([status, reserved]).to.deep.equal([CARD_STATUS.ACTIVE, 15_000n]);
    });

    it("given a custody that is short, pays what it holds, and the card waits for the rest", async () => {
      const f = await fixture();
      const card = await f.sell({ custody: 0n });
      await f.nextAt((await f.now()) + 20n * DAY);
      await f.topUp(card, { custody: 20_000n });
      const refund = await coolOff(f, card);
      expect([refund.status, refund.principal, refund.paidFromCustody]).to.deep.equal([
        REFUND.APPROVED,
        50_000n,
        20_000n,
      ]);
      const waiting = await f.cards.read.cardOf([card]);
      expect([waiting.status, waiting.cause, waiting.principal]).to.deep.equal([
        CARD_STATUS.ENDING,
        CAUSE.COOLING_OFF,
        130_000n,
      ]);
      expect(await f.refunds.read.owedOf([1n])).to.deep.equal([30_000n, 0n]);
      await f.fill(10_000n);
      await f.refunds.write.settle([1n], f.holder);
      expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDING);
      const [principal, interest] = (await f.refunds.simulate.pay([1n], { account: f.agent.account.address })).result;
      expect([principal, interest]).to.deep.equal([20_000n, 0n]);
      await f.refunds.write.pay([1n], f.agent);
      const { status, paidByMerchant } = await f.refunds.read.refundOf([1n]);
      expect([status, paidByMerchant]).to.deep.equal([REFUND.PAID, 20_000n]);
      const after = await f.cards.read.cardOf([card]);
      expect([after.status, after.principal]).to.deep.equal([CARD_STATUS.ACTIVE, 100_000n]);
    });

    it("given a top-up that waits, the holder can take the request back and use the card", async () => {
      const f = await fixture();
      const card = await f.sell({ custody: 0n });
      await f.nextAt((await f.now()) + 20n * DAY);
      await f.topUp(card, { custody: 20_000n });
      await coolOff(f, card);
      await f.refunds.write.withdrawRequest([1n], f.holder);
      expect((await f.refunds.read.refundOf([1n])).status).to.equal(REFUND.WITHDRAWN);
      expect(await f.refunds.read.owedOf([1n])).to.deep.equal([0n, 0n]);
      const after = await f.cards.read.cardOf([card]);
      expect([after.status, after.principal]).to.deep.equal([CARD_STATUS.ACTIVE, 130_000n]);
    });

    it("given entries that use up a top-up while it waits, lowers what is due and frees the card", async () => {
      const f = await fixture();
      const card = await f.sell({ custody: 0n });
      await f.nextAt((await f.now()) + 20n * DAY);
      await f.topUp(card, { custody: 0n });
      await f.openEntry(card, 149_997n);
      const refund = await coolOff(f, card);
      expect(refund.principal).to.equal(3n);
      await f.entryStands(card, 149_997n);
      // Of 3 fen left, the top-up's third is 1 fen.
      expect(await f.refunds.read.owedOf([1n])).to.deep.equal([1n, 0n]);
      const events = await eventsOf(f.connection, f.refunds.write.settle([1n], f.agent), f.refunds);
      expect(events).to.deep.equal([["RefundAdjusted", { refund: 1n, principal: 1n }]]);
      await f.refunds.write.pay([1n], f.agent);
      const after = await f.cards.read.cardOf([card]);
      expect([after.status, after.principal]).to.deep.equal([CARD_STATUS.ACTIVE, 2n]);
    });

    it("given interest left open on a top-up, a later refund of the card is not disturbed by it", async () => {
      const f = await fixture();
      const card = await f.sell({ custody: 0n });
      await f.nextAt((await f.now()) + 20n * DAY);
      await f.topUp(card, { custody: 0n });
      await coolOff(f, card);
      await f.nextAt((await f.now()) + 30n * DAY);
      await f.fill(50_000n);
      await f.refunds.write.settle([1n], f.holder);
      // 50,000 at 0.35% for 30 days.
      expect(await f.refunds.read.owedOf([1n])).to.deep.equal([0n, 15n]);
      expect((await f.refunds.read.refundOf([1n])).status).to.equal(REFUND.APPROVED);
      expect(await f.cards.read.principalOf([card])).to.equal(100_000n);

      await f.request(card, CAUSE.NEUTRAL);
      await expectRevert(f.refunds.write.withdrawRequest([1n], f.holder), f.refunds, "RefundsWrongStatus", [
        1n,
        REFUND.APPROVED,
      ]);
      await f.refunds.write.pay([1n], f.agent);
      const paid = await f.refunds.read.refundOf([1n]);
      expect([paid.status, paid.interestPaid, paid.interestOnCustody]).to.deep.equal([REFUND.PAID, 15n, 0n]);
      expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDING);
      await f.refunds.write.accept([2n], f.agent);
      expect((await f.refunds.read.refundOf([2n])).principal).to.equal(100_000n);
    });

    it("A-45: given a card that changed hands since, the open interest stays with whose top-up it was", async () => {
      const f = await fixture();
      const card = await f.sell({ custody: 0n });
      await f.nextAt((await f.now()) + 20n * DAY);
      await f.topUp(card, { custody: 0n });
      await coolOff(f, card);
      await f.nextAt((await f.now()) + 30n * DAY);
      await f.fill(50_000n);
      await f.refunds.write.settle([1n], f.holder);
      const to = f.accounts.consumer2.address;
      await f.cards.write.transfer([card, to, NO_KEY, NO_IDENTITY], f.holder);
      const before = await f.balances();
      await f.refunds.write.pay([1n], f.agent);
      expect((await f.balances()).holder - before.holder).to.equal(15n);
    });
  });
});

const NO_KEY = `0x${"11".repeat(32)}` as const;
const NO_IDENTITY = { value: NO_KEY, algorithm: 1 } as const;

async function merchantAndTerms(f: RefundsFixture, card: bigint) {
  const { merchant, terms } = await f.cards.read.cardOf([card]);
  return { merchant, terms };
}
