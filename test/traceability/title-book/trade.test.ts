import { expect } from "chai";
import type { Hex } from "viem";
import { digest, expectRefusal, loadTraceBooks, MISSING, NO_DIGEST } from "../../fixtures/trace-books.ts";
import { assetOf } from "../../fixtures/trace-keys.ts";

const [THING, OTHER] = [assetOf("ART-1"), assetOf("ART-2")];
const ZERO = `0x${"00".repeat(20)}` as const;
const CONTRACT = digest("contract");

async function owned() {
  const books = await loadTraceBooks();
  const { titles } = books.contracts;
  const open = async (thing: Hex, owner: Hex = books.address("owner"), title = digest("title"), who = "platform") =>
    await titles.writeAndWait.open({ thing, owner, title }, await books.as(who));
  await open(THING);
  const offer = async (to: Hex, { thing = THING, who = "owner", contractDigest = CONTRACT } = {}) =>
    await titles.writeAndWait.offer({ thing, to, price: 5n, contractDigest }, await books.as(who));
  return { books, titles, open, offer };
}

describe("TitleBook.open and admit", () => {
  it("given a stranger, no thing, no owner, no title or a page: refuse", async () => {
    const { books, titles, open } = await owned();
    await expectRefusal(open(OTHER, books.address("owner"), CONTRACT, "owner"), "AccessManagedUnauthorized", {
      caller: books.address("owner"),
    });
    await expectRefusal(
      titles.writeAndWait.admit({ party: 1, admitted: true }, await books.as("owner")),
      "AccessManagedUnauthorized",
      { caller: books.address("owner") },
    );
    const nothing = `0x${"00".repeat(32)}` as const;
    for (const thing of [THING, nothing]) await expectRefusal(open(thing), "TitleBookExists", { thing });
    await expectRefusal(open(OTHER, ZERO), "TitleBookInvalidAccount", { account: ZERO });
    await expectRefusal(open(OTHER, books.address("owner"), NO_DIGEST), "DigestsMissing", MISSING);
  });
});

describe("TitleBook.offer, withdraw and accept", () => {
  it("given no page, no buyer, oneself or no contract: refuse", async () => {
    const { books, titles, offer } = await owned();
    await expectRefusal(offer(books.address("buyer"), { thing: OTHER }), "TitleBookUnknown", { thing: OTHER });
    for (const account of [ZERO, books.address("owner")]) {
      await expectRefusal(offer(account), "TitleBookInvalidAccount", { account });
    }
    await expectRefusal(offer(books.address("buyer"), { contractDigest: NO_DIGEST }), "DigestsMissing", MISSING);
    await expectRefusal(
      titles.writeAndWait.withdraw({ thing: THING }, await books.as("owner")),
      "TitleBookNotOffered",
      {
        ...{ thing: THING, caller: books.address("owner") },
      },
    );
  });

  it("given an offer: a later one replaces it, and one that is taken back binds nobody", async () => {
    const { books, titles, offer } = await owned();
    const offered = await offer(books.address("buyer"));
    expect(offered.event("Offered").args).to.deep.equal({
      ...{
        thing: THING,
        owner: books.address("owner"),
        to: books.address("buyer"),
        price: 5n,
        contractDigest: CONTRACT,
      },
    });
    await offer(books.address("second buyer"));
    const accept = async (who: string, contractDigest = CONTRACT) =>
      await titles.writeAndWait.accept({ thing: THING, price: 5n, contractDigest }, await books.as(who));
    await expectRefusal(accept("buyer"), "TitleBookNotOffered", { thing: THING, caller: books.address("buyer") });
    await expectRefusal(accept("second buyer", digest("other terms")), "TitleBookNotOffered", {
      ...{ thing: THING, caller: books.address("second buyer") },
    });
    await expectRefusal(titles.writeAndWait.withdraw({ thing: THING }, await books.as("buyer")), "TitleBookNotOwner", {
      ...{ thing: THING, caller: books.address("buyer") },
    });
    await titles.writeAndWait.withdraw({ thing: THING }, await books.as("owner"));
    await expectRefusal(accept("second buyer"), "TitleBookNotOffered", {
      ...{ thing: THING, caller: books.address("second buyer") },
    });
    await offer(books.address("buyer"));
    const passed = await accept("buyer");
    expect(passed.event("TitlePassed").args).to.deep.equal({
      ...{ thing: THING, from: books.address("owner"), to: books.address("buyer"), sequence: 1n, price: 5n },
    });
    // The offer is used up.
    await expectRefusal(accept("buyer"), "TitleBookNotOffered", { thing: THING, caller: books.address("buyer") });
    expect(await titles.read.pageOf({ thing: THING })).to.deep.include({
      owner: books.address("buyer"),
      price: 0n,
      loan: 0n,
    });
    const page = await titles.read.ownersOf({ thing: THING, cursor: 1n, limit: 1n });
    expect([page.entries.length, page.next]).to.deep.equal([1, 0n]);
  });
});

describe("TitleBook.pledge and release", () => {
  it("given no thing, 51, one twice, another's, no lender or no contract: refuse", async () => {
    const { books, titles, open } = await owned();
    await open(OTHER, books.address("neighbour"));
    const lender = books.address("lender");
    const pledge = async (things: readonly Hex[], to = lender, document = CONTRACT) =>
      await titles.writeAndWait.pledge({ things, lender: to, document }, await books.as("owner"));
    for (const count of [0, 51]) {
      await expectRefusal(pledge(Array.from({ length: count }, () => THING)), "TitleBookInvalidCount", {
        ...{ count: BigInt(count), max: 50n },
      });
    }
    await expectRefusal(pledge([THING, THING]), "TitleBookPledged", { thing: THING, loan: 1n });
    await expectRefusal(pledge([THING, OTHER]), "TitleBookNotOwner", { thing: OTHER, caller: books.address("owner") });
    for (const account of [ZERO, books.address("owner")]) {
      await expectRefusal(pledge([THING], account), "TitleBookInvalidAccount", { account });
    }
    await expectRefusal(pledge([THING], lender, NO_DIGEST), "DigestsMissing", MISSING);
    expect(await titles.read.loanCount()).to.equal(0n);
  });

  it("given an open offer: a pledge ends it; given the lender: lets go once", async () => {
    const { books, titles, offer } = await owned();
    await offer(books.address("buyer"));
    const pledged = await titles.writeAndWait.pledge(
      { things: [THING], lender: books.address("lender"), document: CONTRACT },
      await books.as("owner"),
    );
    const { loan } = pledged.event("Pledged").args;
    expect((await titles.read.pageOf({ thing: THING })).offeredTo).to.equal(ZERO);
    await titles.writeAndWait.release({ loan }, await books.as("lender"));
    expect((await titles.read.loanOf({ loan })).endedAt).to.equal(await books.now());
    await expectRefusal(titles.writeAndWait.release({ loan }, await books.as("lender")), "TitleBookNotLender", {
      ...{ loan, caller: books.address("lender") },
    });
  });
});

describe("TitleBook.attest", () => {
  it("given no page or no report: refuses; given an appraiser whose leave is taken back: too", async () => {
    const { books, titles } = await owned();
    const expert = await books.file("expert");
    const admit = async (admitted: boolean) =>
      await titles.writeAndWait.admit({ party: expert, admitted }, await books.as("platform"));
    const attest = async (thing: Hex, report = digest("report")) =>
      await titles.writeAndWait.attest({ by: expert, thing, genuine: true, report }, await books.as("expert"));
    await admit(true);
    await expectRefusal(attest(OTHER), "TitleBookUnknown", { thing: OTHER });
    await expectRefusal(attest(THING, NO_DIGEST), "DigestsMissing", MISSING);
    const attested = await attest(THING);
    expect(attested.event("Attested").args).to.deep.equal({
      ...{ thing: THING, by: expert, genuine: true, report: digest("report") },
    });
    await admit(false);
    await expectRefusal(attest(THING), "TitleBookNotAppraiser", { party: expert });
  });
});
