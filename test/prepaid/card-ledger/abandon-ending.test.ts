import { expect } from "chai";
import { deployCardLedger } from "../../fixtures/card-ledger.ts";
import { CARD_STATUS, END_CAUSE } from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCardLedger);

describe("CardLedger.abandonEnding", () => {
  it("refuses a card that was not sold, and one that is not ending", async () => {
    const { cards, stored, asOperator } = await fixture();
    await expectRevert(cards.write.abandonEnding([99n], asOperator), cards, "CardLedgerUnknownCard", [99n]);
    await expectRevert(cards.write.abandonEnding([stored], asOperator), cards, "CardLedgerWrongStatus", [
      stored,
      CARD_STATUS.ACTIVE,
    ]);
  });

  it("refuses an ending that was carried out in part, by a fen repaid or earned", async () => {
    const { cards, stored, visits, asOperator } = await fixture();
    await cards.write.beginEnding([stored, END_CAUSE.NEUTRAL], asOperator);
    await cards.write.repay([stored, 1n], asOperator);
    await expectRevert(cards.write.abandonEnding([stored], asOperator), cards, "CardLedgerEndingCarriedOut", [
      stored,
      299_999n,
    ]);
    await cards.write.beginEnding([visits, END_CAUSE.CONSUMER], asOperator);
    await cards.write.earn([visits, 1n], asOperator);
    await expectRevert(cards.write.abandonEnding([visits], asOperator), cards, "CardLedgerEndingCarriedOut", [
      visits,
      99_999n,
    ]);
  });

  it("puts the card back into use, also after set-aside face was redeemed meanwhile", async () => {
    const { connection, cards, stored, asOperator } = await fixture();
    await cards.write.reserve([stored, 7n], asOperator);
    await cards.write.beginEnding([stored, END_CAUSE.NEUTRAL], asOperator);
    await cards.write.consume([stored, 7n, 7n, true], asOperator);
    await expectEvents(connection, cards.write.abandonEnding([stored], asOperator), [
      event(cards, "CardEndingAbandoned", { card: stored, cause: END_CAUSE.NEUTRAL }),
    ]);
    const after = await cards.read.cardOf([stored]);
    expect([after.status, after.cause]).to.deep.equal([CARD_STATUS.ACTIVE, END_CAUSE.NONE]);
    await cards.write.reserve([stored, 1n], asOperator);
  });
});
