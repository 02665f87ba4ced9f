import { expect } from "chai";
import { ENTRY, NO_DIGEST } from "../../fixtures/prepaid-cards.ts";
import { deployRedemptions, REASON, RECORDS } from "../../fixtures/redemptions.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(async (connection) => {
  const domain = await deployRedemptions(connection);
  const entry = await domain.write();
  await domain.redemptions.write.contest([entry, REASON], domain.asConsumer);
  const { answerUntil } = await domain.redemptions.read.redemptionOf([entry]);
  return { ...domain, entry, answerUntil };
});

describe("Redemptions.answer", () => {
  it("refuses an entry that was not written, and everyone but the agent", async () => {
    const { redemptions, entry, merchant, accounts, asAgent } = await fixture();
    await expectRevert(redemptions.write.answer([99n, RECORDS], asAgent), redemptions, "RedemptionsUnknown", [99n]);
    for (const account of [accounts.consumer, accounts.agent2, accounts.arbiter]) {
      await expectRevert(redemptions.write.answer([entry, RECORDS], { account }), redemptions, "RedemptionsNotAgent", [
        merchant,
        account.address,
      ]);
    }
  });

  it("refuses an entry that is not contested, a second answer, and an answer without records", async () => {
    const { redemptions, entry, write, asAgent } = await fixture();
    const open = await write();
    await expectRevert(redemptions.write.answer([open, RECORDS], asAgent), redemptions, "RedemptionsWrongStatus", [
      open,
      ENTRY.PENDING,
    ]);
    await expectRevert(redemptions.write.answer([entry, NO_DIGEST], asAgent), redemptions, "DigestsMissing", [
      NO_DIGEST.value,
      0,
    ]);
    await redemptions.write.answer([entry, RECORDS], asAgent);
    await expectRevert(redemptions.write.answer([entry, RECORDS], asAgent), redemptions, "RedemptionsAnswered", [
      entry,
    ]);
  });

  it("refuses from the very second the answer time is over", async () => {
    const { redemptions, entry, answerUntil, at, asAgent } = await fixture();
    await at(answerUntil);
    await expectRevert(redemptions.write.answer([entry, RECORDS], asAgent), redemptions, "RedemptionsTooLate", [
      entry,
      answerUntil,
    ]);
  });

  it("A-53: puts the merchant's records in the last second; the arbiter then decides", async () => {
    const { connection, redemptions, entry, answerUntil, at, asAgent, asConsumer } = await fixture();
    await at(answerUntil - 1n);
    await expectEvents(connection, redemptions.write.answer([entry, RECORDS], asAgent), [
      event(redemptions, "RedemptionAnswered", { redemption: entry, records: RECORDS }),
    ]);
    const after = await redemptions.read.redemptionOf([entry]);
    expect([after.status, after.answered]).to.deep.equal([ENTRY.CONTESTED, true]);
    await at(answerUntil + 1n);
    await expectRevert(redemptions.write.claimUnanswered([entry], asConsumer), redemptions, "RedemptionsAnswered", [
      entry,
    ]);
  });
});
