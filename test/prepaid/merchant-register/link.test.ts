import { expect } from "chai";
import { china, filedMerchant, MISSING, NO_DIGEST, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { CLOSING, DAY, STATUS } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const GREY = 0;
const RED = 1;

describe("MerchantRegister.link", () => {
  it("refuses everyone but the platform", async () => {
    const { register, merchant, accounts } = await filedMerchant();
    for (const account of [accounts.admin, accounts.regulator, accounts.agent]) {
      const call = register.write.link([merchant, PAPER], { account });
      await expectRevert(call, register, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a merchant that is not filed, and a mark without a digest", async () => {
    const { register, merchant, asPlatform } = await filedMerchant();
    await expectRevert(register.write.link([NOBODY, PAPER], asPlatform), register, "MerchantRegisterUnknown", [NOBODY]);
    await expectRevert(register.write.link([merchant, NO_DIGEST], asPlatform), register, "DigestsMissing", MISSING);
  });

  it("refuses a merchant that is linked", async () => {
    const { register, merchant, asPlatform, time } = await filedMerchant();
    await time.setNextBlockTimestamp(china("2030-01-08T10:00:00"));
    await register.write.link([merchant, PAPER], asPlatform);
    await expectRevert(register.write.link([merchant, PAPER], asPlatform), register, "MerchantRegisterAlreadyLinked", [
      merchant,
      china("2030-01-08T10:00:00"),
    ]);
  });

  it("refuses a merchant in default, and one that has left", async () => {
    const { register, merchant, fileMerchant, accounts, asPlatform, asRegulator, time } = await filedMerchant();
    const now = BigInt(await time.latest());
    await register.write.declareDefault([merchant, now, PAPER], asRegulator);
    const link = (id: bigint) => register.write.link([id, PAPER], asPlatform);
    await expectRevert(link(merchant), register, "MerchantRegisterWrongStatus", [merchant, STATUS.DEFAULTED]);
    const leaver = await fileMerchant({ agent: accounts.agent2.address });
    await register.write.requestExit([leaver, PAPER], { account: accounts.agent2 });
    await time.increase(31n * DAY);
    await register.write.completeExit([leaver], asPlatform);
    await expectRevert(link(leaver), register, "MerchantRegisterWrongStatus", [leaver, STATUS.EXITED]);
  });

  it("refuses when the time for the mark reaches a year without a calendar", async () => {
    const { register, merchant, calendar, asPlatform, time } = await filedMerchant();
    await time.increaseTo(china("2031-12-30T10:00:00"));
    const call = register.write.link([merchant, PAPER], asPlatform);
    await expectRevert(call, calendar, "WorkCalendarYearNotPublished", [2032n]);
  });

  it("A-23, A-25: links, gives the mark five working days to the end of the last, and turns the code red", async () => {
    const { register, code, merchant, asPlatform, connection, time } = await filedMerchant();
    // Tuesday: five working days later is the next Tuesday.
    const at = china("2030-01-08T10:00:00");
    await time.setNextBlockTimestamp(at);
    await expectEvents(connection, register.write.link([merchant, PAPER], asPlatform), [
      event(register, "MerchantLinked", {
        merchant,
        linkedAt: at,
        markDueAt: china("2030-01-16T00:00:00"),
        mark: PAPER,
      }),
      event(register, "MerchantStatusChanged", { merchant, from: STATUS.FILED, to: STATUS.LINKED }),
      event(code, "ColourChanged", { merchant, from: GREY, to: RED, balance: 0n, custody: 0n, cover: 0n }),
    ]);
    expect(await register.read.isLinked([merchant])).to.equal(true);
    expect(await register.read.statusOf([merchant])).to.equal(STATUS.LINKED);
    const { linkedAt, markDueAt } = await register.read.merchantOf([merchant]);
    expect({ linkedAt, markDueAt }).to.deep.equal({ linkedAt: at, markDueAt: china("2030-01-16T00:00:00") });
  });

  it("A-23: counts no holiday of the calendar among the working days", async () => {
    const { register, merchant, asPlatform, time } = await filedMerchant();
    // 1 to 3 May 2030 are off, 4 and 5 May a weekend.
    await time.setNextBlockTimestamp(china("2030-04-30T23:59:59"));
    await register.write.link([merchant, PAPER], asPlatform);
    expect((await register.read.merchantOf([merchant])).markDueAt).to.equal(china("2030-05-11T00:00:00"));
  });

  it("A-23: takes the number of working days from the policy of the region", async () => {
    const { register, merchant, publish, asPlatform, time } = await filedMerchant();
    await publish("CN-SH", { "prepaid.mark.workingDays": 2n }, "8930");
    await time.setNextBlockTimestamp(china("2030-01-08T10:00:00"));
    await register.write.link([merchant, PAPER], asPlatform);
    expect((await register.read.merchantOf([merchant])).markDueAt).to.equal(china("2030-01-11T00:00:00"));
  });

  it("links a merchant that is closing or leaving, which stays so, and asks for the mark anew", async () => {
    const { register, code, merchant, asAgent, asPlatform, connection, time } = await filedMerchant();
    await register.write.link([merchant, PAPER], asPlatform);
    await register.write.showMark([merchant], asAgent);
    const lastDay = BigInt(await time.latest()) + 60n * DAY;
    await register.write.announceClosing([merchant, CLOSING.PAUSING, lastDay, PAPER], asAgent);
    await register.write.unlink([merchant, PAPER], asPlatform);
    const at = china("2030-01-08T10:00:00");
    await time.setNextBlockTimestamp(at);
    await expectEvents(connection, register.write.link([merchant, PAPER], asPlatform), [
      event(register, "MerchantLinked", {
        merchant,
        linkedAt: at,
        markDueAt: china("2030-01-16T00:00:00"),
        mark: PAPER,
      }),
      event(code, "ColourChanged", { merchant, from: GREY, to: RED, balance: 0n, custody: 0n, cover: 0n }),
    ]);
    expect(await register.read.statusOf([merchant])).to.equal(STATUS.CLOSING);
    expect((await register.read.merchantOf([merchant])).markShownAt).to.equal(0n);
    await register.write.unlink([merchant, PAPER], asPlatform);
    await register.write.requestExit([merchant, PAPER], asAgent);
    await register.write.link([merchant, PAPER], asPlatform);
    expect(await register.read.statusOf([merchant])).to.equal(STATUS.EXITING);
  });
});
