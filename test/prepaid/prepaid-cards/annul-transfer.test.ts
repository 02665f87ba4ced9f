import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { DAY } from "../../fixtures/prepaid.ts";
import {
  CARD_STATUS,
  CONSUMER_KEY,
  deployCards,
  NO_DIGEST,
  OTHER_KEY,
  periodOrder,
  visitsOrder,
} from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const RULING = digestOf("ruling on a pass that was split");
const OTHER_ID = digestOf("identity of another sample consumer");
const NOTHING = { storedPrincipal: 0n, visitsPrincipal: 0n, periodPrincipal: 0n, visitsLeft: 0n, periodEndsAt: 0n };

/** A pass that the sample consumer gave to another. */
const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  const { accounts, cards } = shop;
  const pass = await shop.sell(periodOrder());
  const give = (card: bigint, account = accounts.consumer, to = accounts.consumer2.address) =>
    cards.write.transfer([card, to, OTHER_KEY, OTHER_ID], { account });
  await give(pass);
  return { ...shop, pass, give, asOther: { account: accounts.consumer2 } };
});

describe("PrepaidCards.annulTransfer", () => {
  it("refuses without a ruling, and a card that was not sold", async () => {
    const { cards, pass, asArbiter } = await fixture();
    await expectRevert(cards.write.annulTransfer([pass, NO_DIGEST], asArbiter), cards, "DigestsMissing", [
      NO_DIGEST.value,
      0,
    ]);
    await expectRevert(cards.write.annulTransfer([99n, RULING], asArbiter), cards, "CardLedgerUnknownCard", [99n]);
  });

  it("A-45: refuses a card that is no period pass", async () => {
    const { cards, sell, give, asArbiter } = await fixture();
    const visits = await sell(visitsOrder());
    await give(visits);
    await expectRevert(cards.write.annulTransfer([visits, RULING], asArbiter), cards, "PrepaidCardsWrongKind", [
      visits,
      1,
    ]);
  });

  it("refuses a pass that was not transferred, or whose transfer was annulled already", async () => {
    const { cards, sell, pass, asArbiter } = await fixture();
    const other = await sell(periodOrder());
    await expectRevert(cards.write.annulTransfer([other, RULING], asArbiter), cards, "PrepaidCardsNotTransferred", [
      other,
    ]);
    await cards.write.annulTransfer([pass, RULING], asArbiter);
    await expectRevert(cards.write.annulTransfer([pass, RULING], asArbiter), cards, "PrepaidCardsNotTransferred", [
      pass,
    ]);
  });

  it("refuses a pass that is ending or ended", async () => {
    const { cards, pass, asArbiter, asOperator } = await fixture();
    await cards.write.beginEnding([pass, 4], asOperator);
    await expectRevert(cards.write.annulTransfer([pass, RULING], asArbiter), cards, "CardLedgerWrongStatus", [
      pass,
      CARD_STATUS.ENDING,
    ]);
    await cards.write.repay([pass, 200_000n], asOperator);
    await cards.write.finishEnding([pass], asOperator);
    await expectRevert(cards.write.annulTransfer([pass, RULING], asArbiter), cards, "CardLedgerWrongStatus", [
      pass,
      CARD_STATUS.ENDED,
    ]);
  });

  it("A-45: gives the pass back to who held it before, with its identity and exposure", async () => {
    const { connection, cards, book, sale, pass, merchant, accounts, time, asArbiter } = await fixture();
    const [from, to] = [accounts.consumer2.address, accounts.consumer.address];
    const { startsAt } = await cards.read.cardOf([pass]);
    await time.setNextBlockTimestamp(startsAt + 10n * DAY);
    await expectEvents(connection, cards.write.annulTransfer([pass, RULING], asArbiter), [
      event(cards, "CardTransferAnnulled", { card: pass, from, to, ruling: RULING }),
      event(book, "ExposureChanged", { merchant, consumerKey: OTHER_KEY, exposure: NOTHING }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey: CONSUMER_KEY,
        exposure: { ...NOTHING, periodPrincipal: 200_000n, periodEndsAt: startsAt + 100n * DAY },
      }),
    ]);
    const after = await cards.read.cardOf([pass]);
    expect(after.holder.toLowerCase()).to.equal(to.toLowerCase());
    expect([after.consumerKey, after.buyerId]).to.deep.equal([CONSUMER_KEY, sale().buyerId]);
  });

  it("takes back the last transfer only, and a pass that its taker reported lost comes back in use", async () => {
    const { cards, pass, give, accounts, asOther, asArbiter, asConsumer, asPlatform } = await fixture();
    await give(pass, accounts.consumer2, accounts.bob.address);
    await cards.write.reportLoss([pass], asPlatform);
    await cards.write.annulTransfer([pass, RULING], asArbiter);
    const after = await cards.read.cardOf([pass]);
    expect(after.holder.toLowerCase()).to.equal(accounts.consumer2.address.toLowerCase());
    expect(after.status).to.equal(CARD_STATUS.ACTIVE);
    // The platform's report is gone with it: the holder reports and withdraws by itself again.
    await cards.write.reportLoss([pass], asOther);
    await cards.write.withdrawLoss([pass], asOther);
    await expectRevert(cards.write.reportLoss([pass], asConsumer), cards, "PrepaidCardsNotHolder", [
      pass,
      accounts.consumer.address,
    ]);
  });
});
