import { expect } from "chai";
import { ENTRY } from "../../fixtures/prepaid-cards.ts";
import { deployRedemptions, REASON } from "../../fixtures/redemptions.ts";
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

describe("Redemptions.claimUnanswered", () => {
  it("refuses an entry that was not written, everyone but the holder, and an entry that is not contested", async () => {
    const { redemptions, entry, write, visits, accounts, asConsumer } = await fixture();
    await expectRevert(redemptions.write.claimUnanswered([99n], asConsumer), redemptions, "RedemptionsUnknown", [99n]);
    for (const account of [accounts.agent, accounts.consumer2]) {
      await expectRevert(redemptions.write.claimUnanswered([entry], { account }), redemptions, "RedemptionsNotHolder", [
        visits,
        account.address,
      ]);
    }
    const open = await write();
    await expectRevert(redemptions.write.claimUnanswered([open], asConsumer), redemptions, "RedemptionsWrongStatus", [
      open,
      ENTRY.PENDING,
    ]);
  });

  it("refuses to the last second of the answer time", async () => {
    const { redemptions, entry, answerUntil, at, asConsumer } = await fixture();
    await at(answerUntil - 1n);
    await expectRevert(redemptions.write.claimUnanswered([entry], asConsumer), redemptions, "RedemptionsTooEarly", [
      entry,
      answerUntil,
    ]);
  });

  it("A-53: of a merchant that withholds its records, the holder's version stands", async () => {
    const { connection, redemptions, cards, book, visits, merchant, entry, answerUntil, accounts, at, asConsumer } =
      await fixture();
    await at(answerUntil);
    await expectEvents(connection, redemptions.write.claimUnanswered([entry], asConsumer), [
      event(redemptions, "RedemptionCancelled", { redemption: entry, card: visits, by: accounts.consumer.address }),
      event(cards, "CardUnreserved", { card: visits, face: 2n, reserved: 0n }),
    ]);
    expect((await redemptions.read.redemptionOf([entry])).status).to.equal(ENTRY.CANCELLED);
    expect((await book.read.totalsOf([merchant])).redeemed).to.equal(0n);
    expect(await cards.read.faceOf([visits])).to.deep.equal([10n, 10n, 0n]);
  });
});
