import { DocumentKind } from "@banyan/trace-common/client";
import { expect } from "chai";
import { digest, expectRefusal, loadTraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf, lotOf } from "../../fixtures/trace-keys.ts";

const OBJECT = lotOf(gtinOf(80), "L1");
const { CONTRACT, INVOICE, TRANSPORT, FEEDBACK } = DocumentKind;

/** A trade with a carrier of its own, and the first two papers filed. */
async function opened() {
  const books = await loadTraceBooks();
  const { dossiers } = books.contracts;
  const [seller, buyer, carrier, bank] = [
    await books.file("seller"),
    await books.file("buyer"),
    await books.file("carrier"),
    await books.file("bank"),
  ];
  const wish = { by: seller, buyer, carrier, object: OBJECT };
  const { trade } = (await dossiers.writeAndWait.open(wish, await books.as("seller"))).event("DossierOpened").args;
  const parties: Readonly<Record<string, number>> = { seller, buyer, carrier, bank };
  const file = async (kind: DocumentKind, who = "seller") =>
    await dossiers.writeAndWait.file(
      { by: parties[who] ?? 0, trade, kind, content: digest(`document ${kind}`) },
      await books.as(who),
    );
  const read = async (kind: DocumentKind, who: string) =>
    await dossiers.read.documentOf({ trade, kind }, await books.as(who));
  await file(CONTRACT);
  await file(INVOICE);
  return { books, dossiers, seller, buyer, carrier, bank, trade, file, read };
}

describe("TradeDossiers: papers and readers", () => {
  it("given a paper that is filed, or one that is not the filer's: refuses", async () => {
    const { seller, carrier, trade, file } = await opened();
    await expectRefusal(file(CONTRACT), "TradeDossiersFiled", { trade, kind: CONTRACT });
    await expectRefusal(file(TRANSPORT), "TradeDossiersNotFiler", { trade, kind: TRANSPORT, party: seller });
    await expectRefusal(file(INVOICE, "carrier"), "TradeDossiersNotFiler", { trade, kind: INVOICE, party: carrier });
    await expectRefusal(file(FEEDBACK), "TradeDossiersNotFiler", { trade, kind: FEEDBACK, party: seller });
    await file(TRANSPORT, "carrier");
  });

  it("given a trade, when its papers are read, then the two parties read all, the carrier the transport's, and others what they were permitted", async () => {
    const { books, dossiers, buyer, bank, trade, file, read } = await opened();
    await file(TRANSPORT, "carrier");
    const refused = async (kind: DocumentKind, who: string) =>
      await expectRefusal(read(kind, who), "TradeDossiersNotAllowed", { trade, kind, caller: books.address(who) });
    for (const kind of [CONTRACT, INVOICE, TRANSPORT]) {
      for (const who of ["seller", "buyer", "regulator"]) {
        expect(await read(kind, who)).to.deep.equal(digest(`document ${kind}`));
      }
      await refused(kind, "bank");
      if (kind !== TRANSPORT) await refused(kind, "carrier");
    }
    expect(await read(TRANSPORT, "carrier")).to.deep.equal(digest(`document ${TRANSPORT}`));
    const permitted = await dossiers.writeAndWait.permit(
      { by: buyer, trade, kind: INVOICE, reader: bank },
      await books.as("buyer"),
    );
    expect(permitted.event("ReaderPermitted").args).to.deep.equal({ trade, kind: INVOICE, reader: bank });
    expect(await read(INVOICE, "bank")).to.deep.equal(digest(`document ${INVOICE}`));
    await refused(CONTRACT, "bank");
  });

  it("given a paper that is missing: is not completed; completed in dispute, seller and carrier are scored and the dispute is the seller's", async () => {
    const { books, dossiers, seller, buyer, carrier, trade, file } = await opened();
    const complete = async (by = buyer, who = "buyer") =>
      await dossiers.writeAndWait.complete(
        { by, trade, goodsScore: 2, transportScore: 5, disputed: true, content: digest("feedback") },
        await books.as(who),
      );
    await expectRefusal(complete(seller, "seller"), "TradeDossiersNotFiler", { trade, kind: FEEDBACK, party: seller });
    await expectRefusal(complete(), "TradeDossiersDocumentMissing", { trade, kind: TRANSPORT });
    await file(TRANSPORT, "carrier");
    await complete();
    expect(await dossiers.read.ratingOf({ party: seller })).to.deep.equal({ completed: 1, score: 2n, disputed: 1 });
    expect(await dossiers.read.ratingOf({ party: carrier })).to.deep.equal({ completed: 1, score: 5n, disputed: 0 });
    expect(await dossiers.read.tradeOf({ trade })).to.deep.include({
      ...{ goodsScore: 2, transportScore: 5, disputed: true, completedAt: await books.now() },
    });
    await expectRefusal(complete(), "TradeDossiersFiled", { trade, kind: FEEDBACK });
  });
});
