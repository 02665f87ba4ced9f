import { expect } from "chai";
import { actAs, linkedMerchant, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { DAY, START, STATUS } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const LEDGER = 100n;
const NOW = START + 10n * DAY;
const UNTIL = NOW + 30n * DAY;
async function leavingMerchant() {
  const linked = await linkedMerchant();
  await linked.time.setNextBlockTimestamp(NOW);
  await linked.register.write.requestExit([linked.merchant, PAPER], linked.asAgent);
  return linked;
}

describe("MerchantRegister.completeExit", () => {
  it("refuses everyone but the platform", async () => {
    const { register, merchant, accounts } = await leavingMerchant();
    for (const account of [accounts.admin, accounts.regulator, accounts.agent]) {
      const call = register.write.completeExit([merchant], { account });
      await expectRevert(call, register, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a merchant that is not filed, or announced no exit", async () => {
    const { register, merchant, asPlatform } = await linkedMerchant();
    const complete = (id: bigint) => register.write.completeExit([id], asPlatform);
    await expectRevert(complete(NOBODY), register, "MerchantRegisterUnknown", [NOBODY]);
    await expectRevert(complete(merchant), register, "MerchantRegisterWrongStatus", [merchant, STATUS.LINKED]);
  });

  it("A-41: refuses before the notice is over, to the second", async () => {
    const { register, merchant, asPlatform, time } = await leavingMerchant();
    await time.setNextBlockTimestamp(UNTIL - 1n);
    const call = register.write.completeExit([merchant], asPlatform);
    await expectRevert(call, register, "MerchantRegisterNoticeRunning", [merchant, UNTIL]);
  });

  it("G1: keeps the notice that was due when it was announced", async () => {
    const { register, merchant, publish, asPlatform, time } = await leavingMerchant();
    await publish("CN-SH", { "prepaid.notice.exit": 90n });
    await time.setNextBlockTimestamp(UNTIL);
    await register.write.completeExit([merchant], asPlatform);
    expect(await register.read.statusOf([merchant])).to.equal(STATUS.EXITED);
  });

  it("A-41: refuses while a card is live, or a fen is in the book", async () => {
    const leaving = await leavingMerchant();
    const { register, merchant, book, asPlatform, time } = leaving;
    const asLedger = await actAs(leaving, LEDGER);
    await book.write.recordPayment([merchant, 100n, 1n], asLedger);
    await time.increaseTo(UNTIL);
    const complete = () => register.write.completeExit([merchant], asPlatform);
    await expectRevert(complete(), register, "MerchantRegisterNotSettled", [merchant, 100n, 1n]);
    await book.write.recordRefund([merchant, 100n], asLedger);
    await expectRevert(complete(), register, "MerchantRegisterNotSettled", [merchant, 0n, 1n]);
    await book.write.recordCardEnded([merchant], asLedger);
    await book.write.recordPayment([merchant, 1n, 0n], asLedger);
    await expectRevert(complete(), register, "MerchantRegisterNotSettled", [merchant, 1n, 0n]);
    await book.write.recordRedemption([merchant, 1n], asLedger);
    await complete();
  });

  it("A-41: removes the link mark once all is settled, and the code turns grey", async () => {
    const { register, code, merchant, asPlatform, connection, time } = await leavingMerchant();
    await time.setNextBlockTimestamp(UNTIL);
    await expectEvents(connection, register.write.completeExit([merchant], asPlatform), [
      event(register, "MerchantStatusChanged", { merchant, from: STATUS.EXITING, to: STATUS.EXITED }),
      event(code, "ColourChanged", { merchant, from: 1, to: 0, balance: 0n, custody: 0n, cover: 0n }),
    ]);
    expect(await register.read.isLinked([merchant])).to.equal(false);
    const issue = register.read.requireMayIssue([merchant]);
    await expectRevert(issue, register, "MerchantRegisterMayNotIssue", [merchant, STATUS.EXITED]);
    expect(await register.read.operatorCause([merchant])).to.equal(false);
  });
});
