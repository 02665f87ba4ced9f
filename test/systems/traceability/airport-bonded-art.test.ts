import { expect } from "chai";
import { digest, expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { assetOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const PAINTING = assetOf("ART-1907-22");
const PAGE = { thing: PAINTING, cursor: 0n, limit: 100n } as const;

system("airport-bonded-art", () => {
  let books: TraceBooks;
  let laboratory: number;
  let expert: number;

  beforeEach(async () => {
    books = await loadTraceBooks();
    const { titles } = books.contracts;
    laboratory = await books.file("laboratory");
    expert = await books.file("expert");
    for (const party of [laboratory, expert]) {
      await titles.writeAndWait.admit({ party, admitted: true }, await books.as("platform"));
    }
    await titles.writeAndWait.open(
      { thing: PAINTING, owner: books.address("gallery"), title: digest("auction record of 1987") },
      await books.as("platform"),
    );
  });

  const attest = async (who: string, by: number, genuine: boolean, report: string) =>
    await books.contracts.titles.writeAndWait.attest(
      { by, thing: PAINTING, genuine, report: digest(report) },
      await books.as(who),
    );
  const sale = async (from: string, to: string, price: bigint) => {
    const contractDigest = digest(`${from} sells to ${to}`);
    const { titles } = books.contracts;
    await titles.writeAndWait.offer(
      { thing: PAINTING, to: books.address(to), price, contractDigest },
      await books.as(from),
    );
    const accepted = await titles.writeAndWait.accept({ thing: PAINTING, price, contractDigest }, await books.as(to));
    return accepted.event("TitlePassed").args.sequence;
  };

  it("reads the trail of authenticity and the trail of owners apart, each sale adding an owner in sequence", async () => {
    const { titles } = books.contracts;
    await attest("laboratory", laboratory, true, "pigments of about 1905");
    expect(await sale("gallery", "collector", 900_000_00n)).to.equal(1n);
    await attest("expert", expert, true, "seen in the bonded centre, same as the photographs");
    expect(await sale("collector", "museum", 1_200_000_00n)).to.equal(2n);

    const owners = await titles.read.ownersOf(PAGE);
    expect(owners.entries.map(({ owner, price, document }) => [owner, price, document])).to.deep.equal([
      [books.address("gallery"), 0n, digest("auction record of 1987")],
      [books.address("collector"), 900_000_00n, digest("gallery sells to collector")],
      [books.address("museum"), 1_200_000_00n, digest("collector sells to museum")],
    ]);
    const attested = await titles.read.attestationsOf(PAGE);
    expect(attested.entries.map(({ by, genuine, report }) => [by, genuine, report])).to.deep.equal([
      [laboratory, true, digest("pigments of about 1905")],
      [expert, true, digest("seen in the bonded centre, same as the photographs")],
    ]);
  });

  it("keeps a finding against the painting beside those for it", async () => {
    await attest("laboratory", laboratory, true, "pigments of about 1905");
    await attest("expert", expert, false, "the signature is later");
    const { entries } = await books.contracts.titles.read.attestationsOf(PAGE);
    expect(entries.map(({ genuine }) => genuine)).to.deep.equal([true, false]);
  });

  it("lets nobody attest who is no appraiser, sell what is another's, or buy on other terms than offered", async () => {
    const { titles } = books.contracts;
    const gallery = await books.file("gallery");
    await expectRefusal(attest("gallery", gallery, true, "trust me"), "TitleBookNotAppraiser", { party: gallery });
    await expectRefusal(sale("collector", "museum", 1n), "TitleBookNotOwner", {
      ...{ thing: PAINTING, caller: books.address("collector") },
    });
    const contractDigest = digest("contract");
    await titles.writeAndWait.offer(
      { thing: PAINTING, to: books.address("collector"), price: 900_000_00n, contractDigest },
      await books.as("gallery"),
    );
    for (const [who, price] of [
      ["collector", 1n],
      ["museum", 900_000_00n],
    ] as const) {
      await expectRefusal(
        titles.writeAndWait.accept({ thing: PAINTING, price, contractDigest }, await books.as(who)),
        "TitleBookNotOffered",
        { thing: PAINTING, caller: books.address(who) },
      );
    }
    expect((await titles.read.ownersOf(PAGE)).entries).to.have.length(1);
  });
});
