import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { CLOSING, DAY } from "../../fixtures/prepaid.ts";
import { CARD_STATUS, ENTRY, NO_DIGEST, periodOrder } from "../../fixtures/prepaid-cards.ts";
import { deployRedemptions, REASON, RULING, WINDOW } from "../../fixtures/redemptions.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** A pass of 100 days for 200,000 fen that has just begun. */
const fixture = defineFixture(async (connection) => {
  const domain = await deployRedemptions(connection);
  const { startsAt } = await domain.cards.read.cardOf([domain.pass]);
  return {
    ...domain,
    startsAt,
    /** Accrues at a moment of the pass and returns the face of the entry. */
    async accrueAt(moment: bigint, card = domain.pass): Promise<bigint> {
      await domain.at(moment);
      await domain.redemptions.write.accrue([card], domain.asAgent);
      const { face } = await domain.redemptions.read.redemptionOf([await domain.redemptions.read.count()]);
      return face;
    },
  };
});

describe("Redemptions.accrue", () => {
  it("refuses a card that was not sold, everyone but the agent, and a card that is no pass", async () => {
    const { redemptions, cards, pass, visits, merchant, accounts, asAgent } = await fixture();
    await expectRevert(redemptions.write.accrue([99n], asAgent), cards, "CardLedgerUnknownCard", [99n]);
    for (const account of [accounts.consumer, accounts.agent2]) {
      await expectRevert(redemptions.write.accrue([pass], { account }), redemptions, "RedemptionsNotAgent", [
        merchant,
        account.address,
      ]);
    }
    await expectRevert(redemptions.write.accrue([visits], asAgent), redemptions, "RedemptionsWrongKind", [visits, 1]);
  });

  it("refuses before a whole day has passed, to the last second", async () => {
    const { redemptions, pass, startsAt, accrueAt, at, asAgent } = await fixture();
    await at(startsAt + DAY - 1n);
    await expectRevert(redemptions.write.accrue([pass], asAgent), redemptions, "RedemptionsNothingDue", [
      pass,
      startsAt + DAY - 1n,
    ]);
    expect(await accrueAt(startsAt + DAY)).to.equal(DAY);
  });

  it("refuses a pass that has not begun", async () => {
    const { redemptions, sell, accrueAt, at, asAgent, now } = await fixture();
    const startsAt = (await now()) + 30n * DAY;
    const later = await sell(periodOrder({ startsAt }));
    await at(startsAt);
    await expectRevert(redemptions.write.accrue([later], asAgent), redemptions, "RedemptionsNothingDue", [
      later,
      startsAt,
    ]);
    expect(await accrueAt(startsAt + DAY, later)).to.equal(DAY);
  });

  it("A-35: writes the whole days that passed, at the list price of a day, and sets them aside", async () => {
    const { connection, redemptions, cards, pass, startsAt, at, asAgent } = await fixture();
    const moment = startsAt + 11n * DAY - 1n;
    await at(moment);
    await expectEvents(connection, redemptions.write.accrue([pass], asAgent), [
      event(redemptions, "RedemptionRecorded", {
        redemption: 1n,
        card: pass,
        face: 10n * DAY,
        listValue: 30_000n,
        contestUntil: moment + WINDOW,
        evidence: NO_DIGEST,
      }),
      event(cards, "CardReserved", { card: pass, face: 10n * DAY, reserved: 10n * DAY }),
    ]);
    const { status, evidence, principal } = await redemptions.read.redemptionOf([1n]);
    expect({ status, evidence, principal }).to.deep.equal({
      status: ENTRY.PENDING,
      evidence: NO_DIGEST,
      principal: 0n,
    });
  });

  it("takes each day once, pending or final", async () => {
    const { redemptions, cards, pass, startsAt, accrueAt, at, asAgent } = await fixture();
    expect(await accrueAt(startsAt + 3n * DAY)).to.equal(3n * DAY);
    await at(startsAt + 4n * DAY - 1n);
    await expectRevert(redemptions.write.accrue([pass], asAgent), redemptions, "RedemptionsNothingDue", [
      pass,
      startsAt + 4n * DAY - 1n,
    ]);
    await at(startsAt + 20n * DAY);
    await redemptions.write.finalise([[1n]], asAgent);
    expect(await accrueAt(startsAt + 20n * DAY + 60n)).to.equal(17n * DAY);
    // 3 of 100 days of 200,000 fen.
    expect((await cards.read.cardOf([pass])).redeemed).to.equal(6_000n);
  });

  it("takes the rest at the end of the term, the last part of a day too, its price rounded down", async () => {
    const { redemptions, sell, accrueAt, cards } = await fixture();
    const odd = await sell(periodOrder({ face: 2n * DAY + 1_000n, listUnitPrice: 3_001n }));
    const { startsAt } = await cards.read.cardOf([odd]);
    expect(await accrueAt(startsAt + 2n * DAY + 999n, odd)).to.equal(2n * DAY);
    expect(await accrueAt(startsAt + 2n * DAY + 1_000n, odd)).to.equal(1_000n);
    // floor(3,001 x 1,000 / 86,400)
    expect((await redemptions.read.redemptionOf([2n])).listValue).to.equal(34n);
    expect((await cards.read.faceOf([odd]))[0] - (await cards.read.cardOf([odd])).reserved).to.equal(0n);
  });

  it("A-35: does not count beyond the day service stopped", async () => {
    const { redemptions, register, pass, merchant, startsAt, accrueAt, at, asAgent, asArbiter } = await fixture();
    await at(startsAt + 30n * DAY);
    await register.write.recordStop([merchant, startsAt + 12n * DAY + 5n, RULING], asArbiter);
    expect(await accrueAt(startsAt + 31n * DAY)).to.equal(12n * DAY);
    await at(startsAt + 40n * DAY);
    await expectRevert(redemptions.write.accrue([pass], asAgent), redemptions, "RedemptionsNothingDue", [
      pass,
      startsAt + 12n * DAY + 5n,
    ]);
  });

  it("A-40: does not count beyond the announced last day of a closing merchant", async () => {
    const { redemptions, register, pass, merchant, startsAt, accrueAt, at, asAgent } = await fixture();
    const lastDay = startsAt + 40n * DAY;
    await register.write.announceClosing([merchant, CLOSING.CLOSING, lastDay, digestOf("notice")], asAgent);
    expect(await accrueAt(lastDay - 1n)).to.equal(39n * DAY);
    expect(await accrueAt(lastDay + 30n * DAY)).to.equal(DAY);
    await at(lastDay + 31n * DAY);
    await expectRevert(redemptions.write.accrue([pass], asAgent), redemptions, "RedemptionsNothingDue", [
      pass,
      lastDay,
    ]);
  });

  it("A-35: counts time served before a default until claims open", async () => {
    const { redemptions, cards, register, pass, merchant, startsAt, accrueAt, at, accounts, asAgent, asOperator } =
      await fixture();
    await at(startsAt + 20n * DAY);
    await register.write.declareDefault([merchant, startsAt + 15n * DAY, RULING], { account: accounts.regulator });
    expect(await accrueAt(startsAt + 21n * DAY)).to.equal(15n * DAY);
    await register.write.openClaims([merchant], asOperator);
    await redemptions.write.withdraw([1n], asAgent);
    // The days withdrawn are made up, so none is due before the stop; a later stop would meet the cards.
    await expectRevert(redemptions.write.accrue([pass], asAgent), redemptions, "RedemptionsNothingDue", [
      pass,
      startsAt + 15n * DAY,
    ]);
    expect((await cards.read.cardOf([pass])).startsAt).to.equal(startsAt + 15n * DAY);
  });

  it("A-53: makes up days that were struck out, and takes no day again", async () => {
    const { redemptions, cards, pass, startsAt, accrueAt, asConsumer, asArbiter } = await fixture();
    await accrueAt(startsAt + 10n * DAY);
    await redemptions.write.contest([1n, REASON], asConsumer);
    await redemptions.write.decide([1n, 6n * DAY, 18_000n, RULING], asArbiter);
    expect((await cards.read.cardOf([pass])).startsAt).to.equal(startsAt + 4n * DAY);
    expect(await accrueAt(startsAt + 12n * DAY)).to.equal(2n * DAY);
    // The pass runs four days longer.
    expect(await accrueAt(startsAt + 104n * DAY)).to.equal(92n * DAY);
  });

  it("refuses a pass that is lost, until it is found", async () => {
    const { redemptions, cards, pass, startsAt, accrueAt, at, asAgent, asConsumer } = await fixture();
    await cards.write.reportLoss([pass], asConsumer);
    await at(startsAt + 5n * DAY);
    await expectRevert(redemptions.write.accrue([pass], asAgent), cards, "CardLedgerWrongStatus", [
      pass,
      CARD_STATUS.LOST,
    ]);
    await cards.write.withdrawLoss([pass], asConsumer);
    expect(await accrueAt(startsAt + 6n * DAY)).to.equal(6n * DAY);
  });
});
