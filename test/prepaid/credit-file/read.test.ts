import { expect } from "chai";
import { OPERATOR, openedFiles, RECORD, STRANGER } from "../../fixtures/credit-file.ts";
import { PAPER } from "../../fixtures/merchant.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

describe("CreditFile.read", () => {
  it("refuses a subject without a file", async () => {
    const { creditFile, accounts } = await openedFiles();
    const call = creditFile.read.read([STRANGER, 0n, 1n], { account: accounts.regulator });
    await expectRevert(call, creditFile, "CreditFileUnknown", [STRANGER]);
    await expectRevert(creditFile.read.summaryOf([STRANGER]), creditFile, "CreditFileUnknown", [STRANGER]);
    expect(await creditFile.read.mayRead([STRANGER, accounts.regulator.address])).to.equal(false);
  });

  it("refuses everyone but the owner, the regulator and the auditor", async () => {
    const { creditFile, accounts } = await openedFiles();
    for (const account of [accounts.platform, accounts.admin, accounts.consumer, accounts.bob]) {
      const call = creditFile.read.read([OPERATOR, 0n, 1n], { account });
      await expectRevert(call, creditFile, "CreditFileNotReader", [OPERATOR, account.address]);
      expect(await creditFile.read.mayRead([OPERATOR, account.address])).to.equal(false);
    }
    for (const account of [accounts.agent, accounts.regulator, accounts.auditor]) {
      expect(await creditFile.read.read([OPERATOR, 0n, 1n], { account })).to.deep.equal([[], 0n]);
      expect(await creditFile.read.mayRead([OPERATOR, account.address])).to.equal(true);
    }
  });

  it("reads page by page, oldest first", async () => {
    const { creditFile, asOperator } = await openedFiles();
    for (let index = 0; index < 5; ++index) {
      await creditFile.write.append([OPERATOR, RECORD.OPERATOR_FACT, BigInt(index), PAPER], asOperator);
    }
    const page = async (cursor: bigint, limit: bigint) => {
      const [records, next] = await creditFile.read.read([OPERATOR, cursor, limit], asOperator);
      return [records.map(({ about }) => about), next];
    };
    expect(await page(0n, 2n)).to.deep.equal([[0n, 1n], 2n]);
    expect(await page(2n, 2n)).to.deep.equal([[2n, 3n], 4n]);
    expect(await page(4n, 2n)).to.deep.equal([[4n], 0n]);
    expect(await page(0n, 5n)).to.deep.equal([[0n, 1n, 2n, 3n, 4n], 0n]);
    for (const limit of [0n, 101n]) {
      await expectRevert(page(0n, limit), creditFile, "PagingLimitOutOfRange", [limit, 100n]);
    }
    await expectRevert(page(6n, 1n), creditFile, "PagingOffsetOutOfRange", [6n, 5n]);
  });
});
