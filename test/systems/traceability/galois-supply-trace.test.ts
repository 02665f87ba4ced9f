import { DocumentKind } from "@banyan/trace-common/client";
import { expect } from "chai";
import { digest, expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf, lotOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const DUMPLINGS = lotOf(gtinOf(80), "DUMPLINGS-0304");
const { CONTRACT, INVOICE, TRANSPORT, FEEDBACK } = DocumentKind;

system("galois-supply-trace", () => {
  let books: TraceBooks;
  let maker: number;
  let distributor: number;
  let carrier: number;
  let bank: number;

  beforeEach(async () => {
    books = await loadTraceBooks();
    maker = await books.file("maker");
    distributor = await books.file("distributor");
    carrier = await books.file("carrier");
    bank = await books.file("bank of the maker");
  });

  const open = async () => {
    const opened = await books.contracts.dossiers.writeAndWait.open(
      { by: maker, buyer: distributor, carrier, object: DUMPLINGS },
      await books.as("maker"),
    );
    return opened.event("DossierOpened").args.trade;
  };
  const file = async (who: "maker" | "distributor" | "carrier", trade: bigint, kind: DocumentKind) => {
    const by = { maker, distributor, carrier }[who];
    await books.contracts.dossiers.writeAndWait.file(
      { by, trade, kind, content: digest(`document ${kind} of trade ${trade}`) },
      await books.as(who),
    );
  };
  const complete = async (trade: bigint, goodsScore: number, transportScore: number, disputed = false) =>
    await books.contracts.dossiers.writeAndWait.complete(
      { by: distributor, trade, goodsScore, transportScore, disputed, content: digest(`feedback on ${trade}`) },
      await books.as("distributor"),
    );
  const trade = async (goodsScore: number, transportScore: number, disputed = false) => {
    const opened = await open();
    await file("maker", opened, CONTRACT);
    await file("maker", opened, INVOICE);
    await file("carrier", opened, TRANSPORT);
    await complete(opened, goodsScore, transportScore, disputed);
    return opened;
  };

  it("bundles contract, invoice and transport document with the buyer's feedback, and rates by them alone", async () => {
    const { dossiers } = books.contracts;
    await trade(5, 4);
    const second = await trade(2, 5, true);
    expect(await dossiers.read.ratingOf({ party: maker })).to.deep.equal({ completed: 2, score: 7n, disputed: 1 });
    expect(await dossiers.read.ratingOf({ party: carrier })).to.deep.equal({ completed: 2, score: 9n, disputed: 0 });
    expect(await dossiers.read.tradeOf({ trade: second })).to.deep.include({
      ...{ seller: maker, buyer: distributor, object: DUMPLINGS, goodsScore: 2, transportScore: 5, disputed: true },
    });
  });

  it("takes no feedback on an incomplete bundle, from another hand, or a second time", async () => {
    const opened = await open();
    await file("maker", opened, CONTRACT);
    await expectRefusal(complete(opened, 5, 5), "TradeDossiersDocumentMissing", { trade: opened, kind: INVOICE });
    await expectRefusal(file("maker", opened, TRANSPORT), "TradeDossiersNotFiler", {
      ...{ trade: opened, kind: TRANSPORT, party: maker },
    });
    await expectRefusal(file("maker", opened, FEEDBACK), "TradeDossiersNotFiler", {
      ...{ trade: opened, kind: FEEDBACK, party: maker },
    });
    await expectRefusal(file("maker", opened, CONTRACT), "TradeDossiersFiled", { trade: opened, kind: CONTRACT });
    await file("maker", opened, INVOICE);
    await file("carrier", opened, TRANSPORT);
    await expectRefusal(complete(opened, 6, 5), "TradeDossiersInvalidScore", { score: 6 });
    await complete(opened, 5, 5);
    await expectRefusal(complete(opened, 1, 1), "TradeDossiersFiled", { trade: opened, kind: FEEDBACK });
    expect((await books.contracts.dossiers.read.ratingOf({ party: maker })).completed).to.equal(1);
  });

  it("shows each document to the parties that may see it, and to nobody else", async () => {
    const { dossiers } = books.contracts;
    const done = await trade(5, 5);
    const read = async (who: string, kind: DocumentKind) =>
      (await dossiers.read.documentOf({ trade: done, kind }, await books.as(who))).value;
    for (const kind of [CONTRACT, INVOICE, TRANSPORT]) {
      for (const who of ["maker", "distributor", "regulator"]) {
        expect(await read(who, kind), `${who} ${kind}`).to.equal(digest(`document ${kind} of trade ${done}`).value);
      }
    }
    expect(await read("carrier", TRANSPORT)).to.equal(digest(`document ${TRANSPORT} of trade ${done}`).value);
    for (const [who, kind] of [
      ["carrier", CONTRACT],
      ["carrier", INVOICE],
      ["bank of the maker", INVOICE],
      ["passer-by", CONTRACT],
    ] as const) {
      await expectRefusal(read(who, kind), "TradeDossiersNotAllowed", {
        ...{ trade: done, kind, caller: books.address(who) },
      });
    }
    await dossiers.writeAndWait.permit(
      { by: maker, trade: done, kind: INVOICE, reader: bank },
      await books.as("maker"),
    );
    expect(await read("bank of the maker", INVOICE)).to.equal(digest(`document ${INVOICE} of trade ${done}`).value);
    await expectRefusal(read("bank of the maker", CONTRACT), "TradeDossiersNotAllowed", {
      ...{ trade: done, kind: CONTRACT, caller: books.address("bank of the maker") },
    });
  });
});
