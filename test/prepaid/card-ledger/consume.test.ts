import { expect } from "chai";
import { deployCardLedger, NO_EXPOSURE } from "../../fixtures/card-ledger.ts";
import { DAY } from "../../fixtures/prepaid.ts";
import { bearerOrder, CARD_STATUS, CONSUMER_KEY, NO_DIGEST, ZERO } from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCardLedger);

const HAS = { ...NO_EXPOSURE, storedPrincipal: 300_000n, visitsPrincipal: 100_000n, periodPrincipal: 200_000n };

describe("CardLedger.consume", () => {
  it("refuses a card that was not sold and a face of zero", async () => {
    const { cards, visits, asOperator } = await fixture();
    for (const reserved of [false, true]) {
      await expectRevert(cards.write.consume([99n, 1n, 1n, reserved], asOperator), cards, "CardLedgerUnknownCard", [
        99n,
      ]);
      await expectRevert(cards.write.consume([visits, 0n, 0n, reserved], asOperator), cards, "CardLedgerZeroFace", [
        visits,
      ]);
    }
  });

  it("refuses a card that is ending or ended, where the face was not set aside", async () => {
    const { cards, visits, asOperator } = await fixture();
    await cards.write.beginEnding([visits, 4], asOperator);
    await expectRevert(cards.write.consume([visits, 1n, 0n, false], asOperator), cards, "CardLedgerWrongStatus", [
      visits,
      CARD_STATUS.ENDING,
    ]);
    await cards.write.repay([visits, 100_000n], asOperator);
    await cards.write.finishEnding([visits], asOperator);
    await expectRevert(cards.write.consume([visits, 1n, 0n, false], asOperator), cards, "CardLedgerWrongStatus", [
      visits,
      CARD_STATUS.ENDED,
    ]);
    await expectRevert(cards.write.consume([visits, 1n, 0n, true], asOperator), cards, "CardLedgerReservedShort", [
      visits,
      0n,
      1n,
    ]);
  });

  it("A-44: refuses once claims after a default are open, what was set aside too", async () => {
    const { cards, visits, merchant, openClaims, asOperator } = await fixture();
    await cards.write.reserve([visits, 2n], asOperator);
    await openClaims();
    for (const reserved of [false, true]) {
      await expectRevert(cards.write.consume([visits, 1n, 0n, reserved], asOperator), cards, "CardLedgerClaimsOpen", [
        visits,
        merchant,
      ]);
    }
  });

  it("refuses more than is free, and more than is set aside", async () => {
    const { cards, visits, asOperator } = await fixture();
    await cards.write.reserve([visits, 4n], asOperator);
    await expectRevert(cards.write.consume([visits, 7n, 0n, false], asOperator), cards, "CardLedgerFaceShort", [
      visits,
      6n,
      7n,
    ]);
    await expectRevert(cards.write.consume([visits, 5n, 0n, true], asOperator), cards, "CardLedgerReservedShort", [
      visits,
      4n,
      5n,
    ]);
  });

  it("A-32: of 3,000 CNY with a bonus of 1,000, 3,594 used count 2,695.50 and leave 304.50", async () => {
    const { connection, cards, book, stored, merchant, pass, figuresOf, asOperator } = await fixture();
    const { startsAt } = await cards.read.cardOf([pass]);
    await expectEvents(connection, cards.write.consume([stored, 359_400n, 400_000n, false], asOperator), [
      event(cards, "CardConsumed", { card: stored, face: 359_400n, listValue: 400_000n, principal: 269_550n }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey: CONSUMER_KEY,
        exposure: { ...HAS, storedPrincipal: 30_450n, visitsLeft: 10n, periodEndsAt: startsAt + 100n * DAY },
      }),
      event(book, "BookRedeemed", { merchant, amount: 269_550n, balance: 330_450n }),
    ]);
    expect(await figuresOf(stored)).to.deep.equal({
      principal: 30_450n,
      redeemed: 269_550n,
      refunded: 0n,
      trancheUsed: 359_400n,
      reserved: 0n,
      listUsed: 400_000n,
    });
    expect(await cards.read.faceOf([stored])).to.deep.equal([40_600n, 30_450n, 10_150n]);
    expect(await book.read.balanceOf([merchant])).to.equal(330_450n);
  });

  it("rounds in total, for the holder: what is redeemed fen by fen adds up to the whole", async () => {
    const { cards, stored, figuresOf, operator, asOperator } = await fixture();
    const earned: bigint[] = [];
    for (let step = 0; step < 4; step++) {
      const before = (await figuresOf(stored)).redeemed;
      const { result } = await cards.simulate.consume([stored, 1n, 1n, false], { account: operator.address });
      await cards.write.consume([stored, 1n, 1n, false], asOperator);
      earned.push(result);
      expect((await figuresOf(stored)).redeemed - before).to.equal(result);
    }
    // 0.75 a step: floor of 0.75, 1.50, 2.25, 3.00.
    expect(earned).to.deep.equal([0n, 1n, 1n, 1n]);
    await cards.write.consume([stored, 399_996n, 0n, false], asOperator);
    expect(await figuresOf(stored)).to.deep.include({ principal: 0n, redeemed: 300_000n, listUsed: 4n });
    expect(await cards.read.faceOf([stored])).to.deep.equal([0n, 0n, 0n]);
  });

  it("books no redemption where nothing is redeemed yet", async () => {
    const { connection, cards, book, sell, merchant, asOperator } = await fixture();
    const bearer = await sell(bearerOrder({ face: 100_000n }), { consumerKey: ZERO, buyerId: NO_DIGEST });
    await expectEvents(connection, cards.write.consume([bearer, 1n, 1n, false], asOperator), [
      event(cards, "CardConsumed", { card: bearer, face: 1n, listValue: 1n, principal: 0n }),
    ]);
    await expectEvents(connection, cards.write.consume([bearer, 1n, 1n, false], asOperator), [
      event(cards, "CardConsumed", { card: bearer, face: 1n, listValue: 1n, principal: 1n }),
      event(book, "BookRedeemed", { merchant, amount: 1n, balance: 649_999n }),
    ]);
  });

  it("counts visits out of what the consumer has left, and announces the colour that follows", async () => {
    const { connection, cards, book, code, custody, visits, merchant, pass, accounts, asOperator } = await fixture();
    const { startsAt } = await cards.read.cardOf([pass]);
    await custody.write.deposit([merchant, 570_000n], { account: accounts.agent });
    expect(await code.read.colourOf([merchant])).to.equal(2);
    await cards.write.reserve([visits, 3n], asOperator);
    await expectEvents(connection, cards.write.consume([visits, 3n, 45_000n, true], asOperator), [
      event(cards, "CardConsumed", { card: visits, face: 3n, listValue: 45_000n, principal: 30_000n }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey: CONSUMER_KEY,
        exposure: { ...HAS, visitsPrincipal: 70_000n, visitsLeft: 7n, periodEndsAt: startsAt + 100n * DAY },
      }),
      event(book, "BookRedeemed", { merchant, amount: 30_000n, balance: 570_000n }),
      event(code, "ColourChanged", { merchant, from: 2, to: 3, balance: 570_000n, custody: 570_000n, cover: 0n }),
    ]);
    const after = await cards.read.cardOf([visits]);
    expect([after.reserved, after.trancheUsed, after.principal]).to.deep.equal([0n, 3n, 70_000n]);
  });

  it("redeems what was set aside on a card that is ending", async () => {
    const { cards, visits, figuresOf, asOperator } = await fixture();
    await cards.write.reserve([visits, 4n], asOperator);
    await cards.write.beginEnding([visits, 2], asOperator);
    await cards.write.repay([visits, 60_000n], asOperator);
    await cards.write.consume([visits, 3n, 0n, true], asOperator);
    expect(await figuresOf(visits)).to.deep.include({ principal: 10_000n, redeemed: 30_000n, refunded: 60_000n });
  });
});
