import { expect } from "chai";
import { DAY } from "../../fixtures/prepaid.ts";
import { ENTRY, NO_DIGEST } from "../../fixtures/prepaid-cards.ts";
import { deployRedemptions, REASON, WINDOW } from "../../fixtures/redemptions.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(async (connection) => {
  const domain = await deployRedemptions(connection);
  const entry = await domain.write();
  const { contestUntil } = await domain.redemptions.read.redemptionOf([entry]);
  return { ...domain, entry, contestUntil };
});

describe("Redemptions.contest", () => {
  it("refuses an entry that was not written, and everyone but the holder", async () => {
    const { redemptions, entry, visits, accounts, asConsumer } = await fixture();
    await expectRevert(redemptions.write.contest([99n, REASON], asConsumer), redemptions, "RedemptionsUnknown", [99n]);
    for (const account of [accounts.agent, accounts.consumer2, accounts.platform]) {
      await expectRevert(redemptions.write.contest([entry, REASON], { account }), redemptions, "RedemptionsNotHolder", [
        visits,
        account.address,
      ]);
    }
  });

  it("refuses an entry that is contested already or final", async () => {
    const { redemptions, entry, write, asConsumer } = await fixture();
    await redemptions.write.contest([entry, REASON], asConsumer);
    await expectRevert(redemptions.write.contest([entry, REASON], asConsumer), redemptions, "RedemptionsWrongStatus", [
      entry,
      ENTRY.CONTESTED,
    ]);
    const second = await write();
    await redemptions.write.confirm([second], asConsumer);
    await expectRevert(redemptions.write.contest([second, REASON], asConsumer), redemptions, "RedemptionsWrongStatus", [
      second,
      ENTRY.FINAL,
    ]);
  });

  it("refuses from the very second the window is over", async () => {
    const { redemptions, entry, contestUntil, at, asConsumer } = await fixture();
    await at(contestUntil);
    await expectRevert(redemptions.write.contest([entry, REASON], asConsumer), redemptions, "RedemptionsTooLate", [
      entry,
      contestUntil,
    ]);
  });

  it("refuses without a reason", async () => {
    const { redemptions, entry, asConsumer } = await fixture();
    await expectRevert(redemptions.write.contest([entry, NO_DIGEST], asConsumer), redemptions, "DigestsMissing", [
      NO_DIGEST.value,
      0,
    ]);
  });

  it("A-53: stops the entry in the window's last second and gives the merchant its time to answer", async () => {
    const { connection, redemptions, cards, visits, entry, contestUntil, at, asConsumer } = await fixture();
    await at(contestUntil - 1n);
    const answerUntil = contestUntil - 1n + WINDOW;
    await expectEvents(connection, redemptions.write.contest([entry, REASON], asConsumer), [
      event(redemptions, "RedemptionContested", { redemption: entry, card: visits, answerUntil, reason: REASON }),
    ]);
    const after = await redemptions.read.redemptionOf([entry]);
    expect([after.status, after.answerUntil, after.answered]).to.deep.equal([ENTRY.CONTESTED, answerUntil, false]);
    expect((await cards.read.cardOf([visits])).reserved).to.equal(2n);
  });

  it("takes the answer time of the policy in force when it is contested", async () => {
    const { redemptions, entry, publish, asConsumer, now } = await fixture();
    await publish("CN-GZ", { "prepaid.answer.days": 2n });
    await redemptions.write.contest([entry, REASON], asConsumer);
    expect((await redemptions.read.redemptionOf([entry])).answerUntil).to.equal((await now()) + 2n * DAY);
  });

  it("B8: works while the merchant is in default and its sales are paused", async () => {
    const { redemptions, sales, entry, declareDefault, accounts, asConsumer } = await fixture();
    const [area] = await sales.read.areas();
    if (area === undefined) throw new Error("one area");
    await sales.write.pause([area, REASON], { account: accounts.emergency });
    await declareDefault();
    await redemptions.write.contest([entry, REASON], asConsumer);
    expect((await redemptions.read.redemptionOf([entry])).status).to.equal(ENTRY.CONTESTED);
  });
});
