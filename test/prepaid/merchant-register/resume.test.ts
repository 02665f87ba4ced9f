import { expect } from "chai";
import { filedMerchant, linkedMerchant, MISSING, NO_DIGEST, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { CLOSING, DAY, START, STATUS } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const LAST_DAY = START + 90n * DAY;

describe("MerchantRegister.resume", () => {
  it("refuses everyone but the platform", async () => {
    const { register, merchant, accounts } = await filedMerchant();
    for (const account of [accounts.admin, accounts.regulator, accounts.agent]) {
      const call = register.write.resume([merchant, PAPER], { account });
      await expectRevert(call, register, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a merchant that is not filed, or neither closing nor leaving", async () => {
    const { register, merchant, asPlatform, asRegulator, time } = await filedMerchant();
    const resume = (id: bigint) => register.write.resume([id, PAPER], asPlatform);
    await expectRevert(resume(NOBODY), register, "MerchantRegisterUnknown", [NOBODY]);
    await expectRevert(resume(merchant), register, "MerchantRegisterWrongStatus", [merchant, STATUS.FILED]);
    await register.write.link([merchant, PAPER], asPlatform);
    await expectRevert(resume(merchant), register, "MerchantRegisterWrongStatus", [merchant, STATUS.LINKED]);
    await register.write.declareDefault([merchant, BigInt(await time.latest()), PAPER], asRegulator);
    await expectRevert(resume(merchant), register, "MerchantRegisterWrongStatus", [merchant, STATUS.DEFAULTED]);
  });

  it("refuses to take back a closing for good", async () => {
    const { register, merchant, asAgent, asPlatform } = await linkedMerchant();
    await register.write.announceClosing([merchant, CLOSING.CLOSING, LAST_DAY, PAPER], asAgent);
    const call = register.write.resume([merchant, PAPER], asPlatform);
    await expectRevert(call, register, "MerchantRegisterClosingIsFinal", [merchant]);
  });

  it("refuses without evidence", async () => {
    const { register, merchant, asAgent, asPlatform } = await linkedMerchant();
    await register.write.announceClosing([merchant, CLOSING.PAUSING, LAST_DAY, PAPER], asAgent);
    const call = register.write.resume([merchant, NO_DIGEST], asPlatform);
    await expectRevert(call, register, "DigestsMissing", MISSING);
  });

  for (const kind of [CLOSING.MOVING, CLOSING.PAUSING]) {
    it(`ends closing of kind ${kind}, and the merchant may issue again`, async () => {
      const { register, merchant, asAgent, asArbiter, asPlatform, connection, time } = await linkedMerchant();
      await register.write.announceClosing([merchant, kind, LAST_DAY, PAPER], asAgent);
      await register.write.recordStop([merchant, BigInt(await time.latest()), PAPER], asArbiter);
      await expectEvents(connection, register.write.resume([merchant, PAPER], asPlatform), [
        event(register, "ServiceResumed", { merchant, evidence: PAPER }),
        event(register, "MerchantStatusChanged", { merchant, from: STATUS.CLOSING, to: STATUS.LINKED }),
      ]);
      const { noticeAt, lastDay, stoppedAt } = await register.read.merchantOf([merchant]);
      expect({ noticeAt, lastDay, stoppedAt }).to.deep.equal({ noticeAt: 0n, lastDay: 0n, stoppedAt: 0n });
      expect(await register.read.mayIssue([merchant])).to.equal(true);
      expect(await register.read.operatorCause([merchant])).to.equal(false);
    });
  }

  it("gives an exit up, and leaves a recorded stop as it is", async () => {
    const { register, merchant, asAgent, asArbiter, asPlatform, connection, time } = await linkedMerchant();
    const stoppedAt = BigInt(await time.latest());
    await register.write.recordStop([merchant, stoppedAt, PAPER], asArbiter);
    await register.write.requestExit([merchant, PAPER], asAgent);
    await expectEvents(connection, register.write.resume([merchant, PAPER], asPlatform), [
      event(register, "ServiceResumed", { merchant, evidence: PAPER }),
      event(register, "MerchantStatusChanged", { merchant, from: STATUS.EXITING, to: STATUS.LINKED }),
    ]);
    const { noticeAt, stoppedAt: kept } = await register.read.merchantOf([merchant]);
    expect({ noticeAt, kept }).to.deep.equal({ noticeAt: 0n, kept: stoppedAt });
  });

  it("A-40: leads an exit given up back to the closing that was announced before", async () => {
    const { register, merchant, asAgent, asPlatform, connection } = await linkedMerchant();
    await register.write.announceClosing([merchant, CLOSING.CLOSING, LAST_DAY, PAPER], asAgent);
    await register.write.requestExit([merchant, PAPER], asAgent);
    await expectEvents(connection, register.write.resume([merchant, PAPER], asPlatform), [
      event(register, "ServiceResumed", { merchant, evidence: PAPER }),
      event(register, "MerchantStatusChanged", { merchant, from: STATUS.EXITING, to: STATUS.CLOSING }),
    ]);
    expect((await register.read.merchantOf([merchant])).lastDay).to.equal(LAST_DAY);
    const call = register.write.resume([merchant, PAPER], asPlatform);
    await expectRevert(call, register, "MerchantRegisterClosingIsFinal", [merchant]);
  });

  it("leads a merchant that is not linked back to filed", async () => {
    const { register, merchant, asAgent, asPlatform } = await filedMerchant();
    await register.write.announceClosing([merchant, CLOSING.MOVING, LAST_DAY, PAPER], asAgent);
    await register.write.resume([merchant, PAPER], asPlatform);
    expect(await register.read.statusOf([merchant])).to.equal(STATUS.FILED);
  });
});
