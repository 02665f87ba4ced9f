import { expect } from "chai";
import { deployCardLedger, NO_EXPOSURE } from "../../fixtures/card-ledger.ts";
import { DAY } from "../../fixtures/prepaid.ts";
import { CARD_STATUS, CONSUMER_KEY, END_CAUSE } from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCardLedger);

describe("CardLedger.repay", () => {
  it("refuses a card that was not sold, and one that is not ending", async () => {
    const { cards, stored, asOperator } = await fixture();
    await expectRevert(cards.write.repay([99n, 1n], asOperator), cards, "CardLedgerUnknownCard", [99n]);
    await expectRevert(cards.write.repay([stored, 1n], asOperator), cards, "CardLedgerWrongStatus", [
      stored,
      CARD_STATUS.ACTIVE,
    ]);
  });

  it("refuses nothing, and a fen more than is free", async () => {
    const { cards, stored, asOperator } = await fixture();
    // floor(2 x 0.75) = 1 fen is set aside.
    await cards.write.reserve([stored, 2n], asOperator);
    await cards.write.beginEnding([stored, END_CAUSE.OPERATOR], asOperator);
    await expectRevert(cards.write.repay([stored, 0n], asOperator), cards, "CardLedgerPrincipalShort", [
      stored,
      299_999n,
      0n,
    ]);
    await expectRevert(cards.write.repay([stored, 300_000n], asOperator), cards, "CardLedgerPrincipalShort", [
      stored,
      299_999n,
      300_000n,
    ]);
    await cards.write.repay([stored, 299_999n], asOperator);
  });

  it("frees the principal of face that was struck out, as it is decided", async () => {
    const { cards, stored, figuresOf, asOperator } = await fixture();
    await cards.write.reserve([stored, 1n], asOperator);
    await cards.write.reserve([stored, 3n], asOperator);
    await cards.write.beginEnding([stored, END_CAUSE.OPERATOR], asOperator);
    await cards.write.repay([stored, 299_997n], asOperator);
    await cards.write.unreserve([stored, 1n], asOperator);
    // floor(3 x 0.75) = 2 of the 3 fen are still set aside.
    await expectRevert(cards.write.repay([stored, 2n], asOperator), cards, "CardLedgerPrincipalShort", [
      stored,
      1n,
      2n,
    ]);
    await cards.write.repay([stored, 1n], asOperator);
    await cards.write.consume([stored, 3n, 3n, true], asOperator);
    expect(await figuresOf(stored)).to.deep.include({ principal: 0n, redeemed: 2n, refunded: 299_998n });
  });

  it("A-30: books what was paid back: card, book, what the consumer has", async () => {
    const { connection, cards, book, stored, pass, merchant, figuresOf, asOperator } = await fixture();
    const { startsAt } = await cards.read.cardOf([pass]);
    await cards.write.beginEnding([stored, END_CAUSE.OPERATOR], asOperator);
    await expectEvents(connection, cards.write.repay([stored, 1_234n], asOperator), [
      event(cards, "CardRepaid", { card: stored, principal: 1_234n }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey: CONSUMER_KEY,
        exposure: {
          ...NO_EXPOSURE,
          storedPrincipal: 298_766n,
          visitsPrincipal: 100_000n,
          periodPrincipal: 200_000n,
          visitsLeft: 10n,
          periodEndsAt: startsAt + 100n * DAY,
        },
      }),
      event(book, "BookRefunded", { merchant, amount: 1_234n, balance: 598_766n }),
    ]);
    expect(await figuresOf(stored)).to.deep.include({ principal: 298_766n, redeemed: 0n, refunded: 1_234n });
  });

  it("A-44: counts what is set aside as free once claims after a default are open", async () => {
    const { cards, visits, openClaims, figuresOf, asOperator } = await fixture();
    await cards.write.reserve([visits, 4n], asOperator);
    await openClaims();
    await cards.write.beginEnding([visits, END_CAUSE.DEFAULT], asOperator);
    await expectRevert(cards.write.repay([visits, 100_001n], asOperator), cards, "CardLedgerPrincipalShort", [
      visits,
      100_000n,
      100_001n,
    ]);
    await cards.write.repay([visits, 99_000n], asOperator);
    await cards.write.repay([visits, 1_000n], asOperator);
    expect(await figuresOf(visits)).to.deep.include({ principal: 0n, refunded: 100_000n, reserved: 4n });
  });
});
