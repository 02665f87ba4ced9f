import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { COVER, DAY, deployCustody, REGION, YUAN } from "../../fixtures/custody.ts";
import { REFUSAL } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const BALANCE = 250_000n * YUAN;
const REQUIRED = 100_000n * YUAN;

const fixture = defineFixture(async (connection) => {
  const deployed = await deployCustody(connection);
  const { people, fileMerchant, give, records, custody, code, asAgent } = deployed;
  const merchant = await fileMerchant(people.agent);
  await give(people.agent, REQUIRED);
  await custody.write.deposit([merchant, REQUIRED - 1n], asAgent);
  await records.paid(merchant, BALANCE);
  const since = await code.read.shortSince([merchant]);
  return { ...deployed, merchant, since, deadline: since + 30n * DAY };
});

describe("SupervisionCode.escalate (A-20)", () => {
  it("refuses everyone but the platform and the regulator", async () => {
    const { code, merchant, deadline, people, accounts, time } = await fixture();
    await time.increaseTo(deadline + 1n);
    for (const account of [people.stranger, people.agent, people.ledger, accounts.custodian, accounts.admin]) {
      await expectRevert(code.write.escalate([merchant], { account }), code, "SupervisionCodeNotAllowed", [
        account.address,
      ]);
    }
  });

  it("refuses while the cure time runs, its last second included", async () => {
    const { code, merchant, deadline, time, asPlatform } = await fixture();
    for (const moment of [deadline - DAY, deadline]) {
      await time.setNextBlockTimestamp(moment);
      await expectRevert(code.write.escalate([merchant], asPlatform), code, "SupervisionCodeCureRunning", [
        merchant,
        deadline,
      ]);
    }
  });

  it("refuses a merchant whose custody was made good", async () => {
    const { custody, code, merchant, deadline, time, asAgent, asPlatform } = await fixture();
    await custody.write.deposit([merchant, 1n], asAgent);
    await time.increaseTo(deadline + 1n);
    await expectRevert(code.write.escalate([merchant], asPlatform), code, "SupervisionCodeNotShort", [merchant]);
  });

  it("refuses a merchant that is enough covered now, though it was announced as short", async () => {
    const { code, publish, merchant, deadline, time, asPlatform } = await fixture();
    await publish(REGION.SHANGHAI, { "prepaid.ratio.general": 399_999n });
    await time.increaseTo(deadline + 1n);
    expect(await code.read.shortSince([merchant])).not.to.equal(0n);
    await expectRevert(code.write.escalate([merchant], asPlatform), code, "SupervisionCodeNotShort", [merchant]);
  });

  it("refuses a shortfall that was not announced: the cure time runs from the announcement", async () => {
    const { custody, code, register, merchant, now, time, asAgent, asInsurer, asPlatform } = await fixture();
    const begin = await now();
    await custody.write.registerCover(
      [merchant, COVER.INSURANCE, 1n, begin, begin + DAY, digestOf("policy")],
      asInsurer,
    );
    await time.increaseTo(begin + 60n * DAY);
    expect(await code.read.compliantOf([merchant])).to.equal(false);
    await expectRevert(code.write.escalate([merchant], asPlatform), code, "SupervisionCodeNotShort", [merchant]);
    await code.write.refresh([merchant], asPlatform);
    const since = await code.read.shortSince([merchant]);
    expect(since >= begin + 60n * DAY).to.equal(true);
    await expectRevert(code.write.escalate([merchant], asPlatform), code, "SupervisionCodeCureRunning", [
      merchant,
      since + 30n * DAY,
    ]);
    expect(await register.read.refusedFor([merchant, REFUSAL.ORDER])).to.equal(false);
    await custody.write.deposit([merchant, 1n], asAgent);
    expect(await code.read.shortSince([merchant])).to.equal(0n);
  });

  it("refuses where the policy sets no cure time", async () => {
    const { code, publish, records, fileMerchant, people, asRegulator } = await fixture();
    const other = await fileMerchant(people.otherAgent, { region: REGION.GUIZHOU });
    await publish(REGION.GUIZHOU, { "prepaid.warning.general": 0n, "prepaid.ratio.general": 1_000_000n });
    await records.paid(other, 1n);
    await expectRevert(code.write.escalate([other], asRegulator), code, "SupervisionCodeNoCureTime", [other]);
  });

  it("orders the stop the second after the deadline, by the platform", async () => {
    const { connection, code, register, merchant, since, deadline, time, asPlatform } = await fixture();
    expect(await register.read.mayIssue([merchant])).to.equal(true);
    await time.setNextBlockTimestamp(deadline + 1n);
    await expectEvents(connection, code.write.escalate([merchant], asPlatform), [
      event(code, "StopEscalated", {
        merchant,
        shortSince: since,
        deadline,
        required: REQUIRED,
        available: REQUIRED - 1n,
      }),
      event(register, "IssuingStopOrdered", { merchant }),
    ]);
    expect(await register.read.refusedFor([merchant, REFUSAL.ORDER])).to.equal(true);
    expect(await register.read.mayIssue([merchant])).to.equal(false);
  });

  it("orders the stop by the regulator, once", async () => {
    const { code, register, merchant, deadline, time, asRegulator } = await fixture();
    await time.increaseTo(deadline + 1n);
    await code.write.escalate([merchant], asRegulator);
    expect(await register.read.refusedFor([merchant, REFUSAL.ORDER])).to.equal(true);
    await expectRevert(code.write.escalate([merchant], asRegulator), register, "MerchantRegisterAlreadyRefused", [
      merchant,
      REFUSAL.ORDER,
    ]);
  });
});
