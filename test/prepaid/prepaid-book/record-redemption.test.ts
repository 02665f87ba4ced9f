import { expect } from "chai";
import { ledgerFixture } from "../../fixtures/prepaid-book.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const MERCHANT = 3n;

describe("PrepaidBook.recordRedemption and recordRefund", () => {
  it("refuse everyone but the contract that keeps the cards", async () => {
    const { book, accounts } = await ledgerFixture();
    for (const account of [accounts.admin, accounts.platform, accounts.bob]) {
      const args = [account.address] as const;
      await expectRevert(
        book.write.recordRedemption([MERCHANT, 0n], { account }),
        book,
        "AccessManagedUnauthorized",
        args,
      );
      await expectRevert(book.write.recordRefund([MERCHANT, 0n], { account }), book, "AccessManagedUnauthorized", args);
    }
  });

  it("refuse more than the balance, by a single fen", async () => {
    const { book, ledger } = await ledgerFixture();
    await book.write.recordPayment([MERCHANT, 1_000n, 1n], ledger);
    await book.write.recordRedemption([MERCHANT, 300n], ledger);
    await book.write.recordRefund([MERCHANT, 200n], ledger);
    for (const call of [book.write.recordRedemption, book.write.recordRefund]) {
      await expectRevert(call([MERCHANT, 501n], ledger), book, "PrepaidBookOverdrawn", [MERCHANT, 500n, 501n]);
    }
    await book.write.recordRedemption([MERCHANT, 500n], ledger);
    expect(await book.read.balanceOf([MERCHANT])).to.equal(0n);
    for (const call of [book.write.recordRedemption, book.write.recordRefund]) {
      await expectRevert(call([MERCHANT, 1n], ledger), book, "PrepaidBookOverdrawn", [MERCHANT, 0n, 1n]);
    }
  });

  it("lower the balance, each in its own total", async () => {
    const { book, ledger, connection } = await ledgerFixture();
    await book.write.recordPayment([MERCHANT, 1_000n, 1n], ledger);
    await expectEvents(connection, book.write.recordRedemption([MERCHANT, 269n], ledger), [
      event(book, "BookRedeemed", { merchant: MERCHANT, amount: 269n, balance: 731n }),
    ]);
    await expectEvents(connection, book.write.recordRefund([MERCHANT, 31n], ledger), [
      event(book, "BookRefunded", { merchant: MERCHANT, amount: 31n, balance: 700n }),
    ]);
    expect(await book.read.totalsOf([MERCHANT])).to.deep.equal({
      paid: 1_000n,
      redeemed: 269n,
      refunded: 31n,
      cards: 1n,
      live: 1n,
    });
    expect(await book.read.balanceOf([MERCHANT])).to.equal(700n);
  });

  it("take a redemption that earns less than a fen", async () => {
    const { book, ledger, connection } = await ledgerFixture();
    await expectEvents(connection, book.write.recordRedemption([MERCHANT, 0n], ledger), [
      event(book, "BookRedeemed", { merchant: MERCHANT, amount: 0n, balance: 0n }),
    ]);
  });
});
