import { expect } from "chai";
import { ledgerFixture } from "../../fixtures/prepaid-book.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const MERCHANT = 7n;
const MAX = 2n ** 128n - 1n;

describe("PrepaidBook.recordPayment", () => {
  it("refuses everyone but the contract that keeps the cards", async () => {
    const { book, accounts } = await ledgerFixture();
    for (const account of [accounts.admin, accounts.platform, accounts.regulator, accounts.bob]) {
      await expectRevert(book.write.recordPayment([MERCHANT, 1n, 1n], { account }), book, "AccessManagedUnauthorized", [
        account.address,
      ]);
    }
  });

  it("refuses a payment of nothing for no card", async () => {
    const { book, ledger } = await ledgerFixture();
    await expectRevert(book.write.recordPayment([MERCHANT, 0n, 0n], ledger), book, "PrepaidBookNothingPaid", [
      MERCHANT,
    ]);
  });

  it("refuses what does not fit its totals, and keeps them", async () => {
    const { book, ledger } = await ledgerFixture();
    await book.write.recordPayment([MERCHANT, MAX, 2n ** 64n - 1n], ledger);
    await expectRevert(book.write.recordPayment([MERCHANT, 1n, 0n], ledger), book, "SafeCastOverflowedUintDowncast", [
      128,
      MAX + 1n,
    ]);
    await expectRevert(book.write.recordPayment([MERCHANT, 0n, 1n], ledger), book, "SafeCastOverflowedUintDowncast", [
      64,
      2n ** 64n,
    ]);
    expect(await book.read.totalsOf([MERCHANT])).to.deep.equal({
      paid: MAX,
      redeemed: 0n,
      refunded: 0n,
      cards: 2n ** 64n - 1n,
      live: 2n ** 64n - 1n,
    });
    expect(await book.read.balanceOf([MERCHANT])).to.equal(MAX);
  });

  it("adds sales and top-ups, and announces each with the balance after it", async () => {
    const { book, ledger, connection } = await ledgerFixture();
    await expectEvents(connection, book.write.recordPayment([MERCHANT, 300_000n, 2n], ledger), [
      event(book, "BookPaid", { merchant: MERCHANT, amount: 300_000n, newCards: 2n, balance: 300_000n }),
    ]);
    await expectEvents(connection, book.write.recordPayment([MERCHANT, 50_000n, 0n], ledger), [
      event(book, "BookPaid", { merchant: MERCHANT, amount: 50_000n, newCards: 0n, balance: 350_000n }),
    ]);
    expect(await book.read.totalsOf([MERCHANT])).to.deep.equal({
      paid: 350_000n,
      redeemed: 0n,
      refunded: 0n,
      cards: 2n,
      live: 2n,
    });
    expect(await book.read.balanceOf([MERCHANT])).to.equal(350_000n);
  });

  it("takes a card that is given away", async () => {
    const { book, ledger, connection } = await ledgerFixture();
    await expectEvents(connection, book.write.recordPayment([MERCHANT, 0n, 1n], ledger), [
      event(book, "BookPaid", { merchant: MERCHANT, amount: 0n, newCards: 1n, balance: 0n }),
    ]);
    expect((await book.read.totalsOf([MERCHANT])).live).to.equal(1n);
  });

  it("keeps merchants apart", async () => {
    const { book, ledger } = await ledgerFixture();
    await book.write.recordPayment([MERCHANT, 100n, 1n], ledger);
    expect(await book.read.balanceOf([MERCHANT + 1n])).to.equal(0n);
    expect((await book.read.totalsOf([MERCHANT + 1n])).cards).to.equal(0n);
  });
});
