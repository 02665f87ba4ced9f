import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import {
  bearerOrder,
  CARD_STATUS,
  CONSUMER_KEY,
  deployCards,
  NOBODY,
  storedOrder,
} from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  return { ...shop, card: await shop.sell(storedOrder()), id: shop.sale().buyerId };
});

describe("PrepaidCards.reissue", () => {
  it("refuses a card that was not sold, and one that is neither lost nor ending", async () => {
    const { cards, card, id, accounts, asPlatform } = await fixture();
    const to = accounts.bob.address;
    await expectRevert(cards.write.reissue([99n, to, id], asPlatform), cards, "CardLedgerUnknownCard", [99n]);
    await expectRevert(cards.write.reissue([card, to, id], asPlatform), cards, "CardLedgerWrongStatus", [
      card,
      CARD_STATUS.ACTIVE,
    ]);
  });

  it("A-47: refuses a bearer card that is ending", async () => {
    const { cards, sell, id, accounts, asPlatform, asOperator } = await fixture();
    const bearer = await sell(bearerOrder());
    await cards.write.beginEnding([bearer, 4], asOperator);
    await expectRevert(
      cards.write.reissue([bearer, accounts.bob.address, id], asPlatform),
      cards,
      "PrepaidCardsWrongForm",
      [bearer, 1],
    );
  });

  it("refuses nobody, the lost account itself, and another person's identity", async () => {
    const { cards, card, id, accounts, asPlatform, asConsumer } = await fixture();
    await cards.write.reportLoss([card], asConsumer);
    await expectRevert(cards.write.reissue([card, NOBODY, id], asPlatform), cards, "PrepaidCardsHolderMissing", []);
    const self = accounts.consumer.address;
    await expectRevert(cards.write.reissue([card, self, id], asPlatform), cards, "PrepaidCardsSameHolder", [
      card,
      self,
    ]);
    for (const other of [digestOf("somebody else"), { ...id, algorithm: 2 }]) {
      await expectRevert(
        cards.write.reissue([card, accounts.bob.address, other], asPlatform),
        cards,
        "PrepaidCardsIdentityDiffers",
        [card],
      );
    }
  });

  it("A-47: gives the card to the new account, in use, without a change of what the consumer has", async () => {
    const { connection, cards, card, id, accounts, asPlatform, asOperator } = await fixture();
    const [from, to] = [accounts.consumer.address, accounts.bob.address];
    await cards.write.reportLoss([card], asPlatform);
    await expectEvents(connection, cards.write.reissue([card, to, id], asPlatform), [
      event(cards, "CardReissued", { card, from, to }),
    ]);
    const after = await cards.read.cardOf([card]);
    expect(after.holder.toLowerCase()).to.equal(to.toLowerCase());
    expect([after.status, after.consumerKey]).to.deep.equal([CARD_STATUS.ACTIVE, CONSUMER_KEY]);
    expect(await cards.read.cardsOfHolder([from, 0n, 10n])).to.deep.equal([[], 0n]);
    expect(await cards.read.cardsOfHolder([to, 0n, 10n])).to.deep.equal([[card], 0n]);
    await cards.write.reserve([card, 1n], asOperator);
    // The platform's report is settled: the new account may report and withdraw.
    const asBob = { account: accounts.bob };
    await cards.write.reportLoss([card], asBob);
    await cards.write.withdrawLoss([card], asBob);
  });

  it("gives a card that is ending to the new account, still ending", async () => {
    const { cards, card, id, accounts, asPlatform, asOperator } = await fixture();
    await cards.write.beginEnding([card, 2], asOperator);
    await cards.write.reissue([card, accounts.bob.address, id], asPlatform);
    const after = await cards.read.cardOf([card]);
    expect([after.status, after.cause]).to.deep.equal([CARD_STATUS.ENDING, 2]);
    expect(after.holder.toLowerCase()).to.equal(accounts.bob.address.toLowerCase());
  });
});
