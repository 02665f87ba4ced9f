import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { DAY } from "../../fixtures/prepaid.ts";
import {
  bearerOrder,
  CARD_STATUS,
  CONSUMER_KEY,
  deployCards,
  NO_DIGEST,
  NOBODY,
  OTHER_KEY,
  periodOrder,
  storedOrder,
  visitsOrder,
  ZERO,
} from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const OTHER_ID = digestOf("identity of another sample consumer");

const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  const card = await shop.sell(storedOrder());
  await shop.cards.write.consume([card, 200_000n, 200_000n, false], shop.asOperator);
  return {
    ...shop,
    card,
    to: shop.accounts.consumer2.address,
    /** Transfers a card to the other consumer, named. */
    transfer: (id: bigint, account = shop.accounts.consumer) =>
      shop.cards.write.transfer([id, shop.accounts.consumer2.address, OTHER_KEY, OTHER_ID], { account }),
  };
});

const NOTHING = { storedPrincipal: 0n, visitsPrincipal: 0n, periodPrincipal: 0n, visitsLeft: 0n, periodEndsAt: 0n };

describe("PrepaidCards.transfer", () => {
  it("refuses a card that was not sold", async () => {
    const { cards, transfer } = await fixture();
    await expectRevert(transfer(99n), cards, "CardLedgerUnknownCard", [99n]);
    await expectRevert(transfer(0n), cards, "CardLedgerUnknownCard", [0n]);
  });

  it("refuses everyone but the holder, the merchant's agent and the platform too", async () => {
    const { cards, card, transfer, accounts } = await fixture();
    for (const account of [accounts.consumer2, accounts.agent, accounts.platform]) {
      await expectRevert(transfer(card, account), cards, "PrepaidCardsNotHolder", [card, account.address]);
    }
  });

  it("refuses a card that is lost, ending or ended", async () => {
    const { cards, card, transfer, asConsumer, asOperator } = await fixture();
    const refused = (status: number) => expectRevert(transfer(card), cards, "CardLedgerWrongStatus", [card, status]);
    await cards.write.reportLoss([card], asConsumer);
    await refused(CARD_STATUS.LOST);
    await cards.write.withdrawLoss([card], asConsumer);
    await cards.write.beginEnding([card, 2], asOperator);
    await refused(CARD_STATUS.ENDING);
    await cards.write.repay([card, 150_000n], asOperator);
    await cards.write.finishEnding([card], asOperator);
    await refused(CARD_STATUS.ENDED);
  });

  it("refuses nobody and the holder itself as the new holder", async () => {
    const { cards, card, accounts, asConsumer } = await fixture();
    await expectRevert(
      cards.write.transfer([card, NOBODY, OTHER_KEY, OTHER_ID], asConsumer),
      cards,
      "PrepaidCardsHolderMissing",
      [],
    );
    const self = accounts.consumer.address;
    await expectRevert(
      cards.write.transfer([card, self, OTHER_KEY, OTHER_ID], asConsumer),
      cards,
      "PrepaidCardsSameHolder",
      [card, self],
    );
  });

  it("A-05: refuses a named card without the new holder's key or identity", async () => {
    const { cards, card, to, asConsumer } = await fixture();
    for (const [key, id] of [
      [ZERO, OTHER_ID],
      [OTHER_KEY, NO_DIGEST],
      [OTHER_KEY, { ...OTHER_ID, algorithm: 0 }],
    ] as const) {
      await expectRevert(cards.write.transfer([card, to, key, id], asConsumer), cards, "PrepaidCardsIdentityMissing", [
        card,
      ]);
    }
  });

  it("A-45: binds at once: holder, identity and what each consumer has", async () => {
    const { connection, cards, book, card, to, transfer, merchant, accounts, asConsumer } = await fixture();
    const from = accounts.consumer.address;
    await expectEvents(connection, transfer(card), [
      event(cards, "CardTransferred", { card, from, to, consumerKey: OTHER_KEY, buyerId: OTHER_ID }),
      event(book, "ExposureChanged", { merchant, consumerKey: CONSUMER_KEY, exposure: NOTHING }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey: OTHER_KEY,
        exposure: { ...NOTHING, storedPrincipal: 150_000n },
      }),
    ]);
    const after = await cards.read.cardOf([card]);
    expect(after.holder.toLowerCase()).to.equal(to.toLowerCase());
    expect([after.consumerKey, after.buyerId, after.status, after.principal]).to.deep.equal([
      OTHER_KEY,
      OTHER_ID,
      CARD_STATUS.ACTIVE,
      150_000n,
    ]);
    expect(await cards.read.cardsOfHolder([from, 0n, 10n])).to.deep.equal([[], 0n]);
    expect(await cards.read.cardsOfHolder([to, 0n, 10n])).to.deep.equal([[card], 0n]);
    await expectRevert(
      cards.write.transfer([card, from, CONSUMER_KEY, OTHER_ID], asConsumer),
      cards,
      "PrepaidCardsNotHolder",
      [card, from],
    );
    expect(await book.read.balanceOf([merchant])).to.equal(150_000n);
  });

  it("moves visits left, and the term left of a pass", async () => {
    const { cards, book, sell, transfer, merchant, time, asOperator } = await fixture();
    const visits = await sell(visitsOrder());
    await cards.write.consume([visits, 3n, 45_000n, false], asOperator);
    const pass = await sell(periodOrder());
    const { startsAt } = await cards.read.cardOf([pass]);
    const end = startsAt + 100n * DAY;
    await transfer(visits);
    await time.setNextBlockTimestamp(startsAt + 60n * DAY);
    await transfer(pass);
    expect(await book.read.exposureOf([merchant, OTHER_KEY])).to.deep.equal({
      storedPrincipal: 0n,
      visitsPrincipal: 70_000n,
      periodPrincipal: 200_000n,
      visitsLeft: 7n,
      periodEndsAt: end,
    });
    expect(await book.read.exposureOf([merchant, CONSUMER_KEY])).to.deep.equal({
      ...NOTHING,
      storedPrincipal: 150_000n,
    });
    // Behind its end nothing of the term is left to move.
    const second = await sell(periodOrder({ face: 2n * DAY }));
    const sold = await cards.read.cardOf([second]);
    const over = sold.startsAt + 300n * DAY;
    await time.setNextBlockTimestamp(over);
    await transfer(second);
    expect((await book.read.exposureOf([merchant, OTHER_KEY])).periodEndsAt).to.equal(over);
  });

  it("passes a bearer card on without a name, out of the consumer's exposure and into it", async () => {
    const { connection, cards, book, sell, merchant, accounts, to, asConsumer } = await fixture();
    const bearer = await sell(bearerOrder());
    const from = accounts.consumer.address;
    await expectEvents(connection, cards.write.transfer([bearer, to, ZERO, NO_DIGEST], asConsumer), [
      event(cards, "CardTransferred", { card: bearer, from, to, consumerKey: ZERO, buyerId: NO_DIGEST }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey: CONSUMER_KEY,
        exposure: { ...NOTHING, storedPrincipal: 150_000n },
      }),
    ]);
    await cards.write.transfer([bearer, from, OTHER_KEY, NO_DIGEST], { account: accounts.consumer2 });
    expect((await book.read.exposureOf([merchant, OTHER_KEY])).storedPrincipal).to.equal(50_000n);
  });

  it("leaves the exposure alone when the same person takes the card to another account", async () => {
    const { connection, cards, card, to, accounts, asConsumer } = await fixture();
    await expectEvents(connection, cards.write.transfer([card, to, CONSUMER_KEY, OTHER_ID], asConsumer), [
      event(cards, "CardTransferred", {
        card,
        from: accounts.consumer.address,
        to,
        consumerKey: CONSUMER_KEY,
        buyerId: OTHER_ID,
      }),
    ]);
  });

  it("works while the merchant may not take prepayments", async () => {
    const { cards, card, transfer, register, merchant, accounts, sale } = await fixture();
    const reason = sale().contractDigest;
    await register.write.refuse([merchant, 3, reason], { account: accounts.regulator });
    await transfer(card);
    expect((await cards.read.holderOf([card])).toLowerCase()).to.equal(accounts.consumer2.address.toLowerCase());
  });
});
