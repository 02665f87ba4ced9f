import { expect } from "chai";
import { china, filedMerchant, linkedMerchant, MISSING, NO_DIGEST, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { CLOSING, DAY, STATUS } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const NOW = china("2030-02-01T12:00:00");
const EARLIEST = NOW + 30n * DAY;

describe("MerchantRegister.announceClosing", () => {
  it("refuses everyone but the merchant's agent, and a merchant that is not filed", async () => {
    const { register, merchant, accounts, asAgent } = await linkedMerchant();
    const args = [CLOSING.CLOSING, EARLIEST + DAY, PAPER] as const;
    for (const account of [accounts.platform, accounts.regulator, accounts.settlement]) {
      const call = register.write.announceClosing([merchant, ...args], { account });
      await expectRevert(call, register, "MerchantRegisterNotAgent", [merchant, account.address]);
    }
    const call = register.write.announceClosing([NOBODY, ...args], asAgent);
    await expectRevert(call, register, "MerchantRegisterUnknown", [NOBODY]);
  });

  it("refuses a merchant that is leaving, has left, or is in default", async () => {
    const { register, merchant, fileMerchant, accounts, asAgent, asPlatform, asRegulator, time } =
      await linkedMerchant();
    const agent2 = { account: accounts.agent2 };
    const announce = (id: bigint, by: typeof asAgent) =>
      register.write.announceClosing([id, CLOSING.CLOSING, EARLIEST * 2n, PAPER], by);
    const other = await fileMerchant({ agent: accounts.agent2.address });
    await register.write.declareDefault([other, BigInt(await time.latest()), PAPER], asRegulator);
    await expectRevert(announce(other, agent2), register, "MerchantRegisterWrongStatus", [other, STATUS.DEFAULTED]);
    await register.write.requestExit([merchant, PAPER], asAgent);
    await expectRevert(announce(merchant, asAgent), register, "MerchantRegisterWrongStatus", [
      merchant,
      STATUS.EXITING,
    ]);
    await time.increase(31n * DAY);
    await register.write.completeExit([merchant], asPlatform);
    await expectRevert(announce(merchant, asAgent), register, "MerchantRegisterWrongStatus", [merchant, STATUS.EXITED]);
  });

  it("A-40: refuses a last day less than 30 days ahead, to the second", async () => {
    const { register, merchant, asAgent, time } = await linkedMerchant();
    await time.setNextBlockTimestamp(NOW);
    const call = register.write.announceClosing([merchant, CLOSING.CLOSING, EARLIEST - 1n, PAPER], asAgent);
    await expectRevert(call, register, "MerchantRegisterNoticeTooShort", [merchant, EARLIEST - 1n, EARLIEST]);
  });

  it("refuses a notice without a digest", async () => {
    const { register, merchant, asAgent } = await linkedMerchant();
    const call = register.write.announceClosing([merchant, CLOSING.CLOSING, EARLIEST * 2n, NO_DIGEST], asAgent);
    await expectRevert(call, register, "DigestsMissing", MISSING);
  });

  for (const [name, kind] of Object.entries(CLOSING)) {
    it(`A-40: stops issuing and gives each holder the choice of a refund at the operator's cause, given ${name}`, async () => {
      const { register, merchant, asAgent, connection, time } = await linkedMerchant();
      expect(await register.read.operatorCause([merchant])).to.equal(false);
      await time.setNextBlockTimestamp(NOW);
      await expectEvents(connection, register.write.announceClosing([merchant, kind, EARLIEST, PAPER], asAgent), [
        event(register, "ClosingAnnounced", { merchant, kind, lastDay: EARLIEST, notice: PAPER }),
        event(register, "MerchantStatusChanged", { merchant, from: STATUS.LINKED, to: STATUS.CLOSING }),
      ]);
      expect(await register.read.operatorCause([merchant])).to.equal(true);
      expect(await register.read.mayIssue([merchant])).to.equal(false);
      const issue = register.read.requireMayIssue([merchant]);
      await expectRevert(issue, register, "MerchantRegisterMayNotIssue", [merchant, STATUS.CLOSING]);
      const { closingKind, noticeAt, lastDay } = await register.read.merchantOf([merchant]);
      expect({ closingKind, noticeAt, lastDay }).to.deep.equal({ closingKind: kind, noticeAt: NOW, lastDay: EARLIEST });
      expect(await register.read.isLinked([merchant])).to.equal(true);
    });
  }

  it("A-40: takes the days from the policy of the trade", async () => {
    const { register, merchant, publish, asAgent, time } = await linkedMerchant();
    await publish("CN-SH", { "prepaid.notice.closing": 60n }, "8930");
    await time.setNextBlockTimestamp(NOW);
    const call = register.write.announceClosing([merchant, CLOSING.CLOSING, EARLIEST, PAPER], asAgent);
    await expectRevert(call, register, "MerchantRegisterNoticeTooShort", [merchant, EARLIEST, NOW + 60n * DAY]);
  });

  it("takes a notice of a merchant that is not linked", async () => {
    const { register, merchant, asAgent } = await filedMerchant();
    await register.write.announceClosing([merchant, CLOSING.MOVING, EARLIEST * 2n, PAPER], asAgent);
    expect(await register.read.statusOf([merchant])).to.equal(STATUS.CLOSING);
  });

  it("lets a further notice replace the one before", async () => {
    const { register, merchant, asAgent, connection, time } = await linkedMerchant();
    await register.write.announceClosing([merchant, CLOSING.PAUSING, EARLIEST, PAPER], asAgent);
    await time.setNextBlockTimestamp(NOW + DAY);
    const lastDay = EARLIEST + DAY;
    await expectEvents(
      connection,
      register.write.announceClosing([merchant, CLOSING.CLOSING, lastDay, PAPER], asAgent),
      [event(register, "ClosingAnnounced", { merchant, kind: CLOSING.CLOSING, lastDay, notice: PAPER })],
    );
    const { closingKind, noticeAt } = await register.read.merchantOf([merchant]);
    expect({ closingKind, noticeAt }).to.deep.equal({ closingKind: CLOSING.CLOSING, noticeAt: NOW + DAY });
  });
});
