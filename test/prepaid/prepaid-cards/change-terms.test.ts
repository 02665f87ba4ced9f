import { expect } from "chai";
import { CARD_STATUS, deployCards, storedOrder } from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  const card = await shop.sell(storedOrder());
  const better = await shop.fileTerms(shop.merchant, { coolingOffDays: 30 });
  const other = await shop.fileMerchant({ agent: shop.accounts.agent2.address });
  return { ...shop, card, better, otherTerms: await shop.fileTerms(other) };
});

describe("PrepaidCards.changeTerms", () => {
  it("A-48: refuses everyone but the holder, the merchant's agent above all", async () => {
    const { cards, card, better, accounts, asConsumer } = await fixture();
    await expectRevert(cards.write.changeTerms([99n, better], asConsumer), cards, "CardLedgerUnknownCard", [99n]);
    for (const account of [accounts.agent, accounts.platform, accounts.consumer2]) {
      await expectRevert(cards.write.changeTerms([card, better], { account }), cards, "PrepaidCardsNotHolder", [
        card,
        account.address,
      ]);
    }
  });

  it("refuses a card that is not in use", async () => {
    const { cards, card, better, asConsumer } = await fixture();
    await cards.write.reportLoss([card], asConsumer);
    await expectRevert(cards.write.changeTerms([card, better], asConsumer), cards, "CardLedgerWrongStatus", [
      card,
      CARD_STATUS.LOST,
    ]);
  });

  it("refuses the same terms, another merchant's terms and terms that nobody filed", async () => {
    const { cards, terms, card, termsId, otherTerms, asConsumer } = await fixture();
    await expectRevert(cards.write.changeTerms([card, termsId], asConsumer), cards, "PrepaidCardsSameTerms", [
      card,
      termsId,
    ]);
    await expectRevert(cards.write.changeTerms([card, otherTerms], asConsumer), cards, "PrepaidCardsTermsOfOther", [
      card,
      otherTerms,
    ]);
    await expectRevert(cards.write.changeTerms([card, 99n], asConsumer), terms, "TermsRegisterUnknown", [99n]);
  });

  it("A-48: moves the card with the holder's own transaction", async () => {
    const { connection, cards, card, termsId, better, asConsumer } = await fixture();
    await expectEvents(connection, cards.write.changeTerms([card, better], asConsumer), [
      event(cards, "CardTermsChanged", { card, from: termsId, to: better }),
    ]);
    expect((await cards.read.cardOf([card])).terms).to.equal(better);
  });
});
