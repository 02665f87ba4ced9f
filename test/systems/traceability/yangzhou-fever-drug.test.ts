import { PartyRole } from "@banyan/trace-common/client";
import { expect } from "chai";
import { DAY, digest, expectRefusal, loadTraceBooks, NO_DIGEST, type TraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const FEVER_DRUG = gtinOf(81);
const VITAMINS = gtinOf(82);

system("yangzhou-fever-drug", () => {
  let books: TraceBooks;
  let pharmacy: number;
  let supplier: number;

  beforeEach(async () => {
    books = await loadTraceBooks();
    pharmacy = await books.file("pharmacy", { roles: [PartyRole.RETAILER], region: "CN-JS-321000-321002" });
    supplier = await books.file("supplier", { roles: [PartyRole.DISTRIBUTOR] });
    const { counter } = books.contracts;
    await counter.writeAndWait.restrict(
      { products: [FEVER_DRUG], restricted_: true, source: digest("order on fever medicines") },
      await books.as("regulator"),
    );
    await counter.writeAndWait.fileCertificate(
      { by: pharmacy, supplier, document: digest("licence"), until: (await books.now()) + 365n * DAY },
      await books.as("pharmacy"),
    );
    for (const [product, pieces] of [
      [FEVER_DRUG, 10n],
      [VITAMINS, 50n],
    ] as const) {
      await counter.writeAndWait.buy(
        { by: pharmacy, supplier, product, pieces, invoice: digest(`invoice for ${product}`) },
        await books.as("pharmacy"),
      );
    }
  });

  const sell = async (product: bigint, pieces: bigint, buyer = NO_DIGEST) => {
    const outcome = await books.contracts.counter.writeAndWait.sell(
      { by: pharmacy, product, pieces, buyer },
      await books.as("pharmacy"),
    );
    return outcome.event("CounterSold").args.sale;
  };

  it("sells a fever medicine only to a registered buyer, out of stock that it bought from a certified supplier", async () => {
    const { counter } = books.contracts;
    await expectRefusal(sell(FEVER_DRUG, 2n), "RestrictedSalesBuyerMissing", { product: FEVER_DRUG });
    await sell(FEVER_DRUG, 2n, digest("registration of a buyer with fever"));
    await sell(VITAMINS, 5n);
    expect(await counter.read.ledgerOf({ shop: pharmacy, product: FEVER_DRUG })).to.deep.equal({
      received: 10n,
      sold: 2n,
    });
    await expectRefusal(sell(FEVER_DRUG, 9n, digest("second buyer")), "RestrictedSalesShort", {
      ...{ shop: pharmacy, product: FEVER_DRUG, stock: 8n, pieces: 9n },
    });
    const stranger = await books.file("uncertified supplier");
    await expectRefusal(
      counter.writeAndWait.buy(
        { by: pharmacy, supplier: stranger, product: FEVER_DRUG, pieces: 1n, invoice: digest("invoice") },
        await books.as("pharmacy"),
      ),
      "RestrictedSalesNotCertified",
      { shop: pharmacy, supplier: stranger },
    );
  });

  it("shows whoever scans the shop's code its certificates and the sums of its ledger", async () => {
    const { counter } = books.contracts;
    await sell(FEVER_DRUG, 1n, digest("registration"));
    await sell(VITAMINS, 4n);
    await counter.writeAndWait.inspectSelf(
      { by: pharmacy, report: digest("self-inspection") },
      await books.as("pharmacy"),
    );
    const summary = await counter.read.summaryOf({ shop: pharmacy });
    expect(summary).to.deep.include({ certificates: 1, received: 60n, sold: 5n, restrictedSales: 1 });
    expect(summary.inspection).to.deep.equal(digest("self-inspection"));
    expect((await counter.read.certificateOf({ shop: pharmacy, supplier })).document).to.deep.equal(digest("licence"));
  });

  it("lets only a regulator with a key see a buyer's registration, each query on record", async () => {
    const { counter, sealed } = books.contracts;
    const sale = await sell(FEVER_DRUG, 1n, digest("registration of a buyer"));
    const scope = await counter.read.buyerScope();
    const owner = await sealed.read.ownerOfParty({ party: pharmacy });
    const ask = async (who: string) => {
      const opened = await sealed.writeAndWait.openQuery(
        { owner, scope, purpose: digest("case 7") },
        await books.as(who),
      );
      return opened.event("QueryOpened").args.query;
    };
    await expectRefusal(ask("regulator"), "SealedRecordsNotGranted", {
      owner,
      scope,
      reader: books.address("regulator"),
    });
    for (const reader of ["regulator", "curious wholesaler"]) {
      await sealed.writeAndWait.grantFor(
        {
          ...{ by: pharmacy, scope, reader: books.address(reader), until: (await books.now()) + 30n * DAY },
          ...{ window: 600, envelope: "0xfeed" },
        },
        await books.as("pharmacy"),
      );
    }
    const query = await ask("regulator");
    expect(await counter.read.buyerOf({ query, sale }, await books.as("regulator"))).to.deep.equal(
      digest("registration of a buyer"),
    );
    // A key alone is not enough, nor is the office alone.
    const other = await ask("curious wholesaler");
    await expectRefusal(
      counter.read.buyerOf({ query: other, sale }, await books.as("curious wholesaler")),
      "RestrictedSalesNotAllowed",
      { caller: books.address("curious wholesaler") },
    );
    await expectRefusal(
      counter.read.buyerOf({ query: other, sale }, await books.as("regulator")),
      "SealedRecordsQueryClosed",
      { query: other, caller: books.address("regulator") },
    );
    const { queries } = await sealed.read.queriesOf({ owner, cursor: 0n, limit: 10n });
    expect(queries.map(({ reader, purpose }) => [reader, purpose])).to.deep.equal([
      [books.address("regulator"), digest("case 7")],
      [books.address("curious wholesaler"), digest("case 7")],
    ]);
  });
});
