import { expect } from "chai";
import { deployCardLedger } from "../../fixtures/card-ledger.ts";
import { CARD_STATUS, END_CAUSE } from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCardLedger);

describe("CardLedger.beginEnding", () => {
  it("refuses a card that was not sold, and an ending without a cause of its own", async () => {
    const { cards, stored, asOperator } = await fixture();
    await expectRevert(cards.write.beginEnding([99n, 4], asOperator), cards, "CardLedgerUnknownCard", [99n]);
    for (const cause of [END_CAUSE.NONE, END_CAUSE.USED_UP]) {
      await expectRevert(cards.write.beginEnding([stored, cause], asOperator), cards, "CardLedgerCauseMissing", [
        stored,
      ]);
    }
  });

  it("ends a card once: refuses one that is ending, lost or ended", async () => {
    const { cards, stored, visits, asConsumer, asOperator } = await fixture();
    await cards.write.beginEnding([stored, END_CAUSE.CONSUMER], asOperator);
    await expectRevert(
      cards.write.beginEnding([stored, END_CAUSE.OPERATOR], asOperator),
      cards,
      "CardLedgerWrongStatus",
      [stored, CARD_STATUS.ENDING],
    );
    await cards.write.reportLoss([visits], asConsumer);
    await expectRevert(
      cards.write.beginEnding([visits, END_CAUSE.OPERATOR], asOperator),
      cards,
      "CardLedgerWrongStatus",
      [visits, CARD_STATUS.LOST],
    );
  });

  it("A-44: once claims after a default are open, only for the default", async () => {
    const { cards, stored, merchant, openClaims, asOperator } = await fixture();
    await openClaims();
    await expectRevert(
      cards.write.beginEnding([stored, END_CAUSE.OPERATOR], asOperator),
      cards,
      "CardLedgerClaimsOpen",
      [stored, merchant],
    );
    await cards.write.beginEnding([stored, END_CAUSE.DEFAULT], asOperator);
    expect((await cards.read.cardOf([stored])).cause).to.equal(END_CAUSE.DEFAULT);
  });

  it("keeps its one cause and moves no money", async () => {
    const { connection, cards, stored, figuresOf, asOperator } = await fixture();
    const before = await figuresOf(stored);
    await expectEvents(connection, cards.write.beginEnding([stored, END_CAUSE.NEUTRAL], asOperator), [
      event(cards, "CardEndingBegun", { card: stored, cause: END_CAUSE.NEUTRAL }),
    ]);
    const after = await cards.read.cardOf([stored]);
    expect([after.status, after.cause]).to.deep.equal([CARD_STATUS.ENDING, END_CAUSE.NEUTRAL]);
    expect(await figuresOf(stored)).to.deep.equal(before);
  });
});
