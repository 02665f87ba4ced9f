import { expect } from "chai";
import { ENTRY, NO_DIGEST } from "../../fixtures/prepaid-cards.ts";
import { deployRedemptions, REASON, RECORDS, RULING } from "../../fixtures/redemptions.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** An entry over four visits, contested. */
const fixture = defineFixture(async (connection) => {
  const domain = await deployRedemptions(connection);
  const entry = await domain.write(4n, 60_000n);
  await domain.redemptions.write.contest([entry, REASON], domain.asConsumer);
  return { ...domain, entry };
});

describe("Redemptions.decide", () => {
  it("refuses everyone but the arbiter", async () => {
    const { redemptions, entry, accounts } = await fixture();
    for (const account of [accounts.agent, accounts.consumer, accounts.regulator, accounts.admin]) {
      await expectRevert(
        redemptions.write.decide([entry, 4n, 0n, RULING], { account }),
        redemptions,
        "AccessManagedUnauthorized",
        [account.address],
      );
    }
  });

  it("refuses an entry that was not written or is not contested, and a decision without a ruling", async () => {
    const { redemptions, entry, write, asArbiter } = await fixture();
    await expectRevert(redemptions.write.decide([99n, 0n, 0n, RULING], asArbiter), redemptions, "RedemptionsUnknown", [
      99n,
    ]);
    const open = await write();
    await expectRevert(
      redemptions.write.decide([open, 0n, 0n, RULING], asArbiter),
      redemptions,
      "RedemptionsWrongStatus",
      [open, ENTRY.PENDING],
    );
    await expectRevert(redemptions.write.decide([entry, 0n, 0n, NO_DIGEST], asArbiter), redemptions, "DigestsMissing", [
      NO_DIGEST.value,
      0,
    ]);
  });

  it("refuses to let more stand than was written, and a price without face", async () => {
    const { redemptions, entry, asArbiter } = await fixture();
    for (const [face, listValue] of [
      [5n, 60_000n],
      [4n, 60_001n],
      [0n, 1n],
    ] as const) {
      await expectRevert(
        redemptions.write.decide([entry, face, listValue, RULING], asArbiter),
        redemptions,
        "RedemptionsAboveEntry",
        [entry, face, listValue],
      );
    }
  });

  it("A-53: lets the whole entry stand", async () => {
    const { redemptions, cards, entry, visits, figuresOf, asAgent, asArbiter } = await fixture();
    await redemptions.write.answer([entry, RECORDS], asAgent);
    await redemptions.write.decide([entry, 4n, 60_000n, RULING], asArbiter);
    const after = await redemptions.read.redemptionOf([entry]);
    expect([after.status, after.face, after.listValue, after.principal]).to.deep.equal([
      ENTRY.FINAL,
      4n,
      60_000n,
      40_000n,
    ]);
    expect(await figuresOf(visits)).to.deep.include({ principal: 60_000n, reserved: 0n, listUsed: 60_000n });
    expect(await cards.read.faceOf([visits])).to.deep.equal([6n, 6n, 0n]);
  });

  it("A-53: lets a part stand and frees the rest", async () => {
    const { connection, redemptions, cards, book, entry, visits, merchant, asArbiter } = await fixture();
    const { consumerKey } = await cards.read.cardOf([visits]);
    const exposure = await book.read.exposureOf([merchant, consumerKey]);
    await expectEvents(connection, redemptions.write.decide([entry, 1n, 14_000n, RULING], asArbiter), [
      event(redemptions, "RedemptionDecided", { redemption: entry, face: 1n, listValue: 14_000n, ruling: RULING }),
      event(cards, "CardConsumed", { card: visits, face: 1n, listValue: 14_000n, principal: 10_000n }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey,
        exposure: { ...exposure, visitsPrincipal: 90_000n, visitsLeft: 9n },
      }),
      event(book, "BookRedeemed", { merchant, amount: 10_000n, balance: 590_000n }),
      event(redemptions, "RedemptionFinal", { redemption: entry, card: visits, face: 1n, principal: 10_000n }),
      event(cards, "CardUnreserved", { card: visits, face: 3n, reserved: 0n }),
    ]);
    const after = await redemptions.read.redemptionOf([entry]);
    expect([after.status, after.face, after.listValue, after.principal]).to.deep.equal([
      ENTRY.FINAL,
      1n,
      14_000n,
      10_000n,
    ]);
  });

  it("A-53: strikes the entry out", async () => {
    const { connection, redemptions, cards, entry, visits, accounts, asArbiter } = await fixture();
    await expectEvents(connection, redemptions.write.decide([entry, 0n, 0n, RULING], asArbiter), [
      event(redemptions, "RedemptionDecided", { redemption: entry, face: 0n, listValue: 0n, ruling: RULING }),
      event(redemptions, "RedemptionCancelled", { redemption: entry, card: visits, by: accounts.arbiter.address }),
      event(cards, "CardUnreserved", { card: visits, face: 4n, reserved: 0n }),
    ]);
    const after = await redemptions.read.redemptionOf([entry]);
    expect([after.status, after.face]).to.deep.equal([ENTRY.CANCELLED, 4n]);
  });

  it("A-44: decides after a default until claims open, then strikes out only", async () => {
    const {
      redemptions,
      cards,
      register,
      entry,
      write,
      visits,
      merchant,
      declareDefault,
      asArbiter,
      asConsumer,
      asOperator,
    } = await fixture();
    const second = await write(1n, 0n);
    await redemptions.write.contest([second, REASON], asConsumer);
    await declareDefault();
    await redemptions.write.decide([entry, 2n, 0n, RULING], asArbiter);
    await register.write.openClaims([merchant], asOperator);
    await expectRevert(redemptions.write.decide([second, 1n, 0n, RULING], asArbiter), cards, "CardLedgerClaimsOpen", [
      visits,
      merchant,
    ]);
    await redemptions.write.decide([second, 0n, 0n, RULING], asArbiter);
    expect((await redemptions.read.redemptionOf([second])).status).to.equal(ENTRY.CANCELLED);
  });
});
