import { expect } from "chai";
import { deployCardLedger, NO_EXPOSURE } from "../../fixtures/card-ledger.ts";
import { DAY } from "../../fixtures/prepaid.ts";
import { CARD_STATUS, CONSUMER_KEY, END_CAUSE } from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCardLedger);

describe("CardLedger.earn", () => {
  it("refuses a card that was not sold, one that is not ending, and one under open claims", async () => {
    const { cards, stored, merchant, openClaims, asOperator } = await fixture();
    await expectRevert(cards.write.earn([99n, 1n], asOperator), cards, "CardLedgerUnknownCard", [99n]);
    await expectRevert(cards.write.earn([stored, 1n], asOperator), cards, "CardLedgerWrongStatus", [
      stored,
      CARD_STATUS.ACTIVE,
    ]);
    await cards.write.beginEnding([stored, END_CAUSE.CONSUMER], asOperator);
    await openClaims();
    await expectRevert(cards.write.earn([stored, 1n], asOperator), cards, "CardLedgerClaimsOpen", [stored, merchant]);
  });

  it("refuses nothing, and a fen more than is free", async () => {
    const { cards, visits, asOperator } = await fixture();
    await cards.write.reserve([visits, 3n], asOperator);
    await cards.write.beginEnding([visits, END_CAUSE.CONSUMER], asOperator);
    await expectRevert(cards.write.earn([visits, 0n], asOperator), cards, "CardLedgerPrincipalShort", [
      visits,
      70_000n,
      0n,
    ]);
    await expectRevert(cards.write.earn([visits, 70_001n], asOperator), cards, "CardLedgerPrincipalShort", [
      visits,
      70_000n,
      70_001n,
    ]);
    await cards.write.earn([visits, 70_000n], asOperator);
    await expectRevert(cards.write.earn([visits, 1n], asOperator), cards, "CardLedgerPrincipalShort", [visits, 0n, 1n]);
  });

  it("A-33: moves principal to what the merchant earned, visits stay until the end", async () => {
    const { connection, cards, book, visits, pass, merchant, figuresOf, asOperator } = await fixture();
    const { startsAt } = await cards.read.cardOf([pass]);
    await cards.write.beginEnding([visits, END_CAUSE.CONSUMER], asOperator);
    await expectEvents(connection, cards.write.earn([visits, 15_000n], asOperator), [
      event(cards, "CardEarned", { card: visits, principal: 15_000n }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey: CONSUMER_KEY,
        exposure: {
          ...NO_EXPOSURE,
          storedPrincipal: 300_000n,
          visitsPrincipal: 85_000n,
          periodPrincipal: 200_000n,
          visitsLeft: 10n,
          periodEndsAt: startsAt + 100n * DAY,
        },
      }),
      event(book, "BookRedeemed", { merchant, amount: 15_000n, balance: 585_000n }),
    ]);
    expect(await figuresOf(visits)).to.deep.equal({
      principal: 85_000n,
      redeemed: 15_000n,
      refunded: 0n,
      trancheUsed: 0n,
      reserved: 0n,
      listUsed: 0n,
    });
  });
});
