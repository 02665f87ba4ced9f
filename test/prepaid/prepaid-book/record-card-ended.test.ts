import { expect } from "chai";
import { ledgerFixture } from "../../fixtures/prepaid-book.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const MERCHANT = 3n;

describe("PrepaidBook.recordCardEnded", () => {
  it("refuses everyone but the contract that keeps the cards", async () => {
    const { book, accounts } = await ledgerFixture();
    const account = accounts.platform;
    await expectRevert(book.write.recordCardEnded([MERCHANT], { account }), book, "AccessManagedUnauthorized", [
      account.address,
    ]);
  });

  it("refuses when no card is live", async () => {
    const { book, ledger } = await ledgerFixture();
    await expectRevert(book.write.recordCardEnded([MERCHANT], ledger), book, "PrepaidBookNoLiveCard", [MERCHANT]);
    await book.write.recordPayment([MERCHANT, 1n, 1n], ledger);
    await book.write.recordCardEnded([MERCHANT], ledger);
    await expectRevert(book.write.recordCardEnded([MERCHANT], ledger), book, "PrepaidBookNoLiveCard", [MERCHANT]);
  });

  it("takes one from the live cards and none from the cards ever sold", async () => {
    const { book, ledger, connection } = await ledgerFixture();
    await book.write.recordPayment([MERCHANT, 1n, 3n], ledger);
    await expectEvents(connection, book.write.recordCardEnded([MERCHANT], ledger), [
      event(book, "BookCardEnded", { merchant: MERCHANT, live: 2n }),
    ]);
    const { cards, live } = await book.read.totalsOf([MERCHANT]);
    expect({ cards, live }).to.deep.equal({ cards: 3n, live: 2n });
  });
});
