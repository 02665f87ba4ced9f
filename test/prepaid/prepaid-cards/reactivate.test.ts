import { expect } from "chai";
import { DAY } from "../../fixtures/prepaid.ts";
import { bearerOrder, CARD_STATUS, deployCards, storedOrder } from "../../fixtures/prepaid-cards.ts";
import { china } from "../../fixtures/sale-rules.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const EXPIRES = china("2033-06-30", "12:00:00");

const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  return { ...shop, card: await shop.sell(bearerOrder({ expiresAt: EXPIRES })) };
});

describe("PrepaidCards.reactivate", () => {
  it("refuses a card that was not sold, and everyone but holder and agent", async () => {
    const { cards, card, accounts, asConsumer, time } = await fixture();
    await time.increaseTo(EXPIRES);
    await expectRevert(cards.write.reactivate([99n], asConsumer), cards, "CardLedgerUnknownCard", [99n]);
    for (const account of [accounts.consumer2, accounts.agent2, accounts.platform]) {
      await expectRevert(cards.write.reactivate([card], { account }), cards, "PrepaidCardsNotHolder", [
        card,
        account.address,
      ]);
    }
  });

  it("refuses a card whose term is not over, to the last second, and one without a term", async () => {
    const { cards, card, sell, asConsumer, time } = await fixture();
    const open = await sell(storedOrder());
    await time.setNextBlockTimestamp(EXPIRES - 1n);
    await expectRevert(cards.write.reactivate([card], asConsumer), cards, "PrepaidCardsNotExpired", [card, EXPIRES]);
    await expectRevert(cards.write.reactivate([open], asConsumer), cards, "PrepaidCardsNotExpired", [open, 0n]);
  });

  it("refuses a card that is ending", async () => {
    const { cards, card, asConsumer, asOperator, time } = await fixture();
    await time.increaseTo(EXPIRES);
    await cards.write.beginEnding([card, 4], asOperator);
    await expectRevert(cards.write.reactivate([card], asConsumer), cards, "CardLedgerWrongStatus", [
      card,
      CARD_STATUS.ENDING,
    ]);
  });

  it("A-07: gives a new term from the time of the call on; the balance is not lost", async () => {
    const { connection, cards, card, asConsumer, asOperator, time } = await fixture();
    await time.setNextBlockTimestamp(EXPIRES);
    const expired = [card, EXPIRES] as const;
    await expectRevert(cards.write.reserve([card, 1n], asOperator), cards, "CardLedgerExpired", expired);
    await expectRevert(cards.write.consume([card, 1n, 1n, false], asOperator), cards, "CardLedgerExpired", expired);
    const { networkHelpers } = connection;
    await networkHelpers.time.setNextBlockTimestamp(EXPIRES + 2n * DAY);
    const expiresAt = china("2036-07-02", "12:00:00");
    await expectEvents(connection, cards.write.reactivate([card], asConsumer), [
      event(cards, "CardReactivated", { card, expiresAt }),
    ]);
    expect((await cards.read.cardOf([card])).expiresAt).to.equal(expiresAt);
    expect(await cards.read.principalOf([card])).to.equal(50_000n);
    await cards.write.reserve([card, 1n], asOperator);
  });

  it("A-07: reactivates in the very second in which the card expires", async () => {
    const { cards, card, asConsumer, time } = await fixture();
    await time.setNextBlockTimestamp(EXPIRES);
    await cards.write.reactivate([card], asConsumer);
    expect((await cards.read.cardOf([card])).expiresAt).to.equal(china("2036-06-30", "12:00:00"));
  });

  it("A-07: takes the merchant's agent, and gives no term where the policy sets none", async () => {
    const { connection, cards, card, publish, asAgent, time } = await fixture();
    await time.increaseTo(EXPIRES);
    await publish("CN-GZ", { "prepaid.bearer.minMonths": 0n });
    await expectEvents(connection, cards.write.reactivate([card], asAgent), [
      event(cards, "CardReactivated", { card, expiresAt: 0n }),
    ]);
  });

  it("A-07: lets an expired card be refunded, and what was set aside before be redeemed", async () => {
    const { cards, card, asOperator, time } = await fixture();
    await cards.write.reserve([card, 10_000n], asOperator);
    await time.increaseTo(EXPIRES);
    await cards.write.consume([card, 10_000n, 10_000n, true], asOperator);
    await cards.write.beginEnding([card, 3], asOperator);
    await cards.write.repay([card, 40_000n], asOperator);
    await cards.write.finishEnding([card], asOperator);
    expect((await cards.read.cardOf([card])).refunded).to.equal(40_000n);
  });
});
