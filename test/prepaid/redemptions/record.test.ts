import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { DAY } from "../../fixtures/prepaid.ts";
import { ENTRY, NO_DIGEST } from "../../fixtures/prepaid-cards.ts";
import { deployRedemptions, EVIDENCE, WINDOW } from "../../fixtures/redemptions.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployRedemptions);

describe("Redemptions.record", () => {
  it("refuses a card that was not sold, and everyone but the agent of its merchant", async () => {
    const { redemptions, cards, visits, merchant, accounts, asAgent, fileMerchant } = await fixture();
    await expectRevert(redemptions.write.record([99n, 1n, 1n, EVIDENCE], asAgent), cards, "CardLedgerUnknownCard", [
      99n,
    ]);
    await fileMerchant({ agent: accounts.agent2.address });
    for (const account of [accounts.agent2, accounts.consumer, accounts.platform]) {
      await expectRevert(
        redemptions.write.record([visits, 1n, 1n, EVIDENCE], { account }),
        redemptions,
        "RedemptionsNotAgent",
        [merchant, account.address],
      );
    }
  });

  it("refuses a period pass", async () => {
    const { redemptions, pass, asAgent } = await fixture();
    await expectRevert(
      redemptions.write.record([pass, DAY, 1n, EVIDENCE], asAgent),
      redemptions,
      "RedemptionsWrongKind",
      [pass, 2],
    );
  });

  it("refuses a merchant in default", async () => {
    const { redemptions, register, visits, merchant, declareDefault, asAgent, asArbiter } = await fixture();
    const stoppedAt = await declareDefault();
    await expectRevert(
      redemptions.write.record([visits, 1n, 1n, EVIDENCE], asAgent),
      redemptions,
      "RedemptionsNotServing",
      [merchant, stoppedAt],
    );
    // A ruling that takes the stop back does not take the default back.
    await register.write.recordStop([merchant, 0n, EVIDENCE], asArbiter);
    await expectRevert(
      redemptions.write.record([visits, 1n, 1n, EVIDENCE], asAgent),
      redemptions,
      "RedemptionsNotServing",
      [merchant, 0n],
    );
  });

  it("refuses a merchant that stopped serving, until a ruling says that it serves again", async () => {
    const { redemptions, register, visits, merchant, asAgent, asArbiter, now } = await fixture();
    const stoppedAt = await now();
    const ruling = digestOf("ruling that it stopped");
    await register.write.recordStop([merchant, stoppedAt, ruling], asArbiter);
    await expectRevert(
      redemptions.write.record([visits, 1n, 1n, EVIDENCE], asAgent),
      redemptions,
      "RedemptionsNotServing",
      [merchant, stoppedAt],
    );
    await register.write.recordStop([merchant, 0n, ruling], asArbiter);
    await redemptions.write.record([visits, 1n, 1n, EVIDENCE], asAgent);
  });

  it("refuses an entry without evidence", async () => {
    const { redemptions, visits, asAgent } = await fixture();
    await expectRevert(redemptions.write.record([visits, 1n, 1n, NO_DIGEST], asAgent), redemptions, "DigestsMissing", [
      NO_DIGEST.value,
      0,
    ]);
  });

  it("A-33: refuses a price above the list price of so many visits, and takes exactly it", async () => {
    const { redemptions, visits, stored, asAgent } = await fixture();
    await expectRevert(
      redemptions.write.record([visits, 2n, 30_001n, EVIDENCE], asAgent),
      redemptions,
      "RedemptionsListValue",
      [visits, 30_001n, 30_000n],
    );
    await redemptions.write.record([visits, 2n, 30_000n, EVIDENCE], asAgent);
    // Of stored value the price before discount is the goods', whatever was charged.
    await redemptions.write.record([stored, 2n, 999_999n, EVIDENCE], asAgent);
  });

  it("refuses what the card cannot give", async () => {
    const { redemptions, cards, visits, asAgent } = await fixture();
    await expectRevert(redemptions.write.record([visits, 11n, 0n, EVIDENCE], asAgent), cards, "CardLedgerFaceShort", [
      visits,
      10n,
      11n,
    ]);
    await expectRevert(redemptions.write.record([visits, 0n, 0n, EVIDENCE], asAgent), cards, "CardLedgerZeroFace", [
      visits,
    ]);
  });

  it("A-53: writes an entry that can be contested for seven days, and sets its face aside", async () => {
    const { connection, redemptions, cards, book, visits, merchant, asAgent, now, at } = await fixture();
    const moment = (await now()) + 50n;
    await at(moment);
    await expectEvents(connection, redemptions.write.record([visits, 2n, 28_000n, EVIDENCE], asAgent), [
      event(redemptions, "RedemptionRecorded", {
        redemption: 1n,
        card: visits,
        face: 2n,
        listValue: 28_000n,
        contestUntil: moment + WINDOW,
        evidence: EVIDENCE,
      }),
      event(cards, "CardReserved", { card: visits, face: 2n, reserved: 2n }),
    ]);
    expect(await redemptions.read.redemptionOf([1n])).to.deep.equal({
      card: visits,
      face: 2n,
      listValue: 28_000n,
      principal: 0n,
      recordedAt: moment,
      contestUntil: moment + WINDOW,
      answerUntil: 0n,
      answered: false,
      status: ENTRY.PENDING,
      evidence: EVIDENCE,
    });
    expect(await redemptions.read.count()).to.equal(1n);
    // nothing is earned yet.
    expect((await book.read.totalsOf([merchant])).redeemed).to.equal(0n);
  });

  it("takes the window of the policy in force when it is written", async () => {
    const { redemptions, write, publish } = await fixture();
    await publish("CN-GZ", { "prepaid.contest.days": 3n }, "8040");
    const { recordedAt, contestUntil } = await redemptions.read.redemptionOf([await write()]);
    expect(contestUntil - recordedAt).to.equal(3n * DAY);
  });

  it("refuses to read an entry that was not written", async () => {
    const { redemptions, write } = await fixture();
    await write();
    for (const id of [0n, 2n]) {
      await expectRevert(redemptions.read.redemptionOf([id]), redemptions, "RedemptionsUnknown", [id]);
    }
  });
});
