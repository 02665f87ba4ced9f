import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { CARD_KIND, DAY } from "../../fixtures/prepaid.ts";
import { CARD_STATUS, END_CAUSE as CAUSE } from "../../fixtures/prepaid-cards.ts";
import { deployRefunds, REFUND, type RefundsFixture, rulingOf } from "../../fixtures/refunds.ts";
import { eventsOf } from "../../helpers/events-of.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";
import { normalise } from "../../helpers/normalise.ts";

const fixture = defineFixture(deployRefunds);

/** A card of 1,000.00 of which an entry holds 300.00, and its refund for neither's cause, accepted. */
async function withOpenEntry(f: RefundsFixture) {
  const card = await f.sell();
  await f.openEntry(card, 30_000n);
  const refund = await f.request(card, CAUSE.NEUTRAL);
  await f.refunds.write.accept([refund], f.agent);
  return { card, refund };
}

describe("Refunds.settle", () => {
  describe("refuses", () => {
    it("given a refund that does not exist", async () => {
      const { refunds, holder } = await fixture();
      await expectRevert(refunds.write.settle([1n], holder), refunds, "RefundsUnknown", [1n]);
    });

    it("given a caller who is no party", async () => {
      const f = await fixture();
      const { refund } = await withOpenEntry(f);
      await expectRevert(f.refunds.write.settle([refund], f.other), f.refunds, "RefundsNotParty", [
        refund,
        f.accounts.consumer2.address,
      ]);
    });

    it("given a refund that is not approved", async () => {
      const f = await fixture();
      const waiting = await f.request(await f.sell(), CAUSE.NEUTRAL);
      const paid = await f.request(await f.sell(), CAUSE.CONSUMER);
      for (const [refund, status] of [
        [waiting, REFUND.REQUESTED],
        [paid, REFUND.PAID],
      ] as const) {
        await expectRevert(f.refunds.write.settle([refund], f.holder), f.refunds, "RefundsWrongStatus", [
          refund,
          status,
        ]);
      }
    });

    it("given nothing that changed", async () => {
      const f = await fixture();
      const { refund } = await withOpenEntry(f);
      await expectRevert(f.refunds.write.settle([refund], f.holder), f.refunds, "RefundsNothingToSettle", [refund]);
    });

    it("A-43: given claims after a default", async () => {
      const f = await fixture();
      const { card, refund } = await withOpenEntry(f);
      await f.register.write.declareDefault([f.merchant, await f.now(), digestOf("default")], f.regulator);
      await f.entryFalls(card, 10_000n);
      await f.claims.write.openRound([f.merchant, digestOf("round")], f.regulator);
      await expectRevert(f.refunds.write.settle([refund], f.holder), f.refunds, "RefundsClaimsOpen", [f.merchant]);
    });
  });

  it("A-30, A-53: given an open entry, pays the rest at once and the entry's part when it falls", async () => {
    const f = await fixture();
    const { card, refund } = await withOpenEntry(f);
    const first = await f.refunds.read.refundOf([refund]);
    expect([first.status, first.principal, first.paidFromCustody]).to.deep.equal([REFUND.APPROVED, 70_000n, 70_000n]);
    expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDING);
    await f.entryFalls(card, 20_000n);
    expect(await f.refunds.read.owedOf([refund])).to.deep.equal([20_000n, 0n]);
    const events = await eventsOf(f.connection, f.refunds.write.settle([refund], f.agent), f.refunds);
    const payer = normalise(f.custody.address);
    const holder = normalise(f.accounts.consumer.address);
    expect(events).to.deep.equal([
      ["RefundAdjusted", { refund, principal: 90_000n }],
      ["RefundPaid", { refund, payer, holder, principal: 20_000n, interest: 0n }],
    ]);
    await f.entryFalls(card, 10_000n);
    const last = await eventsOf(f.connection, f.refunds.write.settle([refund], f.holder), f.refunds);
    expect(last).to.deep.equal([
      ["RefundAdjusted", { refund, principal: 100_000n }],
      ["RefundPaid", { refund, payer, holder, principal: 10_000n, interest: 0n }],
      ["RefundCompleted", { refund, principal: 100_000n, interest: 0n }],
    ]);
    expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDED);
  });

  it("A-30: given an entry that stands, pays no more and ends the card", async () => {
    const f = await fixture();
    const { card, refund } = await withOpenEntry(f);
    await f.entryStands(card, 30_000n);
    const before = await f.balances();
    const events = await eventsOf(f.connection, f.refunds.write.settle([refund], f.agent), f.refunds);
    expect(events).to.deep.equal([["RefundCompleted", { refund, principal: 70_000n, interest: 0n }]]);
    expect(await f.balances()).to.deep.equal(before);
    const { status, redeemed, refunded } = await f.cards.read.cardOf([card]);
    expect([status, redeemed, refunded]).to.deep.equal([CARD_STATUS.ENDED, 30_000n, 70_000n]);
  });

  it("A-32: given bonus and entries that stand and fall, what is paid and earned adds up to the fen", async () => {
    const f = await fixture();
    const card = await f.sell({ paid: 10_000n, face: 13_333n });
    await f.use(card, 1_111n);
    await f.openEntry(card, 777n);
    await f.openEntry(card, 555n);
    const refund = await f.request(card, CAUSE.NEUTRAL);
    await f.refunds.write.accept([refund], f.agent);
    await f.entryStands(card, 777n);
    await f.entryFalls(card, 555n);
    await f.refunds.write.settle([refund], f.holder);
    const value = (10_000n * (1_111n + 777n)) / 13_333n;
    const { status, redeemed, refunded } = await f.cards.read.cardOf([card]);
    expect([status, redeemed, refunded]).to.deep.equal([CARD_STATUS.ENDED, value, 10_000n - value]);
    expect((await f.refunds.read.refundOf([refund])).principal).to.equal(10_000n - value);
  });

  it("A-32: given an open entry too small to hold a fen, pays all and ends the card when it is decided", async () => {
    const f = await fixture();
    const card = await f.sell({ paid: 1_000n, face: 2_000n });
    await f.openEntry(card, 1n);
    const refund = await f.request(card, CAUSE.NEUTRAL);
    await f.refunds.write.accept([refund], f.agent);
    const { status, paidFromCustody } = await f.refunds.read.refundOf([refund]);
    expect([status, paidFromCustody]).to.deep.equal([REFUND.APPROVED, 1_000n]);
    expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDING);
    await f.entryStands(card, 1n);
    const events = await eventsOf(f.connection, f.refunds.write.settle([refund], f.holder), f.refunds);
    expect(events).to.deep.equal([["RefundCompleted", { refund, principal: 1_000n, interest: 0n }]]);
    expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDED);
  });

  it("A-33: given the consumer's cause and an open entry, waits for its list price and then pays", async () => {
    const f = await fixture();
    const card = await f.sell();
    await f.openEntry(card, 30_000n);
    const quote = await f.refunds.read.quote([card, CAUSE.CONSUMER]);
    expect([quote.awaitsEntries, quote.principal]).to.deep.equal([true, 70_000n]);
    const refund = await f.request(card, CAUSE.CONSUMER);
    const waiting = await f.refunds.read.refundOf([refund]);
    expect([waiting.status, waiting.awaitsEntries, waiting.principal, waiting.earned]).to.deep.equal([
      REFUND.APPROVED,
      true,
      0n,
      0n,
    ]);
    await expectRevert(f.refunds.write.settle([refund], f.holder), f.refunds, "RefundsNothingToSettle", [refund]);
    await f.entryStands(card, 20_000n, 35_000n);
    await expectRevert(f.refunds.write.settle([refund], f.holder), f.refunds, "RefundsNothingToSettle", [refund]);
    await f.entryFalls(card, 10_000n);
    expect(await f.refunds.read.owedOf([refund])).to.deep.equal([65_000n, 0n]);
    await f.refunds.write.settle([refund], f.holder);
    const paid = await f.refunds.read.refundOf([refund]);
    expect([paid.status, paid.awaitsEntries, paid.principal, paid.kept, paid.earned]).to.deep.equal([
      REFUND.PAID,
      false,
      65_000n,
      15_000n,
      15_000n,
    ]);
    expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDED);
  });

  it("A-34: given the consumer's cause and an entry that uses up the payment at the list price, ends with nothing", async () => {
    const f = await fixture();
    const card = await f.sell();
    await f.openEntry(card, 60_000n);
    const refund = await f.request(card, CAUSE.CONSUMER);
    await f.entryStands(card, 60_000n, 100_000n);
    const events = await eventsOf(f.connection, f.refunds.write.settle([refund], f.agent), f.refunds);
    expect(events).to.deep.equal([
      ["RefundAdjusted", { refund, principal: 0n }],
      ["RefundEarned", { refund, amount: 40_000n }],
      ["RefundCompleted", { refund, principal: 0n, interest: 0n }],
    ]);
  });

  it("A-36: given gifts and the consumer's cause with an open entry, takes the gifts off when the entry is decided", async () => {
    const f = await fixture();
    const card = await f.sell();
    await f.openEntry(card, 30_000n);
    const refund = await f.request(card, CAUSE.NEUTRAL);
    const ruling = rulingOf(CAUSE.CONSUMER, { giftDeduction: 5_000n });
    await f.refunds.write.rule([refund, ruling], f.arbiter);
    expect((await f.refunds.read.refundOf([refund])).kept).to.equal(5_000n);
    await f.entryStands(card, 30_000n, 40_000n);
    await f.refunds.write.settle([refund], f.holder);
    const paid = await f.refunds.read.refundOf([refund]);
    expect([paid.principal, paid.kept, paid.earned]).to.deep.equal([55_000n, 15_000n, 15_000n]);
  });

  it("A-36: given gifts worth more than what is free, takes the rest off what entries free later", async () => {
    const f = await fixture();
    const card = await f.sell();
    await f.openEntry(card, 95_000n);
    const refund = await f.request(card, CAUSE.NEUTRAL);
    const ruling = rulingOf(CAUSE.OPERATOR, { giftDeduction: 8_000n });
    await f.refunds.write.rule([refund, ruling], f.arbiter);
    const first = await f.refunds.read.refundOf([refund]);
    expect([first.principal, first.earned]).to.deep.equal([0n, 5_000n]);
    await f.entryFalls(card, 2_000n);
    await f.refunds.write.settle([refund], f.holder);
    const second = await f.refunds.read.refundOf([refund]);
    expect([second.principal, second.earned]).to.deep.equal([0n, 7_000n]);
    await f.entryFalls(card, 93_000n);
    await f.refunds.write.settle([refund], f.holder);
    const last = await f.refunds.read.refundOf([refund]);
    expect([last.principal, last.earned, last.status]).to.deep.equal([92_000n, 8_000n, REFUND.PAID]);
  });

  it("A-35: given a pass with days accrued beyond the stop that then fall, they lower the merchant's own debt first", async () => {
    const f = await fixture();
    const card = await f.sell({ kind: CARD_KIND.PERIOD, paid: 365_000n, face: 365n * DAY });
    const { soldAt } = await f.cards.read.cardOf([card]);
    await f.time.increaseTo(soldAt + 100n * DAY);
    await f.openEntry(card, 100n * DAY);
    await f.register.write.recordStop([f.merchant, soldAt + 60n * DAY, digestOf("stop")], f.arbiter);
    const refund = await f.request(card, CAUSE.OPERATOR);
    const first = await f.refunds.read.refundOf([refund]);
    expect([first.principal, first.paidFromCustody]).to.deep.equal([305_000n, 265_000n]);
    await f.entryFalls(card, 30n * DAY);
    await f.refunds.write.settle([refund], f.holder);
    const second = await f.refunds.read.refundOf([refund]);
    expect([second.principal, second.paidFromCustody]).to.deep.equal([305_000n, 295_000n]);
    await f.entryFalls(card, 50n * DAY);
    await f.refunds.write.settle([refund], f.holder);
    const third = await f.refunds.read.refundOf([refund]);
    // 20 days stand: 40 of the 60 served days fell too.
    expect([third.principal, third.paidFromCustody]).to.deep.equal([345_000n, 345_000n]);
    await f.entryStands(card, 20n * DAY, 0n);
    await f.refunds.write.settle([refund], f.agent);
    expect((await f.refunds.read.refundOf([refund])).status).to.equal(REFUND.PAID);
    const { status, redeemed, refunded } = await f.cards.read.cardOf([card]);
    expect([status, redeemed, refunded]).to.deep.equal([CARD_STATUS.ENDED, 20_000n, 345_000n]);
  });

  it("A-35: given a debt beyond the card that the merchant paid, what falls later is the merchant's", async () => {
    const f = await fixture();
    const card = await f.sell({ kind: CARD_KIND.PERIOD, paid: 365_000n, face: 365n * DAY });
    const { soldAt } = await f.cards.read.cardOf([card]);
    await f.time.increaseTo(soldAt + 100n * DAY);
    await f.openEntry(card, 100n * DAY);
    await f.register.write.recordStop([f.merchant, soldAt + 60n * DAY, digestOf("stop")], f.arbiter);
    const refund = await f.request(card, CAUSE.OPERATOR);
    await f.refunds.write.pay([refund], f.agent);
    await f.entryFalls(card, 40n * DAY);
    const events = await eventsOf(f.connection, f.refunds.write.settle([refund], f.agent), f.refunds);
    expect(events).to.deep.equal([["RefundEarned", { refund, amount: 40_000n }]]);
    await f.entryStands(card, 60n * DAY, 0n);
    await f.refunds.write.settle([refund], f.agent);
    const { status, redeemed, refunded } = await f.cards.read.cardOf([card]);
    expect([status, redeemed, refunded]).to.deep.equal([CARD_STATUS.ENDED, 100_000n, 265_000n]);
    expect((await f.refunds.read.refundOf([refund])).principal).to.equal(305_000n);
  });

  it("given a custody that is short, pays what comes in, and the book keeps the rest", async () => {
    const f = await fixture();
    const card = await f.sell({ custody: 40_000n });
    const refund = await f.request(card, CAUSE.CONSUMER);
    expect((await f.refunds.read.refundOf([refund])).paidFromCustody).to.equal(40_000n);
    expect(await f.cards.read.principalOf([card])).to.equal(60_000n);
    expect(await f.balances()).to.deep.equal({ vault: 0n, holder: 40_000n, book: 60_000n });
    await expectRevert(f.refunds.write.settle([refund], f.holder), f.refunds, "RefundsNothingToSettle", [refund]);
    await f.fill(25_000n);
    await f.refunds.write.settle([refund], f.holder);
    expect(await f.balances()).to.deep.equal({ vault: 0n, holder: 65_000n, book: 35_000n });
    await f.fill(50_000n);
    await f.refunds.write.settle([refund], f.holder);
    expect(await f.balances()).to.deep.equal({ vault: 15_000n, holder: 100_000n, book: 0n });
    expect((await f.refunds.read.refundOf([refund])).status).to.equal(REFUND.PAID);
  });

  it("A-47: given an account lost while the refund is paid, pays the account that the card was reissued to", async () => {
    const f = await fixture();
    const card = await f.sell({ custody: 40_000n });
    const refund = await f.request(card, CAUSE.CONSUMER);
    const to = f.accounts.consumer2.address;
    const identity = digestOf(`identity of ${f.accounts.consumer.address}`);
    await f.cards.write.reissue([card, to, identity], f.platform);
    await f.fill(60_000n);
    await expectRevert(f.refunds.write.settle([refund], f.holder), f.refunds, "RefundsNotParty", [
      refund,
      f.accounts.consumer.address,
    ]);
    await f.refunds.write.settle([refund], f.other);
    expect(await f.token.read.balanceOf([to])).to.equal(60_000n);
    expect(normalise((await f.refunds.read.refundOf([refund])).holder)).to.equal(normalise(to));
  });
});
