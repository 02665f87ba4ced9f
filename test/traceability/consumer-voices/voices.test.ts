import { ComplaintStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { digest, expectRefusal, loadTraceBooks, MISSING, NO_DIGEST } from "../../fixtures/trace-books.ts";
import { assetOf } from "../../fixtures/trace-keys.ts";

const SUBJECT = assetOf("THANGKA-1");

async function listed() {
  const books = await loadTraceBooks();
  const { voices } = books.contracts;
  const painter = await books.file("painter");
  await voices.writeAndWait.list({ subject: SUBJECT, respondent: painter }, await books.as("platform"));
  const complain = async (content = digest("complaint")) =>
    (await voices.writeAndWait.complain({ subject: SUBJECT, content }, await books.as("buyer"))).event(
      "ComplaintLodged",
    ).args.complaint;
  return { books, voices, painter, complain };
}

describe("ConsumerVoices.list", () => {
  it("given a stranger, no code, one that is listed, or a respondent that is not filed: refuses", async () => {
    const { books, voices, painter } = await listed();
    const list = async (subject: typeof SUBJECT, respondent = painter, who = "platform") =>
      await voices.writeAndWait.list({ subject, respondent }, await books.as(who));
    await expectRefusal(list(SUBJECT, painter, "painter"), "AccessManagedUnauthorized", {
      caller: books.address("painter"),
    });
    const nothing = `0x${"00".repeat(32)}` as const;
    for (const subject of [SUBJECT, nothing]) await expectRefusal(list(subject), "ConsumerVoicesListed", { subject });
    await expectRefusal(list(assetOf("OTHER"), 99), "TradePartiesUnknown", { party: 99 });
  });
});

describe("ConsumerVoices.review", () => {
  it("given no stars or six: refuses; given one to five: counts them", async () => {
    const { books, voices, painter } = await listed();
    const review = async (who: string, stars: number) =>
      await voices.writeAndWait.review({ subject: SUBJECT, stars, content: NO_DIGEST }, await books.as(who));
    for (const stars of [0, 6]) await expectRefusal(review("a", stars), "ConsumerVoicesInvalidStars", { stars });
    const told = await review("a", 1);
    expect(told.event("Reviewed").args).to.deep.include({ subject: SUBJECT, consumer: books.address("a"), stars: 1 });
    await review("b", 5);
    expect(await voices.read.summaryOf({ subject: SUBJECT })).to.deep.equal({
      ...{ respondent: painter, reviews: 2, stars: 6n, complaints: 0, open: 0 },
    });
    expect(await voices.read.starsOf({ subject: SUBJECT, consumer: books.address("b") })).to.equal(5);
  });
});

describe("ConsumerVoices.complain, answer, settle and decide", () => {
  it("given a missing text: each refuses; given a number of none: too", async () => {
    const { books, voices, complain } = await listed();
    await expectRefusal(complain(NO_DIGEST), "DigestsMissing", MISSING);
    const complaint = await complain();
    const [asPainter, asBuyer, asRegulator] = [
      await books.as("painter"),
      await books.as("buyer"),
      await books.as("regulator"),
    ];
    await expectRefusal(
      voices.writeAndWait.answer({ complaint, answer_: NO_DIGEST }, asPainter),
      "DigestsMissing",
      MISSING,
    );
    await expectRefusal(
      voices.writeAndWait.settle({ complaint, outcome: NO_DIGEST }, asBuyer),
      "DigestsMissing",
      MISSING,
    );
    await expectRefusal(
      voices.writeAndWait.decide({ complaint, outcome: NO_DIGEST }, asRegulator),
      "DigestsMissing",
      MISSING,
    );
    const none = { complaint: 99n, status: ComplaintStatus.NONE };
    await expectRefusal(
      voices.writeAndWait.answer({ complaint: 99n, answer_: digest("x") }, asPainter),
      "ConsumerVoicesWrongStatus",
      none,
    );
    await expectRefusal(
      voices.writeAndWait.settle({ complaint: 99n, outcome: digest("x") }, asBuyer),
      "ConsumerVoicesWrongStatus",
      none,
    );
  });

  it("given an answer: it is not answered again, another does not close it, and the office does", async () => {
    const { books, voices, complain } = await listed();
    const complaint = await complain();
    const answer = async () =>
      await voices.writeAndWait.answer({ complaint, answer_: digest("answer") }, await books.as("painter"));
    await answer();
    await expectRefusal(answer(), "ConsumerVoicesWrongStatus", { complaint, status: ComplaintStatus.ANSWERED });
    await expectRefusal(
      voices.writeAndWait.settle({ complaint, outcome: digest("x") }, await books.as("painter")),
      "ConsumerVoicesNotParty",
      { complaint, caller: books.address("painter") },
    );
    const decide = async (who: string) =>
      await voices.writeAndWait.decide({ complaint, outcome: digest("decision") }, await books.as(who));
    await expectRefusal(decide("buyer"), "AccessManagedUnauthorized", { caller: books.address("buyer") });
    const closed = await decide("regulator");
    expect(closed.event("ComplaintClosed").args).to.deep.equal({
      ...{ complaint, by: books.address("regulator"), outcome: digest("decision") },
    });
    await expectRefusal(decide("regulator"), "ConsumerVoicesWrongStatus", {
      complaint,
      status: ComplaintStatus.CLOSED,
    });
    expect((await voices.read.summaryOf({ subject: SUBJECT })).open).to.equal(0);
  });

  it("given one that nobody answered: the office closes it, and complaints are read page by page", async () => {
    const { books, voices, complain } = await listed();
    const [first] = [await complain(), await complain(digest("second")), await complain(digest("third"))];
    await voices.writeAndWait.decide({ complaint: first, outcome: digest("decision") }, await books.as("regulator"));
    const page = await voices.read.complaintsOf({ subject: SUBJECT, cursor: 0n, limit: 2n });
    const rest = await voices.read.complaintsOf({ subject: SUBJECT, cursor: page.next, limit: 2n });
    expect([...page.complaints, ...rest.complaints].map(({ status, content }) => [status, content])).to.deep.equal([
      [ComplaintStatus.CLOSED, digest("complaint")],
      [ComplaintStatus.OPEN, digest("second")],
      [ComplaintStatus.OPEN, digest("third")],
    ]);
    expect([page.next, rest.next, await voices.read.count()]).to.deep.equal([2n, 0n, 3n]);
  });
});

describe("ConsumerVoices: one voice each", () => {
  it("given a code that nobody listed, or a second review of one account: refuses", async () => {
    const { books, voices, painter } = await listed();
    const other = assetOf("OTHER");
    const as = await books.as("buyer");
    const review = async (subject: typeof SUBJECT, stars: number) =>
      await voices.writeAndWait.review({ subject, stars, content: NO_DIGEST }, as);
    await expectRefusal(review(other, 3), "ConsumerVoicesUnknown", { subject: other });
    const complaint = voices.writeAndWait.complain({ subject: other, content: digest("complaint") }, as);
    await expectRefusal(complaint, "ConsumerVoicesUnknown", { subject: other });
    await review(SUBJECT, 3);
    const consumer = books.address("buyer");
    await expectRefusal(review(SUBJECT, 5), "ConsumerVoicesReviewed", { subject: SUBJECT, consumer });
    expect(await voices.read.starsOf({ subject: SUBJECT, consumer })).to.equal(3);
    await voices.writeAndWait.list({ subject: other, respondent: painter }, await books.as("platform"));
    await review(other, 5);
  });
});
