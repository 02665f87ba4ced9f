import { expect } from "chai";
import { deployCardLedger, NO_EXPOSURE } from "../../fixtures/card-ledger.ts";
import { DAY } from "../../fixtures/prepaid.ts";
import { CARD_STATUS, CONSUMER_KEY } from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** The stored-value card has 300,000 fen for 400,000 and is topped up by 100,000 fen for 200,000: 400,000 fen for 600,000. */
const fixture = defineFixture(async (connection) => {
  const ledger = await deployCardLedger(connection);
  const order = ledger.topUp(ledger.stored, { paid: 100_000n, face: 200_000n });
  await ledger.sales.write.topUp([order], ledger.asAgent);
  return {
    ...ledger,
    card: ledger.stored,
    trancheOf: async (id: bigint) => {
      const { principal, tranchePaid, trancheFace, trancheUsed, reserved, lastTopUpPaid, lastTopUpFace } =
        await ledger.cards.read.cardOf([id]);
      return { principal, tranchePaid, trancheFace, trancheUsed, reserved, lastTopUpPaid, lastTopUpFace };
    },
  };
});

describe("CardLedger.unwindTopUp", () => {
  it("refuses a card that was not sold, one that is not in use, and one under open claims", async () => {
    const { cards, card, merchant, openClaims, asConsumer, asOperator } = await fixture();
    await expectRevert(cards.write.unwindTopUp([99n, 1n], asOperator), cards, "CardLedgerUnknownCard", [99n]);
    await cards.write.reportLoss([card], asConsumer);
    await expectRevert(cards.write.unwindTopUp([card, 1n], asOperator), cards, "CardLedgerWrongStatus", [
      card,
      CARD_STATUS.LOST,
    ]);
    await cards.write.withdrawLoss([card], asConsumer);
    await openClaims();
    await expectRevert(cards.write.unwindTopUp([card, 1n], asOperator), cards, "CardLedgerClaimsOpen", [
      card,
      merchant,
    ]);
  });

  it("refuses nothing, a card that was not topped up, and a fen more than is left of the top-up", async () => {
    const { cards, card, visits, asOperator } = await fixture();
    await expectRevert(cards.write.unwindTopUp([card, 0n], asOperator), cards, "CardLedgerPrincipalShort", [
      card,
      100_000n,
      0n,
    ]);
    await expectRevert(cards.write.unwindTopUp([visits, 1n], asOperator), cards, "CardLedgerPrincipalShort", [
      visits,
      0n,
      1n,
    ]);
    await expectRevert(cards.write.unwindTopUp([card, 100_001n], asOperator), cards, "CardLedgerPrincipalShort", [
      card,
      100_000n,
      100_001n,
    ]);
  });

  it("A-28: takes an unused top-up back whole: the card is as it was before", async () => {
    const { connection, cards, book, card, pass, merchant, trancheOf, asOperator } = await fixture();
    const { startsAt } = await cards.read.cardOf([pass]);
    expect(await cards.read.topUpLeftOf([card])).to.deep.equal([100_000n, 200_000n]);
    await expectEvents(connection, cards.write.unwindTopUp([card, 100_000n], asOperator), [
      event(cards, "CardTopUpUnwound", { card, principal: 100_000n, face: 200_000n }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey: CONSUMER_KEY,
        exposure: {
          ...NO_EXPOSURE,
          storedPrincipal: 300_000n,
          visitsPrincipal: 100_000n,
          periodPrincipal: 200_000n,
          visitsLeft: 10n,
          periodEndsAt: startsAt + 100n * DAY,
        },
      }),
      event(book, "BookRefunded", { merchant, amount: 100_000n, balance: 600_000n }),
    ]);
    expect(await trancheOf(card)).to.deep.equal({
      principal: 300_000n,
      tranchePaid: 300_000n,
      trancheFace: 400_000n,
      trancheUsed: 0n,
      reserved: 0n,
      lastTopUpPaid: 0n,
      lastTopUpFace: 0n,
    });
    const after = await cards.read.cardOf([card]);
    expect([after.status, after.refunded, after.paidTotal]).to.deep.equal([CARD_STATUS.ACTIVE, 100_000n, 400_000n]);
    await expectRevert(cards.write.unwindTopUp([card, 1n], asOperator), cards, "CardLedgerPrincipalShort", [
      card,
      0n,
      1n,
    ]);
  });

  it("A-30: of what was used since, old and new money bear their part; principal rounds up, for the holder", async () => {
    const { cards, card, trancheOf, asOperator } = await fixture();
    // 100,001 of 600,000 used: floor(66,667.33) = 66,667 fen redeemed, 333,333 left.
    await cards.write.consume([card, 100_001n, 0n, false], asOperator);
    // ceil(100,000 x 499,999 / 600,000), floor(200,000 x 499,999 / 600,000)
    expect(await cards.read.topUpLeftOf([card])).to.deep.equal([83_334n, 166_666n]);
    await expectRevert(cards.write.unwindTopUp([card, 83_335n], asOperator), cards, "CardLedgerPrincipalShort", [
      card,
      83_334n,
      83_335n,
    ]);
    await cards.write.unwindTopUp([card, 83_334n], asOperator);
    expect(await trancheOf(card)).to.deep.equal({
      principal: 249_999n,
      tranchePaid: 249_999n,
      trancheFace: 333_333n,
      trancheUsed: 0n,
      reserved: 0n,
      lastTopUpPaid: 0n,
      lastTopUpFace: 0n,
    });
  });

  it("takes a top-up back in parts, as custody or the merchant pays", async () => {
    const { cards, card, trancheOf, asOperator } = await fixture();
    await cards.write.unwindTopUp([card, 33_333n], asOperator);
    // floor(200,000 x 33,333 / 100,000) = 66,666 of face.
    expect(await trancheOf(card)).to.deep.equal({
      principal: 366_667n,
      tranchePaid: 366_667n,
      trancheFace: 533_334n,
      trancheUsed: 0n,
      reserved: 0n,
      lastTopUpPaid: 66_667n,
      lastTopUpFace: 133_334n,
    });
    expect(await cards.read.topUpLeftOf([card])).to.deep.equal([66_667n, 133_334n]);
    await cards.write.unwindTopUp([card, 66_667n], asOperator);
    expect(await trancheOf(card)).to.deep.include({ principal: 300_000n, trancheFace: 400_000n });
  });

  it("leaves face on the card that is set aside, and principal that is set aside", async () => {
    const { cards, card, trancheOf, asOperator } = await fixture();
    await cards.write.reserve([card, 500_000n], asOperator);
    // floor(400,000 x 500 / 600) = 333,333 fen are set aside.
    await expectRevert(cards.write.unwindTopUp([card, 66_668n], asOperator), cards, "CardLedgerPrincipalShort", [
      card,
      66_667n,
      66_668n,
    ]);
    await cards.write.unwindTopUp([card, 66_667n], asOperator);
    expect(await trancheOf(card)).to.deep.equal({
      principal: 333_333n,
      tranchePaid: 333_333n,
      trancheFace: 500_000n,
      trancheUsed: 0n,
      reserved: 500_000n,
      lastTopUpPaid: 33_333n,
      lastTopUpFace: 100_000n,
    });
    await cards.write.consume([card, 500_000n, 0n, true], asOperator);
    expect(await trancheOf(card)).to.deep.include({ principal: 0n });
  });

  it("takes visits and the term of a pass back too", async () => {
    const { cards, sales, book, topUp, visits, pass, merchant, trancheOf, asAgent, asOperator } = await fixture();
    await sales.write.topUp([topUp(visits, { paid: 40_000n, face: 5n })], asAgent);
    await cards.write.unwindTopUp([visits, 40_000n], asOperator);
    expect(await trancheOf(visits)).to.deep.include({ principal: 100_000n, trancheFace: 10n });
    expect((await book.read.exposureOf([merchant, CONSUMER_KEY])).visitsLeft).to.equal(10n);

    const { startsAt } = await cards.read.cardOf([pass]);
    await cards.write.consume([pass, 10n * DAY, 0n, false], asOperator);
    await sales.write.topUp([topUp(pass, { paid: 60_000n, face: 30n * DAY })], asAgent);
    await cards.write.consume([pass, 12n * DAY, 0n, false], asOperator);
    await cards.write.unwindTopUp([pass, 54_000n], asOperator);
    const after = await cards.read.cardOf([pass]);
    // 12 of 120 days are used: a tenth of the top-up, 3 days, is; 27 go back. It ran 22 days and runs 81 more.
    expect([after.startsAt, after.trancheFace]).to.deep.equal([startsAt + 22n * DAY, 81n * DAY]);
  });
});
