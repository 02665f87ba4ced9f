import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { CARD_KIND } from "../../fixtures/prepaid.ts";
import { ledgerFixture } from "../../fixtures/prepaid-book.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const MERCHANT = 5n;
const KEY = digestOf("consumer 1 to merchant 5").value;
const ZERO = `0x${"00".repeat(32)}` as const;
const NONE = { storedPrincipal: 0n, visitsPrincipal: 0n, periodPrincipal: 0n, visitsLeft: 0n, periodEndsAt: 0n };
const { STORED_VALUE, VISITS, PERIOD } = CARD_KIND;

describe("PrepaidBook.changeExposure", () => {
  it("refuses everyone but the contract that keeps the cards", async () => {
    const { book, accounts } = await ledgerFixture();
    const account = accounts.admin;
    await expectRevert(
      book.write.changeExposure([MERCHANT, KEY, STORED_VALUE, 1n, 0n, 0n], { account }),
      book,
      "AccessManagedUnauthorized",
      [account.address],
    );
  });

  it("refuses a change of nobody's exposure", async () => {
    const { book, ledger } = await ledgerFixture();
    await expectRevert(
      book.write.changeExposure([MERCHANT, ZERO, STORED_VALUE, 1n, 0n, 0n], ledger),
      book,
      "PrepaidBookConsumerMissing",
      [MERCHANT],
    );
  });

  for (const [name, kind] of Object.entries(CARD_KIND)) {
    it(`refuses to take more principal than the consumer has in ${name}`, async () => {
      const { book, ledger } = await ledgerFixture();
      for (const other of Object.values(CARD_KIND)) {
        await book.write.changeExposure([MERCHANT, KEY, other, other === kind ? 99n : 1_000n, 0n, 0n], ledger);
      }
      await expectRevert(
        book.write.changeExposure([MERCHANT, KEY, kind, -100n, 0n, 0n], ledger),
        book,
        "PrepaidBookExposureOverdrawn",
        [MERCHANT, KEY, 99n, -100n],
      );
      await book.write.changeExposure([MERCHANT, KEY, kind, -99n, 0n, 0n], ledger);
    });
  }

  it("refuses to take more visits than are left, and the least number there is", async () => {
    const { book, ledger } = await ledgerFixture();
    await book.write.changeExposure([MERCHANT, KEY, VISITS, 10n, 4n, 0n], ledger);
    await expectRevert(
      book.write.changeExposure([MERCHANT, KEY, VISITS, 0n, -5n, 0n], ledger),
      book,
      "PrepaidBookExposureOverdrawn",
      [MERCHANT, KEY, 4n, -5n],
    );
    const least = -(2n ** 255n);
    await expectRevert(
      book.write.changeExposure([MERCHANT, KEY, VISITS, least, 0n, 0n], ledger),
      book,
      "PrepaidBookExposureOverdrawn",
      [MERCHANT, KEY, 10n, least],
    );
  });

  it("refuses what does not fit", async () => {
    const { book, ledger } = await ledgerFixture();
    await expectRevert(
      book.write.changeExposure([MERCHANT, KEY, STORED_VALUE, 2n ** 128n, 0n, 0n], ledger),
      book,
      "SafeCastOverflowedUintDowncast",
      [128, 2n ** 128n],
    );
    await expectRevert(
      book.write.changeExposure([MERCHANT, KEY, VISITS, 0n, 2n ** 64n, 0n], ledger),
      book,
      "SafeCastOverflowedUintDowncast",
      [64, 2n ** 64n],
    );
  });

  it("A-08: counts each kind by itself, so that a renewal counts what is left", async () => {
    const { book, ledger, connection } = await ledgerFixture();
    await book.write.changeExposure([MERCHANT, KEY, STORED_VALUE, 500n, 9n, 9n], ledger);
    await book.write.changeExposure([MERCHANT, KEY, VISITS, 2_000n, 20n, 9n], ledger);
    await book.write.changeExposure([MERCHANT, KEY, PERIOD, 300n, 9n, 1_000n], ledger);
    await expectEvents(connection, book.write.changeExposure([MERCHANT, KEY, VISITS, -100n, -1n, 0n], ledger), [
      event(book, "ExposureChanged", {
        merchant: MERCHANT,
        consumerKey: KEY,
        exposure: {
          storedPrincipal: 500n,
          visitsPrincipal: 1_900n,
          periodPrincipal: 300n,
          visitsLeft: 19n,
          periodEndsAt: 1_000n,
        },
      }),
    ]);
    expect(await book.read.exposureOf([MERCHANT, KEY])).to.deep.equal({
      storedPrincipal: 500n,
      visitsPrincipal: 1_900n,
      periodPrincipal: 300n,
      visitsLeft: 19n,
      periodEndsAt: 1_000n,
    });
    expect(await book.read.exposureOf([MERCHANT, digestOf("another").value])).to.deep.equal(NONE);
    expect(await book.read.exposureOf([MERCHANT + 1n, KEY])).to.deep.equal(NONE);
  });

  it("A-08: keeps the latest end of several passes, and forgets it with the last principal", async () => {
    const { book, ledger } = await ledgerFixture();
    const endsAt = async () => (await book.read.exposureOf([MERCHANT, KEY])).periodEndsAt;
    await book.write.changeExposure([MERCHANT, KEY, PERIOD, 300n, 0n, 1_000n], ledger);
    await book.write.changeExposure([MERCHANT, KEY, PERIOD, 300n, 0n, 999n], ledger);
    expect(await endsAt()).to.equal(1_000n);
    await book.write.changeExposure([MERCHANT, KEY, PERIOD, -300n, 0n, 1_001n], ledger);
    expect(await endsAt()).to.equal(1_001n);
    await book.write.changeExposure([MERCHANT, KEY, PERIOD, -299n, 0n, 0n], ledger);
    expect(await endsAt()).to.equal(1_001n);
    await book.write.changeExposure([MERCHANT, KEY, PERIOD, -1n, 0n, 2_000n], ledger);
    expect(await book.read.exposureOf([MERCHANT, KEY])).to.deep.equal(NONE);
  });
});
