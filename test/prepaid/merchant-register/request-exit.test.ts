import { expect } from "chai";
import { filedMerchant, linkedMerchant, MISSING, NO_DIGEST, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { CLOSING, DAY, START, STATUS } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const NOW = START + 10n * DAY;
const UNTIL = NOW + 30n * DAY;
async function leavingMerchant() {
  const linked = await linkedMerchant();
  await linked.time.setNextBlockTimestamp(NOW);
  await linked.register.write.requestExit([linked.merchant, PAPER], linked.asAgent);
  return linked;
}

describe("MerchantRegister.requestExit", () => {
  it("refuses everyone but the merchant's agent, a merchant that is not filed, and no notice", async () => {
    const { register, merchant, accounts, asAgent } = await linkedMerchant();
    const write = register.write.requestExit;
    for (const account of [accounts.platform, accounts.settlement]) {
      const args = [merchant, account.address] as const;
      await expectRevert(write([merchant, PAPER], { account }), register, "MerchantRegisterNotAgent", args);
    }
    await expectRevert(write([NOBODY, PAPER], asAgent), register, "MerchantRegisterUnknown", [NOBODY]);
    await expectRevert(write([merchant, NO_DIGEST], asAgent), register, "DigestsMissing", MISSING);
  });

  it("refuses a merchant that is leaving, has left, or is in default", async () => {
    const { register, merchant, fileMerchant, accounts, asAgent, asPlatform, asRegulator, time } =
      await leavingMerchant();
    const exit = () => register.write.requestExit([merchant, PAPER], asAgent);
    await expectRevert(exit(), register, "MerchantRegisterWrongStatus", [merchant, STATUS.EXITING]);
    await time.increaseTo(UNTIL);
    await register.write.completeExit([merchant], asPlatform);
    await expectRevert(exit(), register, "MerchantRegisterWrongStatus", [merchant, STATUS.EXITED]);
    const other = await fileMerchant({ agent: accounts.agent2.address });
    await register.write.declareDefault([other, BigInt(await time.latest()), PAPER], asRegulator);
    const call = register.write.requestExit([other, PAPER], { account: accounts.agent2 });
    await expectRevert(call, register, "MerchantRegisterWrongStatus", [other, STATUS.DEFAULTED]);
  });

  it("A-41: stops issuing, publishes the exit, and keeps the mark and the link", async () => {
    const { register, merchant, asAgent, connection, time } = await linkedMerchant();
    await time.setNextBlockTimestamp(NOW);
    await expectEvents(connection, register.write.requestExit([merchant, PAPER], asAgent), [
      event(register, "ExitRequested", { merchant, noticeUntil: UNTIL, notice: PAPER }),
      event(register, "MerchantStatusChanged", { merchant, from: STATUS.LINKED, to: STATUS.EXITING }),
    ]);
    const issue = register.read.requireMayIssue([merchant]);
    await expectRevert(issue, register, "MerchantRegisterMayNotIssue", [merchant, STATUS.EXITING]);
    expect(await register.read.operatorCause([merchant])).to.equal(true);
    expect(await register.read.isLinked([merchant])).to.equal(true);
    expect((await register.read.merchantOf([merchant])).noticeAt).to.equal(NOW);
  });

  it("takes the exit of a merchant that is closing, or was never linked", async () => {
    const { register, merchant, fileMerchant, accounts, asAgent } = await filedMerchant();
    await register.write.requestExit([merchant, PAPER], asAgent);
    expect(await register.read.statusOf([merchant])).to.equal(STATUS.EXITING);
    const other = await fileMerchant({ agent: accounts.agent2.address });
    const agent2 = { account: accounts.agent2 };
    await register.write.announceClosing([other, CLOSING.CLOSING, START * 2n, PAPER], agent2);
    await register.write.requestExit([other, PAPER], agent2);
    expect(await register.read.statusOf([other])).to.equal(STATUS.EXITING);
  });
});
