import { expect } from "chai";
import { deployCardLedger } from "../../fixtures/card-ledger.ts";
import { CARD_STATUS } from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCardLedger);

describe("CardLedger.reserve", () => {
  it("refuses a card that was not sold and a face of zero", async () => {
    const { cards, visits, asOperator } = await fixture();
    await expectRevert(cards.write.reserve([99n, 1n], asOperator), cards, "CardLedgerUnknownCard", [99n]);
    await expectRevert(cards.write.reserve([visits, 0n], asOperator), cards, "CardLedgerZeroFace", [visits]);
  });

  it("refuses a card that is ending", async () => {
    const { cards, visits, asOperator } = await fixture();
    await cards.write.beginEnding([visits, 4], asOperator);
    await expectRevert(cards.write.reserve([visits, 1n], asOperator), cards, "CardLedgerWrongStatus", [
      visits,
      CARD_STATUS.ENDING,
    ]);
  });

  it("A-44: refuses once claims after a default are open, not by the default alone", async () => {
    const { cards, visits, merchant, asOperator, register, accounts, now, sale } = await fixture();
    await register.write.declareDefault([merchant, await now(), sale().contractDigest], {
      account: accounts.regulator,
    });
    await cards.write.reserve([visits, 1n], asOperator);
    await register.write.openClaims([merchant], asOperator);
    await expectRevert(cards.write.reserve([visits, 1n], asOperator), cards, "CardLedgerClaimsOpen", [
      visits,
      merchant,
    ]);
  });

  it("refuses more than is neither used nor set aside", async () => {
    const { cards, visits, asOperator } = await fixture();
    await cards.write.consume([visits, 2n, 0n, false], asOperator);
    await cards.write.reserve([visits, 3n], asOperator);
    await expectRevert(cards.write.reserve([visits, 6n], asOperator), cards, "CardLedgerFaceShort", [visits, 5n, 6n]);
    await cards.write.reserve([visits, 5n], asOperator);
    await expectRevert(cards.write.reserve([visits, 1n], asOperator), cards, "CardLedgerFaceShort", [visits, 0n, 1n]);
  });

  it("A-53: sets face aside without redeeming it: principal and balance stay", async () => {
    const { connection, cards, book, stored, merchant, figuresOf, asOperator } = await fixture();
    await expectEvents(connection, cards.write.reserve([stored, 100n], asOperator), [
      event(cards, "CardReserved", { card: stored, face: 100n, reserved: 100n }),
    ]);
    await expectEvents(connection, cards.write.reserve([stored, 20n], asOperator), [
      event(cards, "CardReserved", { card: stored, face: 20n, reserved: 120n }),
    ]);
    expect(await figuresOf(stored)).to.deep.equal({
      principal: 300_000n,
      redeemed: 0n,
      refunded: 0n,
      trancheUsed: 0n,
      reserved: 120n,
      listUsed: 0n,
    });
    expect(await book.read.balanceOf([merchant])).to.equal(600_000n);
    // 120 x 300,000 / 400,000
    expect(await cards.read.reservedPrincipalOf([stored])).to.equal(90n);
    expect(await cards.read.faceOf([stored])).to.deep.equal([400_000n, 300_000n, 100_000n]);
  });
});
