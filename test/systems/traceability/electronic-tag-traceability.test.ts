import { Craft } from "@banyan/trace-common/client";
import { expect } from "chai";
import type { Hex } from "viem";
import { layDown, stageOf } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf, itemOf } from "../../fixtures/trace-keys.ts";
import { leafOf, nodeOf } from "../../helpers/merkle.ts";
import { system } from "../../helpers/system.ts";

const [LIQUOR, SECOND] = [itemOf(gtinOf(88), "B-1"), itemOf(gtinOf(88), "B-2")];
const [TAG, OTHER_TAG] = [digest("tag 1").value, digest("tag 2").value];

system("electronic-tag-traceability", () => {
  let books: TraceBooks;
  let producer: number;
  let integration: bigint;

  beforeEach(async () => {
    books = await loadTraceBooks();
    producer = await books.file("producer");
    integration = await makeTags();
  });

  /** Chips, tags made of them, and two of the tags integrated for the producer. */
  const makeTags = async () => {
    const { tags } = books.contracts;
    const makers = {
      "chip maker": { id: await books.file("chip maker"), craft: Craft.CHIP },
      "tag maker": { id: await books.file("tag maker"), craft: Craft.TAG },
      integrator: { id: await books.file("integrator"), craft: Craft.INTEGRATION },
    };
    for (const { id, craft } of Object.values(makers)) {
      await tags.writeAndWait.admit({ party: id, craft }, await books.as("platform"));
    }
    const content = digest("batch record");
    const chips = await tags.writeAndWait.recordChips(
      { by: makers["chip maker"].id, size: 1_000n, content },
      await books.as("chip maker"),
    );
    const made = await tags.writeAndWait.recordTags(
      { by: makers["tag maker"].id, chips: chips.event("TagBatchRecorded").args.batch, size: 500n, content },
      await books.as("tag maker"),
    );
    const integrated = await tags.writeAndWait.recordIntegration(
      {
        ...{ by: makers.integrator.id, tags: made.event("TagBatchRecorded").args.batch, customer: producer, size: 2n },
        ...{ numbers: nodeOf(leafOf(TAG), leafOf(OTHER_TAG)), content },
      },
      await books.as("integrator"),
    );
    return integrated.event("TagBatchRecorded").args.batch;
  };
  const bind = async (tag: Hex, path: readonly Hex[], product: Hex, batch = integration) =>
    await books.contracts.tags.writeAndWait.bind(
      { by: producer, integration: batch, tag, path, product },
      await books.as("producer"),
    );

  it("binds a tag whose chip, making and integration are on record, and shows a consumer where it comes from", async () => {
    const { tags } = books.contracts;
    await bind(TAG, [leafOf(OTHER_TAG)], LIQUOR);
    const files = await layDown(books, "LIQUOR", [stageOf("BOTTLING"), stageOf("WAREHOUSE")]);
    await books.contracts.stages.writeAndWait.admit(
      { plan: files.plan, party: producer, standing: 1 },
      await books.as("platform"),
    );
    await files.open({ agent: "producer", id: producer }, LIQUOR);
    await files.enter({ agent: "producer", id: producer }, { subject: LIQUOR, stage: 0, document: "bottled" });

    expect(await tags.read.tagOfProduct({ product: LIQUOR })).to.equal(TAG);
    const origin = await tags.read.originOf({ product: LIQUOR });
    const crafts = await Promise.all(
      [origin.chips, origin.tags, origin.integration].map(async (batch) => (await tags.read.batchOf({ batch })).craft),
    );
    expect(crafts).to.deep.equal([Craft.CHIP, Craft.TAG, Craft.INTEGRATION]);
    expect((await files.read(LIQUOR)).map(({ content }) => content)).to.deep.equal([digest("bottled").value]);
  });

  it("refuses a tag that is not of a recorded batch, or of a batch integrated for somebody else", async () => {
    const forged = digest("forged tag").value;
    await expectRefusal(bind(forged, [leafOf(OTHER_TAG)], LIQUOR), "TagRegisterUnknownTag", {
      ...{ integration, tag: forged },
    });
    await expectRefusal(bind(TAG, [leafOf(OTHER_TAG)], LIQUOR, 2n), "TagRegisterNotCustomer", {
      ...{ integration: 2n, party: producer },
    });
    const { tags } = books.contracts;
    const maker = await books.file("unknown maker");
    await expectRefusal(
      tags.writeAndWait.recordChips({ by: maker, size: 1n, content: digest("chips") }, await books.as("unknown maker")),
      "TagRegisterNotMaker",
      { party: maker, craft: Craft.CHIP },
    );
  });

  it("refuses a second binding: a copied tag, a tag moved to other goods, and one that was given up", async () => {
    await bind(TAG, [leafOf(OTHER_TAG)], LIQUOR);
    await expectRefusal(bind(TAG, [leafOf(OTHER_TAG)], SECOND), "TagRegisterTagBound", { tag: TAG, product: LIQUOR });
    await expectRefusal(bind(OTHER_TAG, [leafOf(TAG)], LIQUOR), "TagRegisterProductTagged", {
      ...{ product: LIQUOR, tag: TAG },
    });
    await books.contracts.tags.writeAndWait.retire(
      { by: producer, tag: TAG, reason: digest("damaged") },
      await books.as("producer"),
    );
    await expectRefusal(bind(TAG, [leafOf(OTHER_TAG)], SECOND), "TagRegisterTagBound", { tag: TAG, product: LIQUOR });
    await bind(OTHER_TAG, [leafOf(TAG)], LIQUOR);
    expect(await books.contracts.tags.read.tagOfProduct({ product: LIQUOR })).to.equal(OTHER_TAG);
  });
});
