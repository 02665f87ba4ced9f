import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { MARK, OPERATOR, openedFiles, RECORD } from "../../fixtures/credit-file.ts";
import { MISSING, NO_DIGEST, PAPER } from "../../fixtures/merchant.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

async function twoFacts() {
  const files = await openedFiles();
  const { creditFile, asOperator, asRegulator } = files;
  await creditFile.write.append([OPERATOR, RECORD.OPERATOR_FACT, 0n, PAPER], asOperator);
  await creditFile.write.append([OPERATOR, RECORD.INSPECTION, 0n, PAPER], asRegulator);
  return files;
}

describe("CreditFile.mark", () => {
  it("refuses everyone but the regulator", async () => {
    const { creditFile, accounts } = await twoFacts();
    for (const account of [accounts.admin, accounts.platform, accounts.agent]) {
      const call = creditFile.write.mark([1n, MARK.CHECKED, PAPER], { account });
      await expectRevert(call, creditFile, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a record that does not exist, a mark that says nothing new, and no reason", async () => {
    const { creditFile, asRegulator } = await twoFacts();
    const write = creditFile.write.mark;
    for (const record of [0n, 3n]) {
      const call = write([record, MARK.CHECKED, PAPER], asRegulator);
      await expectRevert(call, creditFile, "CreditFileUnknownRecord", [record]);
    }
    const unset = write([1n, MARK.NONE, PAPER], asRegulator);
    await expectRevert(unset, creditFile, "CreditFileMarkUnchanged", [1n, MARK.NONE]);
    await write([1n, MARK.CHECKED, PAPER], asRegulator);
    for (const value of [MARK.CHECKED, MARK.NONE]) {
      await expectRevert(write([1n, value, PAPER], asRegulator), creditFile, "CreditFileMarkUnchanged", [1n, value]);
    }
    await expectRevert(write([1n, MARK.INVALID, NO_DIGEST], asRegulator), creditFile, "DigestsMissing", MISSING);
  });

  it("marks a record invalid, which stays readable and no longer counts, and checked again", async () => {
    const { creditFile, accounts, asRegulator, connection } = await twoFacts();
    const summary = () => creditFile.read.summaryOf([OPERATOR]);
    const steps = [
      [MARK.NONE, MARK.CHECKED, 1n],
      [MARK.CHECKED, MARK.INVALID, 0n],
      [MARK.INVALID, MARK.CHECKED, 1n],
      [MARK.CHECKED, MARK.INVALID, 0n],
    ] as const;
    for (const [index, [from, to, counted]] of steps.entries()) {
      const reason = digestOf(`finding ${index}`);
      await expectEvents(connection, creditFile.write.mark([1n, to, reason], asRegulator), [
        event(creditFile, "CreditRecordMarked", { subject: OPERATOR, record: 1n, from, to, reason }),
      ]);
      expect(await summary()).to.deep.equal([counted, 0n, 1n, 0n, 0n, 0n]);
      const [records] = await creditFile.read.read([OPERATOR, 0n, 10n], { account: accounts.regulator });
      expect(records.map(({ mark }) => mark)).to.deep.equal([to, MARK.NONE]);
      expect(records[0]?.markReason).to.deep.equal(reason);
      expect(records[0]?.content).to.deep.equal(PAPER);
    }
  });

  it("marks an unchecked record invalid at once", async () => {
    const { creditFile, asRegulator } = await twoFacts();
    await creditFile.write.mark([2n, MARK.INVALID, PAPER], asRegulator);
    expect(await creditFile.read.summaryOf([OPERATOR])).to.deep.equal([1n, 0n, 0n, 0n, 0n, 0n]);
  });
});
