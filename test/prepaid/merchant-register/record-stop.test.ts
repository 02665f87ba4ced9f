import { expect } from "chai";
import { linkedMerchant, MISSING, NO_DIGEST, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { DAY, START, STATUS } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const NOW = START + 40n * DAY;
async function leftMerchant() {
  const linked = await linkedMerchant();
  await linked.register.write.requestExit([linked.merchant, PAPER], linked.asAgent);
  await linked.time.increase(31n * DAY);
  await linked.register.write.completeExit([linked.merchant], linked.asPlatform);
  return linked;
}

describe("MerchantRegister.recordStop", () => {
  it("refuses everyone but the arbiter", async () => {
    const { register, merchant, accounts } = await linkedMerchant();
    for (const account of [accounts.admin, accounts.regulator, accounts.platform, accounts.agent]) {
      const call = register.write.recordStop([merchant, START, PAPER], { account });
      await expectRevert(call, register, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a merchant that is not filed, or has left", async () => {
    const { register, merchant, asArbiter, time } = await leftMerchant();
    const stop = (id: bigint, at: bigint) => register.write.recordStop([id, at, PAPER], asArbiter);
    await expectRevert(stop(NOBODY, START), register, "MerchantRegisterUnknown", [NOBODY]);
    const now = BigInt(await time.latest());
    await expectRevert(stop(merchant, now), register, "MerchantRegisterWrongStatus", [merchant, STATUS.EXITED]);
  });

  it("refuses a day before the filing or in the future, to the second, and no ruling", async () => {
    const { register, merchant, asArbiter, time } = await linkedMerchant();
    const { filedAt } = await register.read.merchantOf([merchant]);
    for (const stoppedAt of [filedAt - 1n, NOW + 1n]) {
      await time.setNextBlockTimestamp(NOW);
      const call = register.write.recordStop([merchant, stoppedAt, PAPER], asArbiter);
      await expectRevert(call, register, "MerchantRegisterStopOutOfRange", [merchant, stoppedAt, filedAt, NOW]);
    }
    const call = register.write.recordStop([merchant, filedAt, NO_DIGEST], asArbiter);
    await expectRevert(call, register, "DigestsMissing", MISSING);
  });

  it("refuses to take back a stop that was never recorded", async () => {
    const { register, merchant, asArbiter } = await linkedMerchant();
    const call = register.write.recordStop([merchant, 0n, PAPER], asArbiter);
    await expectRevert(call, register, "MerchantRegisterNotStopped", [merchant]);
  });

  it("A-35, A-49: makes an ending the operator's cause and stops issuing, from the filing to this second", async () => {
    const { register, merchant, asArbiter, connection, time } = await linkedMerchant();
    const { filedAt } = await register.read.merchantOf([merchant]);
    for (const stoppedAt of [filedAt, NOW]) {
      await time.setNextBlockTimestamp(NOW + (stoppedAt === NOW ? 0n : -1n));
      await expectEvents(connection, register.write.recordStop([merchant, stoppedAt, PAPER], asArbiter), [
        event(register, "StopRecorded", { merchant, stoppedAt, ruling: PAPER }),
      ]);
      expect((await register.read.merchantOf([merchant])).stoppedAt).to.equal(stoppedAt);
      expect(await register.read.operatorCause([merchant])).to.equal(true);
      expect(await register.read.mayIssue([merchant])).to.equal(false);
      const issue = register.read.requireMayIssue([merchant]);
      await expectRevert(issue, register, "MerchantRegisterStopped", [merchant, stoppedAt]);
    }
  });

  it("takes a stop back", async () => {
    const { register, merchant, asArbiter, connection, time } = await linkedMerchant();
    await register.write.recordStop([merchant, BigInt(await time.latest()), PAPER], asArbiter);
    await expectEvents(connection, register.write.recordStop([merchant, 0n, PAPER], asArbiter), [
      event(register, "StopRecorded", { merchant, stoppedAt: 0n, ruling: PAPER }),
    ]);
    expect(await register.read.operatorCause([merchant])).to.equal(false);
    expect(await register.read.mayIssue([merchant])).to.equal(true);
  });
});
