import { expect } from "chai";
import { DAY, digest, expectRefusal, loadTraceBooks, MISSING, NO_DIGEST } from "../../fixtures/trace-books.ts";
import { gtinOf } from "../../fixtures/trace-keys.ts";

const [DRUG, OTHER] = [gtinOf(81), gtinOf(82)];

/** A pharmacy with ten packs of a restricted medicine and ten of another. */
async function stocked() {
  const books = await loadTraceBooks();
  const { counter } = books.contracts;
  const pharmacy = await books.file("pharmacy");
  const supplier = await books.file("supplier");
  const as = await books.as("pharmacy");
  const until = (await books.now()) + DAY;
  const document = digest("licence");
  const filed = await counter.writeAndWait.fileCertificate({ by: pharmacy, supplier, document, until }, as);
  expect(filed.event("CertificateFiled").args).to.deep.equal({ shop: pharmacy, supplier, document, until });
  for (const product of [DRUG, OTHER]) {
    const goods = { by: pharmacy, supplier, product, pieces: 10n, invoice: digest("invoice") };
    await counter.writeAndWait.buy(goods, as);
  }
  const source = digest("order");
  await counter.writeAndWait.restrict({ products: [DRUG], restricted_: true, source }, await books.as("regulator"));
  const sell = async (product: bigint, pieces: bigint, buyer = NO_DIGEST) =>
    await counter.writeAndWait.sell({ by: pharmacy, product, pieces, buyer }, as);
  return { books, counter, pharmacy, supplier, sell, as, until };
}

describe("RestrictedSales of a shop", () => {
  it("given a restricted medicine, when it is sold, then its buyer is registered, and ledger and summary follow", async () => {
    const { books, counter, pharmacy, supplier, sell, until } = await stocked();
    await expectRefusal(sell(DRUG, 1n), "RestrictedSalesBuyerMissing", { product: DRUG });
    const sold = await sell(DRUG, 2n, digest("buyer"));
    const { sale } = sold.event("CounterSold").args;
    expect(sold.event("CounterSold").args).to.deep.equal({
      ...{ shop: pharmacy, sale, product: DRUG, pieces: 2n, registered: true },
    });
    await sell(OTHER, 3n);
    expect(await counter.read.ledgerOf({ shop: pharmacy, product: DRUG })).to.deep.equal({ received: 10n, sold: 2n });
    expect(await counter.read.ledgerOf({ shop: pharmacy, product: OTHER })).to.deep.equal({ received: 10n, sold: 3n });
    expect(await counter.read.summaryOf({ shop: pharmacy })).to.deep.include({
      ...{ certificates: 1, received: 20n, sold: 5n, restrictedSales: 1, inspectedAt: 0n },
    });
    expect(await counter.read.certificateOf({ shop: pharmacy, supplier })).to.deep.equal({
      ...{ document: digest("licence"), until },
    });
    expect((await counter.read.saleOf({ sale })).soldAt < (await books.now())).to.equal(true);
  });

  it("given an inspection of one's own, when a stranger or nothing reports it, then it is refused; reported, it stands with its moment", async () => {
    const { books, counter, pharmacy, as } = await stocked();
    const report = digest("report");
    await expectRefusal(
      counter.writeAndWait.inspectSelf({ by: pharmacy, report }, await books.as("supplier")),
      "PartyUserNotAgent",
      { party: pharmacy, caller: books.address("supplier") },
    );
    await expectRefusal(
      counter.writeAndWait.inspectSelf({ by: pharmacy, report: NO_DIGEST }, as),
      "DigestsMissing",
      MISSING,
    );
    const inspected = await counter.writeAndWait.inspectSelf({ by: pharmacy, report }, as);
    expect(inspected.event("SelfInspected").args).to.deep.equal({ shop: pharmacy, report });
    const inspectedAt = await books.now();
    expect(await counter.read.summaryOf({ shop: pharmacy })).to.deep.include({ inspectedAt, inspection: report });
  });

  it("given a registered buyer, when the regulator reads it, then the shop must have let it in, and nobody else reads", async () => {
    const { books, counter, pharmacy, sell, as } = await stocked();
    const { sealed } = books.contracts;
    const { sale } = (await sell(DRUG, 1n, digest("buyer"))).event("CounterSold").args;
    const [reader, asRegulator] = [books.address("regulator"), await books.as("regulator")];
    await expectRefusal(counter.read.buyerOf({ query: 1n, sale }, as), "RestrictedSalesNotAllowed", {
      ...{ caller: books.address("pharmacy") },
    });
    await expectRefusal(counter.read.buyerOf({ query: 1n, sale }, asRegulator), "SealedRecordsQueryClosed", {
      ...{ query: 1n, caller: reader },
    });
    const scope = await counter.read.buyerScope();
    const until = (await books.now()) + DAY;
    await sealed.writeAndWait.grantFor({ by: pharmacy, scope, reader, until, window: 600, envelope: "0x" }, as);
    const owner = await sealed.read.ownerOfParty({ party: pharmacy });
    const opened = await sealed.writeAndWait.openQuery({ owner, scope, purpose: digest("case") }, asRegulator);
    const { query } = opened.event("QueryOpened").args;
    expect(await counter.read.buyerOf({ query, sale }, asRegulator)).to.deep.equal(digest("buyer"));
  });
});
