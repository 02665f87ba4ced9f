import { expect } from "chai";
import { digest, expectRefusal, loadTraceBooks, MISSING, NO_DIGEST } from "../../fixtures/trace-books.ts";
import { gtinOf } from "../../fixtures/trace-keys.ts";
import { byEachClock, type ChainClock } from "../../helpers/by-each-clock.ts";

const DRUG = gtinOf(81);

async function shop(clock: ChainClock) {
  const books = await loadTraceBooks(clock);
  const { counter } = books.contracts;
  const pharmacy = await books.file("pharmacy");
  const supplier = await books.file("supplier");
  const certify = async (until: bigint, document = digest("licence")) =>
    await counter.writeAndWait.fileCertificate({ by: pharmacy, supplier, document, until }, await books.as("pharmacy"));
  const buy = async (pieces: bigint, product = DRUG, invoice = digest("invoice")) =>
    await counter.writeAndWait.buy({ by: pharmacy, supplier, product, pieces, invoice }, await books.as("pharmacy"));
  const sell = async (pieces: bigint, product = DRUG, buyer = NO_DIGEST) =>
    await counter.writeAndWait.sell({ by: pharmacy, product, pieces, buyer }, await books.as("pharmacy"));
  return { books, counter, pharmacy, supplier, certify, buy, sell };
}

byEachClock((clock) => {
  describe("RestrictedSales.restrict", () => {
    it("given a stranger, no medicine, 101 of them or no source: refuses", async () => {
      const { books, counter } = await shop(clock);
      const restrict = async (products: readonly bigint[], source = digest("order"), who = "regulator") =>
        await counter.writeAndWait.restrict({ products, restricted_: true, source }, await books.as(who));
      await expectRefusal(restrict([DRUG], digest("order"), "pharmacy"), "AccessManagedUnauthorized", {
        caller: books.address("pharmacy"),
      });
      for (const count of [0, 101]) {
        await expectRefusal(restrict(Array.from({ length: count }, () => DRUG)), "PagingLimitOutOfRange", {
          ...{ limit: BigInt(count), max: 100n },
        });
      }
      await expectRefusal(restrict([DRUG], NO_DIGEST), "DigestsMissing", MISSING);
      await restrict([DRUG]);
      expect(await counter.read.isRestricted({ product: DRUG })).to.equal(true);
    });
  });

  describe("RestrictedSales.fileCertificate and buy", () => {
    it("given a certificate that is over: refuses it, and refuses stock of the supplier from that moment on", async () => {
      const { books, pharmacy, supplier, certify, buy } = await shop(clock);
      await books.as("pharmacy");
      const until = (await books.now()) + 100n;
      await books.pin(until);
      await expectRefusal(certify(until), "RestrictedSalesCertificateOver", { until, timestamp: until });
      await expectRefusal(certify(until + 500n, NO_DIGEST), "DigestsMissing", MISSING);
      await certify(until + 500n);
      await buy(3n);
      await books.pin(until + 500n);
      await expectRefusal(buy(3n), "RestrictedSalesNotCertified", { shop: pharmacy, supplier });
    });

    it("given no pieces, no medicine or no invoice: refuses", async () => {
      const { books, certify, buy, sell } = await shop(clock);
      await certify((await books.now()) + 1_000n);
      await expectRefusal(buy(0n), "RestrictedSalesIncomplete", {});
      await expectRefusal(buy(1n, 0n), "RestrictedSalesIncomplete", {});
      await expectRefusal(buy(1n, DRUG, NO_DIGEST), "DigestsMissing", MISSING);
      await expectRefusal(sell(0n), "RestrictedSalesIncomplete", {});
    });
  });

  describe("RestrictedSales.sell and buyerOf", () => {
    it("given a medicine that is not restricted: sells without a buyer, whose registration then cannot be read", async () => {
      const { books, counter, certify, buy, sell, pharmacy } = await shop(clock);
      await certify((await books.now()) + 1_000n);
      await buy(2n);
      const sold = await sell(2n);
      const { sale } = sold.event("CounterSold").args;
      expect(await counter.read.saleOf({ sale })).to.deep.equal({
        ...{ shop: pharmacy, product: DRUG, pieces: 2n, soldAt: await books.now(), registered: false },
      });
      for (const unknown of [sale, 99n]) {
        await expectRefusal(
          counter.read.buyerOf({ query: 1n, sale: unknown }, await books.as("regulator")),
          "RestrictedSalesUnknownSale",
          { sale: unknown },
        );
      }
      await expectRefusal(sell(1n), "RestrictedSalesShort", { shop: pharmacy, product: DRUG, stock: 0n, pieces: 1n });
    });
  });
});
