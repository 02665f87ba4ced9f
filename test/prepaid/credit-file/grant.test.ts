import { expect } from "chai";
import { OPERATOR, openedFiles, RECORD, STRANGER } from "../../fixtures/credit-file.ts";
import { PAPER } from "../../fixtures/merchant.ts";
import { DAY, START } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const UNTIL = START + 30n * DAY;
const ZERO_ADDRESS = `0x${"00".repeat(20)}` as const;

describe("CreditFile.grant and revoke", () => {
  it("refuse everyone but the owner, and a subject without a file", async () => {
    const { creditFile, accounts, asOperator } = await openedFiles();
    const reader = accounts.bob.address;
    for (const account of [accounts.platform, accounts.regulator, accounts.consumer]) {
      const args = [OPERATOR, account.address] as const;
      const grant = creditFile.write.grant([OPERATOR, reader, UNTIL], { account });
      await expectRevert(grant, creditFile, "CreditFileNotOwner", args);
      const revoke = creditFile.write.revoke([OPERATOR, reader], { account });
      await expectRevert(revoke, creditFile, "CreditFileNotOwner", args);
    }
    const grant = creditFile.write.grant([STRANGER, reader, UNTIL], asOperator);
    await expectRevert(grant, creditFile, "CreditFileUnknown", [STRANGER]);
    const revoke = creditFile.write.revoke([STRANGER, reader], asOperator);
    await expectRevert(revoke, creditFile, "CreditFileUnknown", [STRANGER]);
  });

  it("refuse a missing reader, a grant that is over at once, and to revoke what was not granted", async () => {
    const { creditFile, accounts, asOperator, time } = await openedFiles();
    const reader = accounts.bob.address;
    for (const [to, until] of [
      [ZERO_ADDRESS, UNTIL],
      [reader, START + 900n],
    ] as const) {
      await time.setNextBlockTimestamp(START + 900n);
      const call = creditFile.write.grant([OPERATOR, to, until], asOperator);
      await expectRevert(call, creditFile, "CreditFileInvalidGrant", [to, until, START + 900n]);
    }
    const revoke = creditFile.write.revoke([OPERATOR, reader], asOperator);
    await expectRevert(revoke, creditFile, "CreditFileNotGranted", [OPERATOR, reader]);
  });

  it("let a lender read until the end of the grant, to the second, and no other file", async () => {
    const { creditFile, accounts, asOperator, connection, time } = await openedFiles();
    const reader = accounts.bob.address;
    const asReader = { account: accounts.bob };
    await creditFile.write.append([OPERATOR, RECORD.OPERATOR_FACT, 0n, PAPER], asOperator);
    await expectEvents(connection, creditFile.write.grant([OPERATOR, reader, UNTIL], asOperator), [
      event(creditFile, "CreditFileGranted", { subject: OPERATOR, reader, until: UNTIL }),
    ]);
    await time.increaseTo(UNTIL - 1n);
    expect((await creditFile.read.read([OPERATOR, 0n, 1n], asReader))[0]).to.have.length(1);
    await time.increaseTo(UNTIL);
    const call = creditFile.read.read([OPERATOR, 0n, 1n], asReader);
    await expectRevert(call, creditFile, "CreditFileNotReader", [OPERATOR, reader]);
    expect(await creditFile.read.mayRead([OPERATOR, reader])).to.equal(false);
  });

  it("end a grant at once, and a new grant replaces the one before", async () => {
    const { creditFile, accounts, asOperator, connection } = await openedFiles();
    const reader = accounts.bob.address;
    const mayRead = () => creditFile.read.mayRead([OPERATOR, reader]);
    await creditFile.write.grant([OPERATOR, reader, UNTIL], asOperator);
    expect(await mayRead()).to.equal(true);
    await expectEvents(connection, creditFile.write.revoke([OPERATOR, reader], asOperator), [
      event(creditFile, "CreditFileRevoked", { subject: OPERATOR, reader }),
    ]);
    expect(await mayRead()).to.equal(false);
    await creditFile.write.grant([OPERATOR, reader, UNTIL], asOperator);
    expect(await mayRead()).to.equal(true);
  });
});
