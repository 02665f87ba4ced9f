import { expect } from "chai";
import { deployCardLedger } from "../../fixtures/card-ledger.ts";
import { DAY } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCardLedger);

describe("CardLedger.unreserve", () => {
  it("refuses a card that was not sold and a face of zero", async () => {
    const { cards, visits, asOperator } = await fixture();
    await expectRevert(cards.write.unreserve([99n, 1n], asOperator), cards, "CardLedgerUnknownCard", [99n]);
    await expectRevert(cards.write.unreserve([visits, 0n], asOperator), cards, "CardLedgerZeroFace", [visits]);
  });

  it("refuses more than is set aside", async () => {
    const { cards, visits, asOperator } = await fixture();
    await cards.write.reserve([visits, 3n], asOperator);
    await expectRevert(cards.write.unreserve([visits, 4n], asOperator), cards, "CardLedgerReservedShort", [
      visits,
      3n,
      4n,
    ]);
  });

  it("frees face, whatever the card's status, and also when claims are open", async () => {
    const { connection, cards, visits, stored, asConsumer, asOperator, openClaims } = await fixture();
    await cards.write.reserve([visits, 3n], asOperator);
    await cards.write.reserve([stored, 5n], asOperator);
    await cards.write.reportLoss([visits], asConsumer);
    await expectEvents(connection, cards.write.unreserve([visits, 1n], asOperator), [
      event(cards, "CardUnreserved", { card: visits, face: 1n, reserved: 2n }),
    ]);
    await cards.write.beginEnding([stored, 4], asOperator);
    await cards.write.unreserve([stored, 5n], asOperator);
    await openClaims();
    await cards.write.unreserve([visits, 2n], asOperator);
    expect((await cards.read.cardOf([visits])).reserved).to.equal(0n);
    expect((await cards.read.cardOf([stored])).reserved).to.equal(0n);
  });

  it("A-35: makes up the time of a pass that was struck out, and moves no other card's start", async () => {
    const { cards, pass, visits, asOperator } = await fixture();
    const { startsAt } = await cards.read.cardOf([pass]);
    await cards.write.reserve([pass, 10n * DAY], asOperator);
    await cards.write.unreserve([pass, 3n * DAY], asOperator);
    expect((await cards.read.cardOf([pass])).startsAt).to.equal(startsAt + 3n * DAY);
    const before = await cards.read.cardOf([visits]);
    await cards.write.reserve([visits, 2n], asOperator);
    await cards.write.unreserve([visits, 2n], asOperator);
    expect(await cards.read.cardOf([visits])).to.deep.equal(before);
  });
});
