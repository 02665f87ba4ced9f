import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { DAY } from "../../fixtures/prepaid.ts";
import { CARD_STATUS, END_CAUSE as CAUSE } from "../../fixtures/prepaid-cards.ts";
import { deployRefunds, REFUND, type RefundsFixture, rulingOf } from "../../fixtures/refunds.ts";
import { eventsOf } from "../../helpers/events-of.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";
import { normalise } from "../../helpers/normalise.ts";

const fixture = defineFixture(deployRefunds);

/** A refund for the operator's cause of 1,000.00, of which custody held and paid 400.00. */
async function partlyPaid(f: RefundsFixture, terms?: bigint) {
  const card = await f.sell({ custody: 40_000n, ...(terms === undefined ? {} : { terms }) });
  const refund = await f.request(card, CAUSE.OPERATOR);
  await f.refunds.write.accept([refund], f.agent);
  const { terminatedAt } = await f.refunds.read.refundOf([refund]);
  return { card, refund, terminatedAt };
}

describe("Refunds.pay", () => {
  describe("refuses", () => {
    it("given a refund that does not exist", async () => {
      const { refunds, agent } = await fixture();
      await expectRevert(refunds.write.pay([1n], agent), refunds, "RefundsUnknown", [1n]);
    });

    it("given a caller who is no debtor", async () => {
      const f = await fixture();
      const { refund } = await partlyPaid(f);
      for (const account of [f.accounts.consumer, f.accounts.settlement]) {
        await expectRevert(f.refunds.write.pay([refund], { account }), f.refunds, "RefundsNotDebtor", [
          refund,
          account.address,
        ]);
      }
    });

    it("given a refund that is not approved", async () => {
      const f = await fixture();
      const refund = await f.request(await f.sell(), CAUSE.NEUTRAL);
      await expectRevert(f.refunds.write.pay([refund], f.agent), f.refunds, "RefundsWrongStatus", [
        refund,
        REFUND.REQUESTED,
      ]);
    });

    it("given nothing that is owed while an entry is open", async () => {
      const f = await fixture();
      const card = await f.sell();
      await f.openEntry(card, 1_000n);
      const refund = await f.request(card, CAUSE.NEUTRAL);
      await f.refunds.write.accept([refund], f.agent);
      await expectRevert(f.refunds.write.pay([refund], f.agent), f.refunds, "RefundsNothingOwed", [refund]);
    });

    it("A-43: given claims after a default, where the money goes into the vault for all", async () => {
      const f = await fixture();
      const { refund } = await partlyPaid(f);
      await f.fill(1_000n);
      await f.register.write.declareDefault([f.merchant, await f.now(), digestOf("default")], f.regulator);
      await f.claims.write.openRound([f.merchant, digestOf("round")], f.regulator);
      await expectRevert(f.refunds.write.pay([refund], f.agent), f.refunds, "RefundsClaimsOpen", [f.merchant]);
    });

    it("given too small an allowance or balance, and nothing is booked", async () => {
      const f = await fixture();
      const { card, refund } = await partlyPaid(f);
      await f.token.write.approve([f.refunds.address, 59_999n], f.agent);
      await expectRevert(f.refunds.write.pay([refund], f.agent), f.token, "ERC20InsufficientAllowance", [
        f.refunds.address,
        59_999n,
        60_000n,
      ]);
      await f.token.write.approve([f.refunds.address, 60_000n], f.agent);
      const balance = await f.token.read.balanceOf([f.accounts.agent.address]);
      await f.token.write.transfer([f.accounts.settlement.address, balance - 59_999n], f.agent);
      await expectRevert(f.refunds.write.pay([refund], f.agent), f.token, "ERC20InsufficientBalance", [
        f.accounts.agent.address,
        59_999n,
        60_000n,
      ]);
      expect(await f.cards.read.principalOf([card])).to.equal(60_000n);
    });
  });

  it("A-37, A-38: given the day of termination, pays the rest without interest", async () => {
    const f = await fixture();
    const { card, refund, terminatedAt } = await partlyPaid(f);
    const before = await f.balances();
    // 10:00 in the morning plus 13 hours is the same day.
    await f.nextAt(terminatedAt + 13n * 3_600n);
    const events = await eventsOf(f.connection, f.refunds.write.pay([refund], f.agent), f.refunds);
    const payer = normalise(f.accounts.agent.address);
    const holder = normalise(f.accounts.consumer.address);
    expect(events).to.deep.equal([
      ["RefundPaid", { refund, payer, holder, principal: 60_000n, interest: 0n }],
      ["RefundCompleted", { refund, principal: 100_000n, interest: 0n }],
    ]);
    expect(await f.balances()).to.deep.equal({ vault: 0n, holder: before.holder + 60_000n, book: 0n });
    const { status, refunded } = await f.cards.read.cardOf([card]);
    expect([status, refunded]).to.deep.equal([CARD_STATUS.ENDED, 100_000n]);
  });

  it("A-37, A-38: given thirty days, pays interest at the LPR of the sale on what it pays, to the day and rounded up", async () => {
    const f = await fixture();
    const { refund, terminatedAt } = await partlyPaid(f);
    await f.publish("CN", { "prepaid.rate.operator": 99_000n });
    await f.nextAt(terminatedAt + 30n * DAY);
    const before = await f.balances();
    await f.refunds.write.pay([refund], f.agent);
    // 60,000 x 3.00% x 30 / 365 = 147.95.
    const entry = await f.refunds.read.refundOf([refund]);
    expect([entry.paidByMerchant, entry.interestPaid, entry.fromCard]).to.deep.equal([60_000n, 148n, 100_000n]);
    expect((await f.balances()).holder - before.holder).to.equal(60_148n);
  });

  it("A-37: given the amounts that the call returns, they are what it pays", async () => {
    const f = await fixture();
    const { refund, terminatedAt } = await partlyPaid(f);
    await f.time.increaseTo(terminatedAt + 365n * DAY);
    expect((await f.refunds.simulate.pay([refund], { account: f.agent.account.address })).result).to.deep.equal([
      60_000n,
      1_800n,
    ]);
    expect(await f.refunds.read.owedOf([refund])).to.deep.equal([60_000n, 1_800n]);
  });

  it("A-37: given terms with a better rate for the cause, that holds, and a worse one does not", async () => {
    const f = await fixture();
    for (const [overrides, cause, rate] of [
      [{ operatorRatePpm: 60_000, consumerRatePpm: 70_000 }, CAUSE.OPERATOR, 60_000],
      [{ operatorRatePpm: 29_999 }, CAUSE.OPERATOR, 30_000],
      [{ operatorRatePpm: 60_000, consumerRatePpm: 20_000 }, CAUSE.CONSUMER, 20_000],
      [{ operatorRatePpm: 60_000 }, CAUSE.CONSUMER, 15_000],
      [{ operatorRatePpm: 60_000, consumerRatePpm: 14_999 }, CAUSE.NEUTRAL, 15_000],
      [{ operatorRatePpm: 60_000 }, CAUSE.COOLING_OFF, 15_000],
    ] as const) {
      const card = await f.sell({ terms: await f.fileTerms(f.merchant, overrides) });
      const quote = await f.refunds.read.quote([card, cause]);
      expect([quote.ratePpm, quote.custodyRatePpm], `cause ${cause}`).to.deep.equal([rate, 3_500]);
    }
  });

  it("A-37: given what custody paid late, the merchant owes the account's real rate on it", async () => {
    const f = await fixture();
    const { refund, terminatedAt } = await partlyPaid(f);
    await f.time.increaseTo(terminatedAt + 90n * DAY);
    await f.fill(20_000n);
    await f.nextAt(terminatedAt + 100n * DAY);
    await f.refunds.write.settle([refund], f.holder);
    // 20,000 x 0.35% x 100 / 365 = 19.18.
    expect((await f.refunds.read.refundOf([refund])).interestOnCustody).to.equal(20n);
    await f.time.increaseTo(terminatedAt + 150n * DAY);
    await f.fill(10_000n);
    await f.nextAt(terminatedAt + 200n * DAY);
    await f.refunds.write.settle([refund], f.holder);
    // 10,000 x 0.35% x 200 / 365 = 19.18.
    expect((await f.refunds.read.refundOf([refund])).interestOnCustody).to.equal(40n);
    await f.nextAt(terminatedAt + 365n * DAY);
    await f.refunds.write.pay([refund], f.agent);
    const entry = await f.refunds.read.refundOf([refund]);
    expect([entry.status, entry.paidByMerchant, entry.interestPaid, entry.interestOnCustody]).to.deep.equal([
      REFUND.PAID,
      30_000n,
      940n,
      0n,
    ]);
  });

  it("A-37: given a policy without rates, owes no interest", async () => {
    const f = await fixture();
    await f.publish("CN-SH", {
      "prepaid.rate.operator": 0n,
      "prepaid.rate.custody": 0n,
    });
    const { refund, terminatedAt } = await partlyPaid(f);
    await f.nextAt(terminatedAt + 365n * DAY);
    await f.refunds.write.pay([refund], f.agent);
    expect((await f.refunds.read.refundOf([refund])).interestPaid).to.equal(0n);
  });

  it("A-30: given an entry that fell after the merchant paid, what came free is owed with interest from the termination", async () => {
    const f = await fixture();
    const card = await f.sell({ custody: 0n });
    await f.openEntry(card, 30_000n);
    const refund = await f.request(card, CAUSE.OPERATOR);
    await f.refunds.write.accept([refund], f.agent);
    await f.refunds.write.pay([refund], f.agent);
    expect((await f.refunds.read.refundOf([refund])).status).to.equal(REFUND.APPROVED);
    const { terminatedAt } = await f.refunds.read.refundOf([refund]);
    await f.entryFalls(card, 30_000n);
    await f.nextAt(terminatedAt + 365n * DAY);
    const events = await eventsOf(f.connection, f.refunds.write.pay([refund], f.agent), f.refunds);
    const payer = normalise(f.accounts.agent.address);
    const holder = normalise(f.accounts.consumer.address);
    expect(events).to.deep.equal([
      ["RefundAdjusted", { refund, principal: 100_000n }],
      ["RefundPaid", { refund, payer, holder, principal: 30_000n, interest: 900n }],
      ["RefundCompleted", { refund, principal: 100_000n, interest: 900n }],
    ]);
    expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDED);
  });

  it("A-52: given a joint debtor by ruling, either may pay, and another agent may not", async () => {
    const f = await fixture();
    const franchisor = await f.fileMerchant({ agent: f.accounts.agent2.address });
    await f.fileMerchant({ agent: f.accounts.agent3.address });
    const refund = await f.request(await f.sell({ custody: 0n }), CAUSE.NEUTRAL);
    const ruling = rulingOf(CAUSE.OPERATOR, { jointDebtor: franchisor });
    await f.refunds.write.rule([refund, ruling], f.arbiter);
    await expectRevert(f.refunds.write.pay([refund], { account: f.accounts.agent3 }), f.refunds, "RefundsNotDebtor", [
      refund,
      f.accounts.agent3.address,
    ]);
    for (const { address: account } of [f.accounts.agent, f.accounts.agent2]) {
      expect((await f.refunds.simulate.pay([refund], { account })).result).to.deep.equal([100_000n, 0n]);
    }
    await f.refunds.write.pay([refund], { account: f.accounts.agent2 });
    expect((await f.refunds.read.refundOf([refund])).status).to.equal(REFUND.PAID);
  });
});
