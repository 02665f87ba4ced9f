import { expect } from "chai";
import { deployCardLedger, NO_EXPOSURE } from "../../fixtures/card-ledger.ts";
import { DAY } from "../../fixtures/prepaid.ts";
import { bearerOrder, CARD_STATUS, CONSUMER_KEY, END_CAUSE, NO_DIGEST, ZERO } from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCardLedger);

describe("CardLedger.finishEnding", () => {
  it("refuses a card that was not sold, and one that is not ending", async () => {
    const { cards, stored, asOperator } = await fixture();
    await expectRevert(cards.write.finishEnding([99n], asOperator), cards, "CardLedgerUnknownCard", [99n]);
    await expectRevert(cards.write.finishEnding([stored], asOperator), cards, "CardLedgerWrongStatus", [
      stored,
      CARD_STATUS.ACTIVE,
    ]);
  });

  it("refuses while a fen is left", async () => {
    const { cards, stored, asOperator } = await fixture();
    await cards.write.beginEnding([stored, END_CAUSE.OPERATOR], asOperator);
    await cards.write.repay([stored, 299_999n], asOperator);
    await expectRevert(cards.write.finishEnding([stored], asOperator), cards, "CardLedgerNotSettled", [stored, 1n, 0n]);
  });

  it("refuses while something is set aside, though it is worth nothing", async () => {
    const { cards, stored, asOperator } = await fixture();
    await cards.write.reserve([stored, 1n], asOperator);
    await cards.write.beginEnding([stored, END_CAUSE.OPERATOR], asOperator);
    await cards.write.repay([stored, 300_000n], asOperator);
    await expectRevert(cards.write.finishEnding([stored], asOperator), cards, "CardLedgerNotSettled", [stored, 0n, 1n]);
    await cards.write.unreserve([stored, 1n], asOperator);
    await cards.write.finishEnding([stored], asOperator);
  });

  it("ends the card for its one cause and takes the visits left out of what the consumer has", async () => {
    const { connection, cards, book, visits, pass, merchant, asOperator } = await fixture();
    const { startsAt } = await cards.read.cardOf([pass]);
    await cards.write.consume([visits, 4n, 0n, false], asOperator);
    await cards.write.beginEnding([visits, END_CAUSE.OPERATOR], asOperator);
    await cards.write.repay([visits, 60_000n], asOperator);
    await expectEvents(connection, cards.write.finishEnding([visits], asOperator), [
      event(cards, "CardEnded", { card: visits, cause: END_CAUSE.OPERATOR }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey: CONSUMER_KEY,
        exposure: {
          ...NO_EXPOSURE,
          storedPrincipal: 300_000n,
          periodPrincipal: 200_000n,
          periodEndsAt: startsAt + 100n * DAY,
        },
      }),
      event(book, "BookCardEnded", { merchant, live: 2n }),
    ]);
    const after = await cards.read.cardOf([visits]);
    expect([after.status, after.cause, after.holder.toLowerCase()]).to.deep.equal([
      CARD_STATUS.ENDED,
      END_CAUSE.OPERATOR,
      (await cards.read.holderOf([pass])).toLowerCase(),
    ]);
    expect((await book.read.totalsOf([merchant])).live).to.equal(2n);
  });

  it("A-44: ends a card under open claims whatever is set aside", async () => {
    const { cards, visits, openClaims, asOperator } = await fixture();
    await cards.write.reserve([visits, 4n], asOperator);
    await openClaims();
    await cards.write.beginEnding([visits, END_CAUSE.DEFAULT], asOperator);
    await cards.write.repay([visits, 99_999n], asOperator);
    await expectRevert(cards.write.finishEnding([visits], asOperator), cards, "CardLedgerNotSettled", [visits, 1n, 4n]);
    await cards.write.repay([visits, 1n], asOperator);
    await cards.write.finishEnding([visits], asOperator);
    expect((await cards.read.cardOf([visits])).status).to.equal(CARD_STATUS.ENDED);
  });

  it("leaves no one's exposure to change for an anonymous card", async () => {
    const { connection, cards, book, merchant, sell, asOperator } = await fixture();
    const bearer = await sell(bearerOrder(), { consumerKey: ZERO, buyerId: NO_DIGEST });
    await cards.write.beginEnding([bearer, END_CAUSE.NEUTRAL], asOperator);
    await expectEvents(connection, cards.write.repay([bearer, 50_000n], asOperator), [
      event(cards, "CardRepaid", { card: bearer, principal: 50_000n }),
      event(book, "BookRefunded", { merchant, amount: 50_000n, balance: 600_000n }),
    ]);
    await expectEvents(connection, cards.write.finishEnding([bearer], asOperator), [
      event(cards, "CardEnded", { card: bearer, cause: END_CAUSE.NEUTRAL }),
      event(book, "BookCardEnded", { merchant, live: 3n }),
    ]);
  });
});
