import { expect } from "chai";
import { ENTRY, NO_DIGEST } from "../../fixtures/prepaid-cards.ts";
import { deployRedemptions, EVIDENCE, WINDOW } from "../../fixtures/redemptions.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** Four visits are held for two days. */
const fixture = defineFixture(async (connection) => {
  const domain = await deployRedemptions(connection);
  const held = await domain.hold();
  const { expiresAt } = await domain.redemptions.read.authorisationOf([held]);
  return { ...domain, held, expiresAt };
});

describe("Redemptions.capture", () => {
  it("refuses an authorisation that was not made, and everyone but the agent", async () => {
    const { redemptions, held, merchant, accounts, asAgent } = await fixture();
    await expectRevert(
      redemptions.write.capture([99n, 1n, 0n, EVIDENCE], asAgent),
      redemptions,
      "AuthorisationsUnknown",
      [99n],
    );
    for (const account of [accounts.consumer, accounts.agent2]) {
      await expectRevert(
        redemptions.write.capture([held, 1n, 0n, EVIDENCE], { account }),
        redemptions,
        "RedemptionsNotAgent",
        [merchant, account.address],
      );
    }
  });

  it("refuses a merchant in default, missing evidence and a price above the list price", async () => {
    const { redemptions, held, visits, merchant, declareDefault, asAgent } = await fixture();
    await expectRevert(redemptions.write.capture([held, 1n, 0n, NO_DIGEST], asAgent), redemptions, "DigestsMissing", [
      NO_DIGEST.value,
      0,
    ]);
    await expectRevert(
      redemptions.write.capture([held, 1n, 15_001n, EVIDENCE], asAgent),
      redemptions,
      "RedemptionsListValue",
      [visits, 15_001n, 15_000n],
    );
    const stoppedAt = await declareDefault();
    await expectRevert(
      redemptions.write.capture([held, 1n, 0n, EVIDENCE], asAgent),
      redemptions,
      "RedemptionsNotServing",
      [merchant, stoppedAt],
    );
  });

  it("refuses from the very second of expiry", async () => {
    const { redemptions, held, expiresAt, at, asAgent } = await fixture();
    await at(expiresAt);
    await expectRevert(
      redemptions.write.capture([held, 1n, 0n, EVIDENCE], asAgent),
      redemptions,
      "AuthorisationsExpired",
      [held, expiresAt],
    );
  });

  it("refuses nothing and more than is held", async () => {
    const { redemptions, held, asAgent } = await fixture();
    await expectRevert(
      redemptions.write.capture([held, 0n, 0n, EVIDENCE], asAgent),
      redemptions,
      "AuthorisationsAboveHeld",
      [held, 4n, 0n],
    );
    await redemptions.write.capture([held, 1n, 0n, EVIDENCE], asAgent);
    await expectRevert(
      redemptions.write.capture([held, 4n, 0n, EVIDENCE], asAgent),
      redemptions,
      "AuthorisationsAboveHeld",
      [held, 3n, 4n],
    );
  });

  it("A-53: turns part of it, in the last second, into an entry that can be contested", async () => {
    const { connection, redemptions, cards, held, visits, expiresAt, at, asAgent } = await fixture();
    const moment = expiresAt - 1n;
    await at(moment);
    await expectEvents(connection, redemptions.write.capture([held, 3n, 45_000n, EVIDENCE], asAgent), [
      event(redemptions, "RedemptionRecorded", {
        redemption: 1n,
        card: visits,
        face: 3n,
        listValue: 45_000n,
        contestUntil: moment + WINDOW,
        evidence: EVIDENCE,
      }),
      event(redemptions, "AuthorisationCaptured", { authorisation: held, redemption: 1n, captured: 3n }),
    ]);
    expect(await redemptions.read.authorisationOf([held])).to.deep.include({ captured: 3n, open: true });
    expect((await redemptions.read.redemptionOf([1n])).status).to.equal(ENTRY.PENDING);
    // What was captured stays set aside for the entry, the rest for the authorisation.
    expect((await cards.read.cardOf([visits])).reserved).to.equal(4n);
    await redemptions.write.withdraw([1n], asAgent);
    expect((await cards.read.cardOf([visits])).reserved).to.equal(1n);
  });

  it("closes with the last of what is held; what was captured in parts is earned when it is final", async () => {
    const { redemptions, cards, held, visits, figuresOf, asAgent, asConsumer } = await fixture();
    await redemptions.write.capture([held, 1n, 0n, EVIDENCE], asAgent);
    await redemptions.write.capture([held, 3n, 0n, EVIDENCE], asAgent);
    expect(await redemptions.read.authorisationOf([held])).to.deep.include({ captured: 4n, open: false });
    await expectRevert(
      redemptions.write.capture([held, 1n, 0n, EVIDENCE], asAgent),
      redemptions,
      "AuthorisationsClosed",
      [held],
    );
    await redemptions.write.confirm([1n], asConsumer);
    await redemptions.write.confirm([2n], asConsumer);
    expect(await figuresOf(visits)).to.deep.include({ principal: 60_000n, redeemed: 40_000n, reserved: 0n });
    expect(await cards.read.faceOf([visits])).to.deep.equal([6n, 6n, 0n]);
  });
});
