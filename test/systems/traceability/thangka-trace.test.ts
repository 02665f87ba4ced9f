import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import { layDown, type Member, stageOf } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal, loadTraceBooks, NO_DIGEST, type TraceBooks } from "../../fixtures/trace-books.ts";
import { assetOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const PAINTING = assetOf("THANGKA000108");
const COPY = assetOf("THANGKA000999");
const IMAGE = ascii("IMAGE");
const TRUE_IMAGE = digest("factory image").value;

system("thangka-trace", () => {
  let books: TraceBooks;
  let painter: Member;

  beforeEach(async () => {
    books = await loadTraceBooks();
    const { fingerprints, voices } = books.contracts;
    const files = await layDown(books, "THANGKA", [stageOf("MATERIALS"), stageOf("PAINTING"), stageOf("CONSECRATION")]);
    painter = await files.join("painter");
    await files.open(painter, PAINTING, "White Tara, 60 x 80 cm");
    await files.enter(painter, { subject: PAINTING, stage: 0, document: "mineral pigments of lot 5" });
    await files.enter(painter, { subject: PAINTING, stage: 1, document: "painted in 90 days" });
    await fingerprints.writeAndWait.defineMethod(
      { method: IMAGE, tolerance: 6, description: digest("perceptual code of the image") },
      await books.as("platform"),
    );
    await fingerprints.writeAndWait.admit(
      { method: IMAGE, party: painter.id, admitted: true },
      await books.as("platform"),
    );
    await fingerprints.writeAndWait.register(
      { by: painter.id, method: IMAGE, subject: PAINTING, code: TRUE_IMAGE, evidence: digest("photograph 1") },
      await books.as("painter"),
    );
    await voices.writeAndWait.list({ subject: PAINTING, respondent: painter.id }, await books.as("platform"));
  });

  it("holds image, provenance and painter under one code, and tells another painting from it", async () => {
    const { fingerprints, stages } = books.contracts;
    const photographed = `0x${(BigInt(TRUE_IMAGE) ^ 0b101n).toString(16).padStart(64, "0")}` as const;
    expect(await fingerprints.read.verify({ method: IMAGE, subject: PAINTING, sample: photographed })).to.deep.equal({
      ...{ genuine: true, distance: 2n },
    });
    const other = digest("another painting").value;
    expect((await fingerprints.read.verify({ method: IMAGE, subject: PAINTING, sample: other })).genuine).to.equal(
      false,
    );
    expect((await fingerprints.read.fingerprintOf({ method: IMAGE, subject: PAINTING })).by).to.equal(painter.id);
    expect((await stages.read.fileOf({ subject: PAINTING })).count).to.equal(2);
    // A second code for the same image is refused.
    await expectRefusal(
      fingerprints.writeAndWait.register(
        { by: painter.id, method: IMAGE, subject: COPY, code: photographed, evidence: digest("photograph 2") },
        await books.as("painter"),
      ),
      "FingerprintRegisterDuplicate",
      { method: IMAGE, subject: PAINTING, distance: 2n },
    );
  });

  it("keeps a consumer's review and complaint with the code, answered by who answers for it", async () => {
    const { voices } = books.contracts;
    await voices.writeAndWait.review(
      { subject: PAINTING, stars: 4, content: digest("fine lines") },
      await books.as("visitor"),
    );
    const lodged = await voices.writeAndWait.complain(
      { subject: PAINTING, content: digest("the frame is loose") },
      await books.as("buyer"),
    );
    const { complaint } = lodged.event("ComplaintLodged").args;
    await expectRefusal(
      voices.writeAndWait.answer({ complaint, answer_: digest("I am the painter") }, await books.as("buyer")),
      "ConsumerVoicesNotParty",
      { complaint, caller: books.address("buyer") },
    );
    await voices.writeAndWait.answer({ complaint, answer_: digest("a new frame comes") }, await books.as("painter"));
    await voices.writeAndWait.settle({ complaint, outcome: digest("mended") }, await books.as("buyer"));

    const { complaints } = await voices.read.complaintsOf({ subject: PAINTING, cursor: 0n, limit: 10n });
    expect(
      complaints.map(({ consumer, content, answer, outcome }) => [consumer, content, answer, outcome]),
    ).to.deep.equal([
      [books.address("buyer"), digest("the frame is loose"), digest("a new frame comes"), digest("mended")],
    ]);
    expect(await voices.read.summaryOf({ subject: PAINTING })).to.deep.equal({
      ...{ respondent: painter.id, reviews: 1, stars: 4n, complaints: 1, open: 0 },
    });
  });

  it("takes no second review of one account, no stars beyond five, and no word on a code that nobody listed", async () => {
    const { voices } = books.contracts;
    const review = async (stars: number, subject = PAINTING) =>
      await voices.writeAndWait.review({ subject, stars, content: NO_DIGEST }, await books.as("visitor"));
    await expectRefusal(review(6), "ConsumerVoicesInvalidStars", { stars: 6 });
    await review(5);
    await expectRefusal(review(1), "ConsumerVoicesReviewed", { subject: PAINTING, consumer: books.address("visitor") });
    await expectRefusal(review(1, COPY), "ConsumerVoicesUnknown", { subject: COPY });
  });
});
