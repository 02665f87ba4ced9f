import { expect } from "chai";
import { ENTRY } from "../../fixtures/prepaid-cards.ts";
import { deployRedemptions, REASON } from "../../fixtures/redemptions.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(async (connection) => {
  const domain = await deployRedemptions(connection);
  return { ...domain, entry: await domain.write() };
});

describe("Redemptions.withdraw", () => {
  it("refuses an entry that was not written, and everyone but the agent", async () => {
    const { redemptions, entry, merchant, accounts, asAgent } = await fixture();
    await expectRevert(redemptions.write.withdraw([99n], asAgent), redemptions, "RedemptionsUnknown", [99n]);
    for (const account of [accounts.consumer, accounts.agent2]) {
      await expectRevert(redemptions.write.withdraw([entry], { account }), redemptions, "RedemptionsNotAgent", [
        merchant,
        account.address,
      ]);
    }
  });

  it("refuses an entry that is final or cancelled", async () => {
    const { redemptions, entry, write, asAgent, asConsumer } = await fixture();
    await redemptions.write.confirm([entry], asConsumer);
    await expectRevert(redemptions.write.withdraw([entry], asAgent), redemptions, "RedemptionsWrongStatus", [
      entry,
      ENTRY.FINAL,
    ]);
    const second = await write();
    await redemptions.write.withdraw([second], asAgent);
    await expectRevert(redemptions.write.withdraw([second], asAgent), redemptions, "RedemptionsWrongStatus", [
      second,
      ENTRY.CANCELLED,
    ]);
  });

  it("takes an entry back, pending or contested, and frees its face", async () => {
    const { connection, redemptions, cards, entry, write, visits, accounts, asAgent, asConsumer } = await fixture();
    const second = await write(3n, 0n);
    await redemptions.write.contest([second, REASON], asConsumer);
    const by = accounts.agent.address;
    await expectEvents(connection, redemptions.write.withdraw([entry], asAgent), [
      event(redemptions, "RedemptionCancelled", { redemption: entry, card: visits, by }),
      event(cards, "CardUnreserved", { card: visits, face: 2n, reserved: 3n }),
    ]);
    await expectEvents(connection, redemptions.write.withdraw([second], asAgent), [
      event(redemptions, "RedemptionCancelled", { redemption: second, card: visits, by }),
      event(cards, "CardUnreserved", { card: visits, face: 3n, reserved: 0n }),
    ]);
    expect((await redemptions.read.redemptionOf([entry])).status).to.equal(ENTRY.CANCELLED);
  });
});
