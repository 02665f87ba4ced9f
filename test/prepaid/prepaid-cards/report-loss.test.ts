import { expect } from "chai";
import { bearerOrder, CARD_STATUS, deployCards, storedOrder } from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  return { ...shop, card: await shop.sell(storedOrder()), id: shop.sale().buyerId };
});

describe("PrepaidCards.reportLoss", () => {
  it("refuses a card that was not sold, and everyone but holder and platform", async () => {
    const { cards, card, accounts, asConsumer } = await fixture();
    await expectRevert(cards.write.reportLoss([99n], asConsumer), cards, "CardLedgerUnknownCard", [99n]);
    for (const account of [accounts.consumer2, accounts.agent, accounts.regulator]) {
      await expectRevert(cards.write.reportLoss([card], { account }), cards, "PrepaidCardsNotHolder", [
        card,
        account.address,
      ]);
    }
  });

  it("A-47: refuses a bearer card", async () => {
    const { cards, sell, asConsumer, asPlatform } = await fixture();
    const bearer = await sell(bearerOrder());
    for (const by of [asConsumer, asPlatform]) {
      await expectRevert(cards.write.reportLoss([bearer], by), cards, "PrepaidCardsWrongForm", [bearer, 1]);
    }
  });

  it("refuses a card that is lost already or ending", async () => {
    const { cards, card, asConsumer, asOperator } = await fixture();
    await cards.write.reportLoss([card], asConsumer);
    await expectRevert(cards.write.reportLoss([card], asConsumer), cards, "CardLedgerWrongStatus", [
      card,
      CARD_STATUS.LOST,
    ]);
    await cards.write.withdrawLoss([card], asConsumer);
    await cards.write.beginEnding([card, 4], asOperator);
    await expectRevert(cards.write.reportLoss([card], asConsumer), cards, "CardLedgerWrongStatus", [
      card,
      CARD_STATUS.ENDING,
    ]);
  });

  it("A-47: stops the card, for the holder and for the platform", async () => {
    const { connection, cards, card, accounts, asConsumer, asPlatform, asOperator } = await fixture();
    await cards.write.reserve([card, 8n], asOperator);
    await expectEvents(connection, cards.write.reportLoss([card], asConsumer), [
      event(cards, "CardReportedLost", { card, by: accounts.consumer.address }),
    ]);
    expect((await cards.read.cardOf([card])).status).to.equal(CARD_STATUS.LOST);
    const refused = [card, CARD_STATUS.LOST] as const;
    await expectRevert(cards.write.reserve([card, 1n], asOperator), cards, "CardLedgerWrongStatus", refused);
    await expectRevert(cards.write.consume([card, 1n, 1n, false], asOperator), cards, "CardLedgerWrongStatus", refused);
    await expectRevert(cards.write.beginEnding([card, 3], asOperator), cards, "CardLedgerWrongStatus", refused);
    // What was rendered before is redeemed.
    await cards.write.consume([card, 8n, 8n, true], asOperator);
    await cards.write.withdrawLoss([card], asConsumer);
    await expectEvents(connection, cards.write.reportLoss([card], asPlatform), [
      event(cards, "CardReportedLost", { card, by: accounts.platform.address }),
    ]);
  });
});
