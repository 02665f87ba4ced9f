import { expect } from "chai";
import { DAY } from "../../fixtures/prepaid.ts";
import {
  bearerOrder,
  CARD_STATUS,
  CONSUMER_KEY,
  deployCards,
  NO_DIGEST,
  periodOrder,
  storedOrder,
  visitsOrder,
  ZERO,
} from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** A stored-value card of 3,000 CNY with a bonus of 1,000, of which 3,594 are used: 304.50 are left (SPC Art 18(2)). */
const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  const card = await shop.sell(storedOrder());
  await shop.cards.write.consume([card, 359_400n, 400_000n, false], shop.asOperator);
  return { ...shop, card };
});

describe("PrepaidSales.topUp", () => {
  it("refuses a card that was not sold, and everyone but the merchant's agent", async () => {
    const { sales, cards, topUp, card, merchant, accounts, asAgent } = await fixture();
    await expectRevert(sales.write.topUp([topUp(99n)], asAgent), cards, "CardLedgerUnknownCard", [99n]);
    for (const account of [accounts.agent2, accounts.consumer, accounts.platform]) {
      await expectRevert(sales.write.topUp([topUp(card)], { account }), sales, "PrepaidSalesNotAgent", [
        merchant,
        account.address,
      ]);
    }
  });

  it("refuses to move more into custody than is paid", async () => {
    const { sales, topUp, card, asAgent } = await fixture();
    await expectRevert(
      sales.write.topUp([topUp(card, { toCustody: 100_001n })], asAgent),
      sales,
      "PrepaidSalesCustodyAboveTotal",
      [100_000n, 100_001n],
    );
  });

  it("A-13: refuses a merchant that may not take prepayments", async () => {
    const { sales, register, topUp, card, merchant, asAgent, accounts } = await fixture();
    await register.write.refuse([merchant, 5, topUp(card).contractDigest], { account: accounts.regulator });
    await expectRevert(sales.write.topUp([topUp(card)], asAgent), register, "MerchantRegisterRefused", [merchant, 5]);
  });

  it("A-04: refuses what the sale rules refuse", async () => {
    const { sales, saleRules, topUp, card, asAgent } = await fixture();
    const paid = 500_000n - 30_450n + 1n;
    await expectRevert(sales.write.topUp([topUp(card, { paid, face: paid })], asAgent), saleRules, "SaleRulesCardCap", [
      0n,
      0,
      500_001n,
      500_000n,
    ]);
  });

  it("refuses a card that is lost, ending or ended", async () => {
    const { sales, cards, topUp, card, asAgent, asOperator, asConsumer } = await fixture();
    await cards.write.reportLoss([card], asConsumer);
    await expectRevert(sales.write.topUp([topUp(card)], asAgent), cards, "CardLedgerWrongStatus", [
      card,
      CARD_STATUS.LOST,
    ]);
    await cards.write.withdrawLoss([card], asConsumer);
    await cards.write.beginEnding([card, 4], asOperator);
    await expectRevert(sales.write.topUp([topUp(card)], asAgent), cards, "CardLedgerWrongStatus", [
      card,
      CARD_STATUS.ENDING,
    ]);
    await cards.write.repay([card, 30_450n], asOperator);
    await cards.write.finishEnding([card], asOperator);
    await expectRevert(sales.write.topUp([topUp(card)], asAgent), cards, "CardLedgerWrongStatus", [
      card,
      CARD_STATUS.ENDED,
    ]);
  });

  it("A-07: refuses an expired bearer card until it is reactivated, from the very second", async () => {
    const { sales, cards, topUp, sell, time, asAgent, now } = await fixture();
    const expiresAt = (await now()) + 1_200n * DAY;
    const bearer = await sell(bearerOrder({ expiresAt }), { consumerKey: ZERO, buyerId: NO_DIGEST });
    const order = topUp(bearer, { paid: 10n, face: 10n });
    await time.setNextBlockTimestamp(expiresAt - 1n);
    await sales.write.topUp([order], asAgent);
    await time.setNextBlockTimestamp(expiresAt);
    await expectRevert(sales.write.topUp([order], asAgent), cards, "CardLedgerExpired", [bearer, expiresAt]);
    await cards.write.reactivate([bearer], asAgent);
    await sales.write.topUp([order], asAgent);
    expect(await cards.read.principalOf([bearer])).to.equal(50_020n);
  });

  it("A-20: refuses a top-up that leaves the merchant short of its requirement", async () => {
    const { sales, topUp, card, merchant, publish, asAgent } = await fixture();
    await publish("CN-GZ", { "prepaid.ratio.trade": 500_000n });
    // Half of 130,450 fen.
    await expectRevert(
      sales.write.topUp([topUp(card, { toCustody: 65_224n })], asAgent),
      sales,
      "PrepaidSalesCustodyShort",
      [merchant, 65_225n, 65_224n],
    );
    await sales.write.topUp([topUp(card, { toCustody: 65_225n })], asAgent);
  });

  it("A-32: starts a tranche with what was left, at its worth, and what is added", async () => {
    const { connection, sales, cards, book, custody, code, token, topUp, card, merchant, accounts, time, asAgent } =
      await fixture();
    await cards.write.reserve([card, 600n], { account: accounts.alice });
    const { vault } = await custody.read.accountOf([merchant]);
    const order = topUp(card, { paid: 100_000n, face: 150_000n, toCustody: 130_450n - 30_450n });
    const at = BigInt(await time.latest()) + 7n;
    await time.setNextBlockTimestamp(at);
    await expectEvents(connection, sales.write.topUp([order], asAgent), [
      event(cards, "CardToppedUp", { card, topUp: order, principal: 130_450n, face: 190_600n }),
      event(book, "BookPaid", { merchant, amount: 100_000n, newCards: 0n, balance: 130_450n }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey: CONSUMER_KEY,
        exposure: {
          storedPrincipal: 130_450n,
          visitsPrincipal: 0n,
          periodPrincipal: 0n,
          visitsLeft: 0n,
          periodEndsAt: 0n,
        },
      }),
      event(custody, "Collected", { merchant, payer: accounts.agent.address, amount: 100_000n }),
      event(code, "ColourChanged", { merchant, from: 1, to: 2, balance: 130_450n, custody: 100_000n, cover: 0n }),
      event(token, "Transfer", { from: accounts.agent.address, to: vault, value: 100_000n }),
    ]);
    const after = await cards.read.cardOf([card]);
    expect({
      paidTotal: after.paidTotal,
      principal: after.principal,
      redeemed: after.redeemed,
      tranchePaid: after.tranchePaid,
      trancheFace: after.trancheFace,
      trancheUsed: after.trancheUsed,
      reserved: after.reserved,
      lastTopUpPaid: after.lastTopUpPaid,
      lastTopUpFace: after.lastTopUpFace,
      toppedUpAt: after.toppedUpAt,
      listUsed: after.listUsed,
      contractDigest: after.contractDigest,
    }).to.deep.equal({
      paidTotal: 400_000n,
      principal: 130_450n,
      redeemed: 269_550n,
      tranchePaid: 130_450n,
      trancheFace: 190_600n,
      trancheUsed: 0n,
      reserved: 600n,
      lastTopUpPaid: 100_000n,
      lastTopUpFace: 150_000n,
      toppedUpAt: at,
      listUsed: 400_000n,
      contractDigest: order.contractDigest,
    });
    expect(after.soldAt < at && after.startsAt === after.soldAt).to.equal(true);
  });

  it("adds visits to visits", async () => {
    const { sales, cards, book, topUp, sell, merchant, asAgent, asOperator } = await fixture();
    const visits = await sell(visitsOrder());
    await cards.write.consume([visits, 3n, 45_000n, false], asOperator);
    await sales.write.topUp([topUp(visits, { paid: 30_000n, face: 4n })], asAgent);
    const after = await cards.read.cardOf([visits]);
    expect([after.tranchePaid, after.trancheFace, after.trancheUsed]).to.deep.equal([100_000n, 11n, 0n]);
    const { visitsLeft, visitsPrincipal } = await book.read.exposureOf([merchant, CONSUMER_KEY]);
    expect([visitsLeft, visitsPrincipal]).to.deep.equal([11n, 100_000n]);
  });

  it("A-35: runs a pass on from its end, with what was accrued behind it", async () => {
    const { sales, cards, book, topUp, sell, merchant, time, asAgent, asOperator } = await fixture();
    const pass = await sell(periodOrder());
    const { startsAt } = await cards.read.cardOf([pass]);
    await cards.write.consume([pass, 40n * DAY, 0n, false], asOperator);
    await time.setNextBlockTimestamp(startsAt + 50n * DAY);
    await sales.write.topUp([topUp(pass, { paid: 60_000n, face: 20n * DAY })], asAgent);
    const after = await cards.read.cardOf([pass]);
    // Accrued up to day 40; 60 days were left, 20 are added: the end is day 120.
    expect([after.startsAt, after.trancheFace, after.trancheUsed, after.tranchePaid]).to.deep.equal([
      startsAt + 40n * DAY,
      80n * DAY,
      0n,
      180_000n,
    ]);
    const { periodEndsAt } = await book.read.exposureOf([merchant, CONSUMER_KEY]);
    expect(periodEndsAt).to.equal(startsAt + 120n * DAY);
  });

  it("A-35: runs a pass that had ended on from now", async () => {
    const { sales, cards, topUp, sell, time, asAgent, asOperator } = await fixture();
    const pass = await sell(periodOrder());
    const { startsAt } = await cards.read.cardOf([pass]);
    await cards.write.consume([pass, 90n * DAY, 0n, false], asOperator);
    const end = startsAt + 100n * DAY;
    await time.setNextBlockTimestamp(end);
    await sales.write.topUp([topUp(pass, { paid: 60_000n, face: 20n * DAY })], asAgent);
    const first = await cards.read.cardOf([pass]);
    expect([first.startsAt, first.trancheFace]).to.deep.equal([startsAt + 90n * DAY, 30n * DAY]);
    // Ends on day 120; a year later the ten days that nobody accrued lie before now, the new term behind it.
    const later = end + 365n * DAY;
    await time.setNextBlockTimestamp(later);
    await sales.write.topUp([topUp(pass, { paid: 60_000n, face: 20n * DAY })], asAgent);
    const second = await cards.read.cardOf([pass]);
    expect([second.startsAt + second.trancheFace, second.trancheFace]).to.deep.equal([later + 20n * DAY, 50n * DAY]);
  });

  it("refuses a pass that would end after the last moment of 64 bits", async () => {
    const { sales, cards, topUp, sell, asAgent, sale, now, time } = await fixture();
    const pass = await sell(periodOrder());
    const { startsAt } = await cards.read.cardOf([pass]);
    const face = 2n ** 64n - startsAt - 100n * DAY;
    await expectRevert(sales.write.topUp([topUp(pass, { face })], asAgent), cards, "SafeCastOverflowedUintDowncast", [
      64,
      2n ** 64n,
    ]);
    const at = (await now()) + 10n;
    await time.setNextBlockTimestamp(at);
    const anonymous = { consumerKey: ZERO, buyerId: NO_DIGEST };
    const bearerPass = periodOrder({ form: 1, paid: 10n, face: 2n ** 64n - at });
    await expectRevert(
      sales.write.sell([sale(anonymous), [bearerPass]], asAgent),
      cards,
      "SafeCastOverflowedUintDowncast",
      [64, 2n ** 64n],
    );
  });
});
