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

describe("Redemptions.void_", () => {
  it("refuses an authorisation that was not made, everyone but the agent, and one that is closed", async () => {
    const { redemptions, held, merchant, accounts, asAgent } = await fixture();
    await expectRevert(redemptions.write.void_([99n], asAgent), redemptions, "AuthorisationsUnknown", [99n]);
    for (const account of [accounts.consumer, accounts.agent2]) {
      await expectRevert(redemptions.write.void_([held], { account }), redemptions, "RedemptionsNotAgent", [
        merchant,
        account.address,
      ]);
    }
    await redemptions.write.void_([held], asAgent);
    await expectRevert(redemptions.write.void_([held], asAgent), redemptions, "AuthorisationsClosed", [held]);
  });

  it("frees what was not captured, before expiry and after", async () => {
    const { connection, redemptions, cards, held, visits, accounts, asAgent, expiresAt, at, hold } = await fixture();
    await expectEvents(connection, redemptions.write.void_([held], asAgent), [
      event(redemptions, "AuthorisationClosed", { authorisation: held, by: accounts.agent.address, freed: 3n }),
      event(cards, "CardUnreserved", { card: visits, face: 3n, reserved: 1n }),
    ]);
    expect(await redemptions.read.authorisationOf([held])).to.deep.include({ captured: 1n, open: false });
    const second = await hold();
    await at(expiresAt + 1_000_000n);
    await redemptions.write.void_([second], asAgent);
    expect((await cards.read.cardOf([visits])).reserved).to.equal(1n);
  });
});
