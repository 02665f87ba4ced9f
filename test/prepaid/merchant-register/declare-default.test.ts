import { expect } from "chai";
import { linkedMerchant, MISSING, NO_DIGEST, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { CLOSING, DAY, REFUSAL, START, STATUS } from "../../fixtures/prepaid.ts";
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

describe("MerchantRegister.declareDefault", () => {
  it("refuses everyone but the regulator", async () => {
    const { register, merchant, accounts } = await linkedMerchant();
    for (const account of [accounts.admin, accounts.arbiter, accounts.platform, accounts.agent]) {
      const call = register.write.declareDefault([merchant, START, PAPER], { account });
      await expectRevert(call, register, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a merchant that is not filed, has left, or is in default", async () => {
    const { register, merchant, fileMerchant, accounts, asRegulator, time } = await leftMerchant();
    const declare = async (id: bigint) =>
      register.write.declareDefault([id, BigInt(await time.latest()), PAPER], asRegulator);
    await expectRevert(declare(NOBODY), register, "MerchantRegisterUnknown", [NOBODY]);
    await expectRevert(declare(merchant), register, "MerchantRegisterWrongStatus", [merchant, STATUS.EXITED]);
    const other = await fileMerchant({ agent: accounts.agent2.address });
    await declare(other);
    await expectRevert(declare(other), register, "MerchantRegisterWrongStatus", [other, STATUS.DEFAULTED]);
  });

  it("refuses a day before the filing or in the future, and no decision", async () => {
    const { register, merchant, asRegulator, time } = await linkedMerchant();
    const { filedAt } = await register.read.merchantOf([merchant]);
    for (const stoppedAt of [0n, filedAt - 1n, NOW + 1n]) {
      await time.setNextBlockTimestamp(NOW);
      const call = register.write.declareDefault([merchant, stoppedAt, PAPER], asRegulator);
      await expectRevert(call, register, "MerchantRegisterStopOutOfRange", [merchant, stoppedAt, filedAt, NOW]);
    }
    const call = register.write.declareDefault([merchant, filedAt, NO_DIGEST], asRegulator);
    await expectRevert(call, register, "DigestsMissing", MISSING);
  });

  it("A-42, A-43: puts the merchant in default and on the serious-breach list; nothing more is sold", async () => {
    const { register, merchant, asRegulator, connection, time } = await linkedMerchant();
    const { responsible } = (await register.read.merchantOf([merchant])).filing;
    await time.setNextBlockTimestamp(NOW);
    await expectEvents(connection, register.write.declareDefault([merchant, NOW - DAY, PAPER], asRegulator), [
      event(register, "DefaultDeclared", { merchant, stoppedAt: NOW - DAY, decision: PAPER }),
      event(register, "MerchantStatusChanged", { merchant, from: STATUS.LINKED, to: STATUS.DEFAULTED }),
      event(register, "SeriousBreachListed", { merchant, responsible }),
    ]);
    const { defaultedAt, stoppedAt } = await register.read.merchantOf([merchant]);
    expect({ defaultedAt, stoppedAt }).to.deep.equal({ defaultedAt: NOW, stoppedAt: NOW - DAY });
    expect(await register.read.refusedFor([merchant, REFUSAL.SERIOUS_BREACH])).to.equal(true);
    expect(await register.read.operatorCause([merchant])).to.equal(true);
    const issue = register.read.requireMayIssue([merchant]);
    await expectRevert(issue, register, "MerchantRegisterMayNotIssue", [merchant, STATUS.DEFAULTED]);
    expect(await register.read.claimsOpenedAt([merchant])).to.equal(0n);
  });

  it("A-49: stays the operator's cause even where the day of the stop is taken back", async () => {
    const { register, merchant, asArbiter, asRegulator, time } = await linkedMerchant();
    await register.write.declareDefault([merchant, BigInt(await time.latest()), PAPER], asRegulator);
    await register.write.recordStop([merchant, 0n, PAPER], asArbiter);
    expect((await register.read.merchantOf([merchant])).stoppedAt).to.equal(0n);
    expect(await register.read.operatorCause([merchant])).to.equal(true);
  });

  it("A-43: takes a merchant that is filed, closing or leaving", async () => {
    const { register, fileMerchant, accounts, asRegulator, time } = await linkedMerchant();
    const agent = { account: accounts.agent2 };
    const reach = {
      filed: async () => undefined,
      closing: (id: bigint) => register.write.announceClosing([id, CLOSING.CLOSING, START * 2n, PAPER], agent),
      leaving: (id: bigint) => register.write.requestExit([id, PAPER], agent),
    };
    for (const step of Object.values(reach)) {
      const id = await fileMerchant({ agent: accounts.agent2.address });
      await step(id);
      await register.write.declareDefault([id, BigInt(await time.latest()), PAPER], asRegulator);
      expect(await register.read.statusOf([id])).to.equal(STATUS.DEFAULTED);
      const free = accounts.agent3.address;
      await register.write.replaceAgent([id, free, PAPER], { account: accounts.platform });
      await register.write.changeAgent([id, `0x${id.toString(16).padStart(40, "0")}`], { account: accounts.agent3 });
    }
  });
});
