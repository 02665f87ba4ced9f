import { DocumentKind } from "@banyan/trace-common/client";
import { expect } from "chai";
import { digest, expectRefusal, loadTraceBooks, MISSING, NO_DIGEST } from "../../fixtures/trace-books.ts";
import { gtinOf, lotOf } from "../../fixtures/trace-keys.ts";

const OBJECT = lotOf(gtinOf(80), "L1");
const ZERO = `0x${"00".repeat(32)}` as const;

async function parties() {
  const books = await loadTraceBooks();
  const { dossiers } = books.contracts;
  const seller = await books.file("seller");
  const buyer = await books.file("buyer");
  const open = async (to = buyer, carrier = seller, object: `0x${string}` = OBJECT) =>
    (await dossiers.writeAndWait.open({ by: seller, buyer: to, carrier, object }, await books.as("seller"))).event(
      "DossierOpened",
    ).args.trade;
  return { books, dossiers, seller, buyer, open };
}

describe("TradeDossiers.open", () => {
  it("given no buyer, carrier or object, or the seller as buyer: refuses", async () => {
    const { seller, buyer, open } = await parties();
    for (const wrong of [() => open(0), () => open(buyer, 0), () => open(buyer, seller, ZERO), () => open(seller)]) {
      await expectRefusal(wrong(), "TradeDossiersIncomplete", {});
    }
  });
});

describe("TradeDossiers.file, complete, permit and readers", () => {
  it("given a number of none: each refuses", async () => {
    const { books, dossiers, seller, buyer } = await parties();
    const unknown = { trade: 99n };
    const content = digest("x");
    const [asSeller, asBuyer] = [await books.as("seller"), await books.as("buyer")];
    const kind = DocumentKind.CONTRACT;
    for (const call of [
      () => dossiers.writeAndWait.file({ by: seller, trade: 99n, kind, content }, asSeller),
      () => dossiers.writeAndWait.permit({ by: seller, trade: 99n, kind, reader: buyer }, asSeller),
      () =>
        dossiers.writeAndWait.complete(
          { by: buyer, trade: 99n, goodsScore: 5, transportScore: 5, disputed: false, content },
          asBuyer,
        ),
      () => dossiers.read.tradeOf(unknown),
      () => dossiers.read.documentOf({ trade: 99n, kind }, asSeller),
    ]) {
      await expectRefusal(call(), "TradeDossiersUnknown", unknown);
    }
  });

  it("given a seller that carries its own goods: is scored for both; given no content or a stranger's leave: refuses", async () => {
    const { books, dossiers, seller, buyer, open } = await parties();
    const trade = await open();
    const file = async (kind: DocumentKind, content = digest(`document ${kind}`)) =>
      await dossiers.writeAndWait.file({ by: seller, trade, kind, content }, await books.as("seller"));
    await expectRefusal(file(DocumentKind.INVOICE, NO_DIGEST), "DigestsMissing", MISSING);
    for (const kind of [DocumentKind.CONTRACT, DocumentKind.INVOICE, DocumentKind.TRANSPORT]) await file(kind);
    const stranger = await books.file("stranger");
    await expectRefusal(
      dossiers.writeAndWait.permit(
        { by: stranger, trade, kind: DocumentKind.INVOICE, reader: stranger },
        await books.as("stranger"),
      ),
      "TradeDossiersNotFiler",
      { trade, kind: DocumentKind.INVOICE, party: stranger },
    );
    const complete = async (transportScore: number) =>
      await dossiers.writeAndWait.complete(
        { by: buyer, trade, goodsScore: 4, transportScore, disputed: false, content: digest("feedback") },
        await books.as("buyer"),
      );
    await expectRefusal(complete(0), "TradeDossiersInvalidScore", { score: 0 });
    await complete(1);
    expect(await dossiers.read.ratingOf({ party: seller })).to.deep.equal({ completed: 2, score: 5n, disputed: 0 });
    // An account that acts for nobody reads nothing, also where a party without a number would be permitted.
    expect(
      await dossiers.read.mayRead({ trade, kind: DocumentKind.INVOICE, account: books.address("nobody") }),
    ).to.equal(false);
  });
});
