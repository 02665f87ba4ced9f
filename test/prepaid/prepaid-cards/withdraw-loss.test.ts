import { expect } from "chai";
import { CARD_STATUS, deployCards, storedOrder } from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  return { ...shop, card: await shop.sell(storedOrder()), id: shop.sale().buyerId };
});

describe("PrepaidCards.withdrawLoss", () => {
  it("refuses a card that was not sold, everyone but holder and platform, and a card that is not lost", async () => {
    const { cards, card, accounts, asConsumer, asPlatform } = await fixture();
    await expectRevert(cards.write.withdrawLoss([99n], asConsumer), cards, "CardLedgerUnknownCard", [99n]);
    await expectRevert(cards.write.withdrawLoss([card], { account: accounts.agent }), cards, "PrepaidCardsNotHolder", [
      card,
      accounts.agent.address,
    ]);
    for (const by of [asConsumer, asPlatform]) {
      await expectRevert(cards.write.withdrawLoss([card], by), cards, "CardLedgerWrongStatus", [
        card,
        CARD_STATUS.ACTIVE,
      ]);
    }
  });

  it("A-47: refuses the account whose loss the platform reported, which may be in wrong hands", async () => {
    const { connection, cards, card, accounts, asConsumer, asPlatform } = await fixture();
    await cards.write.reportLoss([card], asPlatform);
    await expectRevert(cards.write.withdrawLoss([card], asConsumer), cards, "PrepaidCardsReportedByPlatform", [card]);
    await expectEvents(connection, cards.write.withdrawLoss([card], asPlatform), [
      event(cards, "CardLossWithdrawn", { card, by: accounts.platform.address }),
    ]);
    await cards.write.reportLoss([card], asConsumer);
    await cards.write.withdrawLoss([card], asConsumer);
    expect((await cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ACTIVE);
  });

  it("puts the card back into use", async () => {
    const { connection, cards, card, accounts, asConsumer, asOperator } = await fixture();
    await cards.write.reportLoss([card], asConsumer);
    await expectEvents(connection, cards.write.withdrawLoss([card], asConsumer), [
      event(cards, "CardLossWithdrawn", { card, by: accounts.consumer.address }),
    ]);
    await cards.write.reserve([card, 1n], asOperator);
    expect((await cards.read.cardOf([card])).reserved).to.equal(1n);
  });
});
