import { expect } from "chai";
import { deployRedemptions, EVIDENCE } from "../../fixtures/redemptions.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** Four visits are held, one of them is captured. */
const fixture = defineFixture(async (connection) => {
  const domain = await deployRedemptions(connection);
  const held = await domain.hold();
  await domain.redemptions.write.capture([held, 1n, 0n, EVIDENCE], domain.asAgent);
  const { expiresAt } = await domain.redemptions.read.authorisationOf([held]);
  return { ...domain, held, expiresAt };
});

describe("Redemptions.reclaim", () => {
  it("refuses an authorisation that was not made, everyone but the holder, and one that is closed", async () => {
    const { redemptions, held, visits, accounts, asAgent, asConsumer, expiresAt, at } = await fixture();
    await expectRevert(redemptions.write.reclaim([99n], asConsumer), redemptions, "AuthorisationsUnknown", [99n]);
    await at(expiresAt);
    for (const account of [accounts.agent, accounts.consumer2]) {
      await expectRevert(redemptions.write.reclaim([held], { account }), redemptions, "RedemptionsNotHolder", [
        visits,
        account.address,
      ]);
    }
    await redemptions.write.void_([held], asAgent);
    await expectRevert(redemptions.write.reclaim([held], asConsumer), redemptions, "AuthorisationsClosed", [held]);
  });

  it("refuses to the last second before expiry", async () => {
    const { redemptions, held, asConsumer, expiresAt, at } = await fixture();
    await at(expiresAt - 1n);
    await expectRevert(redemptions.write.reclaim([held], asConsumer), redemptions, "AuthorisationsNotExpired", [
      held,
      expiresAt,
    ]);
  });

  it("frees what was not captured from expiry on, without the merchant, in default and under open claims too", async () => {
    const { connection, redemptions, cards, held, visits, accounts, openClaims, asConsumer, expiresAt, at } =
      await fixture();
    await openClaims();
    await at(expiresAt);
    await expectEvents(connection, redemptions.write.reclaim([held], asConsumer), [
      event(redemptions, "AuthorisationClosed", { authorisation: held, by: accounts.consumer.address, freed: 3n }),
      event(cards, "CardUnreserved", { card: visits, face: 3n, reserved: 1n }),
    ]);
    expect((await redemptions.read.authorisationOf([held])).open).to.equal(false);
  });
});
