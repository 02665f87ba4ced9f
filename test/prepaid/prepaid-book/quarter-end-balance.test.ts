import { expect } from "chai";
import { ledgerFixture } from "../../fixtures/prepaid-book.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const MERCHANT = 9n;

function china(text: string): bigint {
  return BigInt(Date.parse(`${text}+08:00`) / 1000);
}

describe("PrepaidBook.quarterEndBalanceOf", () => {
  it("refuses to be deployed without a clock or an authority", async () => {
    const { viem, book, authority, accounts } = await ledgerFixture();
    const { address } = accounts.bob;
    for (const args of [
      [authority.address, address],
      [address, authority.address],
    ] as const) {
      await expectRevert(viem.deployContract("PrepaidBook", args), book, "GovernedNotAContract", [address]);
    }
  });

  it("is 0 where nothing was recorded", async () => {
    const { book } = await ledgerFixture();
    expect(await book.read.quarterEndBalanceOf([MERCHANT])).to.equal(0n);
  });

  it("A-18: stays what the balance was at the last second of the last quarter, UTC+8", async () => {
    const { book, ledger, time } = await ledgerFixture();
    const quarterEnd = () => book.read.quarterEndBalanceOf([MERCHANT]);
    // The last second of the first quarter.
    await time.setNextBlockTimestamp(china("2030-03-31T23:59:59"));
    await book.write.recordPayment([MERCHANT, 1_000n, 1n], ledger);
    expect(await quarterEnd()).to.equal(0n);
    // The first second of the second: what is recorded now does not count.
    await time.setNextBlockTimestamp(china("2030-04-01T00:00:00"));
    await book.write.recordPayment([MERCHANT, 500n, 1n], ledger);
    expect(await quarterEnd()).to.equal(1_000n);
    await book.write.recordRedemption([MERCHANT, 200n], ledger);
    await book.write.recordRefund([MERCHANT, 100n], ledger);
    expect(await quarterEnd()).to.equal(1_000n);
    // Without any entry the new quarter sees the balance as it stands.
    await time.increaseTo(china("2030-06-30T23:59:59"));
    expect(await quarterEnd()).to.equal(1_000n);
    await time.increaseTo(china("2030-07-01T00:00:00"));
    expect(await quarterEnd()).to.equal(1_200n);
    // Two quarters later still, and the first entry keeps it.
    await time.increaseTo(china("2031-01-01T00:00:00"));
    expect(await quarterEnd()).to.equal(1_200n);
    await book.write.recordRedemption([MERCHANT, 1_200n], ledger);
    expect(await quarterEnd()).to.equal(1_200n);
    await time.increaseTo(china("2031-04-01T00:00:00"));
    expect(await quarterEnd()).to.equal(0n);
  });

  for (const first of ["recordRedemption", "recordRefund"] as const) {
    it(`A-18: keeps the quarter-end when the new quarter begins with ${first}`, async () => {
      const { book, ledger, time } = await ledgerFixture();
      await time.setNextBlockTimestamp(china("2030-09-30T23:59:59"));
      await book.write.recordPayment([MERCHANT, 1_000n, 1n], ledger);
      await time.setNextBlockTimestamp(china("2030-10-01T00:00:00"));
      await book.write[first]([MERCHANT, 400n], ledger);
      expect(await book.read.quarterEndBalanceOf([MERCHANT])).to.equal(1_000n);
      expect(await book.read.balanceOf([MERCHANT])).to.equal(600n);
    });
  }
});
